package store

import (
	"context"
	"fmt"
	"strings"

	"doithoai"
	"doithoai/text"
)

// Row is one opinion in a staff list.
type Row struct {
	Opinion     doithoai.Opinion
	Petition    *doithoai.Petition // only State, Start, Due, LeadUnitID, AnsweredAt, Version
	Unit        string
	Village     string
	Publication doithoai.PublicationState
	ProposedBy  doithoai.ID
	TypedBy     doithoai.ID
	Conduct     bool // about how officials serve
}

// Subject is what permission depends on for the row. Rows hold nothing that is about the conduct of who reads them.
func (r Row) Subject() doithoai.Subject {
	s := doithoai.Subject{AuthorityID: r.Opinion.AuthorityID, ProposedBy: r.ProposedBy, TypedBy: r.TypedBy, Conduct: r.Conduct}
	if r.Petition != nil {
		s.State, s.LeadUnitID = r.Petition.State, r.Petition.LeadUnitID
	}
	return s
}

// Title is the row's title: what was said, in brief.
func (r Row) Title() string { return text.Headline(r.Opinion.Content) }

const rowQuery = `SELECT o.id, o.authority_id, o.slip_id, o.dialogue_id, o.number, o.channel, o.manner, o.content, o.field_code, o.village_id, o.received_at,
	o.out_of_scope, o.ruling, o.ruled_at, o.petition_id, o.version,
	coalesce(p.state, ''), p.start_day, p.due, p.lead_unit_id, p.answered_at, coalesce(p.version, 0), coalesce(u.name, ''), coalesce(v.name, ''), coalesce(pu.state, ''), pu.proposed_by,
	sl.typed_by, CASE WHEN f.conduct OR EXISTS (SELECT 1 FROM concerned n WHERE n.opinion_id = o.id) THEN 1 ELSE 0 END
	FROM opinion o
	JOIN slip sl ON sl.id = o.slip_id
	LEFT JOIN field f ON f.authority_id = o.authority_id AND f.code = o.field_code
	LEFT JOIN petition p ON p.id = o.petition_id
	LEFT JOIN unit u ON u.id = p.lead_unit_id
	LEFT JOIN village v ON v.id = o.village_id
	LEFT JOIN publication pu ON pu.opinion_id = o.id
	WHERE o.authority_id = $1 AND o.ruling <> 'TC'`

func scanRow(r row) (w Row, err error) {
	var p doithoai.Petition
	o := &w.Opinion
	err = r.Scan(&o.ID, &o.AuthorityID, &o.SlipID, &o.DialogueID, &o.Number, &o.Channel, &o.Manner, &o.Content, &o.FieldCode, &o.VillageID, &o.ReceivedAt,
		&o.OutOfScope, &o.Ruling, &o.RuledAt, &o.PetitionID, &o.Version,
		&p.State, &p.Start, &p.Due, &p.LeadUnitID, &p.AnsweredAt, &p.Version, &w.Unit, &w.Village, &w.Publication, &w.ProposedBy, &w.TypedBy, &w.Conduct)
	if o.PetitionID != "" {
		p.ID, p.AuthorityID, p.OpinionID = o.PetitionID, o.AuthorityID, o.ID
		w.Petition = &p
	}
	return w, err
}

// Tab is a saved filter of the register.
type Tab string

const (
	TabAll         Tab = "tat-ca"
	TabUnruled     Tab = "cho-phan-loai"
	TabProcessing  Tab = "dang-xu-ly"
	TabLate        Tab = "qua-han"
	TabToSign      Tab = "cho-ky"
	TabToDispatch  Tab = "cho-phat-hanh"
	TabAnswered    Tab = "da-tra-loi"
	TabUnpublished Tab = "chua-cong-khai"
)

// Tabs of the register in their order.
var Tabs = []Tab{TabAll, TabUnruled, TabProcessing, TabLate, TabToSign, TabToDispatch, TabAnswered, TabUnpublished}

