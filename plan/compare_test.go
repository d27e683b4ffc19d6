package plan

import (
	"testing"
)

func TestCompare(t *testing.T) {
	before := plan2024(t)
	if c := Compare(before, before); c.Any() {
		t.Errorf("a plan differs from itself: %+v", c)
	}
	after := before
	programme := before.Of(KindProgramme)[0]
	changed := programme.Rewritten("- Đón tiếp.\n" + programme.Typed()[len("- "+programme.Points[0].Text+"\n"):])
	changed.Points = changed.Points[:len(changed.Points)-1]
	changed.Points = append(changed.Points, Point{Text: "Chụp ảnh.", Dash: true})
	after = after.With(changed)
	gone := before.Of(KindTopics)[0]
	after = after.Without(gone.Key).After(0, Section{Kind: KindFunds, Mark: "V.", Title: "KINH PHÍ"})
	after.Preamble = append([]string{"Căn cứ Luật mới;"}, before.Preamble...)
	after.Recipients.Items = before.Recipients.Items[1:]
	after.When.Venue = "Nhà văn hóa thôn Mô Phỏng"
	c := Compare(before, after)
	found := map[Difference]int{}
	for _, s := range c.Sections {
		for _, p := range s.Paragraphs {
			found[p.Difference]++
			if p.Difference == Changed && p.Old != programme.Points[0].Text {
				t.Errorf("changed from %q", p.Old)
			}
			if p.Difference == Removed && p.Text != "" {
				t.Errorf("removed: %+v", p)
			}
		}
		switch {
		case s.Key == gone.Key && s.Difference != Removed:
			t.Errorf("the section that is gone: %+v", s)
		case s.Kind == KindFunds && s.Difference != Added:
			t.Errorf("the new section: %+v", s)
		case s.Kind == KindWhen && !s.Data:
			t.Error("another venue is no difference")
		}
	}
	if found[Changed] != 1 || found[Added] != 2 || found[Removed] != 1+1+len(gone.Points) {
		t.Errorf("found %v", found)
	}
	if c.Preamble[0].Difference != Added || c.Preamble[1].Difference != Same || len(c.Recipients) != 7 || c.Bases {
		t.Errorf("%+v %q", c.Preamble, c.Recipients)
	}
	moved := before.Moved(programme.Key, -1)
	if c := Compare(before, moved); !c.Order || !c.Any() {
		t.Error("sections in another order don't differ")
	}
	if back := moved.Moved(programme.Key, 1); Compare(before, back).Any() {
		t.Error("moved there and back differs")
	}
}

func TestNumberOf(t *testing.T) {
	p := plan2024(t)
	for kind, want := range map[SectionKind]string{KindPurposes: "I.1", KindTopics: "II.4", KindAssignment: "IV.1"} {
		if got := p.NumberOf(p.Of(kind)[0].Key); got != want {
			t.Errorf("%s: %q", kind, got)
		}
	}
	if got := p.NumberOf(0); got != "" {
		t.Errorf("of nothing: %q", got)
	}
}
