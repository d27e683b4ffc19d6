-- +goose Up
-- Dated notes of the work on a petition. The words are those of the event by which the note was added.
CREATE TABLE petition_note (
  id uuid PRIMARY KEY,
  authority_id uuid NOT NULL REFERENCES authority (id),
  opinion_id uuid NOT NULL REFERENCES opinion (id),
  kind text NOT NULL,
  unit_id uuid REFERENCES unit (id), -- for which it was written
  with_whom text NOT NULL, -- of a contact
  held_at timestamptz, -- of a contact
  body text NOT NULL,
  written_by uuid NOT NULL REFERENCES officer (id),
  written_at timestamptz NOT NULL
);
CREATE INDEX petition_note_opinion ON petition_note (opinion_id, id);

-- Whether the lead still waits for the part of a unit that coordinates.
ALTER TABLE co_unit ADD COLUMN waits boolean NOT NULL DEFAULT true;
UPDATE co_unit SET waits = false WHERE NOT EXISTS (
  SELECT 1 FROM petition p WHERE p.opinion_id = co_unit.opinion_id AND p.state NOT IN ('answered', 'ended')
);
CREATE INDEX co_unit_waits ON co_unit (authority_id, unit_id) WHERE waits;

-- How often a petition went to another unit, by whatever act.
ALTER TABLE petition ADD COLUMN handed_over integer NOT NULL DEFAULT 0;
