package office

import (
	"context"
	"io"
	"slices"
	"strings"

	"doithoai"
	"doithoai/store"
	"doithoai/text"
	"doithoai/web"
)

// doneLine says on top of a page what the officer has just done, and what of it is left to do. It says nothing that the
// opinion's own events do not say.
type doneLine struct {
	number doithoai.RegisterNumber // of another opinion than the page's; empty: of this one, or of none
	words  string
}

// Render implements [templ.Component].
func (d *doneLine) Render(ctx context.Context, w io.Writer) error { return d.view().Render(ctx, w) }

// done reads from the address what was done before the page was opened: "xong" names the act as its form's address
// does, "so" the opinion where it is another than here; nil where nothing was.
func (s *site) done(r *web.Request, here *opinionPage) (*doneLine, error) {
	q := r.URL.Query()
	if q.Get("xong") == doneExplaining {
		return &doneLine{words: r.T("act.done.give_explanation")}, nil
	}
	i := slices.IndexFunc(pageActs(), func(a pageAct) bool { return a.slug != "" && a.slug == q.Get("xong") })
	if i < 0 {
		return nil, nil
	}
	act := pageActs()[i].act
	typed, _ := text.RegisterNumber(q.Get("so"))
	number := doithoai.RegisterNumber(typed)
	if here != nil && (number == "" || number == here.Opinion.Number) {
		return wordsDone("", r.Reader, act, here.OpinionFile), nil
	}
	id, err := s.db.OpinionIDByNumber(r.Context(), r.Actor(), number)
	if err == nil {
		var f store.OpinionFile
		if f, err = s.db.OpinionFile(r.Context(), r.Actor(), id); err == nil {
			return wordsDone(number, r.Reader, act, f), nil
		}
	}
	if k := doithoai.KindOf(err); k == doithoai.NotFound || k == doithoai.NotAllowed { // it left the officer's reach
		return nil, nil
	}
	return nil, err
}

// doneExplaining is what the address says after an explanation was given: the officer may not open the opinion.
const doneExplaining = "giai-trinh"

// wordsDone are the words after an act of the reader on an opinion; nil where the reader has not done it.
func wordsDone(
	number doithoai.RegisterNumber, r *web.Reader, act doithoai.Act, f store.OpinionFile,
) *doneLine {
	last := lastOf(f.Events, func(e doithoai.Event) bool { return e.Act == act && e.ActorID == r.Officer.ID })
	if last == nil || !r.Text.Has("act.done."+string(act)) {
		return nil
	}
	words := []string{r.T("act.done."+string(act), "number", last.Facts.Number, "due", r.DateShort(last.Facts.Due))}
	if n := last.Facts.Together; n > 0 {
		words = append(words, r.T("answer_set.together", "count", n))
	}
	if slices.Contains(tellingActs, act) {
		words = append(words, leftToTell(r, f.Deliveries)...)
	}
	return &doneLine{number, strings.Join(words, " ")}
}

// tellingActs are the acts after which the person is to be told something.
var tellingActs = []doithoai.Act{
	doithoai.ActRuleOpinion, doithoai.ActAnswerLater, doithoai.ActDispatchAnswer, doithoai.ActDispatchCorrection,
	doithoai.ActReopenPetition, doithoai.ActAllowReopening, doithoai.ActRefuseReopening,
	doithoai.ActAskSupplement, doithoai.ActDecideInitiative, doithoai.ActCorrectPetitioner, doithoai.ActRefuseOwn,
	doithoai.ActRecordDelivery, doithoai.ActWithdrawDelivery,
	doithoai.ActPausePetition, doithoai.ActResumePetition, doithoai.ActExtendPetition, doithoai.ActMoveDue,
	doithoai.ActRegisterReply, doithoai.ActEndOnwardWait, doithoai.ActTransferRecord,
}

// leftToTell says in which ways the person is still to be told: by the office, and by the program.
func leftToTell(r *web.Reader, all []doithoai.Delivery) []string {
	var ways, queued []doithoai.Way
	for _, d := range all {
		switch {
		case d.ToTell():
			ways = append(ways, d.Way)
		case d.Kind != doithoai.DeliveryReceived && d.State == doithoai.DeliveryQueued:
			queued = append(queued, d.Way)
		}
	}
	var words []string
	if len(ways) > 0 {
		words = append(words, r.T("opinion.delivery.left", "count", len(ways), "ways", wayNames(r, ways)))
	}
	if len(queued) > 0 {
		words = append(words, text.UpperFirst(r.T("opinion.delivery.mail_queued", "ways", wayNames(r, queued))))
	}
	return words
}

// wayNames names ways to be answered, each once.
func wayNames(r *web.Reader, ways []doithoai.Way) string {
	var names []string
	for _, w := range doithoai.AllWays {
		if slices.Contains(ways, w) {
			names = append(names, r.WayName(w))
		}
	}
	return strings.Join(names, ", ")
}

// lastOf is the last event of which f holds, nil where there is none.
func lastOf(events []doithoai.Event, f func(doithoai.Event) bool) *doithoai.Event {
	for i := len(events) - 1; i >= 0; i-- {
		if f(events[i]) {
			return &events[i]
		}
	}
	return nil
}
