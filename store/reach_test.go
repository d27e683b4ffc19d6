package store

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"doithoai"
	"doithoai/calendar"
)

// lives lets many opinions live, each as far as chance has it: in the hall or not, typed by somebody or not, ruled in
// every way, led by every unit, on conduct, about officers, paused, late.
func (fx *fixture) lives(t *testing.T, db *DB, chance *rand.Rand, n int) []doithoai.ID {
	t.Helper()
	ctx := ctxOf(t)
	var ids []doithoai.ID
	for i := range n {
		slip := fx.slip(fmt.Sprintf("Đường thôn ngập nước, lần thứ %d.", i))
		by := []doithoai.Actor{fx.resident, fx.office, fx.secretary}[chance.IntN(3)]
		if by.ID != "" {
			slip.Channel, slip.ReadBack = doithoai.ChannelVillage, true
		}
		if chance.IntN(3) == 0 {
			slip.DialogueID = ""
		}
		if chance.IntN(4) == 0 {
			slip.FieldCode = "thai-do-phuc-vu"
		}
		r, err := db.SubmitSlip(ctx, by, key(i+1), slip)
		must(t, err)
		id := r.Opinions[0].ID
		ids = append(ids, id)
		fx.live(t, db, chance, id, i)
		fx.clock.forward(time.Duration(chance.IntN(30)) * time.Hour)
	}
	for _, id := range ids {
		if chance.IntN(2) == 0 {
			must(t, ignoreKinds(db.UrgePetition(ctx, fx.office, id, 0, called(db))))
		}
	}
	return ids
}

// live brings one opinion on, some acts far; an act that doesn't fit is passed over.
func (fx *fixture) live(t *testing.T, db *DB, chance *rand.Rand, id doithoai.ID, i int) {
	t.Helper()
	ctx := ctxOf(t)
	if chance.IntN(6) == 0 {
		return
	}
	days, err := DefaultCalendar()
	must(t, err)
	ruling := doithoai.Ruling{
		Code: doithoai.OfferedRulings()[chance.IntN(len(doithoai.OfferedRulings()))].Code,
		Text: "Đã trả lời.", AnsweredBy: "Chủ tịch", HandedOver: true,
		Refusal: doithoai.Refusal{Ground: doithoai.RefusedUnclear},
		Due:     days.AddWorkdays(db.Now().Date(), 1+chance.IntN(8)),
	}
	lead := []doithoai.Actor{fx.justice, fx.land, fx.office}[chance.IntN(3)]
	ruling.LeadUnitID = lead.UnitID
	if chance.IntN(3) == 0 {
		for _, unit := range []doithoai.ID{fx.justice.UnitID, fx.land.UnitID} {
			if unit != lead.UnitID {
				ruling.CoUnits = append(ruling.CoUnits, unit)
			}
		}
	}
	by := fx.secretary
	if ruling.Code == doithoai.RulingNotAccepted {
		by = fx.chair
	}
	if _, err := db.RuleOpinion(ctx, by, id, 1, ruling); err != nil { // on conduct: the office leads
		lead, ruling.LeadUnitID, ruling.CoUnits = fx.office, fx.office.UnitID, nil
		must(t, second(db.RuleOpinion(ctx, by, id, 1, ruling)))
	}
	far := chance.IntN(8)
	version := 1
	step := func(at int, do func() error) {
		if far > at {
			if err := do(); err != nil && doithoai.KindOf(err) == 0 {
				t.Fatal(err)
			} else if err == nil {
				version++
			}
		}
	}
	if chance.IntN(5) == 0 {
		must(t, ignoreKinds(db.NameConcerned(ctx, fx.chair, id, 2,
			[]doithoai.ID{[]doithoai.ID{fx.justice.ID, fx.land.ID, fx.office2.ID}[chance.IntN(3)]})))
	}
	if chance.IntN(3) == 0 {
		must(t, ignoreKinds(db.GivePetition(ctx, lead, id, version, lead.ID)))
		version++
	}
	if chance.IntN(4) == 0 {
		must(t, ignoreKinds(db.TellStatus(ctx, fx.office, id)))
	}
	if far == 1 {
		step(0, func() error {
			return db.PausePetition(ctx, lead, id, version,
				doithoai.Pause{Kind: doithoai.PauseAgency, Number: "1", Dated: db.Now().Date(), Awaited: "Văn bản"})
		})
		return
	}
	step(0, func() error { return db.SubmitAnswer(ctx, lead, id, version, testAnswer) })
	step(1, func() error {
		if i%5 == 0 {
			return db.ReturnAnswer(ctx, fx.chair, id, version, "Chưa rõ.")
		}
		return db.SignAnswer(ctx, fx.chair, id, version)
	})
	step(2, func() error {
		return db.DispatchAnswer(ctx, fx.office, id, version, fmt.Sprintf("%d/UBND", i), db.Now().Date())
	})
	step(3, func() error { return db.ProposePublication(ctx, fx.office, id, 0, testSummary) })
	step(5, func() error { return db.ApprovePublication(ctx, fx.chair, id, 1) })
	if far > 5 {
		other := testAnswer
		other.Body += " Đã xem lại."
		must(t, ignoreKinds(db.ProposeCorrection(ctx, lead, id, 0, other, "Sai số ngày.")))
	}
	if far > 6 {
		must(t, ignoreKinds(db.SignCorrection(ctx, fx.chair, id, 1)))
	}
}

