-- +goose Up
-- What a dialogue left to be answered is found without its other opinions, and whom somebody was sent to without what
-- else was told.
CREATE INDEX opinion_dialogue_open ON opinion (dialogue_id, id)
  WHERE dialogue_id IS NOT NULL AND stage IN ('processing', 'submitted', 'returned', 'paused', 'signed');
CREATE INDEX ruling_text_to ON ruling_text (opinion_id) WHERE to_body <> '';
