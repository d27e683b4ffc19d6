-- +goose Up
-- Who is at a dialogue. The name is of somebody on no list, or of who came in another's place: of all others it stands
-- with the invitation or the slip.
CREATE TABLE attendance (
  id uuid PRIMARY KEY,
  authority_id uuid NOT NULL REFERENCES authority (id),
  dialogue_id uuid NOT NULL REFERENCES dialogue (id),
  invitation_id uuid UNIQUE REFERENCES invitation (id),
  slip_id uuid UNIQUE REFERENCES slip (id),
  name text NOT NULL,
  title text NOT NULL,
  village_id uuid REFERENCES village (id),
  speaks boolean NOT NULL,
  arrived_at timestamptz NOT NULL,
  entered_by uuid NOT NULL REFERENCES officer (id),
  version integer NOT NULL
);
CREATE INDEX attendance_dialogue ON attendance (dialogue_id, id);

-- Who presides, where it is somebody else than the dialogue names.
CREATE TABLE presiding (
  dialogue_id uuid NOT NULL REFERENCES dialogue (id),
  number integer NOT NULL,
  authority_id uuid NOT NULL REFERENCES authority (id),
  name text NOT NULL,
  from_at timestamptz NOT NULL,
  reason text NOT NULL,
  paper text NOT NULL,
  entered_by uuid NOT NULL REFERENCES officer (id),
  entered_at timestamptz NOT NULL,
  PRIMARY KEY (dialogue_id, number)
);
