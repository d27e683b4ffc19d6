-- +goose Up
-- A plan is written, signed and amended: each edition of it (0 the plan, n its n-th amendment) has a body and a state of
-- its own. Dialogues are prepared before they are announced.
CREATE TABLE plan_edition (
  plan_id uuid NOT NULL REFERENCES plan (id),
  number integer NOT NULL,
  authority_id uuid NOT NULL REFERENCES authority (id),
  state text NOT NULL,
  body jsonb NOT NULL,
  reason text NOT NULL,
  note text NOT NULL,
  submitted_by uuid REFERENCES officer (id),
  submitted_at timestamptz,
  signed_by uuid REFERENCES officer (id),
  signed_at timestamptz,
  issued_at timestamptz,
  version integer NOT NULL,
  PRIMARY KEY (plan_id, number)
);
CREATE INDEX plan_edition_list ON plan_edition (authority_id, state);
INSERT INTO plan_edition
  (plan_id, number, authority_id, state, body, reason, note, issued_at, version)
  SELECT id, 0, authority_id, 'issued', body, '', '', issued_at, 1 FROM plan;
ALTER TABLE plan DROP COLUMN body;
ALTER TABLE plan DROP COLUMN issued_at;
ALTER TABLE plan ADD COLUMN edition integer; -- the one in force; none until the first is issued
UPDATE plan SET edition = 0;

ALTER TABLE dialogue ADD COLUMN kinds text NOT NULL DEFAULT 'procedures conduct'; -- separated by spaces
ALTER TABLE dialogue ADD COLUMN form text NOT NULL DEFAULT 'direct';
ALTER TABLE dialogue ADD COLUMN state text NOT NULL DEFAULT 'announced';
ALTER TABLE dialogue ADD COLUMN ends_at timestamptz;
ALTER TABLE dialogue ADD COLUMN link text NOT NULL DEFAULT '';
ALTER TABLE dialogue ADD COLUMN villages text NOT NULL DEFAULT ''; -- ids separated by spaces
ALTER TABLE dialogue ADD COLUMN with_front boolean NOT NULL DEFAULT false;
ALTER TABLE dialogue ADD COLUMN co_chair text NOT NULL DEFAULT '';
ALTER TABLE dialogue ADD COLUMN secretary text NOT NULL DEFAULT '';
ALTER TABLE dialogue ADD COLUMN contact text NOT NULL DEFAULT '';
ALTER TABLE dialogue ADD COLUMN moves integer NOT NULL DEFAULT 0;
ALTER TABLE dialogue ADD COLUMN told_at timestamptz;
UPDATE dialogue SET told_at = announced_at;
ALTER TABLE dialogue DROP COLUMN announced_at;
ALTER TABLE dialogue RENAME COLUMN told_at TO announced_at;
