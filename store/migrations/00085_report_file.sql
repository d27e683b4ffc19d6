-- +goose Up
-- The public keys with which communes that run alone sign their reports, as the superior entered them: the last one is
-- in force. Only ever added to.
CREATE TABLE subordinate_key (
  subordinate_id uuid NOT NULL REFERENCES subordinate (id),
  number integer NOT NULL, -- from 1
  vkey text NOT NULL, -- as x/mod's notes write one: name, hash, algorithm and key
  compared text NOT NULL, -- how its fingerprint was compared, with which post of the commune
  entered_by uuid NOT NULL REFERENCES officer (id),
  entered_at timestamptz NOT NULL,
  PRIMARY KEY (subordinate_id, number)
);

-- Their report files as they came, each once. Of those of a dialogue the one stands that counts as of the latest moment.
CREATE TABLE report_file (
  id uuid PRIMARY KEY,
  authority_id uuid NOT NULL REFERENCES authority (id), -- the superior
  subordinate_id uuid NOT NULL REFERENCES subordinate (id),
  slug text NOT NULL, -- the dialogue's
  counts_at timestamptz NOT NULL, -- as of when it counts
  key_number integer NOT NULL, -- of the key that signed it
  file bytea NOT NULL,
  taken_by uuid NOT NULL REFERENCES officer (id),
  taken_at timestamptz NOT NULL,
  UNIQUE (subordinate_id, slug, counts_at)
);
CREATE INDEX report_file_list ON report_file (authority_id, id);
