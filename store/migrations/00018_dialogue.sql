-- A dialogue's life from its preparation to its report: when each step was, how it was moved, its texts, the duties of
-- the law with their proofs, and the requests of voters.
-- +goose Up
ALTER TABLE dialogue ADD COLUMN noticed_at timestamptz; -- when people were last told of its day
UPDATE dialogue SET noticed_at = announced_at;
ALTER TABLE dialogue ADD COLUMN late_reason text NOT NULL DEFAULT '';
ALTER TABLE dialogue ADD COLUMN started_at timestamptz;
ALTER TABLE dialogue ADD COLUMN closed_at timestamptz;
ALTER TABLE dialogue ADD COLUMN published_at timestamptz;
ALTER TABLE dialogue ADD COLUMN reported_at timestamptz;

CREATE TABLE dialogue_move (
  id uuid PRIMARY KEY,
  authority_id uuid NOT NULL REFERENCES authority (id),
  dialogue_id uuid NOT NULL REFERENCES dialogue (id),
  number integer NOT NULL,
  act text NOT NULL,
  from_start timestamptz NOT NULL,
  from_venue text NOT NULL,
  to_start timestamptz, -- none: it has no day
  to_venue text NOT NULL,
  reason text NOT NULL,
  paper text NOT NULL,
  moved_by uuid NOT NULL REFERENCES officer (id),
  moved_at timestamptz NOT NULL,
  UNIQUE (dialogue_id, number)
);

CREATE TABLE dialogue_text (
  dialogue_id uuid NOT NULL REFERENCES dialogue (id),
  kind text NOT NULL,
  authority_id uuid NOT NULL REFERENCES authority (id),
  body text NOT NULL,
  number text NOT NULL, -- of the paper, as the clerk gave it
  dated date,
  written_by uuid NOT NULL REFERENCES officer (id),
  written_at timestamptz NOT NULL,
  version integer NOT NULL,
  PRIMARY KEY (dialogue_id, kind)
);

CREATE TABLE duty_proof (
  id uuid PRIMARY KEY,
  authority_id uuid NOT NULL REFERENCES authority (id),
  dialogue_id uuid NOT NULL REFERENCES dialogue (id),
  duty text NOT NULL,
  done_at timestamptz NOT NULL,
  until date,
  doer text NOT NULL,
  proof text NOT NULL,
  told_moves integer NOT NULL, -- the dialogue's moves then
  recorded_by uuid NOT NULL REFERENCES officer (id),
  recorded_at timestamptz NOT NULL,
  withdrawn_by uuid REFERENCES officer (id),
  withdrawn_at timestamptz
);
CREATE INDEX duty_proof_of ON duty_proof (dialogue_id, id);

CREATE TABLE voter_request (
  id uuid PRIMARY KEY,
  authority_id uuid NOT NULL REFERENCES authority (id),
  received_on date NOT NULL,
  asked integer NOT NULL,
  voters integer NOT NULL,
  matter text NOT NULL,
  paper text NOT NULL,
  dialogue_id uuid REFERENCES dialogue (id),
  recorded_by uuid NOT NULL REFERENCES officer (id),
  recorded_at timestamptz NOT NULL,
  version integer NOT NULL
);
CREATE INDEX voter_request_list ON voter_request (authority_id, received_on);
