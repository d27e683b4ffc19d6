-- +goose Up
-- Notices of dialogues that the superior convenes, as the office received them.
CREATE TABLE incoming (
  id uuid PRIMARY KEY,
  authority_id uuid NOT NULL REFERENCES authority (id),
  sender text NOT NULL,
  number text NOT NULL,
  dated date NOT NULL,
  abstract text NOT NULL,
  asks text NOT NULL,
  starts_at timestamptz,
  venue text NOT NULL,
  received_on date NOT NULL,
  relayed_at timestamptz,
  relays integer NOT NULL, -- how often it went to units and villages
  version integer NOT NULL
);
CREATE INDEX incoming_list ON incoming (authority_id, received_on, id);

-- What each addressee of a plan, or of such a notice, has to do. The slot says what it is, for whom and for which
-- dialogue: no two tasks of an authority have one.
CREATE TABLE task (
  id uuid PRIMARY KEY,
  authority_id uuid NOT NULL REFERENCES authority (id),
  slot text NOT NULL,
  plan_id uuid REFERENCES plan (id),
  point integer NOT NULL,
  incoming_id uuid REFERENCES incoming (id),
  dialogue_id uuid REFERENCES dialogue (id),
  body text NOT NULL,
  unit_id uuid REFERENCES unit (id),
  village_id uuid REFERENCES village (id),
  outside text NOT NULL, -- the name of a body that is neither
  manner text NOT NULL,
  days integer NOT NULL,
  workdays boolean NOT NULL,
  day date,
  due date,
  by_day date NOT NULL, -- the due date, or the last of days where there is none: lists walk along it
  state text NOT NULL,
  ended text NOT NULL, -- why it was dropped
  done_at timestamptz,
  moves integer NOT NULL, -- of its dialogue, when it was done
  version integer NOT NULL,
  UNIQUE (authority_id, slot)
);
CREATE INDEX task_list ON task (authority_id, by_day, id);
CREATE INDEX task_state ON task (authority_id, state, by_day, id);
CREATE INDEX task_open ON task (authority_id, by_day, id) WHERE state IN ('open', 'doing');
CREATE INDEX task_unit ON task (unit_id, by_day, id) WHERE unit_id IS NOT NULL;
CREATE INDEX task_village ON task (village_id, by_day, id) WHERE village_id IS NOT NULL;
CREATE INDEX task_plan ON task (plan_id, point) WHERE plan_id IS NOT NULL;
CREATE INDEX task_dialogue ON task (dialogue_id) WHERE dialogue_id IS NOT NULL;
CREATE INDEX task_incoming ON task (incoming_id) WHERE incoming_id IS NOT NULL;

-- What became of a task, in order. Only ever added to.
CREATE TABLE task_step (
  id uuid PRIMARY KEY,
  authority_id uuid NOT NULL REFERENCES authority (id),
  task_id uuid NOT NULL REFERENCES task (id),
  at timestamptz NOT NULL,
  officer_id uuid REFERENCES officer (id), -- none: the plan, a dialogue or the organisation did
  kind text NOT NULL,
  body text NOT NULL,
  told_by text NOT NULL, -- the post of who told the office
  told_at timestamptz,
  level integer NOT NULL, -- of an urging
  due date, -- before it moved
  state text NOT NULL
);
CREATE INDEX task_step_task ON task_step (task_id, id);

-- Which officers have taken note of a task; told_by: the post of who told the office so.
CREATE TABLE task_note (
  id uuid PRIMARY KEY,
  authority_id uuid NOT NULL REFERENCES authority (id),
  task_id uuid NOT NULL REFERENCES task (id),
  officer_id uuid NOT NULL REFERENCES officer (id),
  at timestamptz NOT NULL,
  told_by text NOT NULL,
  told_at timestamptz,
  UNIQUE (task_id, officer_id, told_by)
);

-- What an officer is told inside the program. The slot keeps one thing from being told twice.
CREATE TABLE notice (
  id uuid PRIMARY KEY,
  authority_id uuid NOT NULL REFERENCES authority (id),
  officer_id uuid NOT NULL REFERENCES officer (id),
  slot text NOT NULL,
  kind text NOT NULL,
  task_id uuid REFERENCES task (id),
  due date,
  late integer NOT NULL, -- opinions that are overdue
  soon integer NOT NULL, -- and that are due soon
  at timestamptz NOT NULL,
  read_at timestamptz,
  UNIQUE (officer_id, slot)
);
CREATE INDEX notice_officer ON notice (officer_id, id);
CREATE INDEX notice_unread ON notice (officer_id) WHERE read_at IS NULL;
CREATE INDEX notice_age ON notice (at);
