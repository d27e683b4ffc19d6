-- +goose Up

-- Question slips on paper, printed in stacks with numbers that run through a dialogue. seed is the secret of which the
-- receipt codes on their stubs are made.
CREATE TABLE paper_stack (
  id uuid PRIMARY KEY,
  authority_id uuid NOT NULL REFERENCES authority (id),
  dialogue_id uuid NOT NULL REFERENCES dialogue (id),
  first_number integer NOT NULL,
  last_number integer NOT NULL,
  seed bytea NOT NULL,
  printed_by uuid NOT NULL REFERENCES officer (id),
  printed_at timestamptz NOT NULL,
  UNIQUE (dialogue_id, first_number)
);
CREATE INDEX paper_stack_authority ON paper_stack (authority_id, dialogue_id);

-- To whom a range of slips was handed: a village, a unit, or neither: the desk.
CREATE TABLE paper_handout (
  id uuid PRIMARY KEY,
  authority_id uuid NOT NULL REFERENCES authority (id),
  dialogue_id uuid NOT NULL REFERENCES dialogue (id),
  first_number integer NOT NULL,
  last_number integer NOT NULL,
  village_id uuid REFERENCES village (id),
  unit_id uuid REFERENCES unit (id),
  receiver text NOT NULL,
  on_day date NOT NULL,
  handed_by uuid NOT NULL REFERENCES officer (id),
  handed_at timestamptz NOT NULL
);
CREATE INDEX paper_handout_list ON paper_handout (dialogue_id, id);

-- Each printed slip. handed says that it left the office, also where nobody wrote down to whom.
CREATE TABLE paper_slip (
  dialogue_id uuid NOT NULL REFERENCES dialogue (id),
  number integer NOT NULL,
  authority_id uuid NOT NULL REFERENCES authority (id),
  stack_id uuid NOT NULL REFERENCES paper_stack (id),
  state text NOT NULL,
  handed boolean NOT NULL,
  handout_id uuid REFERENCES paper_handout (id),
  slip_id uuid REFERENCES slip (id),
  reason text NOT NULL,
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (dialogue_id, number)
);
CREATE INDEX paper_slip_state ON paper_slip (dialogue_id, state, number);
CREATE INDEX paper_slip_handout ON paper_slip (handout_id) WHERE handout_id IS NOT NULL;
CREATE INDEX paper_slip_slip ON paper_slip (slip_id) WHERE slip_id IS NOT NULL;

-- The figures of a unit's procedures for a dialogue, field by field.
CREATE TABLE procedure_sheet (
  dialogue_id uuid NOT NULL REFERENCES dialogue (id),
  unit_id uuid NOT NULL REFERENCES unit (id),
  authority_id uuid NOT NULL REFERENCES authority (id),
  from_day date,
  to_day date,
  state text NOT NULL,
  body jsonb NOT NULL,
  reason text NOT NULL,
  saved_by uuid NOT NULL REFERENCES officer (id),
  saved_at timestamptz NOT NULL,
  submitted_at timestamptz,
  version integer NOT NULL,
  PRIMARY KEY (dialogue_id, unit_id)
);

-- A registered question that a unit prepares the answer to, before its dialogue. Earlier versions of the draft are the
-- texts of its events.
CREATE TABLE question (
  opinion_id uuid PRIMARY KEY REFERENCES opinion (id),
  authority_id uuid NOT NULL REFERENCES authority (id),
  dialogue_id uuid NOT NULL REFERENCES dialogue (id),
  unit_id uuid NOT NULL REFERENCES unit (id),
  state text NOT NULL,
  note text NOT NULL,
  due date NOT NULL,
  reason text NOT NULL,
  body text NOT NULL,
  basis text NOT NULL,
  ruling text NOT NULL,
  drafted_by uuid REFERENCES officer (id),
  drafted_at timestamptz,
  ready_by uuid REFERENCES officer (id),
  ready_at timestamptz,
  version integer NOT NULL
);
CREATE INDEX question_dialogue ON question (dialogue_id, opinion_id);
CREATE INDEX question_unit ON question (authority_id, unit_id, state, due, opinion_id);
