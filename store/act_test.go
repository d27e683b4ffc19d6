package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"doithoai"
	"doithoai/calendar"
	"doithoai/text"
)

// fixed are tables of default rules, of many rows, which only SetUp writes.
var fixed = []string{"field"}

// fingerprint is what the rows of each table that acts write amount to, to show that nothing changed.
func fingerprint(t testing.TB, db *DB) map[string]string {
	t.Helper()
	query, known := fingerprintQueries.Load(db.dialect)
	if !known {
		query = fingerprintQuery(t, db)
		fingerprintQueries.Store(db.dialect, query)
	}
	tables, err := pairs[string](context.Background(), db.reader(), query.(string))
	must(t, err)
	return tables
}

// fingerprintQueries have the query of each dialect. It asks for all tables at once as text: the engine puts that
// together in a fraction of the time that reading row by row takes, and tests ask often. PostgreSQL's rows are put in
// order: one that was written again as it was stands elsewhere.
var fingerprintQueries sync.Map

func fingerprintQuery(t testing.TB, db *DB) string {
	t.Helper()
	var each []string
	for _, b := range backupTables {
		if slices.Contains(fixed, b.name) {
			continue
		}
		table, err := db.dialect.describe(context.Background(), db.reader(), b.name, b.order)
		must(t, err)
		whole := "(SELECT string_agg(r::text, ';' ORDER BY r::text) FROM " + b.name + " r)"
		if db.dialect == dialectSQLite {
			whole = "(SELECT group_concat(quote(" + strings.Join(table.columns, ")||','||quote(") + "), ';') FROM " + b.name +
				")"
		}
		each = append(each, "SELECT '"+b.name+"', coalesce("+whole+", '')")
	}
	return strings.Join(each, " UNION ALL ")
}

func wantSame(t testing.TB, before, after map[string]string) {
	t.Helper()
	for name, sum := range before {
		if after[name] != sum {
			t.Errorf("table %s changed", name)
		}
	}
}

// everyRole is an actor with all roles in the other authority: whatever is refused to it is refused for the authority.
func (fx *fixture) everyRole() doithoai.Actor {
	a := fx.otherOffice
	a.Roles = append(append([]doithoai.Role{}, doithoai.OfficerRoles...), doithoai.RoleResident, doithoai.RoleSystem)
	return a
}

// badIDs are ids that name nothing, for whatever reason.
var badIDs = []doithoai.ID{
	"", "x", "1", "' OR 1=1 --", "00000000-0000-0000-0000-000000000000",
	"urn:uuid:0190e5e0-0000-7000-8000-000000000000", "0190E5E0-0000-7000-8000-000000000000",
	"0190e5e0000070008000000000000000", "{0190e5e0-0000-7000-8000-000000000000}", "\x00", "\xff",
}

// actOn does an act on an opinion.
type actOn func(ctx context.Context, db *DB, fx *fixture, a doithoai.Actor, id doithoai.ID, version int) error

// opinionAct is an act on an opinion with everything that every such act must refuse.
type opinionAct struct {
	act     doithoai.Act
	from    stage // the opinion stands here
	version int   // that the act must name
	actor   func(*fixture) doithoai.Actor
	denied  func(*fixture) []doithoai.Actor
	wrong   []stage // stages from which the act is a Conflict
	do      actOn
	invalid map[string]actOn // by the field of the problem
	again   bool             // doing it twice is no Conflict
}

func (a opinionAct) test(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		id := fx.bring(t, db, 1, a.from).Opinions[0].ID
		actor := a.actor(fx)
		before := fingerprint(t, db)
		for _, denied := range a.denied(fx) {
			wantKind(t, a.do(ctx, db, fx, denied, id, a.version), doithoai.NotAllowed, "")
		}
		forged := actor
		forged.Roles = []doithoai.Role{"owner", ""}
		wantKind(t, a.do(ctx, db, fx, forged, id, a.version), doithoai.NotAllowed, "")
		wantKind(t, a.do(ctx, db, fx, fx.everyRole(), id, a.version), doithoai.NotFound, "")
		wantKind(t, a.do(ctx, db, fx, doithoai.Actor{}, id, a.version), doithoai.NotFound, "")
		for _, bad := range badIDs {
			wantKind(t, a.do(ctx, db, fx, actor, bad, a.version), doithoai.NotFound, "")
		}
		if !a.again {
			for _, stale := range []int{a.version - 1, a.version + 1, -7} {
				if a.act != doithoai.ActProposePublication || a.version > 0 { // a first proposal has no version to be stale
					wantKind(t, a.do(ctx, db, fx, actor, id, stale), doithoai.Conflict, "")
				}
			}
		}
		for field, do := range a.invalid {
			for _, denied := range a.denied(fx) { // who may not do it isn't told what is wrong with it
				wantKind(t, do(ctx, db, fx, denied, id, a.version), doithoai.NotAllowed, "")
			}
			err := do(ctx, db, fx, actor, id, a.version)
			wantKind(t, err, doithoai.Invalid, "")
			if p := doithoai.ProblemsOf(err); len(p) == 0 ||
				!slices.ContainsFunc(p, func(p doithoai.Problem) bool { return p.Field == strings.TrimRight(field, "*") }) {
				t.Errorf("problems %v, want one at %s", p, field)
			}
		}
		wantSame(t, before, fingerprint(t, db))
		must(t, a.do(ctx, db, fx, actor, id, a.version))
		events, err := eventsOf(ctx, db.reader(), id)
		must(t, err)
		if last := events[len(events)-1]; last.Act != a.act || last.ActorID != actor.ID || last.At != db.Now() {
			t.Errorf("last event %+v", last)
		}
		if !a.again {
			before = fingerprint(t, db)
			wantKind(t, a.do(ctx, db, fx, actor, id, a.version), doithoai.Conflict, "")
			wantSame(t, before, fingerprint(t, db))
		}
		for i, s := range a.wrong {
			other := fx.bring(t, db, 10+i, s).Opinions[0].ID
			before = fingerprint(t, db)
			for version := range 6 {
				wantKind(t, a.do(ctx, db, fx, actor, other, version), doithoai.Conflict, "")
			}
			wantSame(t, before, fingerprint(t, db))
		}
		wantClean(t, db)
	})
}

