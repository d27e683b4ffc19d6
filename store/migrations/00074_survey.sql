-- +goose Up
-- Surveys of satisfaction. What a form asks is never altered: another one follows it from a day on. A slip of a survey
-- names nobody: it has no time, no id that holds one, and no way to what else is known of who gave it. Its key is a hash
-- of what only a telephone, a browser or the holder of a receipt code keeps; a slip of paper has its number in a stack.
CREATE TABLE survey_form (
    authority_id uuid NOT NULL REFERENCES authority (id),
    kind text NOT NULL,
    number integer NOT NULL,
    valid_from date NOT NULL,
    scale integer NOT NULL, -- levels: 5, 3
    source text NOT NULL,
    house boolean NOT NULL, -- the program's own: no document lays it down
    screening text NOT NULL,
    PRIMARY KEY (authority_id, kind, number)
);
CREATE TABLE survey_question (
    authority_id uuid NOT NULL REFERENCES authority (id),
    kind text NOT NULL,
    form integer NOT NULL,
    ordinal integer NOT NULL, -- from 1
    text text NOT NULL,
    short boolean NOT NULL,
    PRIMARY KEY (authority_id, kind, form, ordinal)
);
-- subject is the dialogue's id, or the first day of the quarter; answers a digit for each question, 0 where skipped.
CREATE TABLE survey_slip (
    authority_id uuid NOT NULL REFERENCES authority (id),
    kind text NOT NULL,
    subject text NOT NULL,
    key_hash bytea NOT NULL,
    form integer NOT NULL,
    answers text NOT NULL,
    comment text NOT NULL,
    PRIMARY KEY (authority_id, kind, subject, key_hash)
);
CREATE TABLE survey_stack (
    id uuid PRIMARY KEY,
    authority_id uuid NOT NULL REFERENCES authority (id),
    kind text NOT NULL,
    subject text NOT NULL,
    form integer NOT NULL,
    number integer NOT NULL,
    origin text NOT NULL, -- paper: typed slip by slip; tally: counted in the village
    village_id uuid REFERENCES village (id),
    issued integer NOT NULL,
    returned integer NOT NULL,
    invalid integer NOT NULL,
    typed integer NOT NULL,
    version integer NOT NULL,
    UNIQUE (authority_id, kind, subject, number)
);
CREATE TABLE survey_paper (
    stack_id uuid NOT NULL REFERENCES survey_stack (id),
    number integer NOT NULL,
    authority_id uuid NOT NULL REFERENCES authority (id),
    answers text NOT NULL,
    comment text NOT NULL,
    PRIMARY KEY (stack_id, number)
);
CREATE TABLE survey_tally (
    stack_id uuid NOT NULL REFERENCES survey_stack (id),
    question integer NOT NULL,
    level integer NOT NULL,
    authority_id uuid NOT NULL REFERENCES authority (id),
    given integer NOT NULL,
    PRIMARY KEY (stack_id, question, level)
);
CREATE TABLE survey_correction (
    stack_id uuid NOT NULL REFERENCES survey_stack (id),
    version integer NOT NULL,
    authority_id uuid NOT NULL REFERENCES authority (id),
    officer_id uuid NOT NULL REFERENCES officer (id),
    at timestamptz NOT NULL,
    reason text NOT NULL,
    slip integer NOT NULL, -- 0: the counts
    before text NOT NULL,
    PRIMARY KEY (stack_id, version)
);

-- House defaults, for authorities that are there already; new ones get them at the set-up.
INSERT INTO survey_form (authority_id, kind, number, valid_from, scale, source, house, screening)
  SELECT id, 'dialogue', 1, '2016-01-01', 5,
    'Mẫu của phần mềm, chưa có văn bản quy định; thang 5 mức theo Quyết định số 1001/QĐ-BNV ngày 11/12/2023', true,
    ''
  FROM authority;
INSERT INTO survey_question (authority_id, kind, form, ordinal, text, short)
  SELECT id, 'dialogue', 1, 1, 'Xã báo trước thời gian, địa điểm, nội dung', false FROM authority;