var tabConditions = map[Tab]string{
	TabAll:        `1 = 1`,
	TabUnruled:    `o.ruling = ''`,
	TabProcessing: `p.state IN ('processing', 'returned', 'paused')`,
	TabLate: `(p.state NOT IN ('answered', 'ended', 'paused') AND p.due < $today OR o.ruling = '' AND o.received_at < $late
		AND NOT EXISTS (SELECT 1 FROM dialogue d WHERE d.id = o.dialogue_id AND d.starts_at >= $midnight))`,
	TabToSign:      `p.state = 'submitted'`,
	TabToDispatch:  `p.state = 'signed'`,
	TabAnswered:    `(p.state = 'answered' OR o.ruling IN ('TL-NGAY', 'CQ-KHAC'))`,
	TabUnpublished: `(p.state = 'answered' OR o.ruling IN ('TL-NGAY', 'CQ-KHAC')) AND coalesce(pu.state, '') <> 'published'`,
}

// Filter narrows the register; zero fields do not.
type Filter struct {
	Tab    Tab
	Number string      // register number, or a part of it
	Before doithoai.ID // last opinion of the page before
	Limit  int
}

// lateness is what the tab of what is late compares with.
type lateness struct {
	today    doithoai.Date
	midnight doithoai.Instant // with which today began
	late     doithoai.Instant // Rules.unruledLate
}

func (db *DB) lateness(ctx context.Context, actor doithoai.Actor) (lateness, error) {
	rules, err := loadRules(ctx, db.reader(), actor.AuthorityID)
	today := db.Now().Date()
	return lateness{today, doithoai.InstantAt(today, 0, 0), rules.unruledLate(today)}, err
}

// conditions writes the filter and the actor's reach.
func (f Filter) conditions(actor doithoai.Actor, l lateness, args []any) (string, []any) {
	var b strings.Builder
	bind := func(v any) string {
		args = append(args, v)
		return fmt.Sprintf("$%d", len(args))
	}
	condition, ok := tabConditions[f.Tab]
	if !ok {
		condition = tabConditions[TabAll]
	}
	for _, v := range []struct {
		name  string
		value any
	}{{"$today", l.today}, {"$midnight", l.midnight}, {"$late", l.late}} {
		if strings.Contains(condition, v.name) {
			condition = strings.ReplaceAll(condition, v.name, bind(v.value))
		}
	}
	b.WriteString(" AND " + condition)
	if f.Number != "" {
		b.WriteString(` AND o.number LIKE ` + bind("%"+likeEscape(strings.ToUpper(f.Number))+"%") + ` ESCAPE '\'`)
	}
	b.WriteString(reach(actor, l.today, bind))
	return b.String(), args
}

func likeEscape(s string) string {
	return strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(s)
}

// Register lists opinions, newest first. more reports whether another page follows.
func (db *DB) Register(ctx context.Context, actor doithoai.Actor, f Filter) (rows []Row, more bool, err error) {
	if !doithoai.MayEver(actor, doithoai.ActSeeOpinions) {
		return nil, false, doithoai.Refuse(doithoai.NotAllowed, "error.not_allowed")
	}
	late, err := db.lateness(ctx, actor)
	if err != nil {
		return nil, false, err
	}
	conditions, args := f.conditions(actor, late, []any{actor.AuthorityID})
	query := rowQuery + conditions
	if f.Before != "" {
		if err := known(f.Before); err != nil {
			return nil, false, err
		}
		args = append(args, f.Before)
		query += fmt.Sprintf(" AND o.id < $%d", len(args))
	}
	args = append(args, f.Limit+1)
	rows, err = list(ctx, db.reader(), scanRow, query+fmt.Sprintf(" ORDER BY o.id DESC LIMIT $%d", len(args)), args...)
	if len(rows) > f.Limit {
		return rows[:f.Limit], true, err
	}
	return rows, false, err
}

