package store

import (
	"context"
	"slices"

	"doithoai"
	"doithoai/calendar"
)

func scanSentence(r row) (s doithoai.PaperSentence, err error) {
	err = r.Scan(&s.ID, &s.Kind, &s.Key, &s.Version, &s.From, &s.Text, &s.By, &s.At)
	return s, err
}

// paperSentences are the newest rows of a kind, in the order in which they were set.
func paperSentences(
	ctx context.Context, q querier, authority doithoai.ID, kind doithoai.PaperKind,
) (doithoai.PaperSentences, error) {
	all, err := list(ctx, q, scanSentence, `SELECT id, kind, key, version, valid_from, text, officer_id, at
		FROM paper_sentence
		WHERE authority_id = $1 AND kind = $2
		ORDER BY at DESC, key DESC, version DESC
		LIMIT $3`, authority, kind, mostTemplates)
	slices.Reverse(all)
	return all, err
}

// PaperSentences lists how an authority words the documents of a kind, with what was before.
func (db *DB) PaperSentences(
	ctx context.Context, authority doithoai.ID, kind doithoai.PaperKind,
) (doithoai.PaperSentences, error) {
	return paperSentences(ctx, db.reader(), authority, kind)
}

// PaperWords are the authority's own words that hold for documents of a kind on a day, by the keys of the sentences.
func (db *DB) PaperWords(
	ctx context.Context, authority doithoai.ID, kind doithoai.PaperKind, on calendar.Date,
) (map[string]string, error) {
	words := map[string]string{}
	_, err := list(ctx, db.reader(), func(r row) (key string, err error) {
		var text string
		if err = r.Scan(&key, &text); err == nil {
			if _, newer := words[key]; !newer {
				words[key] = text
			}
		}
		return key, err
	}, `SELECT key, text
		FROM paper_sentence
		WHERE authority_id = $1 AND kind = $2 AND valid_from <= $3
		ORDER BY valid_from DESC, version DESC LIMIT $4`, authority, kind, on, mostTemplates)
	return words, err
}

// SetPaperSentence words a sentence of the documents of a kind from a day on; the text "" gives it the program's words
// again. version is that of the sentence's last change as the actor saw it. Which sentences there are, and whether the
// fields of the text are theirs, the page has looked at.
func (db *DB) SetPaperSentence(
	ctx context.Context, actor doithoai.Actor, kind doithoai.PaperKind, key string, version int, text string,
	from calendar.Date,
) (s doithoai.PaperSentence, err error) {
	err = db.act(ctx, func(tx *Tx) error {
		if err := may(actor, doithoai.ActSetPaperSentence); err != nil {
			return err
		}
		if err := tx.holdRules(ctx, actor.AuthorityID); err != nil {
			return err
		}
		all, err := paperSentences(ctx, tx, actor.AuthorityID, kind)
		if err != nil {
			return err
		}
		if all.Version(kind, key) != version {
			return doithoai.Refuse(doithoai.Conflict, "error.conflict")
		}
		if s, err = all.Next(kind, key, text, from, tx.Now.Date()); err != nil {
			return err
		}
		s.ID, s.By, s.At = newID(), actor.ID, tx.Now
		if err := tx.exec(ctx, `INSERT INTO paper_sentence
				(id, authority_id, kind, key, version, valid_from, text, officer_id, at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
			s.ID, actor.AuthorityID, s.Kind, s.Key, s.Version, s.From, s.Text, s.By, s.At); err != nil {
			return err
		}
		return tx.audit(ctx, actor, doithoai.ActSetPaperSentence, string(kind),
			sentenceEntry(all.At(kind, key, from)), sentenceEntry(s))
	})
	return s, err
}

// sentenceEntry is a row as the audit keeps it: its first day, then its words; "" where there is none.
func sentenceEntry(s doithoai.PaperSentence) string {
	if s.Version == 0 {
		return ""
	}
	return s.From.String() + " " + s.Text
}
