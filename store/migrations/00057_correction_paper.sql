-- +goose Up
-- What replaces an answer may be signed on paper, too. Papers of answers that were replaced are asked for by the paper.
ALTER TABLE answer_correction ADD COLUMN paper_id uuid REFERENCES paper_signature (id);
CREATE INDEX answer_correction_paper ON answer_correction (paper_id) WHERE paper_id IS NOT NULL;
CREATE INDEX answer_replaced_paper ON answer_replaced (paper_id) WHERE paper_id IS NOT NULL;