// ignoreKinds drops refusals.
func ignoreKinds(err error) error {
	if doithoai.KindOf(err) != 0 {
		return nil
	}
	return err
}

// Every list and every count holds exactly what the table of rights opens to its reader, of what the tab is about,
// whatever the lives of opinions.
func TestListsAreWhatRightsOpen(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		ids := fx.lives(t, db, rand.New(rand.NewPCG(1, 2)), 60)
		rules := mustRules(t, db, fx)
		today := db.Now().Date()
		everybody, filled := fx.everybody(), map[Tab]bool{}
		told := map[doithoai.ID]bool{}
		urged, err := urgingsOf(ctx, db.reader(), ids...)
		must(t, err)
		for _, id := range ids {
			told[id], err = one(ctx, db.reader(), column[bool], `SELECT told FROM opinion WHERE id = $1`, id)
			must(t, err)
		}
		for _, name := range slices.Sorted(maps.Keys(everybody)) {
			a := everybody[name]
			want, work, opens := map[Tab][]doithoai.ID{}, []doithoai.ID(nil), []doithoai.Opinion(nil)
			for _, id := range ids {
				f, err := db.OpinionFile(ctx, a, id)
				if doithoai.KindOf(err) != 0 {
					continue
				}
				must(t, err)
				opens = append(opens, f.Opinion)
				for _, tab := range tabsOf(a, f, urged[id], told[id], rules, fx.dialogue, today) {
					want[tab] = append(want[tab], id)
				}
				if !listed(a, f) {
					continue
				}
				if stage := (Row{
					Opinion: f.Opinion, Petition: f.Petition, Publication: f.FollowedOpinion.Publication,
				}).Stage(); slices.Contains(workStages, stage) {
					work = append(work, id)
				}
			}
			counts, err := db.TabCounts(ctx, a)
			must(t, err)
			for _, tab := range Tabs {
				got := pages(ctx, t, db, a, Filter{Tab: tab, Limit: 7})
				filled[tab] = filled[tab] || len(got) > 0
				newest := func(x, y doithoai.ID) int { return -cmp.Compare(x, y) }
				if !slices.Contains(append(byDueDate, TabUnruled, TabStatus), tab) && !slices.IsSortedFunc(got, newest) {
					t.Errorf("%s, %s: not the newest first", name, tab)
				}
				if !sameIDs(got, want[tab]) || int(counts[tab]) != len(want[tab]) {
					t.Errorf("%s, %s: %d rows, %d counted, want %d", name, tab, len(got), counts[tab], len(want[tab]))
				}
			}
			rows, more, err := db.Work(ctx, a)
			must(t, err)
			var got []doithoai.ID
			for _, r := range rows {
				got = append(got, r.Opinion.ID)
			}
			if !sameIDs(got, work) || more {
				t.Errorf("%s: %d to work on, want %d", name, len(got), len(work))
			}
			for _, number := range []string{"ND-26", "ND-26-001", "7"} {
				got := pages(ctx, t, db, a, Filter{Tab: TabToSign, Number: number, Limit: 5})
				var all []doithoai.ID
				for _, o := range opens {
					if n := string(o.Number); number == "7" && n == "ND-26-0007" ||
						number != "7" && strings.HasPrefix(n, number) {
						all = append(all, o.ID)
					}
				}
				if !sameIDs(got, all) {
					t.Errorf("%s: %d opinions of number %s, want %d", name, len(got), number, len(all))
				}
			}
		}
		for _, tab := range Tabs {
			if !filled[tab] {
				t.Errorf("%s: nobody has anything on it", tab)
			}
		}
		wantClean(t, db)
	})
}

