package store

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"
	"sync"

	"doithoai"
	"doithoai/search"
	"doithoai/text"
)

// Search is what the public looks for; zero fields do not narrow.
type Search struct {
	Query    string
	Field    string
	Dialogue doithoai.ID // for which it was raised
	// Before leaves out what has this Row or a greater one: that of the last one of the page before, where nothing is
	// asked; else what was not yet there at the first page. Page counts the pages of what was found for a query, from 0.
	Before int64
	Page   int
	Limit  int
}

// Found is what a search found.
type Found struct {
	Answers []Published
	More    bool  // another page follows
	Before  int64 // with which it does
	Total   int   // that answer a query; 0 where nothing was asked
	Whole   bool  // of a query: all that is published was looked at, there are no more than Total
	Heard   search.Heard
}

// Search finds published questions and answers: without a query the newest first, with one the best first, after them
// some that have only a part of it. Words may stand in any order, without their marks, misspelt, or as others that the
// authority's list lets stand for them.
//
// The newest answers of an authority are held in memory and judged there; of older ones those are read that have what
// is rare in the query, some hundred at most. Both engines find the same.
func (db *DB) Search(ctx context.Context, authority doithoai.ID, s Search) (found Found, err error) {
	for _, id := range []doithoai.ID{authority, s.Dialogue} { // they become words of the index
		if id != "" && !wellFormed(id) {
			return found, doithoai.Refuse(doithoai.NotFound, "error.not_found")
		}
	}
	if s.Query == "" {
		return db.newestPublished(ctx, authority, s)
	}
	if len(text.Tokens(s.Query)) == 0 {
		return Found{Whole: true}, nil // nothing in it can be looked for
	}
	known, err := db.searched(ctx, authority)
	if err != nil {
		return found, err
	}
	q := known.index.Ask(s.Query, known.synonyms)
	in := search.Scope{Field: s.Field, Dialogue: string(s.Dialogue)}
	older, err := db.olderHits(ctx, authority, q, in, known.oldest, nil)
	if err != nil {
		return found, err
	}
	all, whole := q.Newest(in.Holds)
	found.Whole = whole && known.oldest == 0
	found.Before = cmp.Or(max(s.Before, 0), known.index.Greatest()+1)
	all = slices.DeleteFunc(append(all, older...), func(h search.Hit) bool { return h.ID >= found.Before })
	hits := search.Rank(all)
	found.Total, found.Heard = search.Answers(hits), q.Heard(all, hits)
	from := min(max(s.Page, 0)*s.Limit, len(hits))
	page := hits[from:min(from+s.Limit, len(hits))]
	found.More = from+len(page) < len(hits)
	found.Answers, err = db.publishedHits(ctx, authority, page)
	return found, err
}

// newestPublished lists what is published, newest first.
func (db *DB) newestPublished(ctx context.Context, authority doithoai.ID, s Search) (found Found, err error) {
	if s.Before <= 0 {
		s.Before = math.MaxInt64
	}
	tokens := scopeTokens(search.Scope{Field: s.Field, Dialogue: string(s.Dialogue)})
	var hits []int64
	if len(tokens) > 0 {
		for _, a := range db.dialect.listHits(append(tokens, facetAuthority(authority)), s.Before, s.Limit+1) {
			if hits, err = list(ctx, db.reader(), column[int64], a.query, a.args...); err != nil || len(hits) > s.Limit {
				break
			}
		}
	} else {
		hits, err = list(ctx, db.reader(), column[int64],
			`SELECT id
				FROM search_document
				WHERE authority_id = $1 AND id < $2
				ORDER BY id DESC LIMIT $3`, authority, s.Before, s.Limit+1)
	}
	if err != nil || len(hits) == 0 {
		return found, err
	}
	if found.More = len(hits) > s.Limit; found.More {
		hits = hits[:s.Limit]
	}
	found.Before = hits[len(hits)-1]
	found.Answers, err = db.publishedRows(ctx, authority, hits)
	return found, err
}

// scopeTokens are the tokens of what is in a scope.
func scopeTokens(in search.Scope) (tokens []string) {
	if in.Field != "" {
		tokens = append(tokens, facetField(in.Field))
	}
	if in.Dialogue != "" {
		tokens = append(tokens, facetDialogue(doithoai.ID(in.Dialogue)))
	}
	return tokens
}

