package store

import (
	"context"
	"slices"
	"strings"

	"doithoai"
	"doithoai/calendar"
	"doithoai/search"
)

// GuideTab is a part of the staff's list of reference pages.
type GuideTab string

const (
	GuidesDue       GuideTab = "can-ra-soat" // public, and to be reviewed
	GuidesPublished GuideTab = "dang-dang"
	GuidesDraft     GuideTab = "ban-thao"
	GuidesWithdrawn GuideTab = "da-go"
)

// GuideTabs in the order of the list: what presses first.
var GuideTabs = []GuideTab{GuidesDue, GuidesPublished, GuidesDraft, GuidesWithdrawn}

// Key ends the keys of the catalogues that are about the tab.
func (t GuideTab) Key() string { return strings.ReplaceAll(string(t), "-", "_") }

// GuideFilter narrows the staff's list of pages. Units leaves those that one of them keeps; nil: all. The page begins
// behind the page with the number After.
type GuideFilter struct {
	Tab   GuideTab
	Units []doithoai.ID
	After int
	Limit int
}

// GuideRow is a reference page in a list.
type GuideRow struct {
	doithoai.Guide
	Unit      string // that keeps it true
	UnitShort string // what officers call it
	// Origin is the number under which the answer is public from which it was made; empty where it is not any more.
	Origin doithoai.RegisterNumber
	Due    doithoai.GuideDue
}

var guideRowQuery = `SELECT ` + columnsOf("g", guideColumns) + `,
	u.name, coalesce(nullif(u.short, ''), u.name), coalesce(o.number, '')
	FROM guide g
	JOIN unit u ON u.id = g.unit_id
	LEFT JOIN publication p ON p.opinion_id = g.opinion_id AND p.state = 'published'
	LEFT JOIN opinion o ON o.id = p.opinion_id`

// ofFlow leaves out pages made from what left as a denunciation: nobody finds them any more.
const ofFlow = ` AND (g.opinion_id IS NULL OR EXISTS (SELECT 1 FROM opinion o WHERE o.id = g.opinion_id AND ` +
	notDenounced + `))`

func scanGuideRow(r row) (g GuideRow, err error) {
	g.Guide, err = scanGuide(also{r, []any{&g.Unit, &g.UnitShort, &g.Origin}})
	return g, err
}

// guideRows reads pages of an authority with why they are to be reviewed today.
func (db *DB) guideRows(
	ctx context.Context, q querier, authority doithoai.ID, where string, args ...any,
) ([]GuideRow, error) {
	rows, err := list(ctx, q, scanGuideRow, guideRowQuery+where, args...)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	bases, err := legalBases(ctx, q, authority)
	for i, g := range rows {
		rows[i].Due = g.Guide.Due(bases, db.Now().Date())
	}
	return rows, err
}

// where is the condition of a tab on guide g.
func (t GuideTab) where(today calendar.Date, bind func(any) string) string {
	switch t {
	case GuidesDue:
		return ` AND g.state = 'published' AND g.holds_to < ` + bind(today)
	case GuidesDraft:
		return ` AND g.state = 'draft'` + ofFlow
	case GuidesWithdrawn:
		return ` AND g.state = 'withdrawn'` + ofFlow
	}
	return ` AND g.state = 'published'`
}

// Guides lists reference pages for the staff: those that are to be reviewed with the longest due first, others with the
// newest. more reports whether there are others behind the page.
func (db *DB) Guides(
	ctx context.Context, actor doithoai.Actor, f GuideFilter,
) (rows []GuideRow, more bool, err error) {
	if err := may(actor, doithoai.ActSeeGuides); err != nil {
		return nil, false, err
	}
	args := []any{actor.AuthorityID}
	bind := binder(&args)
	where := ` WHERE g.authority_id = $1` + f.Tab.where(db.Now().Date(), bind)
	if f.Units != nil {
		where += ` AND g.unit_id IN ` + inList(bind, f.Units)
	}
	switch after := ``; {
	case f.Tab == GuidesDue:
		if f.After > 0 {
			n := bind(f.After)
			after = ` AND (g.holds_to, g.number) > (
				(SELECT b.holds_to FROM guide b WHERE b.authority_id = $1 AND b.number = ` + n + `), ` + n + `)`
		}
		where += after + ` ORDER BY g.holds_to, g.number`
	default:
		if f.After > 0 {
			after = ` AND g.number < ` + bind(f.After)
		}
		where += after + ` ORDER BY g.number DESC`
	}
	where += ` LIMIT ` + bind(f.Limit+1)
	rows, err = db.guideRows(ctx, db.reader(), actor.AuthorityID, where, args...)
	return rows[:min(len(rows), f.Limit)], len(rows) > f.Limit, err
}