// TabCounts counts the rows of every tab of the register, as far as the actor reaches.
func (db *DB) TabCounts(ctx context.Context, actor doithoai.Actor) (map[Tab]int, error) {
	if !doithoai.MayEver(actor, doithoai.ActSeeOpinions) {
		return nil, doithoai.Refuse(doithoai.NotAllowed, "error.not_allowed")
	}
	late, err := db.lateness(ctx, actor)
	if err != nil {
		return nil, err
	}
	counts := make(map[Tab]int, len(Tabs))
	for _, t := range Tabs {
		conditions, args := Filter{Tab: t}.conditions(actor, late, []any{actor.AuthorityID})
		n, err := one(ctx, db.reader(), column[int], `SELECT count(*) FROM opinion o LEFT JOIN petition p ON p.id = o.petition_id
			LEFT JOIN publication pu ON pu.opinion_id = o.id WHERE o.authority_id = $1 AND o.ruling <> 'TC'`+conditions, args...)
		if err != nil {
			return nil, err
		}
		counts[t] = n
	}
	return counts, nil
}

// Denunciations counts the opinions that left this flow as denunciations: the count is all there is to see.
func (db *DB) Denunciations(ctx context.Context, actor doithoai.Actor) (int, error) {
	if doithoai.Can(actor, doithoai.ActSeeFigures, doithoai.Subject{AuthorityID: actor.AuthorityID}) != nil &&
		doithoai.Can(actor, doithoai.ActSeeOpinions, doithoai.Subject{AuthorityID: actor.AuthorityID}) != nil {
		return 0, doithoai.Refuse(doithoai.NotAllowed, "error.not_allowed")
	}
	return one(ctx, db.reader(), column[int], `SELECT count(*) FROM opinion WHERE authority_id = $1 AND ruling = 'TC'`, actor.AuthorityID)
}

// maxWork bounds the desk: who has more has another problem than a list.
const maxWork = 300

// Work lists the opinions on which somebody still has something to do, earliest due first and then oldest first; the
// desk decides what of it waits for whom. Unit officers get what their unit leads.
func (db *DB) Work(ctx context.Context, actor doithoai.Actor) ([]Row, error) {
	if !doithoai.MayEver(actor, doithoai.ActSeeOpinions) {
		return nil, nil
	}
	query, args := rowQuery, []any{actor.AuthorityID}
	query += reach(actor, db.Now().Date(), binder(&args))
	args = append(args, maxWork)
	return list(ctx, db.reader(), scanRow, query+fmt.Sprintf(` AND (o.ruling = '' OR p.state IN ('processing', 'submitted', 'returned', 'paused', 'signed')
		OR ((p.state = 'answered' OR o.ruling IN ('TL-NGAY', 'CQ-KHAC')) AND coalesce(pu.state, '') <> 'published'))
		ORDER BY CASE WHEN p.due IS NULL THEN 1 ELSE 0 END, p.due, o.id LIMIT $%d`, len(args)), args...)
}

// HandDelivery is somebody who must be told by hand.
type HandDelivery struct {
	Delivery doithoai.Delivery
	Opinion  doithoai.Opinion // only ID, Number, Content; its page opens the name and how to reach them, with a reason
	Village  string
}

