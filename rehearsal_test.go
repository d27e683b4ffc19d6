package doithoai

import (
	"testing"

	"doithoai/calendar"
)

// Only what is still to be held can be rehearsed; the copy bears neither the id nor the address of the real dialogue,
// and nobody's telephone.
func TestRehearse(t *testing.T) {
	for _, state := range DialogueStates {
		d := Dialogue{
			ID: "real", Slug: "2024-10-25", State: state, Version: 7, Moves: 2, Contact: "Bà Dụ, 0900 000 000",
			Link: "https://hop.invalid", StartsAt: calendar.InstantAt(calendar.DateOf(2024, 10, 25), 8, 0),
			Programme: []ProgrammeStep{{Title: "Đối thoại", Minutes: 90}},
		}
		err := d.Rehearsable()
		if (err == nil) != state.Coming() || err != nil && KindOf(err) != Conflict {
			t.Errorf("%s: %v", state, err)
		}
		c := d.Rehearsal("copy", "dien-tap-1")
		if c.ID == d.ID || c.Slug == d.Slug || c.State != DialogueAnnounced || c.Contact+c.Link != "" || c.Moves != 0 ||
			c.StartsAt != d.StartsAt || c.NoticeDays() != rehearsalNotice {
			t.Errorf("%s: the copy is %+v", state, c)
		}
		c.Programme[0].Title = "Khác"
		if d.Programme[0].Title != "Đối thoại" {
			t.Error("the copy shares its programme with the real one")
		}
	}
	if c := (Dialogue{}).Rehearsal("copy", "dien-tap-1"); len(c.Programme) == 0 {
		t.Error("a copy without a programme can't be run step by step")
	}
}
