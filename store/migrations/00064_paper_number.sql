-- +goose Up
-- A paper may get its number in the register itself, and another one or none later: of a row that nobody changes so, the
-- version stays 0.
ALTER TABLE document ADD COLUMN version integer NOT NULL DEFAULT 0;

-- Who gives documents their numbers: as long as nothing else is set, they are typed as Văn thư gave them.
INSERT INTO parameter (authority_id, ordinal, key, section, label, value, unit, valid_from, basis, basis_key, certainty)
  SELECT authority_id, value + 1, 'numbering', 'documents', 'Số của văn bản phát hành', 'as_given', 'word', '2016-01-01',
    '', '', 'unverified'
  FROM counter WHERE key = 'parameter';
UPDATE counter SET value = value + 1 WHERE key = 'parameter';
