package office

import (
	"slices"

	"doithoai"
	"doithoai/store"
	"doithoai/text"
	"doithoai/web"
)

// sameForm names another opinion: that this one is, or that is of the same matter.
type sameForm struct {
	Version int    `form:"phien-ban"`
	Number  string `form:"trung-voi" line:"true"`
}

// same is what the page knows of other opinions that are the same, or alike.
type same struct {
	Members []store.Member   // of the same matter
	Slips   []store.SameSlip // that this one's slip may be
	Alike   []store.AlikeRow // that may be of the same matter
	Row     []store.Raised   // that raise the same again, before and after
}

// maxAlikeShown is how many alike opinions are proposed at once.
const maxAlikeShown = 4

// loadSame looks for what is the same and for what is alike, where the officer could put it together.
func (s *site) loadSame(r *web.Request, p *opinionPage) (err error) {
	o := p.Opinion
	if p.Same.Members, err = s.db.GroupMembers(r.Context(), r.Actor(), o.ID); err != nil {
		return err
	}
	if p.Same.Row, err = s.db.Repeats(r.Context(), r.Actor(), o.ID); err != nil {
		return err
	}
	if p.can(doithoai.ActJoinSlip) {
		if p.Same.Slips, err = s.db.SameSlipsOf(r.Context(), r.Actor(), o.ID); err != nil {
			return err
		}
	}
	if !p.can(doithoai.ActGroupOpinions) {
		return nil
	}
	except := []doithoai.ID{o.ID}
	for _, m := range p.Same.Members {
		except = append(except, m.Opinion.ID)
	}
	for _, r := range p.Same.Row {
		except = append(except, r.Opinion.ID)
	}
	for _, slip := range p.Same.Slips {
		except = append(except, slip.Opinion.ID)
	}
	// Parts of one opinion have words of each other: they stand together already.
	p.Same.Alike, err = s.db.Alike(r.Context(), r.Actor(), o.Content, except, maxAlikeShown+doithoai.MaxParts)
	p.Same.Alike = slices.DeleteFunc(p.Same.Alike, func(a store.AlikeRow) bool {
		return slices.Contains(p.Parts, a.Opinion.Number) || a.Opinion.Number == p.OpinionFile.PartOf
	})
	p.Same.Alike = p.Same.Alike[:min(len(p.Same.Alike), maxAlikeShown)]
	return err
}

// otherOpinion finds the opinion whose number was typed in a field.
func (s *site) otherOpinion(r *web.Request, field, typed string) (doithoai.ID, error) {
	problem := doithoai.Problem{Field: field, Key: "same.problem.number_missing"}
	if typed == "" {
		return "", doithoai.RefuseForm([]doithoai.Problem{problem})
	}
	number, _ := text.RegisterNumber(typed)
	id, err := s.db.OpinionIDByNumber(r.Context(), r.Actor(), doithoai.RegisterNumber(number))
	return id, noSuchNumber(field, typed, err)
}

// noSuchNumber says of an opinion that can't be seen, for whatever reason, that there is none of the number.
func noSuchNumber(field, typed string, err error) error {
	if doithoai.KindOf(err) != doithoai.NotFound {
		return err
	}
	return doithoai.RefuseForm([]doithoai.Problem{{
		Field: field, Key: "same.problem.number", Args: []any{"number", typed},
	}})
}

func (s *site) joinSlip(r *web.Request, id doithoai.ID, f sameForm) error {
	into, err := s.otherOpinion(r, doithoai.FieldSame, f.Number)
	if err != nil {
		return err
	}
	return noSuchNumber(doithoai.FieldSame, f.Number, s.db.JoinSlip(r.Context(), r.Actor(), id, f.Version, into))
}

func (s *site) separateSlip(r *web.Request, id doithoai.ID, version int) error {
	return s.db.SeparateSlip(r.Context(), r.Actor(), id, version)
}

func (s *site) groupOpinions(r *web.Request, id doithoai.ID, f sameForm) error {
	with, err := s.otherOpinion(r, doithoai.FieldSame, f.Number)
	if err != nil {
		return err
	}
	return noSuchNumber(doithoai.FieldSame, f.Number, s.db.GroupOpinions(r.Context(), r.Actor(), id, with))
}

func (s *site) ungroupOpinion(r *web.Request, id doithoai.ID, _ int) error {
	return s.db.UngroupOpinion(r.Context(), r.Actor(), id)
}

func sameOf(f *forms) *sameForm { return &f.Same }

// onJoined are the acts on an opinion that is joined to another: everything else is done on that one.
var onJoined = []doithoai.Act{doithoai.ActSeeOpinions, doithoai.ActViewPetitioner, doithoai.ActSeparateSlip}

// otherNumber is the number of another opinion that an event names, where the officer may see that one.
func (p opinionPage) otherNumber(n doithoai.RegisterNumber) string {
	if !p.With[n] {
		return p.T("same.another")
	}
	return string(n)
}

func (p opinionPage) joinedFacts(f doithoai.Facts) []string {
	if f.To == string(doithoai.StageJoined) {
		return []string{p.T("same.timeline.joined", "number", p.otherNumber(f.With))}
	}
	return []string{p.T("same.timeline.took", "number", p.otherNumber(f.With), "channel", p.ChannelName(f.Channel))}
}

func (p opinionPage) separatedFacts(f doithoai.Facts) []string {
	if f.From == string(doithoai.StageJoined) {
		return []string{p.T("same.timeline.separated", "number", p.otherNumber(f.With))}
	}
	return []string{p.T("same.timeline.lost", "number", p.otherNumber(f.With))}
}

func (p opinionPage) groupedFacts(f doithoai.Facts) []string {
	return []string{p.T("same.timeline.with", "number", p.otherNumber(f.With))}
}

// whySame says by what a slip may be another one.
func whySame(r *web.Reader, s store.SameSlip) string {
	var why []string
	for _, w := range []struct {
		holds bool
		key   string
	}{{s.Paper, "paper"}, {s.Phone, "phone"}, {s.Name, "name"}} {
		if w.holds {
			why = append(why, r.T("same.why."+w.key))
		}
	}
	return web.Joined(why...)
}

// stateOf is where another opinion stands, in small letters.
func (p opinionPage) stateOf(row store.Row) string {
	return text.LowerFirst(stateTag(p.Reader, row.Opinion, row.Petition, row.ToTell).Text)
}

// related reports whether there is anything to show of other opinions, or to do.
func (p opinionPage) related() bool {
	return p.JoinedTo != "" || len(p.Came) > 0 || len(p.Same.Members) > 0 || len(p.Same.Slips) > 0 ||
		len(p.Same.Row) > 0 || len(p.Same.Alike) > 0 || p.List != "" && doithoai.MayEver(p.Actor(), doithoai.ActRecordList)
}
