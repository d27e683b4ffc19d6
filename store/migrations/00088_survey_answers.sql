-- +goose Up
-- The third survey: on the answers that people got, in a quarter. House defaults for authorities that are there already;
-- new ones get them at the set-up.
INSERT INTO survey_form (authority_id, kind, number, valid_from, scale, source, house, screening)
  SELECT id, 'answers', 1, '2016-01-01', 5,
    'Mẫu của phần mềm, chưa có văn bản quy định; thang 5 mức theo Quyết định số 1001/QĐ-BNV ngày 11/12/2023', true,
    'Trong quý này, ông/bà đã nhận được câu trả lời của xã cho ý kiến của mình?'
  FROM authority;
INSERT INTO survey_question (authority_id, kind, form, ordinal, text, short)
  SELECT id, 'answers', 1, 1, 'Thời gian chờ trả lời', false FROM authority;
INSERT INTO survey_question (authority_id, kind, form, ordinal, text, short)
  SELECT id, 'answers', 1, 2, 'Câu trả lời đúng việc, dễ hiểu', false FROM authority;
INSERT INTO survey_question (authority_id, kind, form, ordinal, text, short)
  SELECT id, 'answers', 1, 3, 'Thái độ của người tiếp nhận, trả lời', false FROM authority;
INSERT INTO survey_question (authority_id, kind, form, ordinal, text, short)
  SELECT id, 'answers', 1, 4, 'Nhìn chung về câu trả lời', false FROM authority;