// HandDeliveries lists answers, and news of their due dates, that people must bring to their askers: by telephone, by post, at the counter, read out.
func (db *DB) HandDeliveries(ctx context.Context, actor doithoai.Actor) ([]HandDelivery, error) {
	if err := doithoai.Can(actor, doithoai.ActRecordDelivery, doithoai.Subject{AuthorityID: actor.AuthorityID}); err != nil {
		return nil, err
	}
	args := []any{actor.AuthorityID, string(doithoai.DeliveryReceived), string(doithoai.WayEmail), string(doithoai.DeliveryQueued), string(doithoai.DeliveryFailed), maxWork}
	hidden := notConcerned(actor, db.Now().Date(), binder(&args))
	return list(ctx, db.reader(), func(r row) (h HandDelivery, err error) {
		d, o := &h.Delivery, &h.Opinion
		return h, r.Scan(&d.ID, &d.AuthorityID, &d.SlipID, &d.OpinionID, &d.Kind, &d.Way, &d.State, &d.Attempts, &d.CreatedAt, &d.SentAt, &d.Version, &o.ID, &o.Number, &o.Content, &h.Village)
	}, `SELECT d.id, d.authority_id, d.slip_id, d.opinion_id, d.kind, d.way, d.state, d.attempts, d.created_at, d.sent_at, d.version, o.id, o.number, o.content, coalesce(v.name, '')
		FROM delivery d JOIN opinion o ON o.id = d.opinion_id LEFT JOIN village v ON v.id = o.village_id
		WHERE d.authority_id = $1 AND d.kind <> $2 AND o.ruling <> 'TC' AND (d.way <> $3 AND d.state = $4 OR d.state = $5)`+hidden+` ORDER BY d.id LIMIT $6`, args...)
}

// OpinionIDByNumber finds the opinion of a register number of the actor's authority. Whether the actor may open it,
// OpinionFile decides.
func (db *DB) OpinionIDByNumber(ctx context.Context, actor doithoai.Actor, number doithoai.RegisterNumber) (doithoai.ID, error) {
	return one(ctx, db.reader(), column[doithoai.ID], `SELECT id FROM opinion WHERE authority_id = $1 AND number = $2`, actor.AuthorityID, string(number))
}

// OpinionFile is everything on the page of one opinion.
type OpinionFile struct {
	FollowedOpinion
	Submitted   doithoai.Answer // the answer as it stands, also before it is dispatched
	Publish     *doithoai.Publication
	Village     string
	Ways        []doithoai.Way
	TypedBy     string
	People      map[doithoai.ID]string // names of officers in events
	Texts       map[int64]string       // free text by event
	Units       map[doithoai.ID]string // names of units in events
	Deliveries  []doithoai.Delivery
	SlipNumbers []doithoai.RegisterNumber // the other opinions of the same slip
	Subject     doithoai.Subject          // what permission depends on, but for the publication

	Explanations []doithoai.Explanation // asked of officers whom it is about
}

// OpinionFile opens an opinion's page.
func (db *DB) OpinionFile(ctx context.Context, actor doithoai.Actor, id doithoai.ID) (OpinionFile, error) {
	return db.openFile(ctx, actor, doithoai.ActSeeOpinions, id)
}

// openFile reads everything on an opinion, for an act of seeing it.
func (db *DB) openFile(ctx context.Context, actor doithoai.Actor, act doithoai.Act, id doithoai.ID) (f OpinionFile, err error) {
	q := db.reader()
	o, err := opinionByID(ctx, q, id)
	if err != nil {
		return f, err
	}
	if f.FollowedOpinion, err = followOpinion(ctx, q, o); err != nil {
		return f, err
	}
	if f.Subject, err = subjectOf(ctx, q, o, f.Petition, db.Now().Date()); err != nil {
		return f, err
	}
	if err := doithoai.Can(actor, act, f.Subject); err != nil {
		return f, err
	}
	if f.Publish, err = publicationOf(ctx, q, id); err != nil {
		return f, err
	}
	if f.Petition != nil {
		f.Submitted, err = one(ctx, q, scanAnswer, `SELECT `+answerColumns+` FROM answer WHERE petition_id = $1`, f.Petition.ID)
		if err != nil && doithoai.KindOf(err) != doithoai.NotFound {
			return f, err
		}
	}
	if f.Explanations, err = explanationsOf(ctx, q, id); err != nil {
		return f, err
	}
	if err := f.loadSlip(ctx, q, actor, db.Now().Date()); err != nil {
		return f, err
	}
	if f.People, err = pairs[doithoai.ID](ctx, q, `SELECT id, name FROM officer WHERE authority_id = $1`, o.AuthorityID); err != nil {
		return f, err
	}
	if f.Units, err = pairs[doithoai.ID](ctx, q, `SELECT id, name FROM unit WHERE authority_id = $1`, o.AuthorityID); err != nil {
		return f, err
	}
	if f.Texts, err = pairs[int64](ctx, q, `SELECT t.leaf, t.body FROM event_text t JOIN event e ON e.leaf = t.leaf WHERE e.opinion_id = $1`, id); err != nil {
		return f, err
	}
	f.Deliveries, err = list(ctx, q, scanDelivery, `SELECT `+deliveryColumns+` FROM delivery WHERE slip_id = $1 AND (opinion_id IS NULL OR opinion_id = $2) ORDER BY id`, o.SlipID, id)
	return f, err
}

