-- +goose Up
-- Urgings of the unit that leads a petition. Only ever added to. The words are those of the event.
CREATE TABLE urging (
  opinion_id uuid NOT NULL REFERENCES opinion (id),
  number integer NOT NULL, -- from 1
  authority_id uuid NOT NULL REFERENCES authority (id),
  rung text NOT NULL, -- of the ladder, that the due date had reached
  due date NOT NULL, -- for which it was done
  unit_id uuid NOT NULL REFERENCES unit (id), -- that led
  route text NOT NULL,
  doc_number text NOT NULL, -- of a paper
  dated date, -- of a paper
  held_at timestamptz, -- of what was said
  taken_by text NOT NULL,
  words text NOT NULL,
  urged_by uuid NOT NULL REFERENCES officer (id),
  urged_at timestamptz NOT NULL,
  replied boolean NOT NULL,
  PRIMARY KEY (opinion_id, number)
);

-- What units said to it.
CREATE TABLE urging_reply (
  opinion_id uuid NOT NULL,
  urging integer NOT NULL,
  number integer NOT NULL, -- from 1
  authority_id uuid NOT NULL REFERENCES authority (id),
  cause text NOT NULL,
  until_day date NOT NULL, -- by which the unit means to be done
  told_by text NOT NULL, -- empty: the unit wrote it
  replied_by uuid NOT NULL REFERENCES officer (id),
  replied_at timestamptz NOT NULL,
  PRIMARY KEY (opinion_id, urging, number),
  FOREIGN KEY (opinion_id, urging) REFERENCES urging (opinion_id, number)
);

-- Whether who raised an opinion was told how it stands, or is being told. Of what was over before this is kept, nobody
-- is owed a word any more.
ALTER TABLE opinion ADD COLUMN told boolean NOT NULL DEFAULT false;
UPDATE opinion SET told = true
  WHERE stage NOT IN ('unruled', 'processing', 'submitted', 'returned', 'paused', 'signed', 'joined')
  OR EXISTS (
    SELECT 1 FROM delivery d WHERE d.slip_id = opinion.slip_id AND d.opinion_id = opinion.id AND d.kind <> 'received'
  )
  OR channel = 'hall' AND ruled_at IS NOT NULL;
CREATE INDEX opinion_untold ON opinion (authority_id, id) WHERE NOT told;
