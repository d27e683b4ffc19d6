-- What lists call an opinion, where somebody has said so; what they call a unit; what they are narrowed by.
-- +goose Up

ALTER TABLE opinion ADD COLUMN headline text NOT NULL DEFAULT '';
ALTER TABLE unit ADD COLUMN short text NOT NULL DEFAULT '';

CREATE INDEX opinion_field ON opinion (authority_id, field_code, stage, id) WHERE field_code <> '';
CREATE INDEX opinion_village ON opinion (authority_id, village_id, stage, id) WHERE village_id IS NOT NULL;
-- For who reaches what one unit leads.
CREATE INDEX opinion_lead_field ON opinion (authority_id, lead_unit_id, field_code, stage, id) WHERE lead_unit_id IS NOT NULL;
CREATE INDEX opinion_lead_village ON opinion (authority_id, lead_unit_id, village_id, stage, id) WHERE lead_unit_id IS NOT NULL;
