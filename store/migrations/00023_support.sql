-- +goose Up
-- What a dialogue costs, what must be there, what the loudspeakers say of it, and what villages are told.
CREATE TABLE estimate (
  dialogue_id uuid PRIMARY KEY REFERENCES dialogue (id),
  authority_id uuid NOT NULL REFERENCES authority (id),
  state text NOT NULL,
  body jsonb NOT NULL,
  version integer NOT NULL
);

CREATE TABLE logistics_item (
  id uuid PRIMARY KEY,
  authority_id uuid NOT NULL REFERENCES authority (id),
  dialogue_id uuid NOT NULL REFERENCES dialogue (id),
  ordinal integer NOT NULL,
  title text NOT NULL,
  detail text NOT NULL,
  unit_id uuid REFERENCES unit (id),
  owner text NOT NULL,
  due date, -- typed; none: so many days before the dialogue
  test boolean NOT NULL, -- of the connection
  done_on date,
  done_by uuid REFERENCES officer (id),
  done_at timestamptz,
  note text NOT NULL,
  dropped boolean NOT NULL,
  version integer NOT NULL,
  UNIQUE (dialogue_id, ordinal)
);

CREATE TABLE bulletin (
  dialogue_id uuid NOT NULL REFERENCES dialogue (id),
  number integer NOT NULL,
  authority_id uuid NOT NULL REFERENCES authority (id),
  state text NOT NULL,
  body text NOT NULL,
  moves integer NOT NULL, -- of the dialogue when the text was made
  written_by uuid REFERENCES officer (id),
  written_at timestamptz NOT NULL,
  version integer NOT NULL,
  PRIMARY KEY (dialogue_id, number)
);

CREATE TABLE broadcast (
  id uuid PRIMARY KEY,
  authority_id uuid NOT NULL REFERENCES authority (id),
  dialogue_id uuid NOT NULL REFERENCES dialogue (id),
  bulletin integer NOT NULL,
  moves integer NOT NULL, -- of its bulletin
  day date NOT NULL,
  clock integer NOT NULL, -- minutes after midnight
  state text NOT NULL,
  reader text NOT NULL,
  note text NOT NULL,
  recorded_by uuid REFERENCES officer (id),
  recorded_at timestamptz,
  version integer NOT NULL
);
CREATE UNIQUE INDEX broadcast_time ON broadcast (dialogue_id, day, clock) WHERE state <> 'dropped';

CREATE TABLE relay (
  dialogue_id uuid NOT NULL REFERENCES dialogue (id),
  village_id uuid NOT NULL REFERENCES village (id),
  matter text NOT NULL, -- announcement, results
  step text NOT NULL, -- told, posted
  authority_id uuid NOT NULL REFERENCES authority (id),
  day date NOT NULL,
  clock integer NOT NULL, -- minutes after midnight
  ways text NOT NULL, -- separated by spaces
  place text NOT NULL,
  note text NOT NULL,
  reporter text NOT NULL, -- whose word it is, where the office entered it
  moves integer NOT NULL, -- of the dialogue by then
  recorded_by uuid REFERENCES officer (id),
  recorded_at timestamptz NOT NULL,
  version integer NOT NULL,
  PRIMARY KEY (dialogue_id, village_id, matter, step)
);

CREATE TABLE relay_urging (
  dialogue_id uuid NOT NULL REFERENCES dialogue (id),
  village_id uuid NOT NULL REFERENCES village (id),
  matter text NOT NULL,
  number integer NOT NULL,
  authority_id uuid NOT NULL REFERENCES authority (id),
  way text NOT NULL,
  note text NOT NULL,
  urged_by uuid REFERENCES officer (id),
  urged_at timestamptz NOT NULL,
  PRIMARY KEY (dialogue_id, village_id, matter, number)
);

-- House defaults of the new terms, for authorities that are there already; new ones get them at the set-up.
INSERT INTO parameter (authority_id, ordinal, key, section, label, value, unit, valid_from, basis, basis_key, certainty)
  SELECT authority_id, value + 1, 'logistics.before', 'notice',
    'Chuẩn bị xong maket, phông, âm thanh trước buổi đối thoại', '2', 'days', '2016-01-01', '', '', 'unverified'
  FROM counter WHERE key = 'parameter';
INSERT INTO parameter (authority_id, ordinal, key, section, label, value, unit, valid_from, basis, basis_key, certainty)
  SELECT authority_id, value + 2, 'relay.within', 'notice',
    'Trưởng thôn thông báo đến từng hộ sau khi có thông báo đối thoại', '3', 'days', '2016-01-01', '', '', 'unverified'
  FROM counter WHERE key = 'parameter';
INSERT INTO parameter (authority_id, ordinal, key, section, label, value, unit, valid_from, basis, basis_key, certainty)
  SELECT authority_id, value + 3, 'loudspeaker.words', 'notice',
    'Tốc độ đọc bài phát thanh, số tiếng mỗi phút', '150', 'count', '2016-01-01', '', '', 'unverified'
  FROM counter WHERE key = 'parameter';
INSERT INTO parameter (authority_id, ordinal, key, section, label, value, unit, valid_from, basis, basis_key, certainty)
  SELECT authority_id, value + 4, 'loudspeaker.minutes', 'notice',
    'Bài phát thanh dài không quá', '2', 'minutes', '2016-01-01', '', '', 'unverified'
  FROM counter WHERE key = 'parameter';
UPDATE counter SET value = value + 4 WHERE key = 'parameter';