func office(fx *fixture) doithoai.Actor { return fx.office }

func chair(fx *fixture) doithoai.Actor { return fx.chair }

func secretary(fx *fixture) doithoai.Actor { return fx.secretary }

func justice(fx *fixture) doithoai.Actor { return fx.justice }

func all(pick ...func(*fixture) doithoai.Actor) func(*fixture) []doithoai.Actor {
	return func(fx *fixture) (list []doithoai.Actor) {
		for _, p := range pick {
			list = append(list, p(fx))
		}
		return append(list, fx.admin, fx.resident)
	}
}

func land(fx *fixture) doithoai.Actor { return fx.land }

// long is a text of n characters.
func long(n int) string { return strings.Repeat("ộ", n) }

// opinionActs are acts that name a version, by their methods. In the table they are tried as somebody of another
// authority, and twice at once, too.
var opinionActs = map[string]opinionAct{
	"NamePetitioner": {
		act: doithoai.ActNamePetitioner, from: heard, version: 1, actor: secretary, denied: all(chair, justice, land),
		wrong: []stage{received, ruled},
		do:    name("Lê Văn Thử", func(fx *fixture) doithoai.ID { return fx.villages[1].ID }),
		invalid: map[string]actOn{
			"ho-ten":  name("", func(*fixture) doithoai.ID { return "" }),
			"ho-ten*": name(long(doithoai.MaxLine+1), func(*fixture) doithoai.ID { return "" }),
			"thon":    name("Lê Văn Thử", func(fx *fixture) doithoai.ID { return fx.otherVillage.ID }),
			"thon*":   name("Lê Văn Thử", func(*fixture) doithoai.ID { return "không phải mã" }),
		},
	},
	"WithdrawOpinion": {
		act: doithoai.ActWithdrawOpinion, from: ruled, version: 2, actor: secretary, denied: all(chair, justice, land),
		wrong: []stage{submitted, signed, dispatched, published},
		do:    withdrawn(testWithdrawal),
		invalid: map[string]actOn{
			"rut-ly-do":  withdrawn("Bà Thử"),
			"rut-ly-do*": withdrawn("Bà Thử nói vậy " + long(doithoai.MaxWithdrawn)),
		},
	},
	"WithdrawDraft": {
		act: doithoai.ActWithdrawDraft, from: submitted, version: 2, actor: justice,
		denied: all(chair, office, secretary, land),
		do: func(ctx context.Context, db *DB, _ *fixture, a doithoai.Actor, id doithoai.ID, version int) error {
			return db.WithdrawDraft(ctx, a, id, version)
		},
	},
	"ReturnAnswer": {
		act: doithoai.ActReturnAnswer, from: submitted, version: 2, actor: chair,
		denied: all(office, secretary, justice, land),
		wrong:  []stage{received, ruled, signed, dispatched},
		do: func(ctx context.Context, db *DB, _ *fixture, a doithoai.Actor, id doithoai.ID, version int) error {
			return db.ReturnAnswer(ctx, a, id, version, "Chưa rõ ngày.")
		},
		invalid: map[string]actOn{
			"ly-do": func(ctx context.Context, db *DB, _ *fixture, a doithoai.Actor, id doithoai.ID, version int) error {
				return db.ReturnAnswer(ctx, a, id, version, "")
			},
		},
	},
	"ProposeExtension": {
		act: doithoai.ActProposeExtension, from: ruled, version: 1, actor: justice,
		denied: all(chair, secretary, land),
		wrong:  []stage{dispatched, toExtend},
		do:     propose(func(*doithoai.Extension) {}),
		invalid: map[string]actOn{
			"gia-han-den":    propose(func(e *doithoai.Extension) { e.To = calendar.Date{} }),
			"gia-han-den*":   propose(func(e *doithoai.Extension) { e.To = calendar.DateOf(2026, 10, 31) }), // a Saturday
			"gia-han-den**":  propose(func(e *doithoai.Extension) { e.To = calendar.DateOf(2026, 10, 30) }),
			"gia-han-den***": propose(func(e *doithoai.Extension) { e.To = calendar.DateOf(2026, 11, 16) }),
			"gia-han-ly-do":  propose(func(e *doithoai.Extension) { e.Reason = "" }),
			"gia-han-ly-do*": propose(func(e *doithoai.Extension) { e.Reason = long(doithoai.MaxMatter + 1) }),
		},
	},
	"AgreeExtension": {
		act: doithoai.ActExtendPetition, from: toExtend, version: 2, actor: chair,
		denied: all(office, secretary, justice, land),
		wrong:  []stage{received, ruled, dispatched},
		do: func(ctx context.Context, db *DB, _ *fixture, a doithoai.Actor, id doithoai.ID, version int) error {
			return db.AgreeExtension(ctx, a, id, version)
		},
	},
	"DisputePetition": {
		act: doithoai.ActDisputePetition, from: ruled, version: 1, actor: justice,
		denied: all(chair, office, secretary, land), wrong: []stage{submitted, dispatched},
		do: dispute(func(*fixture, *doithoai.Dispute) {}),
		invalid: map[string]actOn{
			doithoai.FieldDisputeUnit: dispute(func(_ *fixture, d *doithoai.Dispute) { d.Unit = "" }),
			doithoai.FieldDisputeUnit + "*": dispute(func(fx *fixture, d *doithoai.Dispute) {
				d.Unit = fx.otherUnits["van-phong"].ID
			}),
			doithoai.FieldDisputeReason: dispute(func(_ *fixture, d *doithoai.Dispute) { d.Reason = "" }),
		},
	},
	"GivePetition": {
		act: doithoai.ActGivePetition, from: ruled, version: 1, actor: justice, denied: all(secretary, land),
		wrong: []stage{submitted, signed, dispatched},
		do:    give(func(fx *fixture) doithoai.ID { return fx.justice.ID }),
		invalid: map[string]actOn{
			doithoai.FieldOfficer:       give(func(*fixture) doithoai.ID { return "" }), // nobody has it already
			doithoai.FieldOfficer + "*": give(func(fx *fixture) doithoai.ID { return fx.land.ID }),
		},
	},
	"HandOverPetition": {
		act: doithoai.ActHandOverPetition, from: ruled, version: 1, actor: office, denied: all(secretary, justice, land),
		wrong: []stage{received, submitted, signed, dispatched},
		do:    handOver(func(*fixture, *doithoai.HandOver) {}),
		invalid: map[string]actOn{
			doithoai.FieldHandOverTo: handOver(func(_ *fixture, h *doithoai.HandOver) { h.To = "" }),
			doithoai.FieldHandOverTo + "*": handOver(func(fx *fixture, h *doithoai.HandOver) {
				h.To = fx.otherUnits["van-phong"].ID
			}),
			doithoai.FieldHandOverTo + "**":    handOver(func(fx *fixture, h *doithoai.HandOver) { h.To = fx.justice.UnitID }),
			doithoai.FieldHandOverReason:       handOver(func(_ *fixture, h *doithoai.HandOver) { h.Reason = "" }),
			doithoai.FieldHandOverReason + "*": handOver(func(_ *fixture, h *doithoai.HandOver) { h.Reason = long(5001) }),
		},
	},
	"DeclineExtension": {
		act: doithoai.ActDeclineExtension, from: toExtend, version: 2, actor: chair,
		denied: all(office, secretary, justice, land),
		wrong:  []stage{received, ruled, dispatched},
		do: func(ctx context.Context, db *DB, _ *fixture, a doithoai.Actor, id doithoai.ID, version int) error {
			return db.DeclineExtension(ctx, a, id, version, "Hồ sơ đã đủ.")
		},
		invalid: map[string]actOn{
			"tu-choi-ly-do": func(ctx context.Context, db *DB, _ *fixture, a doithoai.Actor, id doithoai.ID, version int) error {
				return db.DeclineExtension(ctx, a, id, version, "")
			},
		},
	},
	"WithdrawExtension": {
		act: doithoai.ActWithdrawExtension, from: toExtend, version: 2, actor: justice,
		denied: all(chair, office, secretary, land),
		do: func(ctx context.Context, db *DB, _ *fixture, a doithoai.Actor, id doithoai.ID, version int) error {
			return db.WithdrawExtension(ctx, a, id, version)
		},
	},
	"SetHeadline": {
		act: doithoai.ActSetHeadline, from: ruled, version: 2, actor: justice, denied: all(land),
		do: func(ctx context.Context, db *DB, _ *fixture, a doithoai.Actor, id doithoai.ID, version int) error {
			return db.SetHeadline(ctx, a, id, version, "Nước đọng trước cổng trường")
		},
		invalid: map[string]actOn{
			doithoai.FieldHeadline: func(
				ctx context.Context, db *DB, _ *fixture, a doithoai.Actor, id doithoai.ID, version int,
			) error {
				return db.SetHeadline(ctx, a, id, version, long(doithoai.MaxHeadline+1))
			},
		},
	},
	"ClassifyOpinion": {
		act: doithoai.ActClassifyOpinion, from: ruled, version: 2, actor: secretary, denied: all(justice, land),
		do: classify(func(*fixture, *doithoai.Classification) {}),
		invalid: map[string]actOn{
			doithoai.FieldKind:       classify(func(_ *fixture, c *doithoai.Classification) { c.Kind = "to_cao" }),
			doithoai.FieldKind + "*": classify(func(_ *fixture, c *doithoai.Classification) { c.Kind = "" }),
			doithoai.FieldContent:    classify(func(_ *fixture, c *doithoai.Classification) { c.Content = 7 }),
			doithoai.FieldPlace: classify(func(fx *fixture, c *doithoai.Classification) {
				c.VillageID = fx.otherVillage.ID
			}),
			doithoai.FieldPlace + "*": classify(func(_ *fixture, c *doithoai.Classification) { c.VillageID = "Thôn 1" }),
			doithoai.FieldElsewhere: classify(func(fx *fixture, c *doithoai.Classification) {
				c.VillageID, c.Elsewhere = fx.villages[0].ID, "Xã bên"
			}),
			doithoai.FieldElsewhere + "*": classify(func(_ *fixture, c *doithoai.Classification) {
				c.Elsewhere = long(doithoai.MaxPlace + 1)
			}),
			"linh-vuc":  classify(func(_ *fixture, c *doithoai.Classification) { c.FieldCode = "khong-co" }),
			"linh-vuc*": classify(func(_ *fixture, c *doithoai.Classification) { c.FieldCode = "thai-do" }), // a unit leads it
		},
	},
	"SplitOpinion": {
		act: doithoai.ActSplitOpinion, from: ruled, version: 2, actor: secretary, denied: all(justice, land),
		wrong: []stage{submitted, signed, dispatched, published},
		do:    splits("Thủ tục đất đai"),
		invalid: map[string]actOn{
			doithoai.FieldPart:          splits(""),
			doithoai.FieldPart + "*":    splits(long(doithoai.MaxMatter + 1)),
			doithoai.FieldPart + "**":   splits("Thủ tục nhà ở"),
			doithoai.FieldPart + "***":  splits("đất đai thủ tục"),                               // not as it was said
			doithoai.FieldPart + "****": splits("Thủ tục đất đai của gia đình tôi bao giờ xong"), // all of it
		},
	},
	"SummariseOpinion": {
		act: doithoai.ActSummariseOpinion, from: ruled, version: 2, actor: secretary, denied: all(chair, justice, land),
		do: func(ctx context.Context, db *DB, _ *fixture, a doithoai.Actor, id doithoai.ID, version int) error {
			return db.SummariseOpinion(ctx, a, id, version, "Đề nghị khơi rãnh thoát nước trước cổng trường.")
		},
		invalid: map[string]actOn{
			doithoai.FieldSummary: func(
				ctx context.Context, db *DB, _ *fixture, a doithoai.Actor, id doithoai.ID, version int,
			) error {
				return db.SummariseOpinion(ctx, a, id, version, long(doithoai.MaxShown+1))
			},
		},
	},
	"TriageQuestion": {
		act: doithoai.ActTriageQuestion, from: received, version: 0, actor: office,
		denied: all(chair, secretary, justice, land), wrong: []stage{ruled},
		do: triage(func(*fixture, *DB, *doithoai.ID, *string, *calendar.Date) {}),
		invalid: map[string]actOn{
			"don-vi": triage(func(_ *fixture, _ *DB, unit *doithoai.ID, _ *string, _ *calendar.Date) { *unit = newID() }),
			"han": triage(func(_ *fixture, db *DB, _ *doithoai.ID, _ *string, due *calendar.Date) {
				*due = db.Now().Date().AddDays(-1)
			}),
			"ghi-chu": triage(func(_ *fixture, _ *DB, _ *doithoai.ID, note *string, _ *calendar.Date) { *note = long(2001) }),
		},
	},
	"ReturnQuestion": {
		act: doithoai.ActReturnQuestion, from: toDraft, version: 1, actor: justice,
		denied: all(chair, office, secretary, land),
		do: func(ctx context.Context, db *DB, _ *fixture, a doithoai.Actor, id doithoai.ID, version int) error {
			return db.ReturnQuestion(ctx, a, id, version, "Không thuộc bộ phận.")
		},
		invalid: map[string]actOn{
			"ly-do": func(ctx context.Context, db *DB, _ *fixture, a doithoai.Actor, id doithoai.ID, version int) error {
				return db.ReturnQuestion(ctx, a, id, version, "")
			},
		},
	},
	"PrepareAnswer": {
		act: doithoai.ActPrepareAnswer, from: toDraft, version: 1, actor: justice,
		denied: all(chair, office, secretary, land),
		do: func(ctx context.Context, db *DB, _ *fixture, a doithoai.Actor, id doithoai.ID, version int) error {
			return db.PrepareAnswer(ctx, a, id, version, testDraft, doithoai.RulingOnTheSpot)
		},
		invalid: map[string]actOn{
			"tra-loi": func(ctx context.Context, db *DB, _ *fixture, a doithoai.Actor, id doithoai.ID, version int) error {
				return db.PrepareAnswer(ctx, a, id, version, doithoai.Answer{}, "")
			},
			"huong": func(ctx context.Context, db *DB, _ *fixture, a doithoai.Actor, id doithoai.ID, version int) error {
				return db.PrepareAnswer(ctx, a, id, version, testDraft, doithoai.RulingDenunciation)
			},
		},
	},
	"ReadyAnswer": {
		act: doithoai.ActReadyAnswer, from: drafted, version: 2, actor: office,
		denied: all(chair, secretary, justice, land), wrong: []stage{toDraft},
		do: func(ctx context.Context, db *DB, _ *fixture, a doithoai.Actor, id doithoai.ID, version int) error {
			return db.ReadyAnswer(ctx, a, id, version)
		},
	},
	"AskSupplement": {
		act: doithoai.ActAskSupplement, from: ruled, version: 1, actor: justice,
		denied: all(chair, secretary, land), wrong: []stage{submitted, signed, dispatched, toSupply},
		do: askSupplement(func(*doithoai.Supplement) {}),
		invalid: map[string]actOn{
			doithoai.FieldSupplementAsked: askSupplement(func(s *doithoai.Supplement) { s.Asked = "" }),
			doithoai.FieldSupplementAsked + "*": askSupplement(func(s *doithoai.Supplement) {
				s.Asked = long(doithoai.MaxMatter + 1)
			}),
			doithoai.FieldSupplementWhy: askSupplement(func(s *doithoai.Supplement) { s.Why = "" }),
		},
	},
	"AnswerSupplement": {
		act: doithoai.ActAnswerSupplement, from: toSupply, version: 2, actor: office,
		denied: all(chair, secretary, justice, land), wrong: []stage{ruled, signed, dispatched},
		do: supply(func(*doithoai.SupplementAnswer) {}),
		invalid: map[string]actOn{
			doithoai.FieldSupplementSaid: supply(func(a *doithoai.SupplementAnswer) { a.Said = "" }),
			doithoai.FieldSupplementChannel: supply(func(a *doithoai.SupplementAnswer) {
				a.Channel = doithoai.ChannelHall
			}),
		},
	},
	"Reopen": {
		act: doithoai.ActReopenPetition, from: dispatched, version: 4, actor: office,
		denied: all(chair, secretary, justice, land), wrong: []stage{ruled, signed, reopened, toReopen},
		do: reopen(notAgreed, func(*doithoai.Reopening) {}),
		invalid: map[string]actOn{
			doithoai.FieldReopenSaid: reopen(notAgreed, func(r *doithoai.Reopening) { r.Said = "" }),
			doithoai.FieldReopenSaid + "*": reopen(notAgreed, func(r *doithoai.Reopening) {
				r.Said = long(doithoai.MaxMatter + 1)
			}),
			doithoai.FieldReopenChannel: reopen(notAgreed, func(r *doithoai.Reopening) {
				r.Channel = doithoai.ChannelHall
			}),
		},
	},
	"AllowReopening": {
		act: doithoai.ActAllowReopening, from: toReopen, version: 9, actor: chair,
		denied: all(office, secretary, justice, land), wrong: []stage{ruled, signed, dispatched, reopened},
		do: func(ctx context.Context, db *DB, _ *fixture, a doithoai.Actor, id doithoai.ID, version int) error {
			return db.AllowReopening(ctx, a, id, version)
		},
	},
	"RefuseReopening": {
		act: doithoai.ActRefuseReopening, from: toReopen, version: 9, actor: chair,
		denied: all(office, secretary, justice, land), wrong: []stage{ruled, signed, dispatched, reopened},
		do: refuseReopening(func(*doithoai.ReopeningDecision) {}),
		invalid: map[string]actOn{
			doithoai.FieldRefuseGround: refuseReopening(func(d *doithoai.ReopeningDecision) { d.Ground = "" }),
			doithoai.FieldRefuseBasis:  refuseReopening(func(d *doithoai.ReopeningDecision) { d.Basis = "" }),
			doithoai.FieldRefuseWords:  refuseReopening(func(d *doithoai.ReopeningDecision) { d.Words = "" }),
		},
	},
	"ProposeCorrection": {
		act: doithoai.ActProposeCorrection, from: correctionBack, version: 2, actor: justice,
		denied: all(chair, secretary, land), wrong: []stage{ruled, signed, correcting, correctionSigned},
		do: correct(testCorrection, testReason),
		invalid: map[string]actOn{
			"tra-loi":  correct(doithoai.Answer{}, testReason),
			"tra-loi*": correct(testAnswer, testReason), // as it stands
			"ly-do":    correct(testCorrection, ""),
		},
	},
	"WithdrawCorrection": {
		act: doithoai.ActWithdrawCorrection, from: correcting, version: 1, actor: justice,
		denied: all(chair, office, secretary, land),
		do: func(ctx context.Context, db *DB, _ *fixture, a doithoai.Actor, id doithoai.ID, version int) error {
			return db.WithdrawCorrection(ctx, a, id, version)
		},
	},
	"ReturnCorrection": {
		act: doithoai.ActReturnCorrection, from: correcting, version: 1, actor: chair,
		denied: all(office, secretary, justice, land), wrong: []stage{received, dispatched, correctionSigned, corrected},
		do: func(ctx context.Context, db *DB, _ *fixture, a doithoai.Actor, id doithoai.ID, version int) error {
			return db.ReturnCorrection(ctx, a, id, version, "Ghi rõ ngày.")
		},
		invalid: map[string]actOn{
			"tra-ly-do": func(ctx context.Context, db *DB, _ *fixture, a doithoai.Actor, id doithoai.ID, version int) error {
				return db.ReturnCorrection(ctx, a, id, version, "")
			},
		},
	},
	"DropCorrection": {
		act: doithoai.ActDropCorrection, from: correctionSigned, version: 2, actor: office,
		denied: all(secretary, justice, land), wrong: []stage{received, dispatched, corrected},
		do: func(ctx context.Context, db *DB, _ *fixture, a doithoai.Actor, id doithoai.ID, version int) error {
			return db.DropCorrection(ctx, a, id, version, "Trả lời đã phát hành là đúng.")
		},
		invalid: map[string]actOn{
			"thoi-ly-do": func(ctx context.Context, db *DB, _ *fixture, a doithoai.Actor, id doithoai.ID, version int) error {
				return db.DropCorrection(ctx, a, id, version, "")
			},
		},
	},
	"SignCorrection": {
		act: doithoai.ActSignCorrection, from: correcting, version: 1, actor: chair,
		denied: all(office, secretary, justice, land), wrong: []stage{received, dispatched, correctionSigned, corrected},
		do: func(ctx context.Context, db *DB, _ *fixture, a doithoai.Actor, id doithoai.ID, version int) error {
			return db.SignCorrection(ctx, a, id, version)
		},
	},
	"DispatchCorrection": {
		act: doithoai.ActDispatchCorrection, from: correctionSigned, version: 2, actor: office,
		denied: all(chair, secretary, justice, land), wrong: []stage{received, signed, dispatched, correcting, corrected},
		do: dispatchCorrection("91/UBND", 0),
		invalid: map[string]actOn{
			"so":    dispatchCorrection("", 0),
			"so*":   dispatchCorrection("0001", 0), // of the answer that is to be replaced
			"ngay":  dispatchCorrection("91/UBND", 1),
			"ngay*": dispatchCorrection("91/UBND", -1),
		},
	},
	"SignAnswer": {
		act: doithoai.ActSignAnswer, from: submitted, version: 2, actor: chair,
		denied: all(office, secretary, justice, land),
		wrong:  []stage{received, ruled, signed, dispatched},
		do: func(ctx context.Context, db *DB, _ *fixture, a doithoai.Actor, id doithoai.ID, version int) error {
			return db.SignAnswer(ctx, a, id, version)
		},
	},
}

