-- +goose Up
-- A matter that is looked at again because who raised it did not agree with the answer. missed and answered_at stay
-- those of the first answer.
ALTER TABLE petition ADD COLUMN round integer NOT NULL DEFAULT 0; -- how often it was looked at again
ALTER TABLE petition ADD COLUMN round_missed boolean NOT NULL DEFAULT false;
ALTER TABLE petition ADD COLUMN round_answered_at timestamptz;
ALTER TABLE petition ADD COLUMN asked boolean NOT NULL DEFAULT false; -- the chair is to say whether it is
CREATE INDEX petition_asked ON petition (authority_id, opinion_id) WHERE asked;
CREATE INDEX petition_again ON petition (authority_id, opinion_id) WHERE round > 0;

-- Answers that went out and with which the person did not agree. Only ever added to, with what the person said of them.
CREATE TABLE answer_round (
  petition_id uuid NOT NULL REFERENCES petition (id),
  round integer NOT NULL, -- 0: the first answer
  authority_id uuid NOT NULL REFERENCES authority (id),
  opinion_id uuid NOT NULL REFERENCES opinion (id),
  body text NOT NULL,
  basis text NOT NULL,
  doc_number text NOT NULL,
  dated date NOT NULL,
  year integer NOT NULL, -- of that day: its number is taken in it still
  signed_by text NOT NULL,
  signed_for text NOT NULL,
  signed_at timestamptz NOT NULL,
  sent_at timestamptz NOT NULL,
  due date NOT NULL,
  late boolean NOT NULL,
  solved text NOT NULL, -- empty: the person said nothing of it
  satisfied integer NOT NULL,
  rated_at timestamptz,
  reopened_at timestamptz NOT NULL,
  set_id uuid, -- as of the answer
  carries boolean NOT NULL,
  paper_id uuid, -- on which it was signed
  PRIMARY KEY (petition_id, round)
);
CREATE UNIQUE INDEX answer_round_number
  ON answer_round (authority_id, year, lower(replace(ltrim(doc_number, '0'), 'Đ', 'đ'))) WHERE carries;
CREATE INDEX answer_round_set ON answer_round (set_id) WHERE set_id IS NOT NULL;
CREATE INDEX answer_round_paper ON answer_round (paper_id) WHERE paper_id IS NOT NULL;

-- What people said who did not agree with an answer, and the chair's word on it.
CREATE TABLE reopening (
  opinion_id uuid NOT NULL REFERENCES opinion (id),
  number integer NOT NULL, -- from 1
  authority_id uuid NOT NULL REFERENCES authority (id),
  new_facts boolean NOT NULL,
  said text NOT NULL,
  channel text NOT NULL,
  officer_id uuid REFERENCES officer (id), -- who typed it; empty: the person, by the receipt code
  at timestamptz NOT NULL,
  answer integer NOT NULL, -- of which it is: how many there were before that one
  state text NOT NULL,
  ground text NOT NULL, -- of the refusal, as the rest
  basis text NOT NULL,
  words text NOT NULL,
  decided_by uuid REFERENCES officer (id),
  decided_at timestamptz,
  PRIMARY KEY (opinion_id, number)
);

-- A house default, for authorities that are there already; new ones get it at the set-up.
INSERT INTO parameter (authority_id, ordinal, key, section, label, value, unit, valid_from, basis, basis_key, certainty)
  SELECT authority_id, value + 1, 'reopen.within', 'answering',
    'Người nêu chưa đồng ý: xem lại một lần không cần điều kiện, kể từ ngày trả lời', '30', 'days', '2016-01-01', '', '',
    'unverified'
  FROM counter WHERE key = 'parameter';
UPDATE counter SET value = value + 1 WHERE key = 'parameter';
