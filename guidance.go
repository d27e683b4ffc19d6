package doithoai

import (
	"slices"

	"doithoai/calendar"
)

// GuidanceKind is to what somebody was guided whose matter is a complaint (khiếu nại).
type GuidanceKind string

const (
	GuidedToReception GuidanceKind = "reception" // to the reception of citizens
	GuidedToComplain  GuidanceKind = "complaint" // how to write a complaint, and to whom
)

// GuidanceKinds in the order in which forms offer them.
var GuidanceKinds = []GuidanceKind{GuidedToReception, GuidedToComplain}

// Guidance is the pointer that is left of a complaint here: to what the person was guided, and when. Where that is, is
// the ruling's body; by whom, who answered. What is said of the matter itself stands elsewhere.
type Guidance struct {
	Kind GuidanceKind  // empty: to the reception of citizens
	On   calendar.Date // zero: today
}

// The fields of the guidance in the form of a ruling.
const (
	FieldGuidance  = "huong-dan"
	FieldGuidedDay = "huong-dan-ngay"
)

// filled is the guidance with what stands for what was not typed.
func (g Guidance) filled(today calendar.Date) Guidance {
	if g.Kind == "" {
		g.Kind = GuidedToReception
	}
	if g.On.IsZero() {
		g.On = today
	}
	return g
}

// guides adds what is wrong with the guidance: it is one of [GuidanceKinds]; nobody was guided in the future, nor
// before the opinion was received.
func (ps *problems) guides(g Guidance, received, today calendar.Date) {
	of := problems{of: "refusal.problem."}
	of.need(slices.Contains(GuidanceKinds, g.Kind), FieldGuidance, "guidance")
	of.between(FieldGuidedDay, g.On, received, today)
	ps.join(of.list)
}

// GuidanceIn is the guidance by which a complaint left, as its events have it; the zero one of what is none.
func GuidanceIn(events []Event) Guidance {
	for _, e := range slices.Backward(events) {
		if e.Act.Rules() {
			return Guidance{Kind: e.Facts.Guidance, On: e.Facts.Guided}
		}
	}
	return Guidance{}
}

// ReceptionOf is where an authority receives citizens, as the body to which somebody is guided. Hours that are longer
// than a body's are in its lists.
func ReceptionOf(a Authority, name string) OutsideBody {
	b := OutsideBody{Name: name, Address: a.Address, Phone: a.Phone, Hours: a.Reception}
	if b.Hours == "" {
		b.Hours = a.Hours
	}
	return b
}