// publishedHits reads a page of what was found, in its order.
func (db *DB) publishedHits(ctx context.Context, authority doithoai.ID, page []search.Hit) ([]Published, error) {
	if len(page) == 0 {
		return nil, nil
	}
	ids := make([]int64, len(page))
	for i, h := range page {
		ids[i] = h.ID
	}
	rows, err := db.publishedRows(ctx, authority, ids)
	at := make(map[int64]Published, len(rows))
	for _, p := range rows {
		at[p.Row] = p
	}
	var all []Published
	for _, h := range page {
		if p, ok := at[h.ID]; ok { // else it was withdrawn meanwhile
			p.Marks, p.Part = h.Marks, h.Part
			all = append(all, p)
		}
	}
	return all, err
}

const (
	// newestHeld is how many of an authority's newest documents are held in memory.
	newestHeld = 2000
	// newestSeen is how many of the newest documents are asked after at each search: where acts run beside each other,
	// approvals may be seen out of the order of their rows.
	newestSeen = 64
	// walkLimit is how many documents one walk finds at most, keptLimit the same where not all of them are kept; maxOlder
	// is how many are read after all walks.
	walkLimit, keptLimit, maxOlder = 40, 256, 80
	// maxAuthorities is of how many authorities documents are held.
	maxAuthorities = 16
)

// olderHits judges documents before those that are held in memory. keep leaves of their ids those that may be found;
// nil: all.
func (db *DB) olderHits(
	ctx context.Context, authority doithoai.ID, q *search.Query, in search.Scope, before int64,
	keep func([]int64) ([]int64, error),
) (hits []search.Hit, err error) {
	docs, err := db.olderDocuments(ctx, authority, q, in, before, keep)
	for _, d := range docs {
		if h, ok := q.Match(d); ok {
			hits = append(hits, h)
		}
	}
	return hits, err
}

