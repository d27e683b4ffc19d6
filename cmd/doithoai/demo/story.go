package demo

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
	"doithoai/store"
)

// teller tells the story of the demo: each step is the act that a person would do, at the time when they would do it.
type teller struct {
	db       *store.DB
	units    map[string]doithoai.Unit
	villages map[string]doithoai.ID
	officers map[string]doithoai.Officer
	resident doithoai.Actor
	plan     plan.Edition      // as it was issued in January
	june     doithoai.Dialogue // the one that was held, as it was announced
	dialogue doithoai.Dialogue // the one that is announced
	told     map[string]*told  // the tales, by their names
}

func (t *teller) actor(login string) doithoai.Actor { return t.officers[login].Actor() }

// tale is one slip of the story, or what somebody said, and what became of it.
type tale struct {
	name    string // of its intake key
	june    bool   // it is of the dialogue of June
	hint    string // why a newcomer might follow it, "" where the guide leaves it out
	at      calendar.Instant
	by      string // login of who typed it for somebody, "" for a resident
	village string // of the person
	slip    doithoai.Slip
	// headline is what the ruling on the first opinion calls it.
	headline string
	// take is how it is taken in at its time; nil: handed in as a slip.
	take  func(context.Context, *teller, *told) (store.Received, error)
	steps []step
}

// step is one act on the tale's n-th opinion, or of its person before there is one.
type step struct {
	at  calendar.Instant
	n   int
	act func(context.Context, *teller, *told) error
}

// happening is one act of the story, at its time; who names it where it fails.
type happening struct {
	at  calendar.Instant
	who string
	do  func() error
}

// chapters are what happens beside the tales: how the dialogues are prepared, and how that of June was held.
var chapters = []func(context.Context, *teller) []happening{
	announceAutumn,
	noticeChapter,
	amend,
	invite,
	paperChapter,
	questionChapter,
	figuresChapter,
	taskChapter,
	supporting,
	announceJune,
	prepareJune,
	receiveJune,
	holdJune,
	publishJune, quarterSurveys,
	juneOutcome,
	recipientsChapter,
	guideChapter,
}

// told is a tale as far as it was told: its receipt, and the version of each opinion's petition and publication.
type told struct {
	tale
	got      store.Received
	turn     doithoai.ID      // in which it was said in the hall
	opinion  doithoai.Opinion // the one that the step is about
	petition map[doithoai.ID]int
	summary  map[doithoai.ID]int
	letter   doithoai.ID // that went to another body
	replaced int         // how many answers to the first opinion were replaced
}

// Tell sets the commune up in an empty database and lets everything happen in the order of time, the merger too unless
// the demo's first day, Morning's or a later one, lies before it. Then the clock runs from 08:00 of that day. The
// database must take its time from the clock.
func Tell(ctx context.Context, db *store.DB, clock *Clock, first calendar.Date) error {
	t, err := foundCommune(ctx, db, clock)
	if err != nil {
		return err
	}
	var all []happening
	for _, chapter := range chapters {
		all = append(all, chapter(ctx, t)...)
	}
	for _, tale := range slices.Concat(juneTales, groupTales(), tales) {
		all = append(all, t.tell(ctx, tale)...)
	}
	slices.SortStableFunc(all, func(a, b happening) int { return a.at.Compare(b.at) })
	for _, h := range all {
		clock.set(h.at)
		if err := h.do(); err != nil {
			return fmt.Errorf("%s, %s: %w", h.who, h.at, err)
		}
	}
	if !first.Before(mergerDay) {
		if err := t.merge(ctx, db, clock); err != nil {
			return err
		}
	}
	clock.start(calendar.InstantAt(first, 8, 0))
	return nil
}

// tell is what happens in a tale. What somebody is told of it by e-mail goes out with it.
func (t *teller) tell(ctx context.Context, tale tale) (all []happening) {
	so := &told{tale: tale, petition: map[doithoai.ID]int{}, summary: map[doithoai.ID]int{}}
	t.told[tale.name] = so
	then := func(at calendar.Instant, do func() error) {
		all = append(all, happening{at, tale.name, func() error {
			if err := do(); err != nil {
				return err
			}
			return mail(ctx, t.db)
		}})
	}
	then(tale.at, func() error { return t.receive(ctx, so) })
	for _, s := range tale.steps {
		then(s.at, func() error {
			if s.n < len(so.got.Opinions) {
				so.opinion = so.got.Opinions[s.n]
			}
			return s.act(ctx, t, so)
		})
	}
	return all
}

