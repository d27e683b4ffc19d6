package portal

import (
	"fmt"
	"net/http"

	"doithoai"
	"doithoai/plan"
	"doithoai/store"
	"doithoai/web"
	"doithoai/web/ui"
)

const plansPath = "/ke-hoach"

func planPath(slug string) string { return plansPath + "/" + slug }

// plansPage lists the plans of an authority.
type plansPage struct {
	*web.Reader
	setting
	Plans []store.PublicPlan
}

func (s *site) plans(r *web.Request) error {
	plans, err := s.DB.Plans(r.Context(), r.Authority.ID)
	if err != nil {
		return err
	}
	known, err := s.setting(r)
	if err != nil {
		return err
	}
	return r.Page(http.StatusOK, plansPage{r.Reader, known, plans}.view())
}

func (p plansPage) rows() ui.Rows {
	var rows ui.Rows
	for _, of := range p.Plans {
		rows = append(rows, ui.Row{Title: p.title(of.Plan), Href: planPath(of.Slug), Facts: planFacts(p.Reader, of.Plan)})
	}
	return rows
}

func (p plansPage) title(of plan.Plan) string {
	return p.T("portal.plan.title", "year", of.Year)
}

// planPage shows a plan as it stands on paper, and beside it the dialogues held under it.
type planPage struct {
	*web.Reader
	setting
	Plan      plan.Plan
	Dialogues []doithoai.Dialogue
}

func (s *site) plan(r *web.Request) error {
	found, err := s.DB.PlanBySlug(r.Context(), r.Authority.ID, r.PathValue("slug"))
	if err != nil {
		return err
	}
	all, err := s.DB.Dialogues(r.Context(), r.Authority.ID)
	if err != nil {
		return err
	}
	known, err := s.setting(r)
	if err != nil {
		return err
	}
	p := planPage{Reader: r.Reader, setting: known, Plan: found.Plan}
	for _, d := range all {
		if d.PlanID == found.ID {
			p.Dialogues = append(p.Dialogues, d)
		}
	}
	return r.Page(http.StatusOK, p.view())
}

func (p planPage) title() string { return p.T("portal.plan.title", "year", p.Plan.Year) }

// The national name and the motto are the same on every official document and are not translated (Nghị định 30/2020,
// Phụ lục I).
const (
	nationalName  = "Cộng hòa xã hội chủ nghĩa Việt Nam"
	nationalMotto = "Độc lập - Tự do - Hạnh phúc"
)

// numberLine is "Số: 12/KH-UBND"; where the number isn't known, the room for it stays blank as on the paper.
func numberLine(p plan.Plan) string {
	number := p.Number
	if number == "" {
		number = "\u00a0\u00a0\u00a0\u00a0\u00a0"
	}
	return fmt.Sprintf("Số: %s/%s", number, p.Symbol)
}

// paper is the sheet around the text.
func (p planPage) paper() ui.Paper {
	text := p.Plan
	return ui.Paper{
		Superior: text.Superior, Authority: text.Authority, Number: numberLine(text),
		Nation: nationalName, Motto: nationalMotto, Date: plan.PlaceAndDate(text.Place, text.Date),
		Kind: text.Type, Subject: text.Abstract, Heading: "ke-hoach",
		ToLabel: text.Recipients.Title + ":", To: text.Recipients.Items,
		Signature: ui.Signature{Title: text.Signatory.Title, Name: text.Signatory.Name},
	}
}

// planBlock is a paragraph of the plan's text, or a list of consecutive items.
type planBlock struct {
	Part  plan.Part
	Text  string
	Items []string
}

// blocks are the paragraphs between the title and the recipients, which the sheet itself shows; items that follow each
// other make one list.
func (p planPage) blocks() []planBlock {
	var blocks []planBlock
	for _, par := range p.Plan.Paragraphs() {
		switch par.Part {
		case plan.PartBody, plan.PartSection, plan.PartHeading:
			blocks = append(blocks, planBlock{Part: par.Part, Text: par.Text})
		case plan.PartItem:
			if n := len(blocks); n > 0 && blocks[n-1].Part == plan.PartItem {
				blocks[n-1].Items = append(blocks[n-1].Items, par.Text)
				continue
			}
			blocks = append(blocks, planBlock{Part: par.Part, Items: []string{par.Text}})
		}
	}
	return blocks
}
