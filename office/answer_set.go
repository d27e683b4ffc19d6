package office

import (
	"slices"
	"strconv"
	"strings"

	"doithoai"
	"doithoai/store"
	"doithoai/web"
	"doithoai/web/ui"
)

// setForm is a button on an answer that may be one to several opinions.
type setForm struct {
	Version int      `form:"phien-ban"`
	With    []string `form:"cung-tra-loi"`
}

func setOf(f *forms) *setForm { return &f.Set }

// fieldSetAsked says in a form that the officer was shown which others the answer can serve: what is not chosen then,
// was left out on purpose.
const fieldSetAsked = "da-hoi-cung"

// setValue names another opinion of a form as it was seen.
func setValue(c store.Companion) string { return string(c.Opinion.ID) + "." + strconv.Itoa(c.Version) }

// others are the opinions that a form names. What is none is refused with the act, as an opinion that is not there.
func others(named []string) (all []store.Versioned) {
	for _, value := range named {
		id, version, _ := strings.Cut(value, ".")
		n, err := strconv.Atoi(version)
		if err != nil {
			id = ""
		}
		all = append(all, store.Versioned{ID: doithoai.ID(id), Version: n})
	}
	return all
}

// together is what the page knows of other opinions which have, or may have, the same answer.
type together struct {
	Stand     []store.Companion // whose answer stands with this one's: who acts on one acts on all
	Offered   []store.Companion // to which the answer may go as well, and those to which it can't
	Corrected []store.Companion // whose correction stands with this one's, or may be begun with it

	Public doithoai.RegisterNumber // under which the answer is public, of another one
}

func (s *site) loadTogether(r *web.Request, p *opinionPage) (err error) {
	if p.Petition == nil || p.Submitted.Body == "" && !p.drafting() {
		return nil
	}
	if p.Together.Stand, err = s.db.AnsweredTogether(r.Context(), r.Actor(), p.Opinion.ID); err != nil {
		return err
	}
	if p.drafting() {
		p.Together.Offered, err = s.db.AnswerCompanions(r.Context(), r.Actor(), p.Opinion.ID)
		return err
	}
	if p.correctable() && len(p.Together.Stand) > 0 && p.OpinionFile.Publication == "" {
		p.Together.Public, err = s.db.PublicWith(r.Context(), r.Authority.ID, p.Opinion.Number)
		if err != nil && doithoai.KindOf(err) != doithoai.NotFound {
			return err
		}
	}
	if p.correctable() {
		p.Together.Corrected, err = s.db.CorrectedTogether(r.Context(), r.Actor(), p.Opinion.ID)
	}
	return err
}

// fits are those of some others to which the answer can go.
func fits(all []store.Companion) (fit []store.Companion) {
	for _, c := range all {
		if c.Not == nil {
			fit = append(fit, c)
		}
	}
	return fit
}

// chosen are the others that are ticked: as they were, where the officer chose before; those with which the answer was
// handed in the last time; else all to which it can go.
func chosen(all, before []store.Companion, typed []string, asked bool) (values []string) {
	for _, c := range fits(all) {
		id := string(c.Opinion.ID)
		was := func(v string) bool { return strings.HasPrefix(v, id+".") }
		in := func(b store.Companion) bool { return b.Opinion.ID == c.Opinion.ID }
		switch {
		case asked && !slices.ContainsFunc(typed, was):
		case !asked && before != nil && !slices.ContainsFunc(before, in):
		default:
			values = append(values, setValue(c))
		}
	}
	return values
}

// answerChosen are the others that are ticked in the form of the answer.
func (p opinionPage) answerChosen() []string {
	before := p.Together.Stand
	if before == nil && p.Submitted.Body != "" { // it was handed in alone
		before = []store.Companion{}
	}
	return chosen(p.Together.Offered, before, p.Forms.Answer.With, p.Forms.Answer.SetAsked)
}