func name(name string, village func(*fixture) doithoai.ID) actOn {
	return func(ctx context.Context, db *DB, fx *fixture, a doithoai.Actor, id doithoai.ID, version int) error {
		_, err := db.NamePetitioner(ctx, a, id, version, name, village(fx))
		return err
	}
}

// Who spoke without a name is named once; the opinion goes on as it stood, with a version more.
func TestNamePetitioner(t *testing.T) {
	opinionActs["NamePetitioner"].test(t)
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		heard := fx.bring(t, db, 1, heard).Opinions[0]
		ruled, err := db.RuleOpinion(ctx, fx.secretary, heard.ID, 1, fx.later())
		must(t, err)
		named, err := db.NamePetitioner(ctx, fx.office, heard.ID, ruled.Version, "Lê Văn Thử", fx.villages[1].ID)
		must(t, err)
		f, err := db.OpinionFile(ctx, fx.office, heard.ID)
		must(t, err)
		if f.Opinion != named || named.Version != 3 || named.Ruling != doithoai.RulingLater ||
			f.Village != fx.villages[1].Name {
			t.Errorf("named %+v, the file holds %+v of %s", named, f.Opinion, f.Village)
		}
		who, err := db.ViewPetitioner(ctx, fx.office, heard.ID, "answer")
		must(t, err)
		if who.Name != "Lê Văn Thử" || who.VillageID != fx.villages[1].ID {
			t.Errorf("raised by %+v", who)
		}
		wantClean(t, db)
	})
}

