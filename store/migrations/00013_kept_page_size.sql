-- +goose Up
-- What an authority keeps of pages is bounded, in pages and in bytes: both are counted in the index alone.
DELETE FROM kept_page;
ALTER TABLE kept_page ADD COLUMN size integer NOT NULL DEFAULT 0;
CREATE INDEX kept_page_size ON kept_page (authority_id, size);
