-- +goose Up
-- The table of periodic figures: what its columns say and count, from a day on. An authority that has laid down none has
-- the program's. A form is never altered: another one follows it.
CREATE TABLE period_form (
  authority_id uuid NOT NULL REFERENCES authority (id),
  number integer NOT NULL, -- from 1
  valid_from date NOT NULL, -- holds for what ends on that day or later
  mark text NOT NULL,
  title text NOT NULL,
  source text NOT NULL,
  PRIMARY KEY (authority_id, number)
);
CREATE TABLE period_column (
  authority_id uuid NOT NULL REFERENCES authority (id),
  form integer NOT NULL,
  ordinal integer NOT NULL, -- from 1
  heading text NOT NULL, -- above it and its neighbours of the same heading
  text text NOT NULL,
  -- what it counts; '' asks nothing
  origin text NOT NULL,
  about text NOT NULL,
  became text NOT NULL,
  time text NOT NULL,
  public text NOT NULL,
  PRIMARY KEY (authority_id, form, ordinal)
);

-- What came between two days is looked for whatever way it came by; the book of receptions walks over the same index.
DROP INDEX opinion_reception;
CREATE INDEX opinion_received ON opinion (authority_id, received_at, id, channel);
