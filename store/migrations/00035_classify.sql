-- +goose Up
-- What an opinion is by what it says, which of the eight contents of NĐ 20/2008 Đ.5 it is about, and where its matter lies,
-- which need not be where its person does.
ALTER TABLE opinion ADD COLUMN kind text NOT NULL DEFAULT '';
ALTER TABLE opinion ADD COLUMN content_code integer NOT NULL DEFAULT 0;
ALTER TABLE opinion ADD COLUMN place_village_id uuid REFERENCES village (id);
ALTER TABLE opinion ADD COLUMN place_elsewhere text NOT NULL DEFAULT '';
CREATE INDEX opinion_kind ON opinion (authority_id, kind, stage, id);
CREATE INDEX opinion_content ON opinion (authority_id, content_code, stage, id) WHERE content_code > 0;
-- For who reaches what one unit leads.
CREATE INDEX opinion_lead_kind ON opinion (authority_id, lead_unit_id, kind, stage, id) WHERE lead_unit_id IS NOT NULL;

-- The opinion that one was split off; its first event has the clock that it carries on.
ALTER TABLE opinion ADD COLUMN part_of uuid REFERENCES opinion (id);
CREATE INDEX opinion_part ON opinion (part_of) WHERE part_of IS NOT NULL;

-- The earlier opinion that one raises again, and the first of that row.
ALTER TABLE opinion ADD COLUMN repeats uuid REFERENCES opinion (id);
ALTER TABLE opinion ADD COLUMN repeat_root uuid REFERENCES opinion (id);
CREATE INDEX opinion_repeats ON opinion (repeats) WHERE repeats IS NOT NULL;
CREATE INDEX opinion_repeat_root ON opinion (repeat_root) WHERE repeat_root IS NOT NULL;
CREATE INDEX opinion_repeated ON opinion (authority_id, stage, id) WHERE repeat_root IS NOT NULL;
