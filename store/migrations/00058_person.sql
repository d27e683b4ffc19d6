-- +goose Up
-- Stands for who raised a slip once their name was erased, the same on all that they raised in a dialogue: its sums
-- count people by it. It says nothing of who they are.
ALTER TABLE petitioner ADD COLUMN person uuid;
