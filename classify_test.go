package doithoai

import (
	"slices"
	"strings"
	"testing"
	"time"

	"doithoai/calendar"
)

func TestClassifyOpinion(t *testing.T) {
	fields := []Field{{Code: "dat-dai"}, {Code: "ho-tich"}, {Code: "thai-do", Conduct: true}}
	village := Village{ID: "thon-1"}
	working := &Petition{State: PetitionProcessing}
	for _, tt := range []struct {
		name     string
		c        Classification
		petition *Petition
		public   bool
		want     []string // fields with problems
	}{
		{name: "nothing"},
		{name: "a question", c: Classification{Kind: KindQuestion}},
		{name: "what an official did", c: Classification{Kind: KindFeedback, Content: 1, VillageID: "thon-1"}},
		{name: "what is to be done", c: Classification{Kind: KindPetition, Content: 7, Elsewhere: "Xã bên"}},
		{name: "something new", c: Classification{Kind: KindInitiative, Content: 8, FieldCode: "ho-tich"}},
		{name: "no kind of ours", c: Classification{Kind: "to_cao"}, want: []string{FieldKind}},
		{name: "a content alone", c: Classification{Content: 3}, want: []string{FieldKind}},
		{name: "a question about a rule", c: Classification{Kind: KindQuestion, Content: 2}, want: []string{FieldContent}},
		{name: "feedback that proposes", c: Classification{Kind: KindFeedback, Content: 7}, want: []string{FieldContent}},
		{name: "an initiative about an act", c: Classification{Kind: KindInitiative, Content: 1},
			want: []string{FieldContent}},
		{name: "content 9", c: Classification{Kind: KindPetition, Content: 9}, want: []string{FieldContent}},
		{name: "in no village of ours", c: Classification{VillageID: "thon-9"}, want: []string{FieldPlace}},
		{name: "in two places", c: Classification{VillageID: "thon-1", Elsewhere: "Xã bên"}, want: []string{FieldElsewhere}},
		{name: "a long way off", c: Classification{Elsewhere: strings.Repeat("ộ", MaxPlace+1)},
			want: []string{FieldElsewhere}},
		{name: "in no field", c: Classification{FieldCode: "x"}, want: []string{"linh-vuc"}},
		{name: "another field, while a unit works", c: Classification{FieldCode: "ho-tich"}, petition: working},
		{name: "on conduct, while a unit works", c: Classification{FieldCode: "thai-do"}, petition: working,
			want: []string{"linh-vuc"}},
		{name: "on conduct, before", c: Classification{FieldCode: "thai-do"}},
		{name: "on conduct, once it is over", c: Classification{FieldCode: "thai-do"},
			petition: &Petition{State: PetitionEnded}},
		{name: "another field of what is public", c: Classification{FieldCode: "ho-tich"}, public: true,
			want: []string{"linh-vuc"}},
		{name: "the same field of what is public", c: Classification{FieldCode: "dat-dai"}, public: true},
	} {
		at := village
		if tt.c.VillageID != village.ID {
			at = Village{}
		}
		before := Opinion{FieldCode: "dat-dai", Content: "Như đã nói"}
		o, facts, err := before.Classify(tt.c, at, fields, tt.petition, tt.public)
		var got []string
		for _, p := range ProblemsOf(err) {
			got = append(got, p.Field)
		}
		switch {
		case !slices.Equal(got, tt.want):
			t.Errorf("%s: problems at %v, want %v", tt.name, got, tt.want)
		case len(tt.want) > 0:
			if o.Kind != "" || o.FieldCode != "dat-dai" {
				t.Errorf("%s: changed to %+v all the same", tt.name, o)
			}
		case o.Kind != tt.c.Kind || o.ContentCode != tt.c.Content || o.PlaceVillageID != tt.c.VillageID ||
			o.PlaceElsewhere != tt.c.Elsewhere || facts.OpinionKind != tt.c.Kind || o.Content != "Như đã nói" ||
			tt.c.FieldCode != "" && o.FieldCode != tt.c.FieldCode || (facts.Field != "") != (o.FieldCode != "dat-dai"):
			t.Errorf("%s: %+v, %+v", tt.name, o, facts)
		}
	}
}

