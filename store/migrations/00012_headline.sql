-- What lists call an opinion, where somebody has said so; what they call a unit.
-- +goose Up

ALTER TABLE opinion ADD COLUMN headline text NOT NULL DEFAULT '';
ALTER TABLE unit ADD COLUMN short text NOT NULL DEFAULT '';
