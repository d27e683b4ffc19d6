package store

import (
	"context"
	"fmt"
	"strings"

	"doithoai/text"

	"doithoai"
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
	return lateness{today, doithoai.InstantAt(today, 0, 0), rules.UnruledLate(today)}, err
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
		if err := checkID(f.Before); err != nil {
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
