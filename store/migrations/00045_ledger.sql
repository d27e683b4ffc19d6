-- +goose Up
-- The book of receptions walks over who was received in person, in the order in which they came.
CREATE INDEX opinion_reception ON opinion (authority_id, received_at, id) WHERE channel IN ('hall', 'office');
