-- +goose Up
-- How the opinions of a dialogue stand is counted from the index alone.
DROP INDEX opinion_dialogue;
CREATE INDEX opinion_dialogue ON opinion (dialogue_id, id, authority_id, stage, on_time, petition_id, joined_to)
  WHERE dialogue_id IS NOT NULL;
