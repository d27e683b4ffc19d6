package store

import (
	"context"
	"slices"

	"doithoai"
)

// maxEarlier is how many answers to matters like it a question of the briefing has beside it.
const maxEarlier = 3

// BriefingItem is a question in the chair's book: what was said, what the unit prepared, and what people were answered
// before about the like.
type BriefingItem struct {
	QuestionRow
	Earlier []Published
	Alike   []AlikeRow // opinions that say much of the same and are not answered in public, as far as the actor sees them
}

// Briefing is the chair's book for a dialogue: its registered questions in the order in which they came, without names.
// What stands beside each of earlier answers is what is public: of what has only a part of its words, that of the same
// field.
func (db *DB) Briefing(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID,
) (items []BriefingItem, more bool, err error) {
	if err := db.seesDialogue(ctx, actor, doithoai.ActSeeBriefing, dialogue); err != nil {
		return nil, false, err
	}
	rows, more, err := db.Questions(ctx, actor, dialogue)
	if err != nil {
		return nil, false, err
	}
	for _, row := range rows {
		item := BriefingItem{QuestionRow: row}
		found, err := db.Search(ctx, actor.AuthorityID, Search{Query: row.Title(), Limit: maxEarlier + 1})
		if err != nil {
			return nil, false, err
		}
		for _, p := range found.Answers {
			alike := !p.Part || p.FieldCode != "" && p.FieldCode == row.Opinion.FieldCode
			if alike && p.Number != row.Opinion.Number && len(item.Earlier) < maxEarlier {
				item.Earlier = append(item.Earlier, p)
			}
		}
		if item.Alike, err = db.alikeUnanswered(ctx, actor, item); err != nil {
			return nil, false, err
		}
		items = append(items, item)
	}
	return items, more, nil
}

// alikeUnanswered are opinions that say much of what a question says, of its dialogue and earlier ones, the likest
// first. Those whose public answers stand beside the question already are left out.
func (db *DB) alikeUnanswered(ctx context.Context, actor doithoai.Actor, item BriefingItem) ([]AlikeRow, error) {
	rows, err := db.Alike(ctx, actor, item.Opinion.Content, []doithoai.ID{item.Opinion.ID}, maxEarlier+len(item.Earlier))
	if err != nil {
		return nil, err
	}
	rows = slices.DeleteFunc(rows, func(r AlikeRow) bool {
		return slices.ContainsFunc(item.Earlier, func(p Published) bool { return p.Number == r.Opinion.Number })
	})
	return rows[:min(len(rows), maxEarlier)], nil
}
