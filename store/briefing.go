package store

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"doithoai"
	"doithoai/calendar"
	"doithoai/search"
	"doithoai/text"
)

const (
	// maxEarlier is how many answers to matters like it a question of the briefing has beside it, and how many opinions.
	maxEarlier = 3
	// spareAlike is how many more alike opinions are held than are shown: not everybody sees all of them.
	spareAlike = 2
	// besideLife is how long what stands beside a question is held: what is published, or raised, after it was looked for
	// comes later.
	besideLife = time.Hour
	// besideEach is for how many questions [DB.PrepareBriefings] looks at a time.
	besideEach = 50
)

// BriefingItem is a question in the chair's book: what was said, what the unit prepared, and what people were answered
// before about the like.
type BriefingItem struct {
	QuestionRow
	Earlier []Published
	Alike   []Row // opinions that say much of the same and are not answered in public, as far as the actor sees them
}

// Briefing is a part of the chair's book.
type Briefing struct {
	Items []BriefingItem
	Total int  // how many questions the book has
	More  bool // there are others, which it leaves out
}

// BriefingPart is which part of the book is asked for: the questions of these fields one after the other, those of none
// of them last; from From on, at most Limit.
type BriefingPart struct {
	Fields      []string
	From, Limit int
}

// Briefing is the chair's book for a dialogue: its registered questions, those of a field in the order in which they
// came, without names. What stands beside each of earlier answers is what is public: of what has only a part of its
// words, that of the same field.
func (db *DB) Briefing(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID, part BriefingPart,
) (b Briefing, err error) {
	if err := db.seesDialogue(ctx, actor, doithoai.ActSeeBriefing, dialogue); err != nil {
		return b, err
	}
	rows, more, err := db.Questions(ctx, actor, dialogue)
	if err != nil {
		return b, err
	}
	place := func(r QuestionRow) int {
		if i := slices.Index(part.Fields, r.Opinion.FieldCode); i >= 0 {
			return i
		}
		return len(part.Fields)
	}
	slices.SortStableFunc(rows, func(l, r QuestionRow) int { return cmp.Compare(place(l), place(r)) })
	b.Total, b.More = len(rows), more
	from := min(max(part.From, 0), len(rows))
	b.Items, err = db.withBeside(ctx, actor, rows[from:min(from+part.Limit, len(rows))])
	return b, err
}

// withBeside puts beside questions what is like them.
func (db *DB) withBeside(
	ctx context.Context, actor doithoai.Actor, rows []QuestionRow,
) (items []BriefingItem, err error) {
	found := make([]beside, len(rows))
	var answers []int64
	var alike []doithoai.ID
	for i, row := range rows {
		if found[i], err = db.besideOf(ctx, row.Opinion); err != nil {
			return nil, err
		}
		answers, alike = append(answers, found[i].answers...), append(alike, found[i].alike...)
	}
	published, err := byKey(func(p Published) int64 { return p.Row })(
		db.publishedRows(ctx, actor.AuthorityID, distinct(answers)))
	if err != nil {
		return nil, err
	}
	visible, err := byKey(func(r Row) doithoai.ID { return r.Opinion.ID })(db.visible(ctx, actor, distinct(alike)))
	for i, row := range rows {
		item := BriefingItem{QuestionRow: row}
		for _, id := range found[i].answers {
			if p, ok := published[id]; ok { // else it was withdrawn meanwhile
				item.Earlier = append(item.Earlier, p)
			}
		}
		for _, id := range found[i].alike {
			if r, ok := visible[id]; ok && len(item.Alike) < maxEarlier {
				item.Alike = append(item.Alike, r)
			}
		}
		items = append(items, item)
	}
	return items, err
}

// distinct are the values of a list, each once.
func distinct[T int64 | doithoai.ID](list []T) []T {
	list = slices.Clone(list)
	slices.Sort(list)
	return slices.Compact(list)
}

// byKey finds the rows of a list by what names them.
func byKey[K comparable, T any](key func(T) K) func([]T, error) (map[K]T, error) {
	return func(rows []T, err error) (map[K]T, error) {
		at := make(map[K]T, len(rows))
		for _, r := range rows {
			at[key(r)] = r
		}
		return at, err
	}
}

