-- +goose Up
-- A turn to speak. Of who registered by a slip, or asked for it at reception, there is a row once something was done
-- about it; it has the slip's id, or the attendance's. Names are of who raised a hand, in the hall or by telephone.
CREATE TABLE turn (
  id uuid PRIMARY KEY,
  authority_id uuid NOT NULL REFERENCES authority (id),
  dialogue_id uuid NOT NULL REFERENCES dialogue (id),
  source text NOT NULL,
  name text NOT NULL,
  village_id uuid REFERENCES village (id),
  joined_at timestamptz NOT NULL,
  place integer NOT NULL, -- 1 is first; 0: as the rule has it
  state text NOT NULL,
  called_at timestamptz,
  ended_at timestamptz,
  spoken_ms bigint NOT NULL, -- before the timer was started last
  since timestamptz, -- the timer runs since then
  limit_ms bigint NOT NULL,
  ticket integer NOT NULL, -- of who raised a hand by telephone, from 1; else 0
  code_hash bytea UNIQUE, -- by which the telephone knows its own
  entered_by uuid REFERENCES officer (id),
  version integer NOT NULL
);
CREATE INDEX turn_dialogue ON turn (dialogue_id, id);
CREATE UNIQUE INDEX turn_ticket ON turn (dialogue_id, ticket) WHERE ticket > 0;
CREATE UNIQUE INDEX turn_speaking ON turn (dialogue_id) WHERE state = 'speaking';

-- When each step of the programme really began.
CREATE TABLE step_run (
  dialogue_id uuid NOT NULL REFERENCES dialogue (id),
  number integer NOT NULL,
  authority_id uuid NOT NULL REFERENCES authority (id),
  step integer NOT NULL, -- of the programme as it stood, from 1
  title text NOT NULL,
  began_at timestamptz NOT NULL,
  entered_by uuid NOT NULL REFERENCES officer (id),
  PRIMARY KEY (dialogue_id, number)
);

-- What a dialogue's screens show. No row: nothing was ever released.
CREATE TABLE screen (
  dialogue_id uuid PRIMARY KEY REFERENCES dialogue (id),
  authority_id uuid NOT NULL REFERENCES authority (id),
  blank boolean NOT NULL,
  question text NOT NULL, -- as released
  opinion_id uuid REFERENCES opinion (id), -- whose it is, once that is recorded
  turn_id uuid REFERENCES turn (id), -- of who raised it
  key bytea NOT NULL, -- from which the code comes that opens a projector
  version integer NOT NULL
);

-- What of a dialogue's questions was released, in the order of it: what people may look back at.
CREATE TABLE released (
  opinion_id uuid PRIMARY KEY REFERENCES opinion (id),
  authority_id uuid NOT NULL REFERENCES authority (id),
  dialogue_id uuid NOT NULL REFERENCES dialogue (id),
  question text NOT NULL,
  released_at timestamptz NOT NULL
);
CREATE INDEX released_dialogue ON released (dialogue_id, released_at);

ALTER TABLE opinion ADD COLUMN turn_id uuid REFERENCES turn (id); -- in which it was said, beyond what a slip says
ALTER TABLE opinion ADD COLUMN summary text NOT NULL DEFAULT ''; -- neutral, for minutes and screens
ALTER TABLE opinion ADD COLUMN unheard text NOT NULL DEFAULT ''; -- why it was not heard in the hall
