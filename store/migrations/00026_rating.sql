-- +goose Up
-- What people think of a dialogue at its end, without a name; a telephone once, by a hash of a key that only it keeps.
CREATE TABLE dialogue_rating (
  dialogue_id uuid NOT NULL REFERENCES dialogue (id),
  key_hash bytea NOT NULL,
  authority_id uuid NOT NULL REFERENCES authority (id),
  clear integer NOT NULL, -- were the answers clear, with a day: 1 no, 2 in part, 3 yes
  satisfied integer NOT NULL, -- 1 not at all, to 5 very
  PRIMARY KEY (dialogue_id, key_hash)
);
