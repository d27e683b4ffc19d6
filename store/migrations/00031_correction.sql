-- +goose Up
-- What is to replace an answer that went out and proves wrong. At most one of a petition is open; the versions go on over
-- all of them.
CREATE TABLE answer_correction (
  petition_id uuid NOT NULL REFERENCES petition (id),
  number integer NOT NULL, -- from 1
  authority_id uuid NOT NULL REFERENCES authority (id),
  opinion_id uuid NOT NULL REFERENCES opinion (id),
  body text NOT NULL,
  basis text NOT NULL,
  reason text NOT NULL, -- why the old one was wrong, as the person reads it
  state text NOT NULL,
  doc_number text NOT NULL, -- of the document; empty before it is dispatched
  dated date,
  signed_by text NOT NULL,
  signed_for text NOT NULL,
  signed_at timestamptz,
  officer_id uuid NOT NULL REFERENCES officer (id), -- who handed it in
  at timestamptz NOT NULL,
  read_at timestamptz, -- when somebody who signs first opened it
  version integer NOT NULL,
  PRIMARY KEY (petition_id, number)
);
CREATE UNIQUE INDEX answer_correction_open ON answer_correction (petition_id) WHERE state IN ('submitted', 'returned', 'withdrawn', 'signed');
CREATE INDEX answer_correction_work ON answer_correction (authority_id, opinion_id) WHERE state IN ('submitted', 'returned', 'withdrawn', 'signed');

-- Answers that went out and were replaced. Only ever added to, with what the person said of them.
CREATE TABLE answer_replaced (
  petition_id uuid NOT NULL,
  number integer NOT NULL, -- of the correction that replaced it
  authority_id uuid NOT NULL REFERENCES authority (id),
  body text NOT NULL,
  basis text NOT NULL,
  doc_number text NOT NULL,
  dated date NOT NULL,
  year integer NOT NULL, -- of that day: its number is taken in it still
  signed_by text NOT NULL,
  signed_for text NOT NULL,
  signed_at timestamptz NOT NULL,
  sent_at timestamptz NOT NULL,
  replaced_at timestamptz NOT NULL,
  solved text NOT NULL, -- empty: the person said nothing of it
  satisfied integer NOT NULL,
  rated_at timestamptz,
  PRIMARY KEY (petition_id, number),
  FOREIGN KEY (petition_id, number) REFERENCES answer_correction (petition_id, number)
);
CREATE UNIQUE INDEX answer_replaced_number ON answer_replaced (authority_id, year, doc_number);

-- The summary that follows a correction, while the public one is of an answer that was replaced. basis, doc_number and
-- dated are of that answer.
CREATE TABLE publication_correction (
  opinion_id uuid PRIMARY KEY REFERENCES publication (opinion_id),
  number integer NOT NULL, -- of the correction
  authority_id uuid NOT NULL REFERENCES authority (id),
  title text NOT NULL,
  question text NOT NULL,
  answer text NOT NULL,
  why text NOT NULL,
  state text NOT NULL,
  proposed_by uuid REFERENCES officer (id),
  basis text NOT NULL,
  doc_number text NOT NULL,
  dated date,
  since timestamptz NOT NULL, -- when the answer was replaced
  version integer NOT NULL
);
CREATE INDEX publication_correction_work ON publication_correction (authority_id, opinion_id);
CREATE INDEX publication_correction_proposed ON publication_correction (proposed_by) WHERE proposed_by IS NOT NULL;

ALTER TABLE publication ADD COLUMN why text NOT NULL DEFAULT ''; -- it was corrected
ALTER TABLE publication ADD COLUMN corrected_at timestamptz;

-- The answer of which it tells was replaced.
ALTER TABLE delivery ADD COLUMN replaced boolean NOT NULL DEFAULT false;
