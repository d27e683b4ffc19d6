-- +goose Up
-- What became of an initiative: empty where nobody has decided.
ALTER TABLE opinion ADD COLUMN outcome text NOT NULL DEFAULT '';
CREATE INDEX opinion_undecided ON opinion (authority_id, stage, id) WHERE kind = 'sang_kien' AND outcome = '';

-- Why, in words that people read, who decided, and when.
CREATE TABLE initiative_decision (
  opinion_id uuid PRIMARY KEY REFERENCES opinion (id),
  authority_id uuid NOT NULL REFERENCES authority (id),
  why text NOT NULL,
  decided_by uuid NOT NULL REFERENCES officer (id),
  decided_at timestamptz NOT NULL
);
