package office

import (
	"slices"
	"strings"

	"github.com/a-h/templ"

	"doithoai"
	"doithoai/web"
	"doithoai/web/ui"
)

// timeline is everything that happened, newest first: every act, and every view of personal data.
func (p opinionPage) timeline() ui.Timeline {
	var t ui.Timeline
	for _, e := range slices.Backward(p.Events) {
		t = append(t, ui.TimelineItem{
			Title: p.actor(e) + " " + p.did(e), When: web.Moment(p.Reader, e.At), Body: p.eventBody(e),
		})
	}
	return t
}

// actor names who did it. Without an officer it was the resident; what the system does has no person.
func (p opinionPage) actor(e doithoai.Event) string {
	if e.Act == doithoai.ActTransferPetition {
		return p.T("opinion.system")
	}
	if e.Facts.OnBehalf != "" {
		return p.T("opinion.timeline.on_behalf", "who", p.person(e.ActorID), "for", p.person(e.Facts.OnBehalf))
	}
	return p.person(e.ActorID)
}

// did words what somebody did.
func (p opinionPage) did(e doithoai.Event) string { return p.Did(e.Act, e.ActorID) }

func (p opinionPage) receivedFacts(f doithoai.Facts) []string {
	return []string{p.T("opinion.timeline.channel", "channel", p.ChannelName(f.Channel))}
}

func (p opinionPage) rulingFacts(f doithoai.Facts) []string {
	list := []string{p.RulingName(doithoai.RulingCode(f.To)) + "."}
	if f.Unit != "" {
		list = append(list, p.T("opinion.timeline.assigned", "unit", p.OpinionFile.Units[f.Unit], "due", p.DateShort(f.Due)))
	} else if !f.Due.IsZero() {
		list = append(list, p.T("opinion.timeline.by_chair", "due", p.DateShort(f.Due)))
	}
	if f.HandedOver {
		list = append(list, p.handOverFacts(f)...)
	}
	if len(f.CoUnits) > 0 {
		names := make([]string, len(f.CoUnits))
		for i, id := range f.CoUnits {
			names[i] = p.OpinionFile.Units[id]
		}
		list = append(list, p.T("opinion.timeline.co_units", "units", strings.Join(names, ", ")))
	}
	list = append(list, p.ruledTexts(f)...)
	if f.Unheard != "" {
		list = append(list, p.T("petition.unheard."+string(f.Unheard)))
	}
	if !f.PutBack.IsZero() {
		list = append(list, p.T("opinion.timeline.put_back", "from", p.DateShort(f.PutBack)))
	}
	if f.Late {
		list = append(list, p.T("opinion.timeline.late"))
	}
	if f.Agreement == doithoai.AgreementYes || f.Agreement == doithoai.AgreementNo {
		list = append(list, p.T("opinion.timeline.agreement", "agreement", p.T("opinion.agreement."+string(f.Agreement))))
	}
	if f.Field != "" {
		list = append(list, p.T("opinion.timeline.field", "field", p.FieldText(f.Field, p.outlook.rules.FieldName(f.Field))))
	}
	if f.OutOfScope {
		list = append(list, p.T("opinion.out_of_scope"))
	}
	return list
}

func (p opinionPage) transferFacts(f doithoai.Facts) []string {
	from, to := p.OpinionFile.Units[doithoai.ID(f.From)], p.OpinionFile.Units[f.Unit]
	return []string{p.T("opinion.timeline.transferred", "from", from, "to", to)}
}

func (p opinionPage) triageFacts(f doithoai.Facts) []string {
	return []string{p.T("opinion.timeline.to_prepare", "unit", p.OpinionFile.Units[f.Unit], "due", p.DateShort(f.Due))}
}

func (p opinionPage) preparerFacts(f doithoai.Facts) []string {
	list := []string{p.OpinionFile.Units[f.Unit] + "."}
	if f.To != "" {
		list = append(list, p.T("opinion.timeline.proposes", "ruling", p.RulingName(doithoai.RulingCode(f.To))))
	}
	return list
}

func (p opinionPage) namedFacts(f doithoai.Facts) []string {
	if doithoai.PublicationState(f.To) != doithoai.PublicationReturned {
		return nil
	}
	return []string{p.T("opinion.timeline.taken_down")}
}

func (p opinionPage) numberedFacts(f doithoai.Facts) []string {
	kind := p.T("documents.kind." + string(f.Document))
	if f.Number == "" {
		return []string{p.T("documents.timeline.took_back", "kind", kind)}
	}
	return []string{p.T("documents.timeline.gave", "kind", kind, "number", f.Number, "date", p.DateIn(f.Dated))}
}

func (p opinionPage) replacedPaperFacts(f doithoai.Facts) []string {
	return []string{p.T("documents.timeline.replaced", "kind", p.T("documents.kind."+string(f.Document)),
		"number", f.Number, "date", p.DateIn(f.Dated), "replaces", f.Replaces)}
}

func (p opinionPage) withdrawnPaperFacts(f doithoai.Facts) []string {
	list := []string{p.T("documents.timeline.withdrew", "kind", p.T("documents.kind."+string(f.Document)),
		"number", f.Number, "date", p.DateIn(f.Dated), "ended", p.DateIn(f.Ended))}
	w := doithoai.WithdrawalIn(f, "")
	if w.Whose == doithoai.WithdrawnByNone {
		return list
	}
	key := "documents.timeline.withdrew_by"
	if w.Whose == doithoai.WithdrawnByOther {
		key = "documents.timeline.withdrew_foreign"
	}
	return append(list, p.T(key, "number", w.Number, "date", p.DateIn(w.Dated), "body", w.Body))
}

func (p opinionPage) dispatchFacts(f doithoai.Facts) []string {
	list := []string{p.T("opinion.timeline.document", "number", f.Number, "date", p.Date(f.Dated))}
	return slices.Concat(list, p.promisedFacts(f), p.setFacts(f))
}

func (p opinionPage) deliveryFacts(f doithoai.Facts) []string {
	list := []string{p.T("opinion.timeline.way", "way", p.WayName(f.Way))}
	if !f.ToldAt.IsZero() && f.Receiver != "" {
		list = append(list, p.T("opinion.timeline.told",
			"at", p.DateTime(f.ToldAt), "receiver", p.T("opinion.delivery.receiver."+string(f.Receiver))))
	}
	return list
}

func (p opinionPage) ratingFacts(f doithoai.Facts) []string {
	return []string{p.rating(f.Solved, f.Satisfied)}
}

func (p opinionPage) viewFacts(f doithoai.Facts) []string {
	return []string{p.T("opinion.timeline.reason", "reason", p.T("slip.petitioner.reason."+f.Reason))}
}

// eventBody is what an event says beyond who and when, nil where that is nothing.
func (p opinionPage) eventBody(e doithoai.Event) templ.Component {
	a := pageActOf(e.Act)
	var facts []string
	if a.facts != nil {
		facts = a.facts(p, e.Facts)
	}
	text := p.Texts[e.Leaf]
	if a.silent {
		text = ""
	}
	if len(facts) == 0 && text == "" {
		return nil
	}
	return p.eventText(facts, text, !a.plain)
}