// What is public and holds the name, told only now, of who raised it goes out of the public's sight: of each opinion of
// the slip.
func TestNamingTakesDown(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		shouted := fx.shouted()
		shouted.Matters = []string{"Rãnh nước trước chợ tắc.", "Đèn đường hỏng.", "Chợ thiếu chỗ để xe."}
		r, err := db.RecordOpinion(ctx, fx.secretary, key(1), shouted)
		must(t, err)
		for i, p := range []doithoai.Publication{
			{Title: "Rãnh nước chợ", Question: "Rãnh tắc?", Answer: "Đã khơi sau khi ông Lê Văn Thử nêu."},
			{Title: "Đèn đường", Question: "Lê văn thử hỏi: đèn hỏng?", Answer: "Đã thay đèn."},
			{Title: "Chợ", Question: "Để xe ở đâu?", Answer: "Ở sân sau chợ."},
		} {
			must(t, second(db.RuleOpinion(ctx, fx.secretary, r.Opinions[i].ID, 1, doithoai.Ruling{
				Code: doithoai.RulingOnTheSpot, Text: "Đã làm.", AnsweredBy: "Ông Giả Định", Agreement: doithoai.AgreementYes,
			})))
			must(t, db.ProposePublication(ctx, fx.office, r.Opinions[i].ID, 0, p))
			must(t, db.ApprovePublication(ctx, fx.chair, r.Opinions[i].ID, 1))
		}
		public := func() (all []bool) {
			found, err := db.Search(ctx, fx.authority.ID, Search{Query: "rãnh đèn chợ", Limit: 5})
			must(t, err)
			for _, o := range r.Opinions {
				_, err := db.PublishedByNumber(ctx, fx.authority.ID, o.Number)
				shown := doithoai.KindOf(err) != doithoai.NotFound
				if shown {
					must(t, err)
				}
				listed := slices.ContainsFunc(found.Answers, func(p Published) bool { return p.Number == o.Number })
				if shown != listed {
					t.Errorf("%s: shown %v, found %v", o.Number, shown, listed)
				}
				all = append(all, shown)
			}
			return all
		}
		if got := public(); !slices.Equal(got, []bool{true, true, true}) {
			t.Fatalf("public %v", got)
		}
		must(t, second(db.NamePetitioner(ctx, fx.secretary, r.Opinions[0].ID, 2, "Lê Văn Thử", "")))
		if got := public(); !slices.Equal(got, []bool{false, false, true}) {
			t.Errorf("public %v", got)
		}
		for i, want := range []bool{true, true, false} {
			f, err := db.OpinionFile(ctx, fx.office, r.Opinions[i].ID)
			must(t, err)
			last := f.Events[len(f.Events)-1]
			down := last.Act == doithoai.ActNamePetitioner && last.MovedPublication() == doithoai.PublicationReturned
			if down != want || (f.Publish.State == doithoai.PublicationReturned) != want {
				t.Errorf("opinion %d: %s, last event %+v", i, f.Publish.State, last)
			}
		}
		clean := doithoai.Publication{Title: "Rãnh nước chợ", Question: "Rãnh tắc?", Answer: "Đã khơi."}
		must(t, db.ProposePublication(ctx, fx.office, r.Opinions[0].ID, 3, clean))
		must(t, db.ApprovePublication(ctx, fx.chair, r.Opinions[0].ID, 4))
		if got := public(); !slices.Equal(got, []bool{true, false, true}) {
			t.Errorf("public %v", got)
		}
		wantClean(t, db)
	})
}