// GuideCounts counts what [DB.Guides] lists, by its tabs.
func (db *DB) GuideCounts(ctx context.Context, actor doithoai.Actor) (map[GuideTab]doithoai.Count, error) {
	if err := may(actor, doithoai.ActSeeGuides); err != nil {
		return nil, err
	}
	counts := map[GuideTab]doithoai.Count{}
	for _, tab := range GuideTabs {
		args := []any{actor.AuthorityID}
		bind := binder(&args)
		where := tab.where(db.Now().Date(), bind)
		n, err := one(ctx, db.reader(), column[int], `SELECT count(*) FROM (
				SELECT 1 FROM guide g WHERE g.authority_id = $1`+where+` LIMIT `+bind(doithoai.MaxCount+1)+`
			) AS counted`, args...)
		if err != nil {
			return nil, err
		}
		counts[tab] = doithoai.Count(n)
	}
	return counts, nil
}

// GuideEvent is one act on a page.
type GuideEvent struct {
	At       calendar.Instant
	By       string // empty: it followed from an act on the opinion
	Act      doithoai.Act
	Edition  int
	ReviewBy calendar.Date // as it was set
	Why      string
}

// GuideFile is a page with what its staff page shows.
type GuideFile struct {
	GuideRow
	Events   []GuideEvent // the last one first
	Warnings []doithoai.Problem
}

// maxGuideEvents is how many acts on a page are shown, the last ones.
const maxGuideEvents = 100

// Guide opens a reference page for the staff.
func (db *DB) Guide(ctx context.Context, actor doithoai.Actor, number int) (f GuideFile, err error) {
	if err := may(actor, doithoai.ActSeeGuides); err != nil {
		return f, err
	}
	err = db.snapshot(ctx, func(q querier) error {
		rows, err := db.guideRows(ctx, q, actor.AuthorityID,
			` WHERE g.authority_id = $1 AND g.number = $2`+ofFlow, actor.AuthorityID, number)
		if err != nil {
			return err
		}
		if len(rows) == 0 {
			return doithoai.Refuse(doithoai.NotFound, "error.not_found")
		}
		f.GuideRow = rows[0]
		var who doithoai.Petitioner
		if f.OpinionID != "" {
			o, err := opinionByID(ctx, q, f.OpinionID)
			if err != nil {
				return err
			}
			if who, err = petitionerOf(ctx, q, o.SlipID); err != nil {
				return err
			}
		}
		f.Warnings = f.GuideText.Warnings(gateFor(who))
		f.Events, err = list(ctx, q, func(r row) (e GuideEvent, err error) {
			err = r.Scan(&e.At, &e.By, &e.Act, &e.Edition, &e.ReviewBy, &e.Why)
			return e, err
		}, `SELECT e.at, coalesce(f.name, ''), e.act, e.edition, e.review_by, e.why
			FROM guide_event e
			LEFT JOIN officer f ON f.id = e.officer_id
			WHERE e.guide_id = $1
			ORDER BY e.number DESC LIMIT $2`, f.ID, maxGuideEvents)
		return err
	})
	return f, err
}

// GuideEdition reads the text that a page had as its edition of a number.
func (db *DB) GuideEdition(
	ctx context.Context, actor doithoai.Actor, number, edition int,
) (t doithoai.GuideText, err error) {
	if err := may(actor, doithoai.ActSeeGuides); err != nil {
		return t, err
	}
	return one(ctx, db.reader(), func(r row) (t doithoai.GuideText, err error) {
		err = r.Scan(&t.UnitID, &t.FieldCode, &t.Procedure, &t.ProcedureCode, &t.Title, &t.Body, &t.Basis)
		return t, err
	}, `SELECT e.unit_id, e.field_code, e.procedure, e.procedure_code, e.title, e.body, e.basis
		FROM guide g
		JOIN guide_edition e ON e.guide_id = g.id
		WHERE g.authority_id = $1 AND g.number = $2 AND e.number = $3`+ofFlow, actor.AuthorityID, number, edition)
}

// GuidesOfOpinion lists the pages made from an opinion that the actor may see.
func (db *DB) GuidesOfOpinion(
	ctx context.Context, actor doithoai.Actor, opinion doithoai.ID,
) ([]doithoai.Guide, error) {
	_, s, err := opinionSubject(ctx, db.reader(), opinion, db.Now().Date())
	if err != nil {
		return nil, err
	}
	if err := doithoai.Can(actor, doithoai.ActSeeOpinions, s); err != nil || s.Denunciation {
		return nil, err
	}
	return guidesOf(ctx, db.reader(), opinion)
}

