-- +goose Up
-- What the minutes say of the course of a dialogue beside what was asked and answered.
CREATE TABLE hall_note (
  id uuid PRIMARY KEY,
  authority_id uuid NOT NULL REFERENCES authority (id),
  dialogue_id uuid NOT NULL REFERENCES dialogue (id),
  at timestamptz NOT NULL,
  kind text NOT NULL,
  body text NOT NULL,
  entered_by uuid NOT NULL REFERENCES officer (id),
  entered_at timestamptz NOT NULL,
  version integer NOT NULL
);
CREATE INDEX hall_note_dialogue ON hall_note (dialogue_id, at, id);

-- A sheet on which was written down by hand what was said. The same number of a dialogue is typed once.
CREATE TABLE hand_sheet (
  id uuid PRIMARY KEY,
  authority_id uuid NOT NULL REFERENCES authority (id),
  dialogue_id uuid NOT NULL REFERENCES dialogue (id),
  number integer NOT NULL,
  writer text NOT NULL,
  told integer NOT NULL, -- lines that were written on it
  made integer NOT NULL,
  dropped integer NOT NULL,
  received_at timestamptz NOT NULL,
  typed_by uuid NOT NULL REFERENCES officer (id),
  version integer NOT NULL,
  UNIQUE (dialogue_id, number)
);

-- The lines of a sheet in the order in which they were typed; one without an opinion was dropped, for a reason.
CREATE TABLE hand_line (
  sheet_id uuid NOT NULL REFERENCES hand_sheet (id),
  ordinal integer NOT NULL,
  authority_id uuid NOT NULL REFERENCES authority (id),
  opinion_id uuid REFERENCES opinion (id),
  dropped text NOT NULL,
  PRIMARY KEY (sheet_id, ordinal)
);
CREATE INDEX hand_line_opinion ON hand_line (opinion_id) WHERE opinion_id IS NOT NULL;
