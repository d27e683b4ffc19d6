-- +goose Up
-- To whom documents of the register were sent, and what came of it: one row for each document that was sent at all. It
-- refers to no row of the register, in which a document whose number is corrected is made anew.
CREATE TABLE document_relay (
    subject_id uuid NOT NULL,
    kind text NOT NULL,
    part integer NOT NULL,
    authority_id uuid NOT NULL REFERENCES authority (id),
    sent integer NOT NULL, -- recipients
    taken integer NOT NULL, -- of which acknowledged
    waits boolean NOT NULL, -- some are still to acknowledge, or to be sent it again
    due date, -- by when the first of those is to
    version integer NOT NULL,
    PRIMARY KEY (subject_id, kind, part)
);
CREATE INDEX document_relay_waits ON document_relay (authority_id, due) WHERE waits;

CREATE TABLE document_recipient (
    id uuid PRIMARY KEY,
    subject_id uuid NOT NULL,
    kind text NOT NULL,
    part integer NOT NULL,
    authority_id uuid NOT NULL REFERENCES authority (id),
    unit_id uuid REFERENCES unit (id),
    village_id uuid REFERENCES village (id),
    name text NOT NULL, -- of another body
    route text NOT NULL,
    detail text NOT NULL,
    state text NOT NULL,
    due date,
    sent_at timestamptz NOT NULL,
    seen_at timestamptz,
    taken_at timestamptz,
    urged integer NOT NULL,
    urged_at timestamptz,
    version integer NOT NULL
);
CREATE INDEX document_recipient_document ON document_recipient (subject_id, kind, part);
CREATE INDEX document_recipient_unit ON document_recipient (unit_id, sent_at, id) WHERE unit_id IS NOT NULL;
CREATE INDEX document_recipient_village ON document_recipient (village_id, sent_at, id) WHERE village_id IS NOT NULL;
CREATE INDEX document_recipient_unit_waits ON document_recipient (unit_id, sent_at, id)
    WHERE unit_id IS NOT NULL AND state IN ('sent', 'seen');
CREATE INDEX document_recipient_village_waits ON document_recipient (village_id, sent_at, id)
    WHERE village_id IS NOT NULL AND state IN ('sent', 'seen');

-- What happened with each of them, whatever became of it.
CREATE TABLE document_recipient_step (
    recipient_id uuid NOT NULL REFERENCES document_recipient (id),
    number integer NOT NULL, -- from 1
    authority_id uuid NOT NULL REFERENCES authority (id),
    kind text NOT NULL,
    way text NOT NULL,
    detail text NOT NULL,
    paper text NOT NULL, -- number of the document when it was sent
    officer_id uuid REFERENCES officer (id),
    at timestamptz NOT NULL,
    PRIMARY KEY (recipient_id, number)
);

-- A house default, for authorities that are there already; new ones get it at the set-up.
INSERT INTO parameter (authority_id, ordinal, key, section, label, value, unit, valid_from, basis, basis_key, certainty)
  SELECT authority_id, value + 1, 'document.acknowledge', 'urging',
    'Nơi nhận xác nhận đã nhận văn bản, kể từ ngày gửi', '2', 'workdays', '2016-01-01', '', '', 'unverified'
  FROM counter WHERE key = 'parameter';
UPDATE counter SET value = value + 1 WHERE key = 'parameter';