// olderDocuments finds documents to be judged before those that are held in memory, maxOlder at most.
func (db *DB) olderDocuments(
	ctx context.Context, authority doithoai.ID, q *search.Query, in search.Scope, before int64,
	keep func([]int64) ([]int64, error),
) (docs []search.Document, err error) {
	if before == 0 {
		return nil, nil // all are held
	}
	facets := [][]string{{facetAuthority(authority)}}
	for _, t := range scopeTokens(in) {
		facets = append(facets, []string{t})
	}
	limit := walkLimit
	if keep != nil {
		limit = keptLimit
	}
	walks := q.Walks()
	found := make([][]int64, len(walks))
	made := make([]bool, len(walks))
	var walk func(n int) error
	walk = func(n int) error {
		if made[n] {
			return nil
		}
		made[n] = true
		for less := range walks { // where what asks for less finds nothing, nothing is to be found
			if walks[less].AsksLess(walks[n]) {
				if err := walk(less); err != nil || len(found[less]) == 0 {
					return err
				}
			}
		}
		a := db.dialect.walkHits(slices.Concat(walks[n], facets), before, limit)
		found[n], err = list(ctx, db.reader(), column[int64], a.query, a.args...)
		return err
	}
	var ids []int64
	for n := range walks {
		if len(ids) >= maxOlder {
			break
		}
		if err := walk(n); err != nil {
			return nil, err
		}
		got := found[n]
		if keep != nil && len(got) > 0 {
			if got, err = keep(got); err != nil {
				return nil, err
			}
		}
		for _, id := range got {
			if !slices.Contains(ids, id) && len(ids) < maxOlder {
				ids = append(ids, id)
			}
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	return db.searchDocuments(ctx, authority, ids)
}

const searchDocumentQuery = `SELECT d.id, o.id, o.field_code, o.dialogue_id, p.title, p.question, p.answer,
		coalesce(f.name, ''), coalesce(u.name, '')
	FROM search_document d
	JOIN opinion o ON o.id = d.opinion_id
	JOIN publication p ON p.opinion_id = o.id
	LEFT JOIN field f ON f.authority_id = o.authority_id AND f.code = o.field_code
	LEFT JOIN petition pe ON pe.id = o.petition_id
	LEFT JOIN unit u ON u.id = pe.lead_unit_id
	WHERE d.authority_id = $1`

func scanSearchDocument(r row) (d search.Document, err error) {
	var opinion, dialogue doithoai.ID
	var field, unit string
	err = r.Scan(&d.ID, &opinion, &d.Field, &dialogue, &d.Title, &d.Question, &d.Answer, &field, &unit)
	d.Key, d.Dialogue, d.About = string(opinion), string(dialogue), field+". "+unit
	return d, err
}

// searchDocuments reads documents to be judged.
func (db *DB) searchDocuments(ctx context.Context, authority doithoai.ID, ids []int64) ([]search.Document, error) {
	args := []any{authority}
	bind := binder(&args)
	return list(ctx, db.reader(), scanSearchDocument, searchDocumentQuery+`
		AND d.id IN `+inList(bind, ids), args...)
}

// searches are the documents of authorities that are held in memory for searches. mu keeps the maps, and of the
// opinions which are stale; what is held of one authority has a lock of its own, under which the database is read.
type searches struct {
	mu   sync.Mutex
	of   map[doithoai.ID]*searched
	said map[doithoai.ID]*heldOpinions
	n    uint64 // of searches
	held int    // how many documents of an authority; newestHeld where it is 0
}

// searched is what is held of an authority.
type searched struct {
	mu sync.Mutex
	searchState
	asked uint64 // the last search
	// guides are the reference pages, the newest where there are too many; nil: to be read.
	guides *search.Index
}

// searchState is what a search works with.
type searchState struct {
	index    *search.Index
	oldest   int64 // the least document held; 0 where there is none before
	synonyms *search.Synonyms
}

// get returns what is held of an authority, empty where nothing is. Of too many authorities the one is forgotten that
// was not asked for the longest.
func (s *searches) get(authority doithoai.ID) *searched {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.of == nil {
		s.of = map[doithoai.ID]*searched{}
	}
	a := s.of[authority]
	if a == nil {
		if len(s.of) >= maxAuthorities {
			var last doithoai.ID
			for id, have := range s.of {
				if last == "" || have.asked < s.of[last].asked {
					last = id
				}
			}
			delete(s.of, last)
		}
		a = &searched{}
		s.of[authority] = a
	}
	s.n++
	a.asked = s.n
	return a
}

// saidOf returns what is held of the opinions of an authority, empty where nothing is.
func (s *searches) saidOf(authority doithoai.ID) *heldOpinions {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.said == nil {
		s.said = map[doithoai.ID]*heldOpinions{}
	}
	if s.said[authority] == nil {
		if len(s.said) >= maxAuthorities {
			clear(s.said)
		}
		s.said[authority] = &heldOpinions{stale: map[doithoai.ID]bool{}}
	}
	return s.said[authority]
}

// topicSearched begins what is told of an authority of which something published was withdrawn, many texts became
// others at once, or other words stand for each other.
const topicSearched = "searched/"

// maxStale is how many opinions may wait to be read anew; of more, everything held of them is forgotten.
const maxStale = 1024

// hear lets go of what a change of a topic has made untrue: searches that follow read it anew.
func (s *searches) hear(topic string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if authority, ok := strings.CutPrefix(topic, topicSearched); ok {
		delete(s.of, doithoai.ID(authority))
		delete(s.said, doithoai.ID(authority))
	}
	if opinion, ok := strings.CutPrefix(topic, topicOpinion); ok {
		for authority, h := range s.said { // of one of them, which the topic does not say
			if h.stale[doithoai.ID(opinion)] = true; len(h.stale) > maxStale {
				delete(s.said, authority)
			}
		}
	}
}

// takeStale returns the opinions to be read anew, which from now on wait no more.
func (s *searches) takeStale(h *heldOpinions) map[doithoai.ID]bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	stale := h.stale
	h.stale = map[doithoai.ID]bool{}
	return stale
}

// forget has everything read anew.
func (s *searches) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.of)
	clear(s.said)
}

// searched brings what is held of an authority up to date and returns it.
func (db *DB) searched(ctx context.Context, authority doithoai.ID) (searchState, error) {
	a := db.searches.get(authority)
	a.mu.Lock()
	defer a.mu.Unlock()
	if err := db.loadSynonyms(ctx, authority, a); err != nil {
		return a.searchState, err
	}
	var after int64
	if a.index != nil && a.index.Len() >= newestSeen && !db.dialect.manyWriters() { // rows come in their order
		after = a.index.Greatest()
	}
	newest, err := list(ctx, db.reader(), column[int64], `SELECT id
		FROM search_document
		WHERE authority_id = $1 AND id > $2
		ORDER BY id DESC LIMIT $3`, authority, after, newestSeen)
	if err != nil {
		return a.searchState, err
	}
	n := len(newest)
	if a.index == nil || a.index.Len() >= 2*db.heldDocuments() || n == newestSeen && !a.index.Has(newest[n-1]) {
		err := db.loadNewest(ctx, authority, a)
		return a.searchState, err
	}
	if newest = slices.DeleteFunc(newest, a.index.Has); len(newest) == 0 {
		return a.searchState, nil
	}
	docs, err := db.searchDocuments(ctx, authority, newest)
	a.index.Add(docs...)
	return a.searchState, err
}

