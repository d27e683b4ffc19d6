package store

import (
	"context"
	"fmt"
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

// OpinionsSaying finds opinions that the actor may see by what was said in them, their title if they have one, their
// field: the best first, by the same rules as [DB.Search]. It looks through the newest of the authority and those that
// are being worked on, two thousand each, and through whatever is published.
func (db *DB) OpinionsSaying(ctx context.Context, actor doithoai.Actor, words string) ([]doithoai.ID, error) {
	if !doithoai.MayEver(actor, doithoai.ActSeeOpinions) {
		return nil, doithoai.Refuse(doithoai.NotAllowed, "error.not_allowed")
	}
	if len(text.Tokens(words)) == 0 {
		return nil, nil
	}
	public, err := db.searched(ctx, actor.AuthorityID)
	if err != nil {
		return nil, err
	}
	said, err := db.saidNow(ctx, actor.AuthorityID)
	if err != nil {
		return nil, err
	}
	q := said.index.Ask(words, public.synonyms)
	hits := search.Rank(q.Newest(search.Scope{}))
	found := make([]doithoai.ID, len(hits))
	for i, h := range hits {
		found[i] = said.ids[h.ID-1]
	}
	if !said.whole {
		older, err := db.olderHits(ctx, actor.AuthorityID, q, search.Scope{}, math.MaxInt64)
		if err != nil {
			return nil, err
		}
		of, err := db.opinionsPublished(ctx, search.Rank(older))
		if err != nil {
			return nil, err
		}
		for _, id := range of {
			if !slices.Contains(found, id) {
				found = append(found, id)
			}
		}
	}
	return db.seen(ctx, actor, found)
}

// opinionsPublished finds the opinions of published answers, in their order.
func (db *DB) opinionsPublished(ctx context.Context, hits []search.Hit) (found []doithoai.ID, err error) {
	if len(hits) == 0 {
		return nil, nil
	}
	var args []any
	bind := binder(&args)
	in := make([]string, len(hits))
	for i, h := range hits {
		in[i] = bind(h.ID)
	}
	of := map[int64]doithoai.ID{}
	if _, err := list(ctx, db.reader(), func(r row) (none struct{}, err error) {
		var id int64
		var opinion doithoai.ID
		err = r.Scan(&id, &opinion)
		of[id] = opinion
		return none, err
	}, `SELECT id, opinion_id FROM search_document WHERE id IN (`+strings.Join(in, ", ")+`)`, args...); err != nil {
		return nil, err
	}
	for _, h := range hits {
		if id, ok := of[h.ID]; ok {
			found = append(found, id)
		}
	}
	return found, nil
}

// seen leaves of opinions those that the actor may see, maxSaying at most.
func (db *DB) seen(ctx context.Context, actor doithoai.Actor, found []doithoai.ID) ([]doithoai.ID, error) {
	if len(found) == 0 {
		return nil, nil
	}
	args := []any{actor.AuthorityID}
	bind := binder(&args)
	in := make([]string, len(found))
	for i, id := range found {
		in[i] = bind(id)
	}
	may, err := list(ctx, db.reader(), column[doithoai.ID], `SELECT o.id
		FROM opinion o
		WHERE o.authority_id = $1 AND o.id IN (`+strings.Join(in, ", ")+`)`+reachOf(actor, bind)+
		notConcerned(actor, db.Now().Date(), bind), args...)
	found = slices.DeleteFunc(found, func(id doithoai.ID) bool { return !slices.Contains(may, id) })
	return found[:min(len(found), maxSaying)], err
}

// heldOpinions are the opinions of an authority that are held in memory for the searches of its officers.
type heldOpinions struct {
	mu sync.Mutex
	opinionState
	has map[doithoai.ID]bool
}

// opinionState is what a search works with.
type opinionState struct {
	index *search.Index
	ids   []doithoai.ID // by the ids that they have in the index, from 1
	whole bool          // all opinions are held
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
	return `SELECT o.id, o.field_code, coalesce(p.title, o.headline), o.content, coalesce(f.name, '')
		FROM (
			SELECT id
			FROM (` + strings.Join(each, ` UNION ALL `) + `) AS every
			ORDER BY id DESC LIMIT $2
		) AS newest
		JOIN opinion o ON o.id = newest.id
		LEFT JOIN publication p ON p.opinion_id = o.id
		LEFT JOIN field f ON f.authority_id = o.authority_id AND f.code = o.field_code
		ORDER BY o.id DESC`
}

// saidDocument is an opinion as it is searched.
type saidDocument struct {
	id doithoai.ID
	search.Document
}

func scanSaid(r row) (d saidDocument, err error) {
	err = r.Scan(&d.id, &d.Field, &d.Title, &d.Question, &d.About)
	return d, err
}

// saidNow brings what is held of an authority's opinions up to date and returns it.
func (db *DB) saidNow(ctx context.Context, authority doithoai.ID) (opinionState, error) {
	h := db.searches.saidOf(authority)
	h.mu.Lock()
	defer h.mu.Unlock()
	newest, err := list(ctx, db.reader(), scanSaid, newestSaid(allStages...), authority, newestSeen)
	if err != nil {
		return h.opinionState, err
	}
	n := len(newest)
	if h.index == nil || len(h.ids) >= 4*db.heldDocuments() || n == newestSeen && !h.has[newest[n-1].id] {
		err = db.loadSaid(ctx, authority, h)
	} else {
		h.add(newest)
	}
	return h.opinionState, err
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
	h.opinionState, h.has = opinionState{index: search.NewIndex(), whole: whole}, map[doithoai.ID]bool{}
	h.add(all)
	return nil
}

// add takes opinions in that are not held yet, the oldest first.
func (h *heldOpinions) add(all []saidDocument) {
	slices.SortFunc(all, func(l, r saidDocument) int { return strings.Compare(string(l.id), string(r.id)) })
	for _, d := range all {
		if h.has[d.id] {
			continue
		}
		h.has[d.id] = true
		h.ids = append(h.ids, d.id)
		d.ID = int64(len(h.ids))
		h.index.Add(d.Document)
	}
}