// listed reports whether the lists along stages hold an opinion that the actor may open: not where all that opens it is
// that a unit of theirs coordinates.
func listed(a doithoai.Actor, f OpinionFile) bool {
	s := f.Subject
	s.CoUnits = nil
	return doithoai.Can(a, doithoai.ActSeeOpinions, s) == nil
}

// tabsOf are the tabs on which an opinion stands, by the rules of package doithoai alone. urged is how its unit was
// urged; told, whether the person was told how it stands.
func tabsOf(
	a doithoai.Actor, f OpinionFile, urged []doithoai.Urging, told bool, rules doithoai.Rules, d doithoai.Dialogue,
	today calendar.Date,
) []Tab {
	o, p := f.Opinion, f.Petition
	coordinates := p != nil && p.Open() && slices.ContainsFunc(f.Subject.CoUnits, func(id doithoai.ID) bool {
		return slices.Contains(coUnitsOfActor(a), id)
	})
	var tabs []Tab
	if coordinates {
		tabs = append(tabs, TabCoUnit)
	}
	if !listed(a, f) {
		return tabs
	}
	tabs = append(tabs, TabAll)
	if o.DialogueID == "" {
		d = doithoai.Dialogue{}
	}
	on := func(tab Tab, yes bool) {
		if yes {
			tabs = append(tabs, tab)
		}
	}
	state := doithoai.PetitionState("")
	if p != nil {
		state = p.State
	}
	on(TabUnruled, o.Ruling == "")
	office := a.Has(doithoai.RoleOffice)
	replacing := f.Correction.State
	drafts := state == doithoai.PetitionProcessing || state == doithoai.PetitionReturned
	on(TabMine, o.Ruling == "" && (office || a.Has(doithoai.RoleSecretary)) ||
		(state == doithoai.PetitionSubmitted || replacing == doithoai.CorrectionSubmitted) && a.Has(doithoai.RoleChair) ||
		(state == doithoai.PetitionSigned || replacing == doithoai.CorrectionSigned) &&
			(office || a.Has(doithoai.RoleClerk)) ||
		drafts && (p.OfficerID == "" || p.OfficerID == a.ID) && doithoai.Can(a, doithoai.ActSubmitAnswer, f.Subject) == nil)
	on(TabProcessing, slices.Contains([]doithoai.PetitionState{
		doithoai.PetitionProcessing, doithoai.PetitionReturned, doithoai.PetitionPaused, doithoai.PetitionSubmitted,
		doithoai.PetitionSigned,
	}, state))
	on(TabLate, p != nil && p.Running() && p.Late(today, rules.Calendar) ||
		o.Ruling == "" && rules.RuleBy(o, d, today).Before(today))
	rung := rules.Rung(p, today)
	on(TabUrge, rung != doithoai.RungNone && !slices.ContainsFunc(urged, func(u doithoai.Urging) bool {
		return u.Due == p.Due && slices.Contains(rung.From(), u.Rung)
	}))
	seesAll := office || a.Has(doithoai.RoleChair) || a.Has(doithoai.RoleSecretary)
	last := rules.Calendar.AsKnown().AddWorkdays(today, 2) // "urging.before"
	on(TabStatus, seesAll && !told && o.JoinedTo == "" && !rules.StatusBy(o).After(last))
	on(TabToSign, state == doithoai.PetitionSubmitted || replacing == doithoai.CorrectionSubmitted)
	on(TabToDispatch, state == doithoai.PetitionSigned || replacing == doithoai.CorrectionSigned)
	on(TabAnswered, doithoai.Publishable(o, p))
	on(TabUnpublished, doithoai.Publishable(o, p) && f.FollowedOpinion.Publication != doithoai.PublicationPublished)
	return tabs
}

// pages reads a list to its end, page by page.
func pages(ctx context.Context, t *testing.T, db *DB, a doithoai.Actor, f Filter) (ids []doithoai.ID) {
	t.Helper()
	for more := true; more; {
		rows, beyond, err := db.Register(ctx, a, f)
		must(t, err)
		more = beyond.More
		for _, r := range rows {
			ids, f.Before = append(ids, r.Opinion.ID), r.Opinion.ID
			if err := doithoai.Can(a, doithoai.ActSeeOpinions, r.Subject()); err != nil {
				t.Errorf("%s shows %s: %v", f.Tab, r.Opinion.Number, err)
			}
		}
	}
	return ids
}

// sameIDs reports whether two lists have the same ids, each once.
func sameIDs(a, b []doithoai.ID) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}