// mail counts what waits to be e-mailed as sent. In a demo nothing goes out; its worker would send all of it at the
// end.
func mail(ctx context.Context, db *store.DB) error {
	const most = 10 // more than an act of the story queues
	parcels, err := db.ClaimParcels(ctx, doithoai.WayEmail, most)
	if err != nil {
		return err
	}
	for _, p := range parcels {
		if err := db.SettleParcel(ctx, p.Delivery, doithoai.TroubleNone); err != nil {
			return err
		}
	}
	return nil
}

// foundCommune sets up authority, accounts and plan, each on its day.
func foundCommune(ctx context.Context, db *store.DB, clock *Clock) (*teller, error) {
	clock.set(calendar.InstantAt(calendar.DateOf(2024, time.January, 2), 8, 0))
	a, err := db.SetUp(ctx, store.Setup{Authority: commune, Units: communeUnits, Villages: communeVillages})
	if err != nil {
		return nil, err
	}
	t := &teller{
		db: db, units: map[string]doithoai.Unit{}, villages: map[string]doithoai.ID{},
		officers: map[string]doithoai.Officer{}, resident: doithoai.Resident(a.ID), told: map[string]*told{},
	}
	units, err := db.Units(ctx, a.ID)
	if err != nil {
		return nil, err
	}
	for _, u := range units {
		t.units[u.Code] = u
	}
	villages, err := db.Villages(ctx, a.ID)
	if err != nil {
		return nil, err
	}
	for _, v := range villages {
		t.villages[v.Name] = v.ID
	}
	for _, o := range communeOfficers {
		o.AuthorityID, o.UnitID, o.VillageID = a.ID, t.units[o.unit].ID, t.villages[o.village]
		if t.officers[o.Login], err = db.AddOfficer(ctx, o.Officer, Password); err != nil {
			return nil, err
		}
	}
	p, err := Plan()
	if err != nil {
		return nil, err
	}
	clock.set(calendar.InstantAt(p.Date, 14, 0))
	office := t.actor(LoginOffice)
	file := store.PlanFile{Name: "ke-hoach-2024.txt", Body: []byte(strings.Join(p.Lines(), "\n") + "\n")}
	if err := db.KeepPlanFile(ctx, office, file); err != nil {
		return nil, err
	}
	t.plan, err = db.ImportPlan(ctx, office, doithoai.ActTakeOverPlan, ruled(p))
	return t, err
}

// receive takes the tale's slip in, or what was said.
func (t *teller) receive(ctx context.Context, so *told) (err error) {
	if so.take != nil {
		so.got, err = so.take(ctx, t, so)
		return err
	}
	s := so.slip
	s.DialogueID, s.Channel = t.dialogue.ID, cmp.Or(s.Channel, doithoai.ChannelPortal)
	if so.june {
		s.DialogueID = t.june.ID
	}
	s.Manner, s.NoticeRead = cmp.Or(s.Manner, doithoai.MannerWritten), true
	s.Petitioner.Standing = cmp.Or(s.Petitioner.Standing, doithoai.StandingPerson)
	s.Petitioner.VillageID = t.villages[so.village]
	actor := t.resident
	if so.by != "" {
		actor, s.ReadBack = t.actor(so.by), true
	}
	so.got, err = t.db.SubmitSlip(ctx, actor, Key(so.name), s)
	return err
}

// The acts of the story. Each takes its time and returns a step.

// rule has the office rule on the tale's n-th opinion.
func rule(at calendar.Instant, n int, unit string, r doithoai.Ruling) step {
	return ruleBy(LoginOffice, at, n, unit, r)
}

func ruleBy(login string, at calendar.Instant, n int, unit string, r doithoai.Ruling, with ...string) step {
	return step{at, n, func(ctx context.Context, t *teller, so *told) error {
		if unit != "" {
			r.LeadUnitID = t.units[unit].ID
		}
		if r.Code == doithoai.RulingNotAccepted { // as the chair said in the hall
			r.Refusal.By = t.actor(LoginChair).ID
		}
		if r.Code == doithoai.RulingComplaint {
			all, err := t.db.Authorities(ctx)
			if err != nil {
				return err
			}
			r.Body = doithoai.ReceptionOf(all[0], "Nơi tiếp công dân của "+all[0].Name)
		}
		r.CoUnits = nil
		for _, code := range with {
			r.CoUnits = append(r.CoUnits, t.units[code].ID)
		}
		if n == 0 {
			r.Headline = so.headline
		}
		r.Class = classOf(so.name, n)
		o, err := t.db.RuleOpinion(ctx, t.actor(login), so.opinion.ID, so.opinion.Version, r)
		so.got.Opinions[n] = o
		so.petition[o.ID] = 1
		return err
	}}
}

// later leaves an opinion to a unit until a day of October.
func later(at calendar.Instant, n int, code doithoai.RulingCode, unit string, due calendar.Date) step {
	return rule(at, n, unit, doithoai.Ruling{Code: code, Due: due})
}

