-- +goose Up
-- What shows that a promise was kept, and was made public: with the words that stand in its place for who can't see it.
ALTER TABLE attachment ADD COLUMN alt text NOT NULL DEFAULT '';
ALTER TABLE attachment ADD COLUMN public_at timestamptz; -- NULL: the public doesn't see it
ALTER TABLE attachment ADD COLUMN public_by uuid REFERENCES officer (id);
