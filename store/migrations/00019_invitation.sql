-- +goose Up
-- Who is invited to a dialogue, with what became of it. Telephones and addresses are personal data: they stand apart,
-- and opening them is audited. The codes by which people answer are kept as hashes.
CREATE TABLE invitation (
  id uuid PRIMARY KEY,
  authority_id uuid NOT NULL REFERENCES authority (id),
  dialogue_id uuid NOT NULL REFERENCES dialogue (id),
  ordinal integer NOT NULL, -- in protocol order
  point integer NOT NULL, -- key of the plan's point that asks for them; 0: none does
  point_text text NOT NULL, -- what it said
  unit_id uuid REFERENCES unit (id),
  village_id uuid REFERENCES village (id),
  name text NOT NULL, -- '': a place for which somebody is still to be named
  title text NOT NULL,
  body text NOT NULL,
  capacity text NOT NULL,
  state text NOT NULL,
  route text NOT NULL,
  invited_on date,
  told_moves integer NOT NULL, -- how often the dialogue had moved when they were told
  reminded_on date,
  reminders integer NOT NULL,
  answered_at timestamptz,
  answered_by uuid REFERENCES officer (id), -- who typed it; none: the invited person, by the code
  reason text NOT NULL,
  substitute text NOT NULL,
  substitute_title text NOT NULL,
  note text NOT NULL,
  version integer NOT NULL
);
CREATE INDEX invitation_list ON invitation (dialogue_id, ordinal, id);
CREATE TABLE invitation_contact (
  invitation_id uuid PRIMARY KEY REFERENCES invitation (id),
  authority_id uuid NOT NULL REFERENCES authority (id),
  phone text NOT NULL,
  email text NOT NULL
);
CREATE TABLE invitation_code (
  code_hash bytea PRIMARY KEY,
  authority_id uuid NOT NULL REFERENCES authority (id),
  invitation_id uuid NOT NULL REFERENCES invitation (id),
  printed_at timestamptz NOT NULL
);
CREATE INDEX invitation_code_list ON invitation_code (invitation_id, printed_at);
CREATE TABLE dialogue_seats (
  dialogue_id uuid PRIMARY KEY REFERENCES dialogue (id),
  authority_id uuid NOT NULL REFERENCES authority (id),
  seats integer NOT NULL, -- of the hall
  version integer NOT NULL
);
