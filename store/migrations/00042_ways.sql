-- +goose Up
-- Who brings a delivery is a fact of its own: text messages and messages by Zalo go out by themselves where there is a
-- gateway. trouble is why it did not get through when it was tried last.
ALTER TABLE delivery ADD COLUMN by_hand boolean NOT NULL DEFAULT true;
ALTER TABLE delivery ADD COLUMN trouble text NOT NULL DEFAULT '';
UPDATE delivery SET by_hand = false WHERE way = 'email';
UPDATE delivery SET trouble = CASE WHEN state = 'failed' THEN 'refused' ELSE 'server' END
  WHERE way = 'email' AND (state = 'failed' OR state = 'queued' AND attempts > 0);
DROP INDEX delivery_hand;
CREATE INDEX delivery_hand ON delivery (authority_id, id)
  WHERE kind <> 'received' AND (by_hand AND state = 'queued' OR state = 'failed');
CREATE INDEX delivery_hand_way ON delivery (authority_id, way, id)
  WHERE kind <> 'received' AND (by_hand AND state = 'queued' OR state = 'failed');
CREATE INDEX delivery_delayed ON delivery (authority_id, id)
  WHERE kind <> 'received' AND state = 'queued' AND trouble <> '';
