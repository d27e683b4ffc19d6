package store

import (
	"context"

	"doithoai"
)

// maxEarlier is how many answers to matters like it a question of the briefing has beside it.
const maxEarlier = 3

// BriefingItem is a question in the chair's book: what was said, what the unit prepared, and what people were answered
// before about the like.
type BriefingItem struct {
	QuestionRow
	Earlier []Published
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
		items = append(items, item)
	}
	return items, more, nil
}
