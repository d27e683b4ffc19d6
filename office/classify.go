package office

import (
	"slices"
	"strconv"

	"doithoai"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/ui"
)

// classifyForm says what an opinion is; what is left open stays so.
type classifyForm struct {
	Version   int    `form:"phien-ban"`
	Kind      string `form:"loai" line:"true"`
	Content   string `form:"noi-dung-nd20" line:"true"`
	Place     string `form:"noi-xay-ra" line:"true"`
	Elsewhere string `form:"noi-khac" line:"true"`
	Field     string `form:"linh-vuc" line:"true"`
}

// classification is what the form says. A content that is no number is none of the article's.
func (f classifyForm) classification() doithoai.Classification {
	content, err := strconv.Atoi(f.Content)
	if err != nil && f.Content != "" {
		content = -1
	}
	return doithoai.Classification{
		Kind: doithoai.OpinionKind(f.Kind), Content: doithoai.ContentCode(content), VillageID: doithoai.ID(f.Place),
		Elsewhere: f.Elsewhere, FieldCode: f.Field,
	}
}

// storedClass is the form of what stands.
func (p opinionPage) storedClass() classifyForm {
	c := p.Opinion.Classification()
	f := classifyForm{
		Kind: string(c.Kind), Place: string(c.VillageID), Elsewhere: c.Elsewhere, Field: c.FieldCode,
	}
	if c.Content != 0 {
		f.Content = strconv.Itoa(int(c.Content))
	}
	return f
}

// class is the part of the form of a ruling in which the opinion is classified.
func (f rulingForm) class() classifyForm {
	return classifyForm{Kind: f.Kind, Content: f.Content, Place: f.Place, Elsewhere: f.Elsewhere}
}

// classifying reports whether the form is shown apart from that of the ruling.
func (p opinionPage) classifying() bool { return p.can(doithoai.ActClassifyOpinion) && !p.ruling() }

func (s *site) classify(r *web.Request, id doithoai.ID, f classifyForm) error {
	return s.db.ClassifyOpinion(r.Context(), r.Actor(), id, f.Version, f.classification())
}

func classifyOf(f *forms) *classifyForm { return &f.Class }

func classifyTexts(f forms) []keptText {
	return []keptText{{"classify.elsewhere", f.Class.Elsewhere}}
}

// proposedKind is what the words of the opinion look like, until somebody says what it is.
func (p opinionPage) proposedKind() doithoai.OpinionKind {
	if p.Opinion.Kind != "" {
		return ""
	}
	return doithoai.ProposedKind(text.FoldedWords(p.Opinion.Content))
}

// kinds are the choices of the kind; the proposed one says so, and is chosen by nobody yet.
func (p opinionPage) kinds() (list []ui.Choice) {
	proposed := p.proposedKind()
	for _, k := range doithoai.OpinionKinds {
		c := ui.Choice{Value: string(k), Text: kindName(p.Reader, k)}
		if k == proposed {
			c.Text = p.T("classify.proposed", "kind", c.Text)
		}
		list = append(list, c)
	}
	return list
}

func kindName(r *web.Reader, k doithoai.OpinionKind) string { return r.T("classify.kind." + string(k)) }

func contentName(r *web.Reader, c doithoai.ContentCode) string {
	return r.T("classify.content.of." + strconv.Itoa(int(c)))
}

func (p opinionPage) contents() []ui.Option {
	list := []ui.Option{{Text: p.T("classify.choose_content")}}
	for _, c := range doithoai.ContentCodes {
		code := strconv.Itoa(int(c))
		list = append(list, ui.Option{
			Value: code, Text: p.T("classify.content.short", "code", code, "content", contentName(p.Reader, c)),
		})
	}
	return list
}

// places are the villages in which the matter may lie; one that is over and is said stays among them.
func (p opinionPage) places() []ui.Option {
	list := []ui.Option{{Text: p.T("classify.choose_place")}}
	for _, v := range p.Villages {
		list = append(list, ui.Option{Value: string(v.ID), Text: v.Name})
	}
	if id := string(p.Opinion.PlaceVillageID); id != "" &&
		!slices.ContainsFunc(list, func(o ui.Option) bool { return o.Value == id }) {
		list = append(list, ui.Option{Value: id, Text: p.placeName(p.Opinion.PlaceVillageID)})
	}
	return list
}

// placeName names a village of the authority; one that is not there any more has a name all the same.
func (p opinionPage) placeName(id doithoai.ID) string {
	for _, v := range p.Villages {
		if v.ID == id {
			return v.Name
		}
	}
	return p.T("classify.place")
}

// kindWords say in the line under the title what kind of opinion it is, or that nobody has said.
func (p opinionPage) kindWords() string {
	switch {
	case p.Opinion.Kind != "":
		return kindName(p.Reader, p.Opinion.Kind)
	case p.can(doithoai.ActClassifyOpinion):
		return p.T("classify.unclassified")
	}
	return ""
}

// placeWords say where the matter lies; "" where nobody has said.
func (p opinionPage) placeWords() string {
	switch o := p.Opinion; {
	case o.PlaceVillageID != "":
		return p.placeName(o.PlaceVillageID)
	case o.PlaceElsewhere != "":
		return o.PlaceElsewhere
	}
	return ""
}

func (p opinionPage) classifyFacts(f doithoai.Facts) []string {
	list := []string{p.T("classify.timeline.none")}
	if f.OpinionKind != "" {
		list[0] = p.T("classify.timeline.kind", "kind", kindName(p.Reader, f.OpinionKind))
	}
	if f.ContentCode != 0 {
		list = append(list, p.T("classify.timeline.content", "code", strconv.Itoa(int(f.ContentCode)),
			"content", text.LowerFirst(contentName(p.Reader, f.ContentCode))))
	}
	if f.Village != "" {
		list = append(list, p.T("classify.timeline.place", "place", p.placeName(f.Village)))
	}
	if f.Field != "" {
		list = append(list, p.T("opinion.timeline.field", "field", p.FieldText(f.Field, p.outlook.rules.FieldName(f.Field))))
	}
	return list
}
