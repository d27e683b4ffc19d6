-- +goose Up
-- A document that the program itself sends to a recipient by e-mail, with its signed file.
ALTER TABLE document_recipient ADD COLUMN attempts integer NOT NULL DEFAULT 0;
ALTER TABLE document_recipient ADD COLUMN next_at timestamptz; -- when it is tried next
ALTER TABLE document_recipient ADD COLUMN trouble text NOT NULL DEFAULT ''; -- why the last try failed
CREATE INDEX document_recipient_queued ON document_recipient (next_at, id) WHERE state = 'queued';