// An approval at the moment of naming, of another opinion of the slip, either sees the name or is seen.
func TestNamingMeetsApproval(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		for n := range 12 {
			shouted := fx.shouted()
			shouted.Matters = []string{"Rãnh nước trước chợ tắc.", "Đèn đường hỏng."}
			r, err := db.RecordOpinion(ctx, fx.secretary, key(n+1), shouted)
			must(t, err)
			named, other := r.Opinions[0], r.Opinions[1]
			must(t, second(db.RuleOpinion(ctx, fx.secretary, other.ID, 1, doithoai.Ruling{
				Code: doithoai.RulingOnTheSpot, Text: "Đã làm.", AnsweredBy: "Ông Giả Định", Agreement: doithoai.AgreementYes,
			})))
			must(t, db.ProposePublication(ctx, fx.office, other.ID, 0, doithoai.Publication{
				Title: "Đèn đường", Question: "Ông Lê Văn Thử hỏi: đèn hỏng?", Answer: "Đã thay đèn.",
			}))
			var group sync.WaitGroup
			group.Go(func() {
				err := db.ApprovePublication(ctx, fx.chair, other.ID, 1)
				if err != nil && doithoai.KindOf(err) != doithoai.Invalid {
					t.Error(err)
				}
			})
			group.Go(func() {
				if _, err := db.NamePetitioner(ctx, fx.secretary, named.ID, 1, "Lê Văn Thử", ""); err != nil {
					t.Error(err)
				}
			})
			group.Wait()
			_, err = db.PublishedByNumber(ctx, fx.authority.ID, other.Number)
			wantKind(t, err, doithoai.NotFound, "")
		}
		wantClean(t, db)
	})
}

