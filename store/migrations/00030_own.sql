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

-- When the unit that leads a petition got it.
ALTER TABLE petition ADD COLUMN assigned_at timestamptz;
UPDATE petition SET assigned_at = (SELECT o.ruled_at FROM opinion o WHERE o.id = petition.opinion_id);

-- The last word of a lead that a petition is another's matter.
CREATE TABLE dispute (
  opinion_id uuid PRIMARY KEY REFERENCES opinion (id),
  authority_id uuid NOT NULL REFERENCES authority (id),
  unit_id uuid REFERENCES unit (id), -- whose it is said to be
  elsewhere boolean NOT NULL, -- another body's
  reason text NOT NULL,
  disputed_by uuid NOT NULL REFERENCES officer (id),
  disputed_at timestamptz NOT NULL,
  waits boolean NOT NULL -- for the chair
);
CREATE INDEX dispute_waits ON dispute (authority_id, disputed_at) WHERE waits;

-- A house default, for authorities that are there already; new ones get it at the set-up.
INSERT INTO parameter (authority_id, ordinal, key, section, label, value, unit, valid_from, basis, basis_key, certainty)
  SELECT authority_id, value + 1, 'dispute.within', 'answering',
    'Đơn vị chủ trì đề nghị chuyển đơn vị khác, kể từ khi được giao', '1', 'workdays', '2016-01-01', '', '', 'unverified'
  FROM counter WHERE key = 'parameter';
UPDATE counter SET value = value + 1 WHERE key = 'parameter';
