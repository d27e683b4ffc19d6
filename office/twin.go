package office

import (
	"strings"

	"doithoai"
	"doithoai/store"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/ui"
)

// twins are slips that the typed one may be, and opinions of the same matter.
type twins struct {
	Looked bool
	Slips  []store.SameSlip
	Alike  []store.AlikeRow
}

const (
	// doubting says in the form's address that the slip may have come before; toDecide, that it was sent and waits for
	// that to be decided.
	doubting = "trung"
	toDecide = "1"
	// fieldTwin is the field in which that is decided: new, or one of these with the number of an opinion after it.
	fieldTwin = "trung"
	twinNew   = "moi"
	twinSame  = "phieu:"
	twinAlike = "noi-dung:"
	// stepLook asks for what may be the same before the slip is sent.
	stepLook = "tim"
)

// twinsOf looks for what a slip may be.
func (s *site) twinsOf(r *web.Request, slip doithoai.Slip) (t twins, err error) {
	t.Looked = true
	if t.Slips, err = s.db.SameSlips(r.Context(), r.Actor(), "", slip); err != nil {
		return t, err
	}
	if !doithoai.MayEver(r.Actor(), doithoai.ActGroupOpinions) {
		return t, nil
	}
	var except []doithoai.ID
	for _, s := range t.Slips {
		except = append(except, s.Opinion.ID)
	}
	for _, matter := range slip.Matters {
		alike, err := s.db.Alike(r.Context(), r.Actor(), matter, except, maxAlikeShown)
		if err != nil {
			return t, err
		}
		for _, a := range alike {
			if len(t.Alike) < maxAlikeShown {
				t.Alike, except = append(t.Alike, a), append(except, a.Opinion.ID)
			}
		}
	}
	return t, nil
}

// doubted reports whether it is to be decided, before the slip is taken, whether it came before: not where that was
// decided, nor where this very form was sent already.
func (s *site) doubted(r *web.Request, p slipPage, key doithoai.IntakeKey, slip doithoai.Slip) (bool, error) {
	if p.Form.Same != "" {
		return false, nil
	}
	if sent, err := s.db.HandedIn(r.Context(), r.Actor(), key, slip); err != nil || sent {
		return false, err
	}
	found, err := s.db.SameSlips(r.Context(), r.Actor(), "", slip)
	return len(found) > 0, err
}

// chosenTwin is what the officer says that the slip is.
type chosenTwin struct {
	id     doithoai.ID // empty: a new slip, with nothing alike
	number doithoai.RegisterNumber
	same   bool // it is that one's slip; else of the same matter
}

// twin reads what was chosen. An opinion that can't be seen is none.
func (s *site) twin(r *web.Request, chosen string) (t chosenTwin, err error) {
	typed, same := strings.CutPrefix(chosen, twinSame)
	if !same {
		var alike bool
		if typed, alike = strings.CutPrefix(chosen, twinAlike); !alike {
			return t, nil
		}
	}
	number, _ := text.RegisterNumber(typed)
	t = chosenTwin{number: doithoai.RegisterNumber(number), same: same}
	t.id, err = s.db.OpinionIDByNumber(r.Context(), r.Actor(), t.number)
	if doithoai.KindOf(err) == doithoai.NotFound {
		err = doithoai.RefuseForm([]doithoai.Problem{{
			Field: fieldTwin, Key: "same.problem.number", Args: []any{"number", typed},
		}})
	}
	return t, err
}

// What the receipt's address says became of it, with the number.
const (
	twinJoined  = "ghep"
	twinGrouped = "cung"
	twinNot     = "chua-ghep"
)

// putTogether joins the slip that was taken to the one that it is, or puts its first opinion beside one of the same
// matter: an act of its own. The slip stays taken, whatever becomes of that; the receipt's page says what did.
func (s *site) putTogether(r *web.Request, got store.Received, t chosenTwin) string {
	if t.id == "" {
		return ""
	}
	first, done := got.Opinions[0].ID, twinGrouped
	var err error
	if t.same {
		done = twinJoined
		err = s.db.JoinSlip(r.Context(), r.Actor(), first, 1, t.id)
	} else {
		err = s.db.GroupOpinions(r.Context(), r.Actor(), first, t.id)
	}
	if got.Repeated && doithoai.KindOf(err) == doithoai.Conflict { // done when the form came first
		err = nil
	}
	if err != nil {
		r.Host.Log.Warn("put a slip together with another", "opinion", string(got.Opinions[0].Number), "error", err)
		done = twinNot
	}
	return "?" + done + "=" + string(t.number)
}

// twinWords says on the receipt's page what became of it.
func twinWords(r *web.Request) string {
	for done, key := range map[string]string{
		twinJoined: "same.form.joined", twinGrouped: "same.form.grouped", twinNot: "same.form.not_done",
	} {
		if number, whole := text.RegisterNumber(r.URL.Query().Get(done)); whole {
			return r.T(key, "number", number)
		}
	}
	return ""
}

// twinChoices are what the slip may be.
func (p slipPage) twinChoices() []ui.Choice {
	items := []ui.Choice{{Value: twinNew, Text: p.T("same.form.new")}}
	for _, s := range p.Twins.Slips {
		o := s.Opinion
		items = append(items, ui.Choice{Value: twinSame + string(o.Number), Text: p.T("same.form.same",
			"number", string(o.Number), "title", text.Headline(o.Headline, o.Content), "channel", p.ChannelName(o.Channel),
			"date", p.DateTime(o.ReceivedAt), "why", whySame(p.Reader, s))})
	}
	for _, a := range p.Twins.Alike {
		items = append(items, ui.Choice{Value: twinAlike + string(a.Opinion.Number), Text: p.T("same.form.alike",
			"number", string(a.Opinion.Number), "title", a.Title(), "date", p.Date(a.Opinion.ReceivedAt.Date()))})
	}
	return items
}
