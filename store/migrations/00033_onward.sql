-- +goose Up
-- Letters of the authority to other bodies about an opinion that it answers itself, and what became of them.
CREATE TABLE onward_letter (
  id uuid PRIMARY KEY,
  authority_id uuid NOT NULL REFERENCES authority (id),
  opinion_id uuid NOT NULL REFERENCES opinion (id),
  kind text NOT NULL,
  to_body text NOT NULL, -- as it was called then
  doc_number text NOT NULL,
  dated date NOT NULL,
  asked text NOT NULL,
  sent_by uuid NOT NULL REFERENCES officer (id),
  sent_at timestamptz NOT NULL,
  state text NOT NULL,
  urge_from date NOT NULL, -- its date, or the day of the last urging
  reply_number text NOT NULL, -- empty: by word, or no reply
  reply_by text NOT NULL,
  reply_day date,
  gist text NOT NULL,
  reason text NOT NULL, -- why the wait ended without a reply
  closed_by uuid REFERENCES officer (id),
  closed_at timestamptz,
  version integer NOT NULL
);
CREATE INDEX onward_letter_opinion ON onward_letter (opinion_id);
CREATE INDEX onward_letter_waits ON onward_letter (authority_id, urge_from) WHERE state = 'waiting';

-- Each urging of such a body.
CREATE TABLE body_urging (
  id uuid PRIMARY KEY,
  authority_id uuid NOT NULL REFERENCES authority (id),
  opinion_id uuid NOT NULL REFERENCES opinion (id),
  letter_id uuid NOT NULL REFERENCES onward_letter (id),
  way text NOT NULL,
  doc_number text NOT NULL, -- of a letter
  urged_at timestamptz NOT NULL,
  urged_by text NOT NULL,
  said text NOT NULL,
  recorded_by uuid NOT NULL REFERENCES officer (id),
  recorded_at timestamptz NOT NULL
);
CREATE INDEX body_urging_opinion ON body_urging (opinion_id);

-- A house default, for authorities that are there already; new ones get it at the set-up.
INSERT INTO parameter (authority_id, ordinal, key, section, label, value, unit, valid_from, basis, basis_key, certainty)
  SELECT authority_id, value + 1, 'onward.reply', 'urging',
    'Đôn đốc cơ quan được báo cáo, xin ý kiến hoặc đề nghị phối hợp, sau mỗi', '10', 'workdays', '2016-01-01', '', '', 'unverified'
  FROM counter WHERE key = 'parameter';
UPDATE counter SET value = value + 1 WHERE key = 'parameter';

-- The body to which a ruling sends the person, as it was called and found then; empty where it sends nowhere.
ALTER TABLE ruling_text ADD COLUMN to_body text NOT NULL DEFAULT '';
ALTER TABLE ruling_text ADD COLUMN to_address text NOT NULL DEFAULT '';
ALTER TABLE ruling_text ADD COLUMN to_phone text NOT NULL DEFAULT '';
ALTER TABLE ruling_text ADD COLUMN to_hours text NOT NULL DEFAULT '';

-- An opinion whose record itself was passed on to the body that decides.
CREATE TABLE record_transfer (
  opinion_id uuid PRIMARY KEY REFERENCES opinion (id),
  authority_id uuid NOT NULL REFERENCES authority (id),
  to_body text NOT NULL,
  doc_number text NOT NULL,
  dated date NOT NULL,
  agreed text NOT NULL, -- with whom of that body
  late boolean NOT NULL,
  recorded_by uuid NOT NULL REFERENCES officer (id),
  recorded_at timestamptz NOT NULL
);
