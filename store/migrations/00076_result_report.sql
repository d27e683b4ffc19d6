-- +goose Up
-- The report of a dialogue's result: what the office says in it itself, and each edition that was settled to be signed,
-- with all that it counts.
CREATE TABLE result_report (
  dialogue_id uuid PRIMARY KEY REFERENCES dialogue (id),
  authority_id uuid NOT NULL REFERENCES authority (id),
  prepared text NOT NULL,
  held text NOT NULL,
  survey text NOT NULL,
  lacking text NOT NULL,
  proposals text NOT NULL,
  state text NOT NULL,
  edition integer NOT NULL, -- of those that were settled; 0: none was
  written_by uuid NOT NULL REFERENCES officer (id),
  written_at timestamptz NOT NULL,
  version integer NOT NULL
);
CREATE TABLE result_edition (
  dialogue_id uuid NOT NULL REFERENCES result_report (dialogue_id),
  number integer NOT NULL,
  authority_id uuid NOT NULL REFERENCES authority (id),
  file bytea NOT NULL,
  settled_by uuid NOT NULL REFERENCES officer (id),
  settled_at timestamptz NOT NULL,
  reopened_by uuid REFERENCES officer (id),
  reopened_at timestamptz,
  reason text NOT NULL,
  PRIMARY KEY (dialogue_id, number)
);
