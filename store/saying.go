package store

import (
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"sync"

	"doithoai"
	"doithoai/search"
	"doithoai/text"
)

// maxSaying is how many opinions a search of the office finds at most.
const maxSaying = 200

// OpinionsSaying finds opinions that the actor may see by what was said in them, their headline or the title of their
// summary, their field, whatever the tab of the filter: the best first, by the same rules as [DB.Search], maxSaying at
// most, and none that has only a part of the words. It looks through the newest two thousand of the authority, through
// as many of those that are being worked on, the newest of each stage, and through whatever is published; whole reports
// whether that is all there is. What the actor may not see, or the filter leaves out, takes no place of what is found.
func (db *DB) OpinionsSaying(
	ctx context.Context, actor doithoai.Actor, f Filter,
) (found []doithoai.ID, whole bool, err error) {
	if !doithoai.MayEver(actor, doithoai.ActSeeOpinions) {
		return nil, false, doithoai.Refuse(doithoai.NotAllowed, "error.not_allowed")
	}
	if len(text.Tokens(f.Words)) == 0 {
		return nil, true, nil
	}
	public, err := db.searched(ctx, actor.AuthorityID)
	if err != nil {
		return nil, false, err
	}
	said, err := db.saidNow(ctx, actor.AuthorityID)
	if err != nil {
		return nil, false, err
	}
	q := said.index.Ask(f.Words, public.synonyms)
	strips, in := stripsOf(actor), f.scope()
	hits, whole := q.Newest(func(d search.Scope) bool {
		return in.Holds(d) && slices.ContainsFunc(strips, func(s strip) bool { return s.sees(d) })
	})
	if !said.whole {
		whole = false
		older, err := db.olderSaying(ctx, actor, f, q, strips)
		if err != nil {
			return nil, false, err
		}
		for _, h := range older {
			if !slices.ContainsFunc(hits, func(have search.Hit) bool { return have.Key == h.Key }) {
				hits = append(hits, h)
			}
		}
	}
	may, err := db.seen(ctx, actor, f, hits)
	if err != nil {
		return nil, false, err
	}
	hits = search.Rank(slices.DeleteFunc(hits, func(h search.Hit) bool { return !may[doithoai.ID(h.Key)] }))
	hits = hits[:search.Answers(hits)]
	for _, h := range hits[:min(len(hits), maxSaying)] {
		found = append(found, doithoai.ID(h.Key))
	}
	return found, whole && len(hits) <= maxSaying, nil
}

// olderSaying judges published answers, whether they are held in memory or not. Their ids are less than all that are.
func (db *DB) olderSaying(
	ctx context.Context, actor doithoai.Actor, f Filter, q *search.Query, strips []strip,
) ([]search.Hit, error) {
	var keep func([]int64) ([]int64, error)
	if slices.ContainsFunc(strips, func(s strip) bool { return s.column != "" || s.stages != nil }) ||
		f.UnitID != "" || f.VillageID != "" || f.classified() { // what the walks can't ask for
		keep = func(ids []int64) ([]int64, error) {
			args := []any{actor.AuthorityID}
			bind := binder(&args)
			return list(ctx, db.reader(), column[int64], `SELECT d.id
				FROM search_document d
				JOIN opinion o ON o.id = d.opinion_id
				WHERE `+inAuthority("d")+` AND d.id IN `+inList(bind, ids)+f.narrow(bind)+reachOf(actor, bind)+`
				ORDER BY d.id DESC`, args...)
		}
	}
	in := search.Scope{Field: f.FieldCode, Dialogue: string(f.DialogueID)}
	hits, err := db.olderHits(ctx, actor.AuthorityID, q, in, math.MaxInt64, keep)
	for i := range hits {
		hits[i].ID -= math.MaxInt64
	}
	return hits, err
}

// seen are the opinions of hits that the actor may see and the filter takes.
func (db *DB) seen(
	ctx context.Context, actor doithoai.Actor, f Filter, hits []search.Hit,
) (map[doithoai.ID]bool, error) {
	ids := make([]doithoai.ID, len(hits))
	for i, h := range hits {
		ids[i] = doithoai.ID(h.Key)
	}
	args := []any{actor.AuthorityID}
	bind := binder(&args)
	may, err := list(ctx, db.reader(), column[doithoai.ID], `SELECT o.id
		FROM opinion o
		WHERE `+inAuthority("o")+` AND o.id IN `+inList(bind, ids)+f.narrow(bind)+reachOf(actor, bind)+
		notConcerned(actor, db.Now().Date(), bind), args...)
	all := make(map[doithoai.ID]bool, len(may))
	for _, id := range may {
		all[id] = true
	}
	return all, err
}

// heldOpinions are the opinions of an authority that are held in memory for the searches of its officers. What is done
// on an opinion, by whatever node, makes it stale: the next search reads it anew.
type heldOpinions struct {
	mu sync.Mutex
	opinionState
	at    map[doithoai.ID]int64 // the ids that they have in the index
	stale map[doithoai.ID]bool  // of the [searches]
}

// opinionState is what a search works with.
type opinionState struct {
	index *search.Index
	whole bool // all opinions are held
}

