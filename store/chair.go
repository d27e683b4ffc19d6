package store

import (
	"context"

	"doithoai"
)

// ChairCard is what the chair has in front of them: who speaks, the opinion that is dealt with, what was prepared for
// it, what people were answered before about the like, and what of that is still owed.
type ChairCard struct {
	Run
	Running bool         // the dialogue does; else nobody is named: that is an act of its own, and recorded
	File    *OpinionFile // nil: nothing is taken down of it yet
	Name    string       // of who raised it; empty: nobody knows yet
	Earlier []Published
	Alike   []Row // that say much of the same and are not answered in public
	Unruled []Row // of the dialogue's opinions that were said in the hall, the newest first
	Ruled   []Row // that were ruled last
}

// maxBeside bounds the opinions that stand beside the chair's card.
const maxBeside = 5

// ChairCard reads the chair's card of a dialogue: for the opinion of a number, or for that of who speaks, or else for
// the newest that was said in the hall and waits for its ruling.
func (db *DB) ChairCard(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID, number doithoai.RegisterNumber,
) (c ChairCard, err error) {
	if c.Run, err = db.Run(ctx, actor, dialogue); err != nil {
		return c, err
	}
	d, err := dialogueOf(ctx, db.reader(), actor.AuthorityID, dialogue, "")
	if err != nil {
		return c, err
	}
	c.Running = d.State == doithoai.DialogueRunning
	if !c.Running {
		c.Speaking, c.Waiting, c.Over = nil, nil, nil
	}
	if c.Unruled, err = db.hallRows(ctx, actor, dialogue, `o.ruling = '' AND NOT `+unspoken, `o.id`); err != nil {
		return c, err
	}
	if c.Ruled, err = db.hallRows(ctx, actor, dialogue, `o.ruling <> ''`, `o.ruled_at`); err != nil {
		return c, err
	}
	id := doithoai.ID("")
	switch s := c.Speaking; {
	case number != "":
		if id, err = db.OpinionIDByNumber(ctx, actor, number); err != nil {
			return c, err
		}
	case s != nil && s.Unruled > 0:
		if id, err = db.OpinionIDByNumber(ctx, actor, s.Number); err != nil {
			return c, err
		}
	case s != nil:
		said, err := db.hallRows(ctx, actor, dialogue, `(o.turn_id = $4 OR o.slip_id = $4)`, `o.id`, s.ID)
		if err != nil || len(said) == 0 {
			return c, err
		}
		id = said[0].Opinion.ID
	case len(c.Unruled) > 0:
		id = c.Unruled[0].Opinion.ID
	default:
		return c, nil
	}
	err = db.onCard(ctx, actor, dialogue, id, &c)
	return c, err
}

// onCard puts an opinion of the dialogue on the card.
func (db *DB) onCard(ctx context.Context, actor doithoai.Actor, dialogue, id doithoai.ID, c *ChairCard) error {
	f, err := db.OpinionFile(ctx, actor, id)
	if err != nil {
		return err
	}
	if f.Opinion.DialogueID != dialogue {
		return doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	c.File = &f
	if c.Running {
		who, err := petitionerOf(ctx, db.reader(), f.Opinion.SlipID)
		if err != nil {
			return err
		}
		c.Name = who.Name
	}
	items, err := db.withBeside(ctx, actor, []QuestionRow{{Row: Row{Opinion: f.Opinion}}})
	if err != nil {
		return err
	}
	c.Earlier, c.Alike = items[0].Earlier, items[0].Alike
	return nil
}

// hallRows are opinions of a dialogue under a condition on opinion o, whose values are $4 and on, as far as the actor
// may see them: the last few by a column.
func (db *DB) hallRows(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID, where, by string,
	values ...any,
) ([]Row, error) {
	args := append([]any{actor.AuthorityID, dialogue, maxBeside}, values...)
	hidden := notConcerned(actor, db.Now().Date(), binder(&args))
	return list(ctx, db.reader(), scanRow, `SELECT `+rowColumns+`
		FROM (
			SELECT *
			FROM opinion o
			WHERE o.dialogue_id = $2 AND o.authority_id = $1 AND `+notDenounced+` AND o.joined_to IS NULL AND `+where+hidden+`
			ORDER BY `+by+` DESC LIMIT $3
		) AS o`+rowJoins+`
		ORDER BY `+by+` DESC`, args...)
}
