-- +goose Up
-- How many were at a dialogue when it was closed. Never changed afterwards.
CREATE TABLE head_count (
  dialogue_id uuid NOT NULL REFERENCES dialogue (id),
  grp text NOT NULL,
  authority_id uuid NOT NULL REFERENCES authority (id),
  expected integer NOT NULL, -- 0 of who nobody knew of
  present integer NOT NULL,
  PRIMARY KEY (dialogue_id, grp)
);

-- What was corrected of who was there, after the dialogue was closed.
CREATE TABLE attendance_change (
  dialogue_id uuid NOT NULL REFERENCES dialogue (id),
  number integer NOT NULL,
  authority_id uuid NOT NULL REFERENCES authority (id),
  added boolean NOT NULL, -- else taken away
  name text NOT NULL,
  reason text NOT NULL,
  entered_by uuid NOT NULL REFERENCES officer (id),
  entered_at timestamptz NOT NULL,
  PRIMARY KEY (dialogue_id, number)
);

-- The minutes of a dialogue. body is text, not an object: locked, its bytes are hashed.
CREATE TABLE minutes (
  dialogue_id uuid PRIMARY KEY REFERENCES dialogue (id),
  authority_id uuid NOT NULL REFERENCES authority (id),
  state text NOT NULL,
  body text NOT NULL, -- JSON
  composed_at timestamptz NOT NULL,
  read_at timestamptz, -- back, as they stand
  read_by uuid REFERENCES officer (id),
  read_to text NOT NULL,
  objections text NOT NULL,
  locked_at timestamptz,
  locked_by uuid REFERENCES officer (id),
  hash bytea, -- of the locked ones
  version integer NOT NULL
);

-- The trace of what was corrected in minutes. Only ever added to.
CREATE TABLE minutes_change (
  dialogue_id uuid NOT NULL REFERENCES minutes (dialogue_id),
  number integer NOT NULL,
  authority_id uuid NOT NULL REFERENCES authority (id),
  at timestamptz NOT NULL,
  officer_id uuid NOT NULL REFERENCES officer (id),
  paragraph text NOT NULL, -- its key
  opinion_id uuid REFERENCES opinion (id), -- of which it tells
  old text NOT NULL,
  new text NOT NULL,
  reason text NOT NULL, -- empty: composed anew
  PRIMARY KEY (dialogue_id, number)
);

-- The leaf of the public record that commits to locked minutes. It belongs to no opinion, so it is no event.
CREATE TABLE minutes_leaf (
  leaf integer PRIMARY KEY REFERENCES leaf (n),
  authority_id uuid NOT NULL REFERENCES authority (id),
  dialogue_id uuid NOT NULL UNIQUE REFERENCES minutes (dialogue_id),
  salts bytea NOT NULL
);
