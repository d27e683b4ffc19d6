-- +goose Up
-- The same rows as before: each change of a petition made a table of the three states anew.
DROP INDEX petition_calendar;
CREATE INDEX petition_calendar ON petition (authority_id, calendar_version, due, id)
  WHERE state <> 'answered' AND state <> 'ended' AND state <> 'paused';