// The number of an answer's document is public too.
func TestNumberPassesTheGate(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		id := fx.bring(t, db, 1, signed).Opinions[0].ID
		must(t, db.DispatchAnswer(ctx, fx.office, id, 3, "12/NguyễnThịMinhHọa", db.Now().Date()))
		wantKind(t, db.ProposePublication(ctx, fx.office, id, 0, testSummary), doithoai.Invalid, "")
	})
}

// propose asks for an extension of the fixture's due date, Friday, 30 October 2026.
func propose(change func(*doithoai.Extension)) actOn {
	return func(ctx context.Context, db *DB, fx *fixture, a doithoai.Actor, id doithoai.ID, version int) error {
		e := fx.extension()
		change(&e)
		return db.ProposeExtension(ctx, a, id, version, e)
	}
}

func TestRuleOpinion(t *testing.T) {
	rule := func(r func(*fixture) doithoai.Ruling) actOn {
		return func(ctx context.Context, db *DB, fx *fixture, a doithoai.Actor, id doithoai.ID, version int) error {
			_, err := db.RuleOpinion(ctx, a, id, version, r(fx))
			return err
		}
	}
	with := func(change func(*fixture, *doithoai.Ruling)) actOn {
		return rule(func(fx *fixture) doithoai.Ruling { r := fx.later(); change(fx, &r); return r })
	}
	opinionAct{
		act: doithoai.ActRuleOpinion, from: received, version: 1, actor: secretary, denied: all(justice, land),
		wrong: []stage{submitted, signed, dispatched, published},
		do:    rule(func(fx *fixture) doithoai.Ruling { return fx.later() }),
		invalid: map[string]actOn{
			"huong":    with(func(_ *fixture, r *doithoai.Ruling) { r.Code = "XX" }),
			"don-vi":   with(func(_ *fixture, r *doithoai.Ruling) { r.LeadUnitID = "" }),
			"don-vi*":  with(func(fx *fixture, r *doithoai.Ruling) { r.LeadUnitID = fx.otherUnits["van-phong"].ID }),
			"don-vi**": with(func(_ *fixture, r *doithoai.Ruling) { r.LeadUnitID = "không phải mã" }),
			"han":      with(func(_ *fixture, r *doithoai.Ruling) { r.Due = calendar.Date{} }),
			"han*":     with(func(_ *fixture, r *doithoai.Ruling) { r.Due = calendar.DateOf(2026, 9, 30) }),
			"han**":    with(func(_ *fixture, r *doithoai.Ruling) { r.Due = calendar.DateOf(2026, 10, 3) }), // a Saturday
			"han***":   with(func(_ *fixture, r *doithoai.Ruling) { r.Due = calendar.DateOf(2099, 12, 30) }),
			"han****":  with(func(_ *fixture, r *doithoai.Ruling) { r.Due, r.Reason = calendar.DateOf(2026, 11, 3), "Bận." }),
			"tra-loi":  with(func(_ *fixture, r *doithoai.Ruling) { r.Code = doithoai.RulingOnTheSpot }),
			"huong*":   with(func(_ *fixture, r *doithoai.Ruling) { *r = refusedBy(doithoai.Actor{}) }),
			"tra-loi*": with(func(_ *fixture, r *doithoai.Ruling) { r.Code = doithoai.RulingOtherBody }),
			"tra-loi**": with(func(_ *fixture, r *doithoai.Ruling) {
				r.Code, r.Text = doithoai.RulingOnTheSpot, long(doithoai.MaxMatter+1)
			}),
		},
	}.test(t)
}

