-- +goose Up
-- What is not accepted has a legal basis beside its words. The ground, who decided it, and to what who raised a
-- complaint was guided, stand in the ruling's event.
ALTER TABLE ruling_text ADD COLUMN basis text NOT NULL DEFAULT '';

-- What was proposed to the chair not to be accepted: the last proposal of each opinion, waiting or not.
CREATE TABLE refusal_proposal (
  opinion_id uuid PRIMARY KEY REFERENCES opinion (id),
  authority_id uuid NOT NULL REFERENCES authority (id),
  ground text NOT NULL,
  basis text NOT NULL,
  words text NOT NULL,
  proposed_by uuid NOT NULL REFERENCES officer (id),
  proposed_at timestamptz NOT NULL,
  waits boolean NOT NULL
);
CREATE INDEX refusal_proposal_waits ON refusal_proposal (authority_id, proposed_at) WHERE waits;
