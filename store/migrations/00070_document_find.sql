-- +goose Up
-- The register of documents is searched by the name of a body to which something was sent or written.
CREATE INDEX document_recipient_name ON document_recipient (authority_id, name, sent_at, id) WHERE name <> '';
CREATE INDEX onward_letter_body ON onward_letter (authority_id, to_body, dated, id);