func TestSplitOpinion(t *testing.T) {
	received := calendar.InstantAt(calendar.DateOf(2024, time.October, 14), 9, 0)
	whole := Opinion{
		ID: "o", SlipID: "s", DialogueID: "d", TurnID: "t", Channel: ChannelHall, Content: "Đường ngập. Đèn hỏng, tối om.",
		ReceivedAt: received, FieldCode: "khac", VillageID: "v", Kind: KindFeedback, Headline: "Đường, đèn", Version: 4,
	}
	for _, tt := range []struct {
		name          string
		said          string
		change        func(*Opinion)
		petition      *Petition
		parts, joined int
		locked        bool
		want          string
	}{
		{name: "the end", said: "Đèn hỏng, tối om."},
		{name: "with other signs", said: "đèn hỏng… tối om"},
		{name: "with something left out", said: "Đường … tối om"},
		{name: "while a unit works", said: "Đèn hỏng", petition: &Petition{State: PetitionProcessing},
			change: func(o *Opinion) { o.Ruling = RulingLater }},
		{name: "that came back", said: "Đèn hỏng", petition: &Petition{State: PetitionReturned},
			change: func(o *Opinion) { o.Ruling = RulingLater }},
		{name: "nothing", want: "empty"},
		{name: "other words", said: "Đèn tắt", want: "not_said"},
		{name: "in another order", said: "Đèn hỏng. Đường ngập", want: "not_said"},
		{name: "twice", said: "Đèn Đèn", want: "not_said"},
		{name: "all of it", said: "Đường ngập, đèn hỏng tối om", want: "whole"},
		{name: "too long", said: strings.Repeat("ộ", MaxMatter+1), want: "too_long"},
		{name: "joined", said: "Đèn hỏng", change: func(o *Opinion) { o.JoinedTo = "x" },
			want: "same.join.problem.joined"},
		{name: "joined on", said: "Đèn hỏng", joined: 1, want: "classify.split.problem.has_joined"},
		{name: "counted in minutes", said: "Đèn hỏng", locked: true, want: "classify.split.problem.locked"},
		{name: "told at once", said: "Đèn hỏng", change: func(o *Opinion) { o.Ruling = RulingOnTheSpot },
			want: "classify.split.problem.answered"},
		{name: "submitted", said: "Đèn hỏng", petition: &Petition{State: PetitionSubmitted},
			change: func(o *Opinion) { o.Ruling = RulingLater }, want: "classify.split.problem.answered"},
		{name: "paused", said: "Đèn hỏng", petition: &Petition{State: PetitionPaused},
			change: func(o *Opinion) { o.Ruling = RulingLater }, want: "classify.split.problem.answered"},
		{name: "into the tenth", said: "Đèn hỏng", parts: MaxParts - 2},
		{name: "into the eleventh", said: "Đèn hỏng", parts: MaxParts - 1, want: "classify.split.problem.many"},
	} {
		o := whole
		if tt.change != nil {
			tt.change(&o)
		}
		part, err := o.Split(tt.said, tt.petition, tt.parts, tt.joined, tt.locked)
		list := ProblemsOf(err)
		switch {
		case tt.want == "":
			want := Opinion{
				SlipID: "s", DialogueID: "d", TurnID: "t", Channel: ChannelHall, Content: tt.said, ReceivedAt: received,
				FieldCode: "khac", VillageID: "v", PartOf: "o", Version: 1,
			}
			if err != nil || part != want {
				t.Errorf("%s: %+v, %v", tt.name, part, err)
			}
		case refusal(err) != tt.want && (len(list) != 1 || !strings.HasSuffix(list[0].Key, "."+tt.want)):
			t.Errorf("%s: %v, want %s", tt.name, err, tt.want)
		}
	}
	whole.PartOf = "root"
	if part, err := whole.Split("Đèn hỏng", nil, 1, 0, false); err != nil || part.PartOf != "root" {
		t.Errorf("a part of a part is one of %q (%v)", part.PartOf, err)
	}
}

func TestLinkRepeat(t *testing.T) {
	early := calendar.InstantAt(calendar.DateOf(2024, time.June, 28), 9, 0)
	late := early.Add(24 * time.Hour)
	for _, tt := range []struct {
		name       string
		o, earlier Opinion
		open       bool
		root       ID
		want       string
	}{
		{name: "the first", o: Opinion{ID: "b", SlipID: "2", ReceivedAt: late},
			earlier: Opinion{ID: "a", SlipID: "1", ReceivedAt: early}, root: "a"},
		{name: "one of a row", o: Opinion{ID: "c", SlipID: "3", ReceivedAt: late},
			earlier: Opinion{ID: "b", SlipID: "2", ReceivedAt: early, Repeat: Repeat{"a", "a"}}, root: "a"},
		{name: "itself", o: Opinion{ID: "a", SlipID: "1", ReceivedAt: late},
			earlier: Opinion{ID: "a", SlipID: "1", ReceivedAt: late}, want: "itself"},
		{name: "of one slip", o: Opinion{ID: "b", SlipID: "1", ReceivedAt: late},
			earlier: Opinion{ID: "a", SlipID: "1", ReceivedAt: early}, want: "itself"},
		{name: "a later one", o: Opinion{ID: "a", SlipID: "1", ReceivedAt: early},
			earlier: Opinion{ID: "b", SlipID: "2", ReceivedAt: late}, want: "later"},
		{name: "of one moment", o: Opinion{ID: "b", SlipID: "2", ReceivedAt: late},
			earlier: Opinion{ID: "a", SlipID: "1", ReceivedAt: late}, want: "later"},
		{name: "unanswered", o: Opinion{ID: "b", SlipID: "2", ReceivedAt: late},
			earlier: Opinion{ID: "a", SlipID: "1", ReceivedAt: early}, open: true, want: "open"},
		{name: "linked", o: Opinion{ID: "b", SlipID: "2", ReceivedAt: late, Repeat: Repeat{"x", "x"}},
			earlier: Opinion{ID: "a", SlipID: "1", ReceivedAt: early}, want: "already"},
		{name: "joined", o: Opinion{ID: "b", SlipID: "2", ReceivedAt: late},
			earlier: Opinion{ID: "a", SlipID: "1", ReceivedAt: early, JoinedTo: "x"}, want: "joined"},
	} {
		r, err := tt.o.LinkRepeat(tt.earlier, !tt.open)
		if tt.want == "" && (err != nil || r != Repeat{Before: tt.earlier.ID, Root: tt.root}) ||
			tt.want != "" && refusal(err) != "classify.repeat.problem."+tt.want {
			t.Errorf("%s: %+v, %v", tt.name, r, err)
		}
	}
	for _, s := range Stages {
		answered := strings.HasPrefix(string(s), "answered") || strings.HasPrefix(string(s), "told") || s == StageClosed
		if s.Settled() != answered {
			t.Errorf("%s settled: %v", s, s.Settled())
		}
	}
}