func TestSubmitAnswer(t *testing.T) {
	submit := func(a doithoai.Answer) func(context.Context, *DB, *fixture, doithoai.Actor, doithoai.ID, int) error {
		return func(ctx context.Context, db *DB, _ *fixture, actor doithoai.Actor, id doithoai.ID, version int) error {
			return db.SubmitAnswer(ctx, actor, id, version, a)
		}
	}
	opinionAct{
		act: doithoai.ActSubmitAnswer, from: ruled, version: 1, actor: justice, denied: all(land, chair, secretary, office),
		wrong: []stage{submitted, signed, dispatched},
		do:    submit(testAnswer),
		invalid: map[string]actOn{
			"tra-loi":  submit(doithoai.Answer{}),
			"tra-loi*": submit(doithoai.Answer{Body: long(doithoai.MaxAnswer + 1)}),
			"can-cu":   submit(doithoai.Answer{Body: "Có.", Basis: long(1001)}),
		},
	}.test(t)
}

func TestWithdrawDraft(t *testing.T) {
	opinionActs["WithdrawDraft"].test(t)
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		read := fx.bring(t, db, 1, submitted).Opinions[0].ID
		must(t, db.MarkRead(ctx, fx.chair, read))
		wantKind(t, db.WithdrawDraft(ctx, fx.justice, read, 2), doithoai.NotAllowed, "") // it was read

		id := fx.bring(t, db, 2, submitted).Opinions[0].ID
		must(t, db.WithdrawDraft(ctx, fx.justice, id, 2))
		wantKind(t, db.SignAnswer(ctx, fx.chair, id, 2), doithoai.Conflict, "") // the chair's page is old
		f, err := db.OpinionFile(ctx, fx.office, id)
		must(t, err)
		if f.Petition.State != doithoai.PetitionProcessing || f.Submitted.Body != testAnswer.Body {
			t.Errorf("taken back: %s, %q", f.Petition.State, f.Submitted.Body)
		}
		must(t, db.SubmitAnswer(ctx, fx.justice, id, 3, testAnswer))

		summary := fx.bring(t, db, 3, proposed).Opinions[0].ID
		wantKind(t, db.WithdrawDraft(ctx, fx.justice, summary, 1), doithoai.NotAllowed, "") // the office proposed it
		must(t, db.WithdrawDraft(ctx, fx.office, summary, 1))
		wantKind(t, db.ApprovePublication(ctx, fx.chair, summary, 1), doithoai.Conflict, "")
		must(t, db.ProposePublication(ctx, fx.office, summary, 2, testSummary))
		must(t, db.ApprovePublication(ctx, fx.chair, summary, 3))
		wantKind(t, db.WithdrawDraft(ctx, fx.office, summary, 4), doithoai.Conflict, "") // nothing waits
		wantClean(t, db)
	})
}

func TestReturnAnswer(t *testing.T) { opinionActs["ReturnAnswer"].test(t) }

func TestSignAnswer(t *testing.T) { opinionActs["SignAnswer"].test(t) }

