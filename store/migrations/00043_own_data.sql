-- +goose Up
-- What somebody who works on a petition asks of who raised it, and what they added.
CREATE TABLE supplement (
  opinion_id uuid NOT NULL REFERENCES opinion (id),
  number integer NOT NULL, -- from 1
  authority_id uuid NOT NULL REFERENCES authority (id),
  round integer NOT NULL, -- of the petition
  paused boolean NOT NULL, -- a pause asks it
  asked text NOT NULL,
  why text NOT NULL,
  until_day date, -- by when it is hoped for; empty: of a pause
  asked_by uuid NOT NULL REFERENCES officer (id),
  asked_at timestamptz NOT NULL,
  said text NOT NULL, -- what the person added, as the rest
  channel text NOT NULL,
  officer_id uuid REFERENCES officer (id), -- who typed it; empty: the person, by the receipt code
  answered_at timestamptz,
  closed_at timestamptz, -- when the clock of its pause went on without an answer
  PRIMARY KEY (opinion_id, number)
);

-- What who raised an opinion asks of the office by the receipt code, and what became of it.
CREATE TABLE own_request (
  opinion_id uuid NOT NULL REFERENCES opinion (id),
  number integer NOT NULL, -- from 1
  authority_id uuid NOT NULL REFERENCES authority (id),
  slip_id uuid NOT NULL REFERENCES slip (id),
  kind text NOT NULL,
  much text NOT NULL, -- of an erasure: how much
  said text NOT NULL,
  at timestamptz NOT NULL,
  state text NOT NULL,
  words text NOT NULL, -- of who refused it
  decided_by uuid REFERENCES officer (id),
  decided_at timestamptz,
  PRIMARY KEY (opinion_id, number)
);
CREATE UNIQUE INDEX own_request_once ON own_request (opinion_id, kind) WHERE state = 'waits';
CREATE INDEX own_request_waits ON own_request (authority_id, at, opinion_id) WHERE state = 'waits';
CREATE INDEX own_request_slip ON own_request (slip_id);

-- The name or place that is to stand instead of who raised a slip's opinions, while the office has not decided:
-- personal data, read only by acts that log the view.
CREATE TABLE petitioner_change (
  slip_id uuid PRIMARY KEY REFERENCES slip (id),
  authority_id uuid NOT NULL REFERENCES authority (id),
  name text NOT NULL, -- empty: stays
  moved boolean NOT NULL, -- the place is another
  village_id uuid REFERENCES village (id),
  address text NOT NULL
);

ALTER TABLE notice ADD COLUMN opinion_id uuid REFERENCES opinion (id); -- of which it tells; empty: of none

-- A house default, for authorities that are there already; new ones get it at the set-up.
INSERT INTO parameter (authority_id, ordinal, key, section, label, value, unit, valid_from, basis, basis_key, certainty)
  SELECT authority_id, value + 1, 'supplement.within', 'answering',
    'Người nêu được đề nghị bổ sung trong, kể từ ngày đề nghị', '10', 'workdays', '2016-01-01', '', '', 'unverified'
  FROM counter WHERE key = 'parameter';
UPDATE counter SET value = value + 1 WHERE key = 'parameter';
