-- +goose Up
-- What an answer, or a correction of it, promises as it was handed in: it binds nobody before that paper goes out.
CREATE TABLE answer_promise (
  petition_id uuid NOT NULL REFERENCES petition (id),
  correction integer NOT NULL, -- 0: of the first answer
  ordinal integer NOT NULL, -- from 1
  authority_id uuid NOT NULL REFERENCES authority (id),
  unit_id uuid NOT NULL REFERENCES unit (id),
  what text NOT NULL,
  due date NOT NULL,
  PRIMARY KEY (petition_id, correction, ordinal)
);

-- Promises that went out. The due date is never changed; missed says for good that it was.
CREATE TABLE promise (
  id uuid PRIMARY KEY,
  authority_id uuid NOT NULL REFERENCES authority (id),
  opinion_id uuid NOT NULL REFERENCES opinion (id),
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
  version integer NOT NULL
);
CREATE INDEX promise_opinion ON promise (opinion_id, id);
CREATE INDEX promise_state ON promise (authority_id, state, due, id);
CREATE INDEX promise_unit ON promise (authority_id, unit_id, state, due, id);