// move runs an act on the petition of the first opinion.
func move(at calendar.Instant, act func(ctx context.Context, t *teller, id doithoai.ID, version int) error) step {
	return moveOf(0, at, act)
}

// moveOf is of the tale's n-th opinion.
func moveOf(
	n int, at calendar.Instant, act func(ctx context.Context, t *teller, id doithoai.ID, version int) error,
) step {
	return step{at, n, func(ctx context.Context, t *teller, so *told) error {
		id := so.opinion.ID
		err := act(ctx, t, id, so.petition[id])
		so.petition[id]++
		return err
	}}
}

// promised is what an answer promises: which unit does what until when.
type promised struct {
	unit, what string
	due        calendar.Date
}

func submit(at calendar.Instant, login string, a doithoai.Answer, promises ...promised) step {
	return move(at, func(ctx context.Context, t *teller, id doithoai.ID, version int) error {
		var lines []doithoai.Promised
		for _, p := range promises {
			lines = append(lines, doithoai.Promised{UnitID: t.units[p.unit].ID, What: p.what, Due: p.due})
		}
		a.Promises = doithoai.PromisesOf(lines...)
		return t.db.SubmitAnswer(ctx, t.actor(login), id, version, a)
	})
}

func giveBack(at calendar.Instant, why string) step {
	return move(at, func(ctx context.Context, t *teller, id doithoai.ID, version int) error {
		return t.db.ReturnAnswer(ctx, t.actor(LoginChair), id, version, why)
	})
}

func sign(at calendar.Instant) step {
	return move(at, func(ctx context.Context, t *teller, id doithoai.ID, version int) error {
		return t.db.SignAnswer(ctx, t.actor(LoginChair), id, version)
	})
}

func dispatch(at calendar.Instant, number string) step {
	return move(at, func(ctx context.Context, t *teller, id doithoai.ID, version int) error {
		return t.db.DispatchAnswer(ctx, t.actor(LoginOffice), id, version, number, at.Date())
	})
}

// view opens the name of the person, for a reason.
func view(at calendar.Instant, login, reason string) step {
	return step{at, 0, func(ctx context.Context, t *teller, so *told) error {
		_, err := t.db.ViewPetitioner(ctx, t.actor(login), so.opinion.ID, reason)
		return err
	}}
}

// handed notes that what waits to be brought to the person was, by hand.
func handed(at calendar.Instant) step { return handedTo("", at) }

// handedTo notes it with who took it; "": whom it usually is.
func handedTo(receiver doithoai.Receiver, at calendar.Instant) step {
	return step{at, 0, func(ctx context.Context, t *teller, so *told) error {
		all, _, err := t.db.HandDeliveries(ctx, t.actor(LoginOffice))
		if err != nil {
			return err
		}
		for _, h := range all {
			if h.Opinion.ID == so.opinion.ID {
				clock := calendar.Civil(at)
				return t.db.RecordDelivery(ctx, t.actor(LoginOffice), h.Delivery.ID, h.Delivery.Version, doithoai.Telling{
					On: at.Date(), Clock: calendar.Clock(clock.Hour()*60 + clock.Minute()),
					Receiver: cmp.Or(receiver, doithoai.UsualReceiver(h.Delivery.Way)),
				})
			}
		}
		return fmt.Errorf("nothing waits to be handed over for %s", so.opinion.Number)
	}}
}

func propose(at calendar.Instant, login string, p doithoai.Publication) step {
	return proposeOf(0, at, login, p)
}

func approve(at calendar.Instant, login string) step { return approveOf(0, at, login) }

// proposeOf and approveOf are of the tale's n-th opinion.
func proposeOf(n int, at calendar.Instant, login string, p doithoai.Publication) step {
	return step{at, n, func(ctx context.Context, t *teller, so *told) error {
		id := so.opinion.ID
		err := t.db.ProposePublication(ctx, t.actor(login), id, so.summary[id], p)
		so.summary[id]++
		return err
	}}
}

func approveOf(n int, at calendar.Instant, login string) step {
	return step{at, n, func(ctx context.Context, t *teller, so *told) error {
		return t.db.ApprovePublication(ctx, t.actor(login), so.opinion.ID, so.summary[so.opinion.ID])
	}}
}

func rate(at calendar.Instant, solved doithoai.Solved, satisfied int) step {
	return step{at, 0, func(ctx context.Context, t *teller, so *told) error {
		r := doithoai.Rating{Solved: solved, Satisfied: satisfied, Answer: so.replaced}
		return t.db.RateAnswer(ctx, t.resident, so.got.Code, so.opinion.Number, r)
	}}
}
