-- +goose Up
-- The post from which a post was taken over.
ALTER TABLE post ADD COLUMN predecessor_id uuid REFERENCES post (id);
