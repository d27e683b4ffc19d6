-- +goose Up

-- Whether the due date was missed is kept for good; before, it followed from the due date as it stood last.
ALTER TABLE petition ADD COLUMN missed boolean NOT NULL DEFAULT false;
UPDATE petition
SET missed = true
WHERE state = 'answered'
  AND opinion_id IN (SELECT id FROM opinion WHERE stage IN ('answered', 'answered_public') AND NOT on_time);

-- A petition that another ruling ended stays its opinion's: what opens it again finds the due date where it was.
UPDATE opinion
SET petition_id = (SELECT p.id FROM petition p WHERE p.opinion_id = opinion.id)
WHERE petition_id IS NULL
  AND EXISTS (SELECT 1 FROM petition p WHERE p.opinion_id = opinion.id);

-- A later due date that somebody asks of who signs, until it is decided; or what was asked last.
CREATE TABLE extension_proposal (
  opinion_id uuid PRIMARY KEY REFERENCES opinion (id),
  authority_id uuid NOT NULL REFERENCES authority (id),
  due date NOT NULL,
  reason text NOT NULL,
  proposed_by uuid NOT NULL REFERENCES officer (id),
  proposed_at timestamptz NOT NULL,
  waits boolean NOT NULL
);
CREATE INDEX extension_proposal_waits ON extension_proposal (authority_id) WHERE waits;
