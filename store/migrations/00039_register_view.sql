-- +goose Up
-- What officers keep of the register under names of their own.
CREATE TABLE register_view (
  id uuid PRIMARY KEY,
  authority_id uuid NOT NULL REFERENCES authority (id),
  officer_id uuid NOT NULL REFERENCES officer (id),
  name text NOT NULL,
  query text NOT NULL, -- of the register's address: tab and filters
  UNIQUE (officer_id, name)
);