func (f *OpinionFile) loadSlip(ctx context.Context, q querier, actor doithoai.Actor, on doithoai.Date) error {
	o := f.Opinion
	var ways string
	var typedBy doithoai.ID
	if err := q.queryRow(ctx, `SELECT coalesce(v.name, ''), p.ways, s.typed_by FROM slip s JOIN petitioner p ON p.slip_id = s.id LEFT JOIN village v ON v.id = p.village_id WHERE s.id = $1`, o.SlipID).
		Scan(&f.Village, &ways, &typedBy); err != nil {
		return fmt.Errorf("slip of opinion: %w", err)
	}
	f.Ways = splitWays(ways)
	if typedBy != "" {
		var err error
		if f.TypedBy, err = one(ctx, q, column[string], `SELECT name FROM officer WHERE id = $1`, typedBy); err != nil {
			return err
		}
	}
	var err error
	args := []any{o.SlipID, o.ID}
	query := `SELECT o.number FROM opinion o WHERE o.slip_id = $1 AND o.id <> $2 AND o.ruling <> 'TC'` + notConcerned(actor, on, binder(&args)) + ` ORDER BY o.id`
	f.SlipNumbers, err = list(ctx, q, column[doithoai.RegisterNumber], query, args...)
	return err
}

func pairs[K comparable](ctx context.Context, q querier, query string, args ...any) (map[K]string, error) {
	type pair struct {
		id   K
		text string
	}
	rows, err := list(ctx, q, func(r row) (p pair, err error) { return p, r.Scan(&p.id, &p.text) }, query, args...)
	m := make(map[K]string, len(rows))
	for _, p := range rows {
		m[p.id] = p.text
	}
	return m, err
}

// HallRow is one opinion of a dialogue as its secretary sees it, with who raised it.
type HallRow struct {
	Row
	Name string
}

// DialogueOpinions lists a dialogue's opinions in the order received, with the names the secretary calls out. Opening it
// is what the secretary's work needs; it is not open to units.
func (db *DB) DialogueOpinions(ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID) ([]HallRow, error) {
	if err := doithoai.Can(actor, doithoai.ActRecordOpinion, doithoai.Subject{AuthorityID: actor.AuthorityID}); err != nil {
		return nil, err
	}
	args := []any{actor.AuthorityID, dialogue}
	query := rowQuery + ` AND o.dialogue_id = $2` + notConcerned(actor, db.Now().Date(), binder(&args)) + ` ORDER BY o.id`
	rows, err := list(ctx, db.reader(), scanRow, query, args...)
	if err != nil {
		return nil, err
	}
	names, err := pairs[doithoai.ID](ctx, db.reader(), `SELECT s.id, p.name FROM slip s JOIN petitioner p ON p.slip_id = s.id WHERE s.dialogue_id = $1 AND s.authority_id = $2`, dialogue, actor.AuthorityID)
	if err != nil {
		return nil, err
	}
	all := make([]HallRow, len(rows))
	for i, r := range rows {
		all[i] = HallRow{Row: r, Name: names[r.Opinion.SlipID]}
	}
	return all, nil
}
