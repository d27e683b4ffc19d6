-- +goose Up
-- How a sentence of the documents of a kind is worded from a day on; an empty text is the program's. Of one day the last
-- row does.
CREATE TABLE paper_sentence (
    id uuid PRIMARY KEY,
    authority_id uuid NOT NULL REFERENCES authority (id),
    kind text NOT NULL,
    key text NOT NULL,
    version integer NOT NULL,
    valid_from date NOT NULL,
    text text NOT NULL,
    officer_id uuid NOT NULL REFERENCES officer (id),
    at timestamptz NOT NULL,
    UNIQUE (authority_id, kind, key, version)
);
