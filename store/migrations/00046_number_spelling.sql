-- +goose Up
-- The number of a document is the same however it is spelt: "05/UBND-VP" is "5/ubnd-vp".
DROP INDEX answer_number;
CREATE UNIQUE INDEX answer_number ON answer (authority_id, year, lower(replace(ltrim(number, '0'), 'Đ', 'đ')))
  WHERE number <> '' AND carries;
DROP INDEX answer_replaced_number;
CREATE UNIQUE INDEX answer_replaced_number
  ON answer_replaced (authority_id, year, lower(replace(ltrim(doc_number, '0'), 'Đ', 'đ'))) WHERE carries;
