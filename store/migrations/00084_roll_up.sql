-- +goose Up
ALTER TABLE authority ADD COLUMN level text NOT NULL DEFAULT 'commune'; -- commune, province

-- The communes that report to a superior, in its order. One that is served by this installation is counted here; one
-- that runs alone sends files. counted_to is the newest entry of the commune's audit that was there at the last count.
CREATE TABLE subordinate (
  id uuid PRIMARY KEY,
  authority_id uuid NOT NULL REFERENCES authority (id), -- the superior
  commune_id uuid REFERENCES authority (id), -- none: it runs alone
  code text NOT NULL, -- the commune's slug
  name text NOT NULL,
  site text NOT NULL, -- the address of its public pages, where it runs alone
  ordinal integer NOT NULL,
  valid_from date NOT NULL,
  valid_to date,
  counted_at timestamptz,
  counted_to uuid,
  version integer NOT NULL,
  UNIQUE (authority_id, code),
  UNIQUE (authority_id, ordinal)
);
CREATE INDEX subordinate_counted ON subordinate (authority_id, counted_at);
CREATE INDEX subordinate_commune ON subordinate (commune_id) WHERE commune_id IS NOT NULL;

-- What a roll-up keeps of a dialogue that was held.
CREATE TABLE roll_up_dialogue (
  subordinate_id uuid NOT NULL REFERENCES subordinate (id),
  slug text NOT NULL,
  held date NOT NULL,
  dialogues integer NOT NULL,
  notices_late integer NOT NULL,
  results_late integer NOT NULL,
  received integer NOT NULL,
  timely integer NOT NULL,
  answerable integer NOT NULL,
  overdue integer NOT NULL,
  satisfied integer NOT NULL,
  rated integer NOT NULL, -- 0 where fewer than five answered
  promised integer NOT NULL,
  kept integer NOT NULL,
  promises_late integer NOT NULL,
  PRIMARY KEY (subordinate_id, slug)
);

-- The sums of a commune from the first day of a year to the end of a period: 1 to 3 the quarters, 4 the year.
CREATE TABLE roll_up (
  authority_id uuid NOT NULL REFERENCES authority (id),
  year integer NOT NULL,
  period integer NOT NULL,
  ordinal integer NOT NULL, -- the subordinate's
  subordinate_id uuid NOT NULL REFERENCES subordinate (id),
  last_held date,
  last_slug text NOT NULL, -- of the dialogue of that day
  late boolean NOT NULL, -- anything is
  dialogues integer NOT NULL,
  notices_late integer NOT NULL,
  results_late integer NOT NULL,
  received integer NOT NULL,
  timely integer NOT NULL,
  answerable integer NOT NULL,
  overdue integer NOT NULL,
  satisfied integer NOT NULL,
  rated integer NOT NULL,
  promised integer NOT NULL,
  kept integer NOT NULL,
  promises_late integer NOT NULL,
  PRIMARY KEY (authority_id, year, period, ordinal)
);
CREATE INDEX roll_up_subordinate ON roll_up (subordinate_id, year, period);
CREATE INDEX roll_up_late ON roll_up (authority_id, year, period, ordinal) WHERE late;
CREATE INDEX roll_up_none ON roll_up (authority_id, year, period, ordinal) WHERE dialogues = 0;

-- The sums of all communes of a superior: what the rows above are together, moved with each of them.
CREATE TABLE roll_up_total (
  authority_id uuid NOT NULL REFERENCES authority (id),
  year integer NOT NULL,
  period integer NOT NULL,
  communes integer NOT NULL,
  none integer NOT NULL, -- held none
  late integer NOT NULL, -- of which anything is late
  dialogues integer NOT NULL,
  notices_late integer NOT NULL,
  results_late integer NOT NULL,
  received integer NOT NULL,
  timely integer NOT NULL,
  answerable integer NOT NULL,
  overdue integer NOT NULL,
  satisfied integer NOT NULL,
  rated integer NOT NULL,
  promised integer NOT NULL,
  kept integer NOT NULL,
  promises_late integer NOT NULL,
  PRIMARY KEY (authority_id, year, period)
);

INSERT INTO parameter (authority_id, ordinal, key, section, label, value, unit, valid_from, basis, basis_key, certainty)
  SELECT authority_id, value + 1, 'roll_up.cutoff', 'documents', 'Số liệu tổng hợp quý chốt vào ngày của tháng cuối quý',
    '14', 'count', '2016-01-01', '', '', 'unverified'
  FROM counter WHERE key = 'parameter';
UPDATE counter SET value = value + 1 WHERE key = 'parameter';
