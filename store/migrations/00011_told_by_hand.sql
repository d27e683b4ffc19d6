-- Who took what the office brought by hand, and when that was recorded: sent_at is when it was brought.
-- +goose Up

ALTER TABLE delivery ADD COLUMN receiver text NOT NULL DEFAULT '';
ALTER TABLE delivery ADD COLUMN recorded_at timestamptz;
