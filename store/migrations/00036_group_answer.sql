-- +goose Up
-- One answer to several opinions of a matter: those that were handed in in one act are of one set. The number of their
-- document is theirs together: one of them carries it in the register of numbers.
ALTER TABLE answer ADD COLUMN set_id uuid;
ALTER TABLE answer ADD COLUMN carries boolean NOT NULL DEFAULT true;
DROP INDEX answer_number;
CREATE UNIQUE INDEX answer_number ON answer (authority_id, year, number) WHERE number <> '' AND carries;
CREATE INDEX answer_set ON answer (set_id) WHERE set_id IS NOT NULL;

-- What corrects one answer to several corrects it for all of them.
ALTER TABLE answer_correction ADD COLUMN set_id uuid;
CREATE INDEX answer_correction_set ON answer_correction (set_id) WHERE set_id IS NOT NULL;
ALTER TABLE answer_replaced ADD COLUMN set_id uuid;
ALTER TABLE answer_replaced ADD COLUMN carries boolean NOT NULL DEFAULT true;
DROP INDEX answer_replaced_number;
CREATE UNIQUE INDEX answer_replaced_number ON answer_replaced (authority_id, year, doc_number) WHERE carries;