// heldDocuments is how many documents of an authority are read into memory; with twice as many it is made anew.
func (db *DB) heldDocuments() int { return cmp.Or(db.searches.held, newestHeld) }

// loadNewest reads the newest documents of an authority into memory.
func (db *DB) loadNewest(ctx context.Context, authority doithoai.ID, a *searched) error {
	docs, err := list(ctx, db.reader(), scanSearchDocument, searchDocumentQuery+`
		ORDER BY d.id DESC LIMIT $2`, authority, db.heldDocuments())
	if err != nil {
		return err
	}
	index, oldest := search.NewIndex(), int64(0)
	index.Add(docs...)
	if n := len(docs); n == db.heldDocuments() {
		oldest = docs[n-1].ID
	}
	a.index, a.oldest = index, oldest
	return nil
}

// loadSynonyms reads an authority's words that stand for each other, where they are not held.
func (db *DB) loadSynonyms(ctx context.Context, authority doithoai.ID, a *searched) error {
	if a.synonyms != nil {
		return nil
	}
	groups, err := list(ctx, db.reader(), func(r row) (group []string, err error) {
		var word, others string
		err = r.Scan(&word, &others)
		return append([]string{word}, search.SplitPhrases(others)...), err
	}, `SELECT word, same
		FROM synonym
		WHERE authority_id = $1
		ORDER BY ordinal, word`, authority)
	if err != nil {
		return err
	}
	a.synonyms = search.NewSynonyms(groups)
	return nil
}

// PublishedNumber reads a register number of the authority that somebody typed in whatever spelling ("nd 24 3"), alone
// or within a sentence, with Đ or D, and says whether an answer is published under it. A number without letters is one
// only where an answer is. Where nothing was typed that can be a number, it is "".
func (db *DB) PublishedNumber(
	ctx context.Context, authority doithoai.ID, typed string,
) (n doithoai.RegisterNumber, public bool, err error) {
	for _, number := range text.RegisterNumbers(typed) {
		all, err := db.ownNumbers(ctx, authority, number)
		if err != nil {
			return "", false, err
		}
		for _, own := range all {
			_, err := db.published(ctx, authority, own)
			if doithoai.KindOf(err) != doithoai.NotFound {
				return own, err == nil, err
			}
		}
		if n == "" && len(all) > 0 && number[0] > '9' {
			n = all[0]
		}
	}
	return n, false, nil
}

// ownNumbers are the numbers of an authority that may be meant by one in the normal form: with a prefix that the
// authority has had, typed with Đ or D, the same one first; of a year and a serial alone, with any of them.
func (db *DB) ownNumbers(
	ctx context.Context, authority doithoai.ID, number string,
) (own []doithoai.RegisterNumber, err error) {
	prefixes, err := db.prefixes(ctx, authority)
	if err != nil {
		return nil, err
	}
	typed, rest := "", number
	if number != "" && number[0] > '9' {
		typed, rest, _ = strings.Cut(number, "-")
	}
	for _, p := range prefixes {
		switch n := doithoai.RegisterNumber(p + "-" + rest); {
		case p == typed:
			own = slices.Insert(own, 0, n)
		case typed == "" || text.Fold(p) == text.Fold(typed):
			own = append(own, n)
		}
	}
	return own, nil
}

// prefixes are those that an authority has had for its register numbers.
func (db *DB) prefixes(ctx context.Context, authority doithoai.ID) ([]string, error) {
	return list(ctx, db.reader(), column[string], `SELECT DISTINCT prefix
		FROM authority_name
		WHERE authority_id = $1
		ORDER BY prefix`, authority)
}

// byNumber reads what has a register number of an authority, typed with Đ or D.
func byNumber[T any](
	ctx context.Context, db *DB, authority doithoai.ID, number doithoai.RegisterNumber,
	read func(context.Context, doithoai.ID, doithoai.RegisterNumber) (T, error),
) (T, error) {
	found, err := read(ctx, authority, number)
	if doithoai.KindOf(err) != doithoai.NotFound || !strings.ContainsAny(string(number), "DĐ") {
		return found, err
	}
	all, failed := db.ownNumbers(ctx, authority, string(number))
	if failed != nil {
		return found, failed
	}
	for _, own := range all {
		if own == number {
			continue
		}
		if other, err := read(ctx, authority, own); doithoai.KindOf(err) != doithoai.NotFound {
			return other, err
		}
	}
	return found, err
}