INSERT INTO survey_question (authority_id, kind, form, ordinal, text, short)
  SELECT id, 'dialogue', 1, 2, 'Cách đăng ký câu hỏi, xin phát biểu', false FROM authority;
INSERT INTO survey_question (authority_id, kind, form, ordinal, text, short)
  SELECT id, 'dialogue', 1, 3, 'Chỗ ngồi, âm thanh, tài liệu', false FROM authority;
INSERT INTO survey_question (authority_id, kind, form, ordinal, text, short)
  SELECT id, 'dialogue', 1, 4, 'Người chủ trì lắng nghe, tôn trọng', false FROM authority;
INSERT INTO survey_question (authority_id, kind, form, ordinal, text, short)
  SELECT id, 'dialogue', 1, 5, 'Câu trả lời đúng việc, dễ hiểu', false FROM authority;
INSERT INTO survey_question (authority_id, kind, form, ordinal, text, short)
  SELECT id, 'dialogue', 1, 6, 'Câu trả lời có căn cứ, có ngày hẹn', true FROM authority;
INSERT INTO survey_question (authority_id, kind, form, ordinal, text, short)
  SELECT id, 'dialogue', 1, 7, 'Thời gian dành cho người dân nói', false FROM authority;
INSERT INTO survey_question (authority_id, kind, form, ordinal, text, short)
  SELECT id, 'dialogue', 1, 8, 'Nhìn chung về buổi đối thoại', true FROM authority;
INSERT INTO survey_form (authority_id, kind, number, valid_from, scale, source, house, screening)
  SELECT id, 'procedures', 1, '2016-01-01', 5,
    'Mẫu của phần mềm theo 5 nhóm tiêu chí SIPAS, chưa có văn bản quy định; thang 5 mức theo Quyết định số 1001/QĐ-BNV ngày 11/12/2023', true,
    'Ông/bà đã làm thủ tục hành chính tại xã trong 12 tháng qua?'
  FROM authority;
INSERT INTO survey_question (authority_id, kind, form, ordinal, text, short)
  SELECT id, 'procedures', 1, 1, 'Tìm nơi nộp, chỗ ngồi chờ, cách nộp hồ sơ', false FROM authority;
INSERT INTO survey_question (authority_id, kind, form, ordinal, text, short)
  SELECT id, 'procedures', 1, 2, 'Thủ tục công khai, giấy tờ phải nộp', false FROM authority;
INSERT INTO survey_question (authority_id, kind, form, ordinal, text, short)
  SELECT id, 'procedures', 1, 3, 'Cán bộ: thái độ, hướng dẫn, am hiểu việc', false FROM authority;
INSERT INTO survey_question (authority_id, kind, form, ordinal, text, short)
  SELECT id, 'procedures', 1, 4, 'Kết quả: đúng hẹn, đúng, đủ', false FROM authority;
INSERT INTO survey_question (authority_id, kind, form, ordinal, text, short)
  SELECT id, 'procedures', 1, 5, 'Tiếp nhận, giải quyết góp ý, phản ánh', false FROM authority;
INSERT INTO survey_question (authority_id, kind, form, ordinal, text, short)
  SELECT id, 'procedures', 1, 6, 'Nhìn chung về việc làm thủ tục tại xã', false FROM authority;
INSERT INTO parameter (authority_id, ordinal, key, section, label, value, unit, valid_from, basis, basis_key, certainty)
  SELECT authority_id, value + 1, 'survey.days', 'survey', 'Nhận phiếu khảo sát trên mạng sau khi bế mạc, trong', '10',
    'days', '2016-01-01', '', '', 'unverified'
  FROM counter WHERE key = 'parameter';
UPDATE counter SET value = value + 1 WHERE key = 'parameter';
-- A form says on which scale it asks.
DELETE FROM parameter WHERE key = 'survey.scale';

-- What was said on telephones of how satisfied people are on the whole, on the same scale. The other question had one
-- of its own, which no form has.
INSERT INTO survey_slip (authority_id, kind, subject, key_hash, form, answers, comment)
  SELECT authority_id, 'dialogue', CAST(dialogue_id AS text), key_hash, 1, '0000000' || CAST(satisfied AS text), ''
  FROM dialogue_rating;
DROP TABLE dialogue_rating;
