package store

import (
	"maps"
	"slices"

	"doithoai"
)

// signedFiles checks every act on a document or its signed file against its leaf, and the files that are kept against
// these acts.
func (v *verifier) signedFiles() error {
	type kept struct {
		keptSigned
		leaf  []byte
		place string
	}
	all, err := list(v.ctx, v.q, func(r row) (k kept, err error) {
		k.keptSigned, err = scanKeptSigned(also{r, []any{&k.leaf, &k.place}})
		return k, err
	}, `SELECT `+columnsOf("e", documentEventColumns)+`, l.body, coalesce(a.slug, '')
		FROM document_event e
		LEFT JOIN leaf l ON l.n = e.leaf
		LEFT JOIN authority a ON a.id = e.authority_id
		ORDER BY e.leaf`)
	if err != nil {
		return err
	}
	last := map[doithoai.ID]keptSigned{}
	for _, k := range all {
		v.events++
		w := witness{event: k.event, slug: k.place, said: k.what, leaf: k.leaf, salts: k.salts}
		w.now.opinion.Number = doithoai.RegisterNumber(k.number) // the document's stands for it
		v.event(w)
		if k.event.Act == doithoai.ActKeepSigned || k.event.Act == doithoai.ActTakeSignedBack {
			last[signedOwner(k.at)] = k.keptSigned
		}
	}
	if err := v.signedFilesStand(last); err != nil {
		return err
	}
	return v.endedDocuments()
}

// endedDocuments holds what the register says of documents that ended against the acts that ended them. What was
// replaced before the register knew by what names nothing.
func (v *verifier) endedDocuments() error {
	for _, of := range []struct{ query, what string }{
		{`SELECT d.number
			FROM document d
			WHERE d.state = 'withdrawn' AND NOT ` + withdrawnLast + `
			ORDER BY d.number`, "is withdrawn, and no act withdrew it"},
		{`SELECT d.number
			FROM document d
			WHERE d.state <> 'withdrawn' AND ` + withdrawnLast + `
			ORDER BY d.number`, "was withdrawn, and stands in the register as if it were not"},
		{`SELECT d.number
			FROM document d
			WHERE d.state = 'withdrawn' AND d.next_kind = 'withdrawal' AND NOT EXISTS (SELECT 1
				FROM document n
				JOIN (` + paperedActs + `) w ON w.ended_by = n.number
				WHERE n.subject_id = d.subject_id AND n.kind = d.next_kind AND n.part = d.next_part
					AND w.subject IN (d.subject_id, d.opinion_id) AND w.document = d.kind AND w.number = d.number)
			ORDER BY d.number`, "is withdrawn by a paper that no act names"},
		{`SELECT d.number
			FROM document d
			JOIN (` + paperedActs + `) w
				ON w.subject IN (d.subject_id, d.opinion_id) AND w.document = d.kind AND w.number = d.number
			WHERE d.state = 'withdrawn' AND d.next_kind = '' AND w.body IS NULL
				AND w.leaf > ` + lastLeaf("undo_withdrawal") + `
			ORDER BY d.number`, "was withdrawn by a paper that is not in the register"},
		{`SELECT d.number
			FROM document d
			WHERE d.state <> 'issued' AND d.next_kind <> '' AND NOT EXISTS (SELECT 1
				FROM document n
				WHERE n.subject_id = d.subject_id AND n.kind = d.next_kind AND n.part = d.next_part)
			ORDER BY d.number`, "ended by a document that is not in the register"},
	} {
		all, err := list(v.ctx, v.q, column[string], of.query)
		if err != nil {
			return err
		}
		for _, number := range all {
			v.find("document", number, "%s", of.what)
		}
	}
	return nil
}

// lastLeaf is the line of the last act of a name on document d, or on the opinion that it is about: each is negative
// where there was none, and there is but one kind of both.
func lastLeaf(act string) string {
	return `((SELECT coalesce(max(w.leaf), -1)
				FROM document_event w
				WHERE w.subject_id = d.subject_id AND w.kind = d.kind AND w.part = d.part AND w.act = '` + act + `')
				+ (SELECT coalesce(max(w.leaf), -1)
				FROM event w
				WHERE w.opinion_id = d.opinion_id AND w.act = '` + act + `' AND w.facts ->> 'number' = d.number
					AND w.facts ->> 'document' = d.kind))`
}

// withdrawnLast is the condition that document d was withdrawn, and not let stand again since.
var withdrawnLast = `(` + lastLeaf("withdraw_document") + ` > ` + lastLeaf("undo_withdrawal") + `)`

// paperedActs are the acts that name the paper by which a document was withdrawn; body is whose it is, NULL where it is
// the authority's own.
const paperedActs = `SELECT w.leaf, w.subject_id AS subject, w.kind AS document, w.number,
					w.facts ->> 'ended_by' AS ended_by, w.facts ->> 'ended_by_body' AS body
				FROM document_event w
				WHERE w.act IN ('withdraw_document', 'give_withdrawal_paper') AND w.facts ->> 'ended_by' IS NOT NULL
				UNION ALL
				SELECT w.leaf, w.opinion_id, w.facts ->> 'document', w.facts ->> 'number', w.facts ->> 'ended_by',
					w.facts ->> 'ended_by_body'
				FROM event w
				WHERE w.act IN ('withdraw_document', 'give_withdrawal_paper') AND w.facts ->> 'ended_by' IS NOT NULL`

// signedFilesStand compares the signed files that are kept with the last act on each. One that is gone is no finding of
// a document about somebody's matter: what was known of them may have ended.
func (v *verifier) signedFilesStand(last map[doithoai.ID]keptSigned) error {
	files, err := list(v.ctx, v.q, scanAttachment, `SELECT `+attachmentColumns+`
		FROM attachment
		WHERE owner = $1 AND removed_at IS NULL
		ORDER BY at, id`, string(doithoai.FilesOfDocument))
	if err != nil {
		return err
	}
	there := map[doithoai.ID]bool{}
	for _, a := range files {
		k, known := last[a.OwnerID]
		switch {
		case !known || k.event.Act != doithoai.ActKeepSigned || there[a.OwnerID]:
			v.find("file", a.ID, "is kept as a signed document, and no act kept it")
		case len(k.event.Facts.Files) != 1 || k.event.Facts.Files[0] != a.Hash:
			v.find("file", k.number, "is not the one that was kept, SHA-256 %v", k.event.Facts.Files)
		}
		there[a.OwnerID] = true
	}
	for _, owner := range slices.Sorted(maps.Keys(last)) {
		k := last[owner]
		if k.event.Act == doithoai.ActKeepSigned && k.at.Kind.Public() && !there[owner] {
			v.find("file", k.number, "its signed file is gone, and no act took it away")
		}
	}
	return nil
}
