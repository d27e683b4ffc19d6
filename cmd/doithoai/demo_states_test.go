package main

import (
	"slices"
	"testing"

	"doithoai"
	"doithoai/cmd/doithoai/demo"
	"doithoai/store"
)

// shownState is something that can become of an opinion, and how its file tells that it did.
type shownState struct {
	name  string
	holds func(store.OpinionFile) bool
}

// fileStates are the states which the demo must have to show, beside what lists of the store tell ([TestDemoStates]).
var fileStates = []shownState{
	{"an answer that was corrected", func(f store.OpinionFile) bool { return len(f.Replaced) > 0 }},
	{"the superior was asked, and the person answered", func(f store.OpinionFile) bool {
		return f.Answer.Number != "" && slices.ContainsFunc(f.Letters, func(l doithoai.OnwardLetter) bool {
			return l.Kind == doithoai.OnwardEscalation && l.State == doithoai.OnwardReplied
		})
	}},
	{"a promise that was kept", promised(doithoai.PromiseKept)},
	{"a promise that is open", promised(doithoai.PromiseOpen)},
	{"a promise that was broken", promised(doithoai.PromiseBroken)},
	{"handed over to another unit", func(f store.OpinionFile) bool {
		return f.Petition != nil && f.Petition.HandedOver > 0
	}},
	{"a later day that was allowed", func(f store.OpinionFile) bool {
		return f.Petition != nil && f.Petition.Extended > 0
	}},
	{"paused", func(f store.OpinionFile) bool {
		return f.Petition != nil && f.Petition.State == doithoai.PetitionPaused
	}},
	{"looked at again once, and answered", func(f store.OpinionFile) bool {
		return f.Petition != nil && f.Petition.Round == 1 && f.Petition.State == doithoai.PetitionAnswered
	}},
	{"not accepted, with its ground", func(f store.OpinionFile) bool {
		return f.Opinion.Ruling == doithoai.RulingNotAccepted && f.RulingText != "" && f.Basis != ""
	}},
	{"sent to another body", func(f store.OpinionFile) bool {
		return f.Opinion.Ruling == doithoai.RulingOtherBody && f.Redirect.Name != ""
	}},
	{"its record passed on by a slip", func(f store.OpinionFile) bool {
		return f.Transfer != nil && f.Transfer.Number != ""
	}},
	{"a complaint, of which only where to go is left", func(f store.OpinionFile) bool {
		return f.Opinion.Ruling == doithoai.RulingComplaint && f.Petition == nil && f.RulingText == "" &&
			f.Redirect.Name != ""
	}},
	{"withdrawn", func(f store.OpinionFile) bool { return f.Opinion.Ruling == doithoai.RulingWithdrawn }},
	{"erased", func(f store.OpinionFile) bool {
		return f.Opinion.Content == "" && slices.ContainsFunc(f.Events, func(e doithoai.Event) bool {
			return e.Facts.Erased == doithoai.ErasureAll
		})
	}},
	{"urged at the third step, and still to be answered", func(f store.OpinionFile) bool {
		return f.Petition != nil && f.Petition.Urgeable() && slices.ContainsFunc(f.Urgings, func(u doithoai.Urging) bool {
			return u.Rung == doithoai.RungThird && u.Number == doithoai.RungThird.Level()
		})
	}},
	{"waits for what the person adds", func(f store.OpinionFile) bool {
		if f.Petition == nil {
			return false
		}
		_, waits := f.Petition.Awaited(f.Supplements)
		return waits
	}},
	{"the person added what was missing", func(f store.OpinionFile) bool {
		return slices.ContainsFunc(f.Supplements, func(s doithoai.Supplement) bool { return s.Answer.Said != "" })
	}},
	{"a request about their own data that was answered", func(f store.OpinionFile) bool {
		return slices.ContainsFunc(f.Requests, func(r doithoai.OwnRequest) bool { return r.State == doithoai.OwnGranted })
	}},
}

func promised(state doithoai.PromiseState) func(store.OpinionFile) bool {
	return func(f store.OpinionFile) bool {
		return slices.ContainsFunc(f.Promises, func(p doithoai.Promise) bool { return p.State == state })
	}
}

// TestDemoStates: whoever looks at the demo finds an opinion in every state that one can be in.
func TestDemoStates(t *testing.T) {
	at := demoFolder(t)
	clock, err := demoCommand{place: at}.clock()
	if err != nil {
		t.Fatal(err)
	}
	s := openDemo(t, at, listening{}, clock)
	office := actorOf(t, s, demo.LoginOffice)
	register := func(f store.Filter) []store.Row {
		t.Helper()
		f.Tab, f.Limit = store.TabAll, 200
		rows, beyond, err := s.db.Register(t.Context(), office, f)
		if err != nil || beyond.More {
			t.Fatalf("more than a page %t, %v", beyond.More, err)
		}
		return rows
	}
	need := func(name string, n int, err error) {
		t.Helper()
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if n == 0 {
			t.Errorf("the demo has none: %s", name)
		}
	}
	for _, k := range doithoai.OpinionKinds {
		need(string(k), len(register(store.Filter{Kind: k})), nil)
	}
	for _, o := range []doithoai.InitiativeOutcome{doithoai.InitiativeApplied, doithoai.InitiativeNotApplied} {
		need("initiative "+string(o), len(register(store.Filter{Outcome: o})), nil)
	}
	need("initiative undecided", len(register(store.Filter{Undecided: true})), nil)
	disputes, _, err := s.db.Disputes(t.Context(), office)
	need("disputed", len(disputes), err)
	extensions, _, err := s.db.ProposedExtensions(t.Context(), actorOf(t, s, demo.LoginChair))
	need("a later day that is asked for", len(extensions), err)
	requests, _, err := s.db.OwnRequests(t.Context(), office)
	need("a request about their own data that waits", len(requests), err)
	denounced, err := s.db.Denunciations(t.Context(), office)
	need("a denunciation, counted", int(denounced), err)

	rows := register(store.Filter{})
	ruled, there, sent := map[doithoai.RulingCode]int{}, map[string]int{}, map[string]int{}
	var ids []doithoai.ID
	for _, row := range rows {
		ids = append(ids, row.Opinion.ID)
		ruled[row.Opinion.Ruling]++
		f, err := s.db.OpinionFile(t.Context(), office, row.Opinion.ID)
		if err != nil {
			t.Fatalf("%s: %v", row.Opinion.Number, err)
		}
		for _, state := range fileStates {
			if state.holds(f) {
				there[state.name]++
			}
		}
		answers := []string{f.Answer.Number}
		for _, r := range f.Rounds {
			answers = append(answers, r.Answer.Number)
		}
		for _, number := range answers {
			if number != "" {
				sent[number]++
			}
		}
	}
	for _, state := range fileStates {
		need(state.name, there[state.name], nil)
	}
	for _, r := range doithoai.RulingRules {
		if r.Code != doithoai.RulingDenunciation {
			need("ruled "+string(r.Code), ruled[r.Code], nil)
		} else if ruled[r.Code] > 0 {
			t.Error("the register lists a denunciation")
		}
	}
	others, err := s.db.GroupCounts(t.Context(), office, ids)
	if err != nil {
		t.Fatal(err)
	}
	ofFive := 0
	for _, n := range others {
		if n == 4 {
			ofFive++
		}
	}
	if ofFive != 10 {
		t.Errorf("%d opinions stand with four others of the same matter, want two groups of five", ofFive)
	}
	toFive := 0
	for _, n := range sent {
		if n == 5 {
			toFive++
		}
	}
	need("one answer that went to five", toFive, nil)
}
