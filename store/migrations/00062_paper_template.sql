-- +goose Up
-- How documents of a kind look as Word files, from a day on. The file is an attachment of the row; where it has none of
-- its own, the form of the program holds. Of one day the last one does.
CREATE TABLE paper_template (
    id uuid PRIMARY KEY,
    authority_id uuid NOT NULL REFERENCES authority (id),
    kind text NOT NULL,
    version integer NOT NULL,
    valid_from date NOT NULL,
    own boolean NOT NULL,
    officer_id uuid NOT NULL REFERENCES officer (id),
    at timestamptz NOT NULL,
    UNIQUE (authority_id, kind, version)
);
