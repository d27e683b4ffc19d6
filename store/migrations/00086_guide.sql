-- +goose Up
-- Reference pages: what answers explained, by field and procedure, kept true by a unit.
CREATE TABLE guide (
  id uuid PRIMARY KEY,
  authority_id uuid NOT NULL REFERENCES authority (id),
  number integer NOT NULL, -- the public address
  state text NOT NULL,
  opinion_id uuid REFERENCES opinion (id), -- from whose public answer it was made
  unit_id uuid NOT NULL REFERENCES unit (id), -- that keeps it true
  field_code text NOT NULL,
  procedure text NOT NULL,
  procedure_code text NOT NULL,
  title text NOT NULL,
  body text NOT NULL,
  basis text NOT NULL,
  edition integer NOT NULL,
  published_at timestamptz,
  reviewed_on date,
  review_by date,
  holds_to date, -- as [doithoai.Guide.Holds] says, or the day before its answer was replaced
  changed_at timestamptz, -- its answer was replaced or taken from the public after the last review
  ended_at timestamptz,
  why text NOT NULL,
  version integer NOT NULL,
  UNIQUE (authority_id, number)
);
CREATE INDEX guide_list ON guide (authority_id, state, number);
CREATE INDEX guide_due ON guide (authority_id, holds_to, number) WHERE state = 'published';
CREATE INDEX guide_unit_due ON guide (unit_id, holds_to, number) WHERE state = 'published';
CREATE INDEX guide_field ON guide (authority_id, field_code, procedure, number) WHERE state = 'published';
CREATE INDEX guide_opinion ON guide (opinion_id, number) WHERE opinion_id IS NOT NULL;

-- The texts that a page had, the one that it has among them.
CREATE TABLE guide_edition (
  guide_id uuid NOT NULL REFERENCES guide (id),
  number integer NOT NULL, -- from 1
  authority_id uuid NOT NULL REFERENCES authority (id),
  unit_id uuid NOT NULL REFERENCES unit (id),
  field_code text NOT NULL,
  procedure text NOT NULL,
  procedure_code text NOT NULL,
  title text NOT NULL,
  body text NOT NULL,
  basis text NOT NULL,
  PRIMARY KEY (guide_id, number)
);

-- What was done on a page. Only ever added to.
CREATE TABLE guide_event (
  guide_id uuid NOT NULL REFERENCES guide (id),
  number integer NOT NULL, -- the page's version after it
  authority_id uuid NOT NULL REFERENCES authority (id),
  at timestamptz NOT NULL,
  officer_id uuid REFERENCES officer (id), -- none: it followed from an act on the opinion
  act text NOT NULL,
  edition integer NOT NULL,
  review_by date,
  why text NOT NULL,
  PRIMARY KEY (guide_id, number)
);

-- A house default, for authorities that are there already; new ones get it at the set-up.
INSERT INTO parameter (authority_id, ordinal, key, section, label, value, unit, valid_from, basis, basis_key, certainty)
  SELECT authority_id, value + 1, 'guide.review', 'publication', 'Rà soát lại trang hướng dẫn sau 12 tháng, tức trong',
    '365', 'days', '2016-01-01', '', '', 'unverified'
  FROM counter WHERE key = 'parameter';
UPDATE counter SET value = value + 1 WHERE key = 'parameter';