// newestSaid reads the newest opinions of an authority, $1, that are in one of the stages, $2 at most. There is an
// index of each stage's; of all together there is none.
func newestSaid(stages ...doithoai.Stage) string {
	var each []string
	for i, stage := range stages {
		each = append(each, fmt.Sprintf(`SELECT * FROM (
					SELECT id
					FROM opinion
					WHERE authority_id = $1 AND stage = '%s'
					ORDER BY id DESC LIMIT $2
				) AS s%d`, stage, i))
	}
	return `SELECT ` + saidColumns + `
		FROM (
			SELECT id
			FROM (` + strings.Join(each, ` UNION ALL `) + `) AS every
			ORDER BY id DESC LIMIT $2
		) AS newest
		JOIN opinion o ON o.id = newest.id` + saidJoins + `
		ORDER BY o.id DESC`
}

const (
	saidColumns = `o.id, o.field_code, o.dialogue_id, o.village_id, o.lead_unit_id, o.stage, o.typed_by,
		coalesce(p.title, o.headline), o.content, coalesce(f.name, '')`
	saidJoins = `
		LEFT JOIN publication p ON p.opinion_id = o.id
		LEFT JOIN field f ON f.authority_id = o.authority_id AND f.code = o.field_code`
)

func scanSaid(r row) (d search.Document, err error) {
	var opinion, dialogue, village, unit, typedBy doithoai.ID
	err = r.Scan(&opinion, &d.Field, &dialogue, &village, &unit, &d.Stage, &typedBy, &d.Title, &d.Question, &d.About)
	d.Key, d.Dialogue, d.Village = string(opinion), string(dialogue), string(village)
	d.Unit, d.TypedBy = string(unit), string(typedBy)
	return d, err
}

// saidNow brings what is held of an authority's opinions up to date and returns it.
func (db *DB) saidNow(ctx context.Context, authority doithoai.ID) (said opinionState, err error) {
	h := db.searches.saidOf(authority)
	h.mu.Lock()
	defer h.mu.Unlock()
	stale := db.searches.takeStale(h) // before anything is read: what is done from now on is read next time
	defer func() {
		if err != nil {
			h.index = nil
		}
	}()
	newest, err := list(ctx, db.reader(), scanSaid, newestSaid(allStages...), authority, newestSeen)
	if err != nil {
		return said, err
	}
	n := len(newest)
	if h.index == nil || len(h.at) >= 4*db.heldDocuments() || n == newestSeen && !h.holds(newest[n-1]) {
		err = db.loadSaid(ctx, authority, h)
	} else {
		h.add(slices.DeleteFunc(newest, h.holds))
		err = db.readAnew(ctx, authority, h, stale)
	}
	return h.opinionState, err
}

// readAnew reads opinions on which something was done. Of what has left this flow nothing is held any more.
func (db *DB) readAnew(ctx context.Context, authority doithoai.ID, h *heldOpinions, stale map[doithoai.ID]bool) error {
	if len(stale) == 0 {
		return nil
	}
	args := []any{authority}
	bind := binder(&args)
	all, err := list(ctx, db.reader(), scanSaid, `SELECT `+saidColumns+`
		FROM opinion o`+saidJoins+`
		WHERE `+inAuthority("o")+` AND `+notDenounced+` AND o.joined_to IS NULL
			AND o.id IN `+inList(bind, slices.Collect(maps.Keys(stale))), args...)
	if err != nil {
		return err
	}
	for _, d := range all {
		delete(stale, doithoai.ID(d.Key))
	}
	for id := range stale {
		if d := (search.Document{Key: string(id)}); h.holds(d) {
			all = append(all, d)
		}
	}
	h.add(all)
	return nil
}

// loadSaid reads the newest opinions into memory, and the newest of those that are being worked on.
func (db *DB) loadSaid(ctx context.Context, authority doithoai.ID, h *heldOpinions) error {
	held := db.heldDocuments()
	all, err := list(ctx, db.reader(), scanSaid, newestSaid(allStages...), authority, held)
	if err != nil {
		return err
	}
	whole := len(all) < held
	if !whole {
		working := append([]doithoai.Stage{doithoai.StageUnruled}, openStages...)
		for _, stage := range working {
			some, err := list(ctx, db.reader(), scanSaid, newestSaid(stage), authority, max(held/len(working), 1))
			if err != nil {
				return err
			}
			all = append(all, some...)
		}
	}
	h.opinionState, h.at = opinionState{index: search.NewIndex(), whole: whole}, map[doithoai.ID]int64{}
	h.add(all)
	return nil
}

func (h *heldOpinions) holds(d search.Document) bool { return h.at[doithoai.ID(d.Key)] > 0 }

// add takes opinions in, new ones the oldest first, each held one in the place of what was held.
func (h *heldOpinions) add(all []search.Document) {
	slices.SortFunc(all, func(l, r search.Document) int { return strings.Compare(l.Key, r.Key) })
	all = slices.CompactFunc(all, func(l, r search.Document) bool { return l.Key == r.Key })
	for i := range all {
		id := doithoai.ID(all[i].Key)
		if h.at[id] == 0 {
			h.at[id] = int64(len(h.at) + 1)
		}
		all[i].ID = h.at[id]
	}
	h.index.Add(all...)
}
