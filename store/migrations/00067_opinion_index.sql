-- +goose Up
-- An opinion that is worked on moves from stage to stage, and was moved in ten indexes each time. Of those at open
-- stages there are few: they have one index, which holds what lists narrow by, and another one by due date. Indexes by
-- field, village and kind are of those on which the work is over. Conditions are equalities joined by OR: SQLite finds
-- that "stage = 'x'" is one of them, which it does not of a list.
DROP INDEX opinion_stage;
CREATE INDEX opinion_stage ON opinion (authority_id, stage, id)
  WHERE stage = 'answered' OR stage = 'answered_public' OR stage = 'told' OR stage = 'told_public'
  OR stage = 'closed' OR stage = 'joined' OR stage = 'denounced';
CREATE INDEX opinion_open ON opinion (authority_id, stage, id, field_code, village_id, kind)
  WHERE stage = 'unruled' OR stage = 'processing' OR stage = 'submitted' OR stage = 'returned' OR stage = 'paused'
  OR stage = 'signed';
DROP INDEX opinion_due;
CREATE INDEX opinion_due ON opinion (authority_id, stage, due, id, field_code, village_id, kind) WHERE due IS NOT NULL;
DROP INDEX opinion_field;
CREATE INDEX opinion_field ON opinion (authority_id, field_code, stage, id)
  WHERE stage = 'answered' OR stage = 'answered_public' OR stage = 'told' OR stage = 'told_public'
  OR stage = 'closed';
DROP INDEX opinion_village;
CREATE INDEX opinion_village ON opinion (authority_id, village_id, stage, id)
  WHERE stage = 'answered' OR stage = 'answered_public' OR stage = 'told' OR stage = 'told_public'
  OR stage = 'closed';
DROP INDEX opinion_kind;
CREATE INDEX opinion_kind ON opinion (authority_id, kind, stage, id)
  WHERE stage = 'answered' OR stage = 'answered_public' OR stage = 'told' OR stage = 'told_public'
  OR stage = 'closed';
DROP INDEX opinion_lead_field;
CREATE INDEX opinion_lead_field ON opinion (authority_id, lead_unit_id, field_code, stage, id)
  WHERE stage = 'answered' OR stage = 'answered_public' OR stage = 'told' OR stage = 'told_public'
  OR stage = 'closed';
DROP INDEX opinion_lead_village;
CREATE INDEX opinion_lead_village ON opinion (authority_id, lead_unit_id, village_id, stage, id)
  WHERE stage = 'answered' OR stage = 'answered_public' OR stage = 'told' OR stage = 'told_public'
  OR stage = 'closed';
DROP INDEX opinion_lead_kind;
CREATE INDEX opinion_lead_kind ON opinion (authority_id, lead_unit_id, kind, stage, id)
  WHERE stage = 'answered' OR stage = 'answered_public' OR stage = 'told' OR stage = 'told_public'
  OR stage = 'closed';
