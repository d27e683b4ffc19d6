-- +goose Up
-- Who of the unit that leads works on a petition; on the opinion, while the petition is not ended, for lists.
ALTER TABLE petition ADD COLUMN officer_id uuid REFERENCES officer (id);
ALTER TABLE opinion ADD COLUMN officer_id uuid REFERENCES officer (id);
CREATE INDEX petition_officer ON petition (officer_id) WHERE officer_id IS NOT NULL;
CREATE INDEX post_predecessor ON post (predecessor_id) WHERE predecessor_id IS NOT NULL;

-- Whether the answer to which a unit contributes is still to be given.
ALTER TABLE co_unit ADD COLUMN works boolean NOT NULL DEFAULT true;
UPDATE co_unit SET works = EXISTS (
  SELECT 1 FROM petition p WHERE p.opinion_id = co_unit.opinion_id AND p.state NOT IN ('answered', 'ended')
);
UPDATE co_unit SET waits = false WHERE NOT works;
CREATE INDEX co_unit_works ON co_unit (authority_id, unit_id) WHERE works;