func TestDispatchAnswer(t *testing.T) {
	dispatch := func(number string, days int) actOn {
		return func(ctx context.Context, db *DB, _ *fixture, a doithoai.Actor, id doithoai.ID, version int) error {
			return db.DispatchAnswer(ctx, a, id, version, number, db.Now().Date().AddDays(days))
		}
	}
	opinionAct{
		act: doithoai.ActDispatchAnswer, from: signed, version: 3, actor: office,
		denied: all(chair, secretary, justice, land),
		wrong:  []stage{received, ruled, submitted, dispatched},
		do:     dispatch("214/UBND-VP", 0),
		invalid: map[string]actOn{
			"so":    dispatch("", 0),
			"so*":   dispatch(long(41), 0),
			"ngay":  dispatch("1", 1),
			"ngay*": dispatch("1", -1),
			"ngay**": func(ctx context.Context, db *DB, _ *fixture, a doithoai.Actor, id doithoai.ID, version int) error {
				return db.DispatchAnswer(ctx, a, id, version, "1", calendar.Date{})
			},
		},
	}.test(t)
}

// A number is given to one answer in a year of an authority, also when two clerks give it at once.
func TestDispatchAnswerNumbersAreNotGivenTwice(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		errs := make(chan error)
		const n = 6
		var ids []doithoai.ID
		for i := range n {
			ids = append(ids, fx.bring(t, db, i, signed).Opinions[0].ID)
		}
		for _, id := range ids {
			go func() { errs <- db.DispatchAnswer(ctx, fx.office, id, 3, "7/UBND-VP", db.Now().Date()) }()
		}
		done := 0
		for range n {
			if err := <-errs; err == nil {
				done++
			} else if p := doithoai.ProblemsOf(err); len(p) != 1 || p[0].Field != "so" ||
				p[0].Key != "documents.problem.number_taken" {
				t.Errorf("error %v, want number_taken", err)
			}
		}
		if done != 1 {
			t.Errorf("the number was given %d times", done)
		}
		fx.clock.forward(100 * 24 * time.Hour) // next year it is free again
		id := fx.bring(t, db, 100, signed).Opinions[0].ID
		must(t, db.DispatchAnswer(ctx, fx.office, id, 3, "7/UBND-VP", db.Now().Date()))
	})
}

func TestViewPetitioner(t *testing.T) {
	view := func(reason string) func(context.Context, *DB, *fixture, doithoai.Actor, doithoai.ID, int) error {
		return func(ctx context.Context, db *DB, _ *fixture, a doithoai.Actor, id doithoai.ID, _ int) error {
			who, err := db.ViewPetitioner(ctx, a, id, reason)
			if shown := fmt.Sprint(who) != fmt.Sprint(doithoai.Petitioner{}); shown != (err == nil) {
				return fmt.Errorf("shown: %v, error %v", shown, err)
			}
			return err
		}
	}
	opinionAct{
		act: doithoai.ActViewPetitioner, from: ruled, actor: justice, denied: all(land, secretary), again: true,
		do: view("answer"),
		invalid: map[string]actOn{
			"ly-do-xem": view(""), "ly-do-xem*": view("tò mò"),
		},
	}.test(t)
}

func TestSetHeadline(t *testing.T) {
	opinionActs["SetHeadline"].test(t)
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		o := fx.bring(t, db, 1, received).Opinions[0]
		r := fx.later()
		r.Headline = "Nước đọng trước cổng trường"
		_, err := db.RuleOpinion(ctx, fx.secretary, o.ID, 1, r)
		must(t, err)
		title := func() string {
			t.Helper()
			rows, _, err := db.Register(ctx, fx.office, Filter{Number: string(o.Number), Limit: 1})
			must(t, err)
			return rows[0].Title()
		}
		if got := title(); got != r.Headline {
			t.Errorf("ruled as %q, the register says %q", r.Headline, got)
		}
		events, err := eventsOf(ctx, db.reader(), o.ID)
		must(t, err)
		if named, ruled := events[1].Act, events[2].Act; named != doithoai.ActSetHeadline ||
			ruled != doithoai.ActRuleOpinion {
			t.Errorf("events %s, %s", named, ruled)
		}
		r.Headline = "" // another ruling leaves it
		_, err = db.RuleOpinion(ctx, fx.secretary, o.ID, 2, r)
		must(t, err)
		if got := title(); got != "Nước đọng trước cổng trường" {
			t.Errorf("after another ruling the register says %q", got)
		}
		must(t, db.SetHeadline(ctx, fx.justice, o.ID, 3, ""))
		if got, want := title(), text.Headline("", o.Content); got != want {
			t.Errorf("taken away, the register says %q, want %q", got, want)
		}
		wantClean(t, db)
	})
}

// A ruling may put an opinion into another field; one on how officials serve is led by the office from then on.
func TestRulingPutsIntoField(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		o := fx.bring(t, db, 1, received).Opinions[0]
		r := fx.later()
		r.FieldCode = "khong-co"
		_, err := db.RuleOpinion(ctx, fx.secretary, o.ID, 1, r)
		if p := doithoai.ProblemsOf(err); len(p) != 1 || p[0].Field != "linh-vuc" {
			t.Errorf("a field that there is not: %v", err)
		}
		conduct := ""
		for _, f := range mustRules(t, db, fx).Fields {
			if f.Conduct {
				conduct = f.Code
			}
		}
		r.FieldCode = conduct
		_, err = db.RuleOpinion(ctx, fx.secretary, o.ID, 1, r)
		if p := doithoai.ProblemsOf(err); len(p) != 1 || p[0].Key != "petition.ruling.problem.conduct" {
			t.Errorf("on conduct, led by a unit: %v", err)
		}
		r.LeadUnitID = fx.units["van-phong"].ID
		ruled, err := db.RuleOpinion(ctx, fx.secretary, o.ID, 1, r)
		must(t, err)
		f, err := db.OpinionFile(ctx, fx.office, o.ID)
		must(t, err)
		if ruled.FieldCode != conduct || f.Opinion.FieldCode != conduct ||
			f.Events[len(f.Events)-1].Facts.Field != conduct {
			t.Errorf("in field %q, %q", ruled.FieldCode, f.Opinion.FieldCode)
		}
		wantClean(t, db)
	})
}
