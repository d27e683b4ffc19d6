package office

import (
	"slices"

	"doithoai"
	"doithoai/store"
	"doithoai/web"
)

// fieldRepeats is the field in which the number of what is raised again is typed.
const fieldRepeats = "neu-lai"

// repeatForm names the earlier opinion that this one raises again.
type repeatForm struct {
	Version int    `form:"phien-ban"`
	Number  string `form:"neu-lai" line:"true"`
}

func (s *site) linkRepeat(r *web.Request, id doithoai.ID, f repeatForm) error {
	earlier, err := s.otherOpinion(r, fieldRepeats, f.Number)
	if err != nil {
		return err
	}
	return noSuchNumber(fieldRepeats, f.Number, s.db.LinkRepeat(r.Context(), r.Actor(), id, f.Version, earlier))
}

func (s *site) unlinkRepeat(r *web.Request, id doithoai.ID, version int) error {
	return s.db.UnlinkRepeat(r.Context(), r.Actor(), id, version)
}

func repeatOf(f *forms) *repeatForm { return &f.Repeat }

// repeating reports whether the officer may say what the opinion raises again.
func (p opinionPage) repeating() bool {
	return p.can(doithoai.ActLinkRepeat) && p.Opinion.Repeat.Before == ""
}

// raisable reports whether a row is of an opinion that this one may raise again.
func (p opinionPage) raisable(row store.Row) bool {
	_, err := p.Opinion.LinkRepeat(row.Opinion, row.Stage().Settled())
	return p.repeating() && err == nil
}

// before are the opinions of the row that came before, those that were answered last first; after are the others.
func (p opinionPage) before() (list []store.Raised) {
	for _, r := range slices.Backward(p.Same.Row) {
		if r.Then != nil {
			list = append(list, r)
		}
	}
	return list
}

// lastAnswered is the first of a list that was answered: what was said last stands open.
func lastAnswered(list []store.Raised) int {
	return slices.IndexFunc(list, func(r store.Raised) bool { return r.Then.Text != "" })
}

func (p opinionPage) after() (list []store.Raised) {
	return slices.DeleteFunc(slices.Clone(p.Same.Row), func(r store.Raised) bool { return r.Then != nil })
}

// linkedTo is the number of the opinion that this one raises again, where the officer may see it.
func (p opinionPage) linkedTo() string {
	for _, r := range p.Same.Row {
		if r.Opinion.ID == p.Opinion.Repeat.Before {
			return string(r.Opinion.Number)
		}
	}
	return p.T("same.another")
}

// thenWords say by what an opinion was answered then, when and by whom.
func (p opinionPage) thenWords(then doithoai.AnsweredThen) string {
	var number string
	switch {
	case then.Text == "":
		return p.T("classify.repeat.nothing")
	case then.Number != "":
		number = p.T("classify.repeat.number", "number", then.Number, "date", p.Date(then.Dated))
	default:
		number = p.T("classify.repeat.told", "date", p.Date(then.Dated))
	}
	return web.Joined(number, then.By)
}

func (p opinionPage) linkedFacts(f doithoai.Facts) []string {
	if f.To == doithoai.FactRepeats {
		return []string{p.T("classify.repeat.timeline.again", "number", p.otherNumber(f.With))}
	}
	return []string{p.T("classify.repeat.timeline.raised", "number", p.otherNumber(f.With))}
}

func (p opinionPage) unlinkedFacts(f doithoai.Facts) []string {
	if f.From == doithoai.FactRepeats {
		return []string{p.T("classify.repeat.timeline.unlinked", "number", p.otherNumber(f.With))}
	}
	return []string{p.T("classify.repeat.timeline.lost", "number", p.otherNumber(f.With))}
}
