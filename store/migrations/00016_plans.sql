-- +goose Up
-- The file or text from which a plan was taken over, as it came: whoever doubts what was understood can look.
CREATE TABLE plan_source (
  plan_id uuid PRIMARY KEY REFERENCES plan (id),
  authority_id uuid NOT NULL REFERENCES authority (id),
  name text NOT NULL, -- of the file; empty: pasted
  body bytea NOT NULL,
  taken_by uuid NOT NULL REFERENCES officer (id),
  taken_at timestamptz NOT NULL
);
CREATE INDEX plan_source_authority ON plan_source (authority_id);
CREATE INDEX plan_list ON plan (authority_id, year, id);