// PublicGuide finds a page by its number as the public reads it: one that is public, or was. One that was withdrawn
// carries only when and why.
func (db *DB) PublicGuide(ctx context.Context, authority doithoai.ID, number int) (GuideRow, error) {
	rows, err := db.guideRows(ctx, db.reader(), authority, ` WHERE g.authority_id = $1 AND g.number = $2
		AND g.state <> 'draft' AND g.published_at IS NOT NULL`, authority, number)
	if err != nil || len(rows) == 0 {
		if err == nil {
			err = doithoai.Refuse(doithoai.NotFound, "error.not_found")
		}
		return GuideRow{}, err
	}
	g := rows[0]
	if g.State == doithoai.GuideWithdrawn {
		g = GuideRow{Guide: doithoai.Guide{
			AuthorityID: g.AuthorityID, Number: g.Number, State: g.State, EndedAt: g.EndedAt, Why: g.Why,
		}}
	}
	return g, nil
}

// PublicGuides lists what is public by field, then by procedure; of one field where it is named. The page begins behind
// the page with the number after; more reports whether there are others.
func (db *DB) PublicGuides(
	ctx context.Context, authority doithoai.ID, field string, after, limit int,
) (rows []GuideRow, more bool, err error) {
	args := []any{authority}
	bind := binder(&args)
	where := ` WHERE g.authority_id = $1 AND g.state = 'published'`
	if field != "" {
		where += ` AND g.field_code = ` + bind(field)
	}
	if after > 0 {
		n := bind(after)
		where += ` AND (g.field_code, g.procedure, g.number) > (
			(SELECT b.field_code FROM guide b WHERE b.authority_id = $1 AND b.number = ` + n + `),
			(SELECT b.procedure FROM guide b WHERE b.authority_id = $1 AND b.number = ` + n + `), ` + n + `)`
	}
	where += ` ORDER BY g.field_code, g.procedure, g.number LIMIT ` + bind(limit+1)
	rows, err = db.guideRows(ctx, db.reader(), authority, where, args...)
	return rows[:min(len(rows), limit)], len(rows) > limit, err
}

// SearchGuides finds public pages by words, as [DB.Search] finds answers, the best first; those that have only a part
// of the words are not among them. field narrows it.
func (db *DB) SearchGuides(
	ctx context.Context, authority doithoai.ID, query, field string, limit int,
) ([]GuideRow, error) {
	if query == "" || !wellFormed(authority) {
		return nil, nil
	}
	index, synonyms, err := db.guideIndex(ctx, authority)
	if err != nil {
		return nil, err
	}
	found, _ := index.Ask(query, synonyms).Newest(search.Scope{Field: field}.Holds)
	hits := slices.DeleteFunc(search.Rank(found), func(h search.Hit) bool { return h.Part })
	return db.guidesFound(ctx, authority, hits[:min(len(hits), limit)])
}

// guidesFound reads pages that were found, in their order.
func (db *DB) guidesFound(ctx context.Context, authority doithoai.ID, hits []search.Hit) (all []GuideRow, err error) {
	if len(hits) == 0 {
		return nil, nil
	}
	var ids []doithoai.ID
	for _, h := range hits {
		ids = append(ids, doithoai.ID(h.Key))
	}
	args := []any{authority}
	rows, err := db.guideRows(ctx, db.reader(), authority, ` WHERE g.authority_id = $1 AND g.state = 'published'
		AND g.id IN `+inList(binder(&args), ids), args...)
	for _, h := range hits {
		at := slices.IndexFunc(rows, func(g GuideRow) bool { return string(g.ID) == h.Key })
		if at >= 0 { // else it was withdrawn meanwhile
			all = append(all, rows[at])
		}
	}
	return all, err
}

// guideIndex is what is held of an authority's public pages, read where it is not: the newest ones.
func (db *DB) guideIndex(
	ctx context.Context, authority doithoai.ID,
) (*search.Index, *search.Synonyms, error) {
	a := db.searches.get(authority)
	a.mu.Lock()
	defer a.mu.Unlock()
	if err := db.loadSynonyms(ctx, authority, a); err != nil {
		return nil, nil, err
	}
	if a.guides != nil {
		return a.guides, a.synonyms, nil
	}
	docs, err := list(ctx, db.reader(), func(r row) (d search.Document, err error) {
		var procedure, field, unit string
		err = r.Scan(&d.ID, &d.Key, &d.Field, &d.Title, &procedure, &d.Answer, &field, &unit)
		d.Question, d.About = procedure, field+". "+unit
		return d, err
	}, `SELECT g.number, g.id, g.field_code, g.title, g.procedure, g.body, coalesce(f.name, ''), u.name
		FROM guide g
		JOIN unit u ON u.id = g.unit_id
		LEFT JOIN field f ON f.authority_id = g.authority_id AND f.code = g.field_code
		WHERE g.authority_id = $1 AND g.state = 'published'
		ORDER BY g.number DESC LIMIT $2`, authority, newestHeld)
	if err != nil {
		return nil, nil, err
	}
	a.guides = search.NewIndex()
	a.guides.Add(docs...)
	return a.guides, a.synonyms, nil
}
