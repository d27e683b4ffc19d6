-- +goose Up
-- What the head of the authority orders a unit to do about something that a figure shows, and which opinions it counted.
CREATE TABLE directive (
  id uuid PRIMARY KEY,
  authority_id uuid NOT NULL REFERENCES authority (id),
  opened_from text NOT NULL,
  promise_id uuid REFERENCES promise (id),
  dialogue_id uuid REFERENCES dialogue (id),
  figure text NOT NULL, -- the key of a figure of the dialogue's result
  matters integer NOT NULL, -- how many the figure counted, of the unit
  given_by uuid NOT NULL REFERENCES officer (id),
  given_at timestamptz NOT NULL
);
CREATE TABLE directive_matter (
  directive_id uuid NOT NULL REFERENCES directive (id),
  opinion_id uuid NOT NULL REFERENCES opinion (id),
  authority_id uuid NOT NULL REFERENCES authority (id),
  PRIMARY KEY (directive_id, opinion_id)
);
CREATE INDEX directive_matter_opinion ON directive_matter (opinion_id);
ALTER TABLE task ADD COLUMN directive_id uuid REFERENCES directive (id);
CREATE INDEX task_directive ON task (directive_id) WHERE directive_id IS NOT NULL;
CREATE INDEX task_directive_open ON task (authority_id, by_day, id)
  WHERE directive_id IS NOT NULL AND state IN ('open', 'doing');