// beside is what was found to stand beside a question: rows of published answers, opinions that say much of the same
// and are not among those, the likest first.
type beside struct {
	at      calendar.Instant
	answers []int64
	alike   []doithoai.ID
}

// besides are held in memory: to look for them takes longer than all else of a page.
type besides struct {
	mu sync.Mutex
	of map[doithoai.ID]beside
}

// get returns what is held of a question, unless it is too old.
func (b *besides) get(question doithoai.ID, now calendar.Instant) (beside, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	found, ok := b.of[question]
	return found, ok && now.Sub(found.at) < besideLife
}

func (b *besides) put(question doithoai.ID, found beside) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.of == nil {
		b.of = map[doithoai.ID]beside{}
	}
	b.of[question] = found
}

// keep forgets all but some.
func (b *besides) keep(questions []doithoai.ID) {
	b.mu.Lock()
	defer b.mu.Unlock()
	kept := make(map[doithoai.ID]beside, len(questions))
	for _, id := range questions {
		if found, ok := b.of[id]; ok {
			kept[id] = found
		}
	}
	b.of = kept
}

// besideOf returns what stands beside a question, whoever asks.
func (db *DB) besideOf(ctx context.Context, o doithoai.Opinion) (beside, error) {
	now := db.Now()
	if held, ok := db.besides.get(o.ID, now); ok {
		return held, nil
	}
	found := beside{at: now}
	answered, err := db.Search(ctx, o.AuthorityID,
		Search{Query: text.Headline(o.Headline, o.Content), Limit: maxEarlier + 1})
	if err != nil {
		return found, err
	}
	var shown []doithoai.RegisterNumber
	for _, p := range answered.Answers {
		alike := !p.Part || p.FieldCode != "" && p.FieldCode == o.FieldCode
		if alike && p.Number != o.Number && len(shown) < maxEarlier {
			found.answers, shown = append(found.answers, p.Row), append(shown, p.Number)
		}
	}
	likes, err := db.likes(ctx, o.AuthorityID, o.Content, func(search.Scope) bool { return true })
	if err != nil {
		return found, err
	}
	args := []any{o.AuthorityID}
	bind := binder(&args)
	answers, err := list(ctx, db.reader(), column[doithoai.ID], `SELECT id
		FROM opinion
		WHERE authority_id = $1 AND number IN `+inList(bind, shown), args...)
	if err != nil {
		return found, err
	}
	for _, l := range likes {
		id := doithoai.ID(l.Key)
		if id != o.ID && !slices.Contains(answers, id) && len(found.alike) < maxEarlier+spareAlike {
			found.alike = append(found.alike, id)
		}
	}
	db.besides.put(o.ID, found)
	return found, nil
}

// PrepareBriefings looks for what stands beside the questions of the dialogues to come, as far as it is not held: so
// that the chair's book opens at once. It does a part of it at a time, as part of a node's regular work.
func (db *DB) PrepareBriefings(ctx context.Context) error {
	questions, err := list(ctx, db.reader(), column[doithoai.ID], `SELECT o.id
		FROM dialogue d
		JOIN opinion o ON o.dialogue_id = d.id
		WHERE d.state IN ('preparing', 'announced', 'running') AND d.starts_at >= $1
			AND o.stage = 'unruled' AND `+unspoken+` AND o.joined_to IS NULL
		ORDER BY d.starts_at, o.id LIMIT $2`, calendar.InstantAt(db.Now().Date(), 0, 0), maxComing*MaxQuestions)
	if err != nil {
		return err
	}
	db.besides.keep(questions)
	questions = slices.DeleteFunc(questions, func(id doithoai.ID) bool {
		_, held := db.besides.get(id, db.Now())
		return held
	})
	for _, id := range questions[:min(len(questions), besideEach)] {
		o, err := one(ctx, db.reader(), scanOpinion, `SELECT `+opinionColumns+` FROM opinion WHERE id = $1`, id)
		if err != nil {
			return err
		}
		if _, err := db.besideOf(ctx, o); err != nil {
			return err
		}
	}
	return nil
}
