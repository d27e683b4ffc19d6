-- +goose Up
-- What the chair's conclusion gives units to do, as it is written: it binds nobody before the minutes are locked.
CREATE TABLE conclusion_promise (
  dialogue_id uuid NOT NULL REFERENCES dialogue (id),
  ordinal integer NOT NULL, -- from 1
  authority_id uuid NOT NULL REFERENCES authority (id),
  unit_id uuid NOT NULL REFERENCES unit (id),
  what text NOT NULL,
  due date NOT NULL,
  PRIMARY KEY (dialogue_id, ordinal)
);

-- A promise is of an opinion's answer or of a dialogue's conclusion.
CREATE TABLE promise_next (
  id uuid PRIMARY KEY,
  authority_id uuid NOT NULL REFERENCES authority (id),
  opinion_id uuid REFERENCES opinion (id), -- whose answer made it; empty: a conclusion did
  dialogue_id uuid REFERENCES dialogue (id), -- whose conclusion made it; empty: an answer did
  unit_id uuid NOT NULL REFERENCES unit (id), -- that does it
  what text NOT NULL,
  due date NOT NULL,
  state text NOT NULL,
  missed boolean NOT NULL,
  made_at timestamptz NOT NULL,
  correction integer NOT NULL, -- of the answer that made it; 0: the first answer
  ended_at timestamptz, -- when it was kept, broken or replaced
  ended_by uuid REFERENCES officer (id),
  done_on date,
  said text NOT NULL, -- what was done and what shows it, or why it will not be done
  replaced_by integer NOT NULL, -- the correction of the answer that did; 0: none
  version integer NOT NULL,
  CHECK ((opinion_id IS NULL) <> (dialogue_id IS NULL))
);
INSERT INTO promise_next (id, authority_id, opinion_id, unit_id, what, due, state, missed, made_at, correction,
    ended_at, ended_by, done_on, said, replaced_by, version)
  SELECT id, authority_id, opinion_id, unit_id, what, due, state, missed, made_at, correction,
    ended_at, ended_by, done_on, said, replaced_by, version
  FROM promise;
DROP TABLE promise;
ALTER TABLE promise_next RENAME TO promise;
CREATE INDEX promise_opinion ON promise (opinion_id, id);
CREATE INDEX promise_dialogue ON promise (dialogue_id, id);
CREATE INDEX promise_state ON promise (authority_id, state, due, id);
CREATE INDEX promise_unit ON promise (authority_id, unit_id, state, due, id);

-- The acts on promises of conclusions, each with its leaf of the public record. Only ever added to.
CREATE TABLE promise_event (
  leaf integer PRIMARY KEY REFERENCES leaf (n),
  authority_id uuid NOT NULL REFERENCES authority (id),
  promise_id uuid NOT NULL REFERENCES promise (id),
  at timestamptz NOT NULL,
  actor_id uuid NOT NULL REFERENCES officer (id),
  act text NOT NULL,
  facts jsonb NOT NULL,
  body text NOT NULL, -- what was promised, or what was said of how it ended
  salts bytea NOT NULL
);
CREATE INDEX promise_event_promise ON promise_event (promise_id, leaf);
