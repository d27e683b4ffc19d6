-- +goose Up
-- The host names under which an authority's sites are reached, each of one authority: lower case, in the ASCII form of
-- IDNA, without port and final dot. The first stands in links. A name that nobody has leads to the first authority.
CREATE TABLE host_name (
  host text PRIMARY KEY,
  authority_id uuid NOT NULL REFERENCES authority (id),
  ordinal integer NOT NULL,
  UNIQUE (authority_id, ordinal)
);
