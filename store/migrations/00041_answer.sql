-- +goose Up
-- Signatures on the paper of an answer: who signed it on which day, and who recorded that. One paper may be the answer
-- to several opinions. The answer as it was handed in stands here; what was signed stands in the answer.
CREATE TABLE paper_signature (
  id uuid PRIMARY KEY,
  authority_id uuid NOT NULL REFERENCES authority (id),
  signer_id uuid NOT NULL REFERENCES officer (id),
  signed_on date NOT NULL,
  officer_id uuid NOT NULL REFERENCES officer (id), -- who recorded it
  at timestamptz NOT NULL,
  body text NOT NULL,
  basis text NOT NULL,
  back_at timestamptz -- when it was taken back
);
ALTER TABLE answer ADD COLUMN paper_id uuid REFERENCES paper_signature (id);
CREATE INDEX answer_paper ON answer (paper_id) WHERE paper_id IS NOT NULL;
ALTER TABLE answer_replaced ADD COLUMN paper_id uuid REFERENCES paper_signature (id);