// correctionChosen are the others that are ticked in the form of the correction: an answer that is wrong for one is
// wrong for all.
func (p opinionPage) correctionChosen() []string {
	return chosen(p.Together.Corrected, nil, p.Forms.Correction.With, p.Forms.Correction.SetAsked)
}

// companionChoices are the boxes of the others to which the answer can go.
func (p opinionPage) companionChoices(all []store.Companion) (items []ui.Choice) {
	for _, c := range fits(all) {
		words := string(c.Opinion.Number) + ": " + c.Title()
		if c.Petition != nil && c.Petition.Open() {
			words += " · " + p.T("answer_set.due", "date", p.Date(c.Petition.Due))
		}
		items = append(items, ui.Choice{Value: setValue(c), Text: words})
	}
	return items
}

// whyNot words why the answer can't go to another opinion.
func (p opinionPage) whyNot(c store.Companion) string {
	return web.RefusalWords(p.Reader, doithoai.OfMember(c.Opinion.Number, c.Not))
}

// left are the others to which the answer can't go, but for those that nobody would expect it to: answered already, or
// ended.
func left(all []store.Companion) (not []store.Companion) {
	for _, c := range all {
		if c.Not != nil && c.Petition != nil && c.Petition.Open() {
			not = append(not, c)
		}
	}
	return not
}

// standing are the others on which an act on what waits here is done as well: on the answer, or on its correction.
func (p opinionPage) standing() []store.Companion {
	if p.OpinionFile.Correction.Open() && p.correctable() {
		return p.Together.Corrected
	}
	return p.Together.Stand
}

// all is how many opinions an act on what waits here is done on.
func (p opinionPage) all() int { return 1 + len(p.standing()) }

// signButton is the button of a signature, which may be one for several.
func (p opinionPage) signButton(act doithoai.Act) ui.Button {
	words := p.T("opinion.act.sign_do")
	if n := p.all(); n > 1 {
		words = p.T("answer_set.sign", "count", n)
	}
	return p.onwardText(act, words)
}

// dispatchButton is the button of a dispatch, which may be one for several.
func (p opinionPage) dispatchButton(act doithoai.Act) ui.Button {
	words := p.T("opinion.act.dispatch")
	if n := p.all(); n > 1 {
		words = p.T("answer_set.dispatch", "count", n)
	}
	return p.onwardText(act, words)
}

// public is where what the public reads of the opinion stands: the page may be another one's, who was sent the same
// answer.
func (p opinionPage) public() doithoai.PublicationState {
	if p.Together.Public != "" {
		return doithoai.PublicationPublished
	}
	return p.OpinionFile.Publication
}

// setFacts say of an event on several opinions on how many.
func (p opinionPage) setFacts(f doithoai.Facts) []string {
	if f.Together == 0 {
		return nil
	}
	return []string{p.T("answer_set.together", "count", f.Together)}
}

// sets gives each of some tasks the others of its set, and leaves one task of each set: that of which the due date is
// the earliest. What was sent to several becomes public once.
func (s *site) sets(r *web.Request, tasks []task) ([]task, error) {
	var ids []doithoai.ID
	for _, t := range tasks {
		ids = append(ids, t.opinion)
	}
	sets, err := s.db.AnswerSets(r.Context(), r.Actor(), ids)
	if err != nil || len(sets) == 0 {
		return tasks, err
	}
	var kept []task
	type place struct {
		store.SetPlace
		turn string
	}
	at := map[place]int{}
	for _, t := range tasks {
		set, found := sets[t.opinion]
		i, known := at[place{set, t.Turn}]
		switch {
		case !found || set.State == string(doithoai.PetitionAnswered) && t.Act != doithoai.ActProposePublication:
			kept = append(kept, t)
		case set.Public && !t.proposed: // the one page is theirs, too
		case !known:
			at[place{set, t.Turn}] = len(kept)
			kept = append(kept, t)
		default:
			first := &kept[i]
			if t.when(r.Today()).Before(first.when(r.Today())) {
				t.With, *first = append(first.With, first.Number), t
			} else {
				first.With = append(first.With, t.Number)
			}
		}
	}
	return kept, nil
}
