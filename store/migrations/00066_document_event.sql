-- +goose Up
-- What is done on the signed file of a document, each with a leaf of the public record.
CREATE TABLE document_event (
    leaf integer PRIMARY KEY REFERENCES leaf (n),
    authority_id uuid NOT NULL REFERENCES authority (id),
    kind text NOT NULL,
    subject_id uuid NOT NULL,
    part integer NOT NULL,
    number text NOT NULL,
    at timestamptz NOT NULL,
    actor_id uuid NOT NULL REFERENCES officer (id),
    act text NOT NULL,
    facts jsonb NOT NULL,
    body text NOT NULL, -- where the file differs from the data
    salts bytea NOT NULL
);
CREATE INDEX document_event_of ON document_event (subject_id, kind, part, leaf);
