-- +goose Up
-- The units that coordinate with the lead of a petition, as its ruling stands.
CREATE TABLE co_unit (
  opinion_id uuid NOT NULL REFERENCES opinion (id),
  unit_id uuid NOT NULL REFERENCES unit (id),
  authority_id uuid NOT NULL REFERENCES authority (id),
  PRIMARY KEY (opinion_id, unit_id)
);
