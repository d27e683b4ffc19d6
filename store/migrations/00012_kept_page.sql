-- +goose Up
-- What a page of the public site shows after a form came, for a short while: sealed with a key that only the browser
-- has. No backup holds it.
CREATE TABLE kept_page (
  place text PRIMARY KEY, -- derived from that key, too
  authority_id uuid NOT NULL REFERENCES authority (id),
  sealed bytea NOT NULL,
  until timestamptz NOT NULL
);
CREATE INDEX kept_page_until ON kept_page (until);
