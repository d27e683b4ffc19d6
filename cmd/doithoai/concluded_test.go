package main

import (
	"maps"
	"slices"
	"testing"

	"doithoai"
	"doithoai/cmd/doithoai/demo"
	"doithoai/plan"
)

// TestConcludedDialogue: the demo's dialogue of June is over, with an opinion of every ruling and every outcome; its
// sum is closed, its minutes are locked, its results public and reported; the record agrees with all of it. The
// dialogue of October is still to come.
func TestConcludedDialogue(t *testing.T) {
	at := demoFolder(t)
	s := openDemo(t, at, listening{}, demo.NewClock())
	office := actorOf(t, s, demo.LoginOffice)
	d, err := s.db.DialogueBySlug(t.Context(), office.AuthorityID, "2024-06-28")
	if err != nil {
		t.Fatal(err)
	}
	if d.State != doithoai.DialogueReported || d.StartedAt.IsZero() || d.ClosedAt.IsZero() || d.PublishedAt.IsZero() {
		t.Errorf("the dialogue is %s: began %s, closed %s, published %s", d.State, d.StartedAt, d.ClosedAt, d.PublishedAt)
	}
	f, err := s.db.Minutes(t.Context(), office, d.ID)
	if err != nil {
		t.Fatal(err)
	}
	if f.Minutes.State != doithoai.MinutesLocked || f.Leaf < 0 || f.Minutes.ReadBack.At.IsZero() || len(f.Changes) == 0 {
		t.Errorf("minutes %s, leaf %d, read back %s, %d corrections", f.Minutes.State, f.Leaf, f.Minutes.ReadBack.At,
			len(f.Changes))
	}
	sum := f.Tally
	if sum.Received() != 17 || !sum.Balanced() {
		t.Errorf("received %d, ruled %d, open %d; want 17 and none open", sum.Received(), sum.Ruled(), sum.Open())
	}
	for _, o := range doithoai.Outcomes {
		if n := sum.Outcomes[o]; (n > 0) != (o != doithoai.OutcomeNone) {
			t.Errorf("%d opinions with outcome %s", n, o)
		}
	}
	for _, r := range doithoai.RulingRules {
		if sum.Outcomes[doithoai.Outcome(r.Code)] == 0 {
			t.Errorf("no opinion was ruled %s", r.Code)
		}
	}
	for _, row := range doithoai.TallyRows {
		if sum.Row(row) == 0 {
			t.Errorf("no opinion came %s", row)
		}
	}
	if sum.Unnamed != 1 {
		t.Errorf("%d opinions of nobody known", sum.Unnamed)
	}
	concluded, err := s.db.Conclusion(t.Context(), office, d.ID)
	if err != nil {
		t.Fatal(err)
	}
	agreed, scope := map[doithoai.Agreement]int{}, 0
	for _, o := range concluded.Opinions {
		agreed[o.Ruled.Agreement]++
		if o.Opinion.OutOfScope {
			scope++
		}
	}
	if given := slices.Collect(maps.Keys(agreed)); !containsAll(given, doithoai.Agreements) || scope == 0 {
		t.Errorf("agreements %v, %d out of scope", agreed, scope)
	}
	if concluded.Conclusion == "" || !slices.ContainsFunc(concluded.Opinions, plan.MinutesOpinion.Opens) {
		t.Error("nothing was concluded, or nobody has to do anything")
	}
	heads := concluded.Heads
	if invited := heads.Of(doithoai.HeadInvited); invited.Present == 0 || invited.Present >= invited.Expected ||
		heads.Of(doithoai.HeadOthers).Present == 0 || len(concluded.Presiding) != 2 {
		t.Errorf("heads %v, presiding %v", heads, concluded.Presiding)
	}
	next, err := s.db.DialogueBySlug(t.Context(), office.AuthorityID, "2024-10-25")
	if err != nil || next.State != doithoai.DialogueAnnounced {
		t.Errorf("the dialogue of October is %s: %v", next.State, err)
	}
	if code, out, stderr := run(t, "", "verify", "--data", at.Data); code != exitUnsigned { // it never was served
		t.Errorf("verify: %d\n%s%s", code, out, stderr)
	}
}

func containsAll[T comparable](there, wanted []T) bool {
	return !slices.ContainsFunc(wanted, func(w T) bool { return !slices.Contains(there, w) })
}
