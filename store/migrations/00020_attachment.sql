-- Files: what came with a form and belongs to nothing yet, and what belongs to something. What they hold lies outside
-- the database, under its hash. Names of files may name people: they are read with what they belong to, and go with it.
-- +goose Up

-- No backup holds it: a form that waits has its file chosen again.
CREATE TABLE upload (
  id uuid PRIMARY KEY, -- of chance alone: a secret of the form
  authority_id uuid NOT NULL REFERENCES authority (id),
  officer_id uuid REFERENCES officer (id), -- NULL: a resident
  name text NOT NULL,
  kind text NOT NULL,
  size integer NOT NULL,
  hash bytea NOT NULL,
  shown_hash bytea,
  at timestamptz NOT NULL,
  until timestamptz NOT NULL
);
CREATE INDEX upload_size ON upload (authority_id, size);
CREATE INDEX upload_until ON upload (until);
CREATE INDEX upload_hash ON upload (hash);
CREATE INDEX upload_shown ON upload (shown_hash);

CREATE TABLE attachment (
  id uuid PRIMARY KEY,
  authority_id uuid NOT NULL REFERENCES authority (id),
  owner text NOT NULL, -- what it belongs to: slip, …
  owner_id uuid NOT NULL,
  name text NOT NULL,
  kind text NOT NULL,
  size integer NOT NULL,
  hash bytea NOT NULL,
  shown_hash bytea, -- of what others see of a picture
  at timestamptz NOT NULL,
  officer_id uuid REFERENCES officer (id), -- NULL: the resident
  removed_at timestamptz,
  removed_by uuid REFERENCES officer (id),
  reason text NOT NULL,
  version integer NOT NULL
);
CREATE INDEX attachment_owner ON attachment (authority_id, owner, owner_id, id);
CREATE INDEX attachment_hash ON attachment (hash);
CREATE INDEX attachment_shown ON attachment (shown_hash);

-- When the person gave what was typed later.
ALTER TABLE slip ADD COLUMN given_on date;
ALTER TABLE slip ADD COLUMN given_clock integer; -- minutes after midnight; NULL: nobody knows

INSERT INTO parameter (authority_id, ordinal, key, section, label, value, unit, valid_from, valid_to, basis, basis_key,
    certainty)
  SELECT a.id, (SELECT max(p.ordinal) + 1 FROM parameter p WHERE p.authority_id = a.id), 'files.size', 'intake',
    'Dung lượng mỗi tệp kèm theo, tối đa', '10', 'megabytes', '2016-01-01', NULL, '', '', 'unverified'
  FROM authority a
  WHERE EXISTS (SELECT 1 FROM parameter p WHERE p.authority_id = a.id);
INSERT INTO parameter (authority_id, ordinal, key, section, label, value, unit, valid_from, valid_to, basis, basis_key,
    certainty)
  SELECT a.id, (SELECT max(p.ordinal) + 1 FROM parameter p WHERE p.authority_id = a.id), 'files.count', 'intake',
    'Số tệp kèm theo một phiếu, tối đa', '5', 'count', '2016-01-01', NULL, '', '', 'unverified'
  FROM authority a
  WHERE EXISTS (SELECT 1 FROM parameter p WHERE p.authority_id = a.id);
