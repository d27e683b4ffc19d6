-- +goose Up
-- The life of a document ends on a day: another one takes its place, or it is withdrawn. turn is which of those of its
-- kind that the data hold a paper is about, from 0: a refusal, an extension, a move; papers that followed each other
-- are of one turn. next is the document that ended it, of the same subject: none where next_kind is empty.
ALTER TABLE document ADD COLUMN turn integer NOT NULL DEFAULT 0;
ALTER TABLE document ADD COLUMN ended date;
ALTER TABLE document ADD COLUMN next_kind text NOT NULL DEFAULT '';
ALTER TABLE document ADD COLUMN next_part integer NOT NULL DEFAULT 0;
CREATE INDEX document_ended ON document (authority_id, dated, subject_id, part, kind) WHERE state <> 'issued';

UPDATE document SET turn = part
  WHERE kind IN ('moved', 'posting', 'posting_record', 'posting_end', 'refusal', 'extension', 'status', 'guidance',
    'transfer_notice', 'assignment');

-- What was replaced already.
UPDATE document SET next_kind = kind, next_part = (SELECT min(l.part)
    FROM document l
    WHERE l.subject_id = document.subject_id AND l.kind = document.kind AND l.part > document.part)
  WHERE state = 'replaced' AND kind IN ('plan', 'announcement') AND EXISTS (SELECT 1
    FROM document l
    WHERE l.subject_id = document.subject_id AND l.kind = document.kind AND l.part > document.part);
UPDATE document SET next_kind = 'correction', next_part = (SELECT min(l.part)
    FROM petition p
    JOIN answer_replaced r ON r.petition_id = p.id
    JOIN answer_correction c ON c.petition_id = r.petition_id AND c.number = r.number
    JOIN document l ON l.subject_id = p.opinion_id AND l.kind = 'correction' AND l.number = c.doc_number
      AND l.dated = c.dated
    WHERE p.opinion_id = document.subject_id AND r.doc_number = document.number AND r.dated = document.dated)
  WHERE state = 'replaced' AND kind IN ('reply', 'correction') AND EXISTS (SELECT 1
    FROM petition p
    JOIN answer_replaced r ON r.petition_id = p.id
    JOIN answer_correction c ON c.petition_id = r.petition_id AND c.number = r.number
    JOIN document l ON l.subject_id = p.opinion_id AND l.kind = 'correction' AND l.number = c.doc_number
      AND l.dated = c.dated
    WHERE p.opinion_id = document.subject_id AND r.doc_number = document.number AND r.dated = document.dated);
UPDATE document SET ended = (SELECT l.dated
    FROM document l
    WHERE l.subject_id = document.subject_id AND l.kind = document.next_kind AND l.part = document.next_part)
  WHERE next_kind <> '';
