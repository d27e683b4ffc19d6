package planning

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"doithoai"
	docform "doithoai/doc/form"
	"doithoai/plan"
	"doithoai/store"
	"doithoai/web"
	"doithoai/web/ui"
)

// stockRoutes are the pages of a dialogue's paper slips.
func (s *site) stockRoutes() []web.Route {
	at := web.DialoguesPath + "/{id}" + stockSlug
	of := web.DialoguesPath + "/{id}"
	papers := slices.Concat(s.printedRoutes(of+sheetsAt, doithoai.ActPrintStack, s.sheets),
		s.printedRoutes(of+shortSlipsAt, doithoai.ActSeeStock, s.shortSlips))
	return append(papers, []web.Route{
		{Pattern: "GET " + at, Act: doithoai.ActSeeStock, Do: s.stock},
		{Pattern: "POST " + at, Act: doithoai.ActPrintStack, Do: s.printStack},
		{Pattern: "POST " + at + "/phat", Act: doithoai.ActHandOutSlips, Do: s.handOutSlips},
		{Pattern: "POST " + at + "/huy", Act: doithoai.ActVoidPaperSlip, Do: s.voidSlip},
		{Pattern: "POST " + at + "/that-lac", Act: doithoai.ActCountMissing, Do: s.countMissing},
	}...)
}

const stockSlug = "/phieu-giay"

// stockPath is the address of a dialogue's paper slips.
func stockPath(id doithoai.ID) string { return web.WorkspacePath(id) + stockSlug }

// stockForms are the forms of the page as they were typed.
type stockForms struct {
	Count string `form:"so-luong" line:"true"`

	First    string `form:"tu" line:"true"`
	Last     string `form:"den" line:"true"`
	Place    string `form:"noi-nhan" line:"true"` // "thon:ID", "don-vi:ID", or the desk
	Receiver string `form:"nguoi-nhan" line:"true"`
	On       string `form:"ngay" line:"true" day:"true"`

	Number string `form:"so" line:"true"`
	Reason string `form:"ly-do"`

	MissingFirst string `form:"mat-tu" line:"true"`
	MissingLast  string `form:"mat-den" line:"true"`
}

// stockPage is the account of a dialogue's paper slips, with what can be done to them.
type stockPage struct {
	*web.Reader
	Dialogue doithoai.Dialogue
	Account  plan.PaperAccount
	Stacks   []plan.Stack
	Handouts []plan.Handout
	Listed   bool             // slips are asked for one by one
	Slips    []plan.PaperSlip // of the filter
	More     bool
	Filter   store.PaperFilter
	First    int // of the slips in stock that are handed out next, 0 where there are none
	Last     int
	Units    []doithoai.Unit
	Villages []doithoai.Village
	Places   map[doithoai.ID]string // names of villages and units of all times
	Forms    stockForms
	Typed    doithoai.Act // whose form was refused
	Problems web.Problems
	Refusal  string
	Done     string
}

func (s *site) loadStock(r *web.Request) (p *stockPage, err error) {
	p = &stockPage{Reader: r.Reader, Places: map[doithoai.ID]string{}}
	id := doithoai.ID(r.PathValue("id"))
	if p.Dialogue, err = s.db.Dialogue(r.Context(), r.Actor(), id); err != nil {
		return p, err
	}
	if p.Account, err = s.db.PaperAccount(r.Context(), r.Actor(), id); err != nil {
		return p, err
	}
	if p.Stacks, err = s.db.PaperStacks(r.Context(), r.Actor(), id); err != nil {
		return p, err
	}
	if p.Handouts, err = s.db.PaperHandouts(r.Context(), r.Actor(), id); err != nil {
		return p, err
	}
	q := r.URL.Query()
	p.Filter = store.PaperFilter{State: plan.PaperState(q.Get("tinh-trang")), From: plan.ParsePaperNumber(q.Get("tu"))}
	if p.Listed = q.Has("tinh-trang") || q.Has("tu"); p.Listed {
		if p.Slips, p.More, err = s.db.PaperSlips(r.Context(), r.Actor(), id, p.Filter); err != nil {
			return p, err
		}
	}
	stock, _, err := s.db.PaperSlips(r.Context(), r.Actor(), id, store.PaperFilter{State: plan.PaperPrinted})
	if err != nil {
		return p, err
	}
	p.First, p.Last = nextOut(stock)
	o, err := s.db.Organisation(r.Context(), r.Authority.ID)
	if err != nil {
		return p, err
	}
	p.Units, p.Villages = o.UnitsOn(r.Today()), o.VillagesOn(r.Today())
	for _, u := range o.Units {
		p.Places[u.ID] = u.Name
	}
	for _, v := range o.Villages {
		p.Places[v.ID] = v.Name
	}
	p.Forms.On = r.Date(r.Today())
	return p, nil
}

func (s *site) stock(r *web.Request) error {
	p, err := s.loadStock(r)
	if err != nil {
		return err
	}
	p.Done = p.done(r.URL.Query().Get("xong"), r.URL.Query().Get("so"))
	if p.First > 0 {
		p.Forms.First, p.Forms.Last = plan.PaperNumber(p.First), plan.PaperNumber(p.Last)
	}
	return r.Page(http.StatusOK, p.view())
}

// done words what was done before the page was opened.
func (p *stockPage) done(what, numbers string) string {
	switch what {
	case "in", "phat", "huy", "that-lac":
		return p.T("stock.done."+map[string]string{
			"in": "printed", "phat": "handed", "huy": "void", "that-lac": "missing",
		}[what], "numbers", numbers)
	}
	return ""
}

// again shows the page once more with what was typed, where the store refused it.
func (s *site) again(r *web.Request, act doithoai.Act, forms stockForms, refusal error) error {
	if !web.Mendable(refusal) {
		return refusal
	}
	p, err := s.loadStock(r)
	if err != nil {
		return err
	}
	p.Forms, p.Typed = forms, act
	if p.Problems = r.Problems(refusal); !p.Problems.Any() {
		p.Refusal = web.RefusalWords(r.Reader, refusal)
	}
	return r.Page(web.StatusOf(refusal), p.view())
}

// stockDone leads back to the page, which says what was done.
func (s *site) stockDone(r *web.Request, what string, first, last int) error {
	numbers := plan.PaperNumber(first)
	if last != first {
		numbers += "-" + plan.PaperNumber(last)
	}
	return r.Redirect(stockPath(doithoai.ID(r.PathValue("id"))) + "?xong=" + what + "&so=" + numbers)
}

func (s *site) printStack(r *web.Request) error {
	var f stockForms
	if err := r.Form(&f); err != nil {
		return err
	}
	count, err := strconv.Atoi(f.Count)
	if err != nil {
		count = 0 // the rule asks for a number
	}
	stack, err := s.db.PrintStack(r.Context(), r.Actor(), doithoai.ID(r.PathValue("id")), count)
	if err != nil {
		return s.again(r, doithoai.ActPrintStack, f, err)
	}
	return s.stockDone(r, "in", stack.First, stack.Last)
}

// Places to which slips are handed, as the form names them: before an id, or alone.
const (
	placeVillage = "thon:"
	placeUnit    = "don-vi:"
)

// handout reads the form of a handout. A last number that was left empty is the first.
func (f stockForms) handout() plan.Handout {
	h := plan.Handout{
		First: plan.ParsePaperNumber(f.First), Last: plan.ParsePaperNumber(f.Last), Receiver: f.Receiver,
		On: web.TypedDate(f.On),
	}
	if f.Last == "" {
		h.Last = h.First
	}
	if id, ok := cutPlace(f.Place, placeVillage); ok {
		h.VillageID = id
	} else if id, ok := cutPlace(f.Place, placeUnit); ok {
		h.UnitID = id
	}
	return h
}

func cutPlace(place, kind string) (doithoai.ID, bool) {
	if len(place) > len(kind) && place[:len(kind)] == kind {
		return doithoai.ID(place[len(kind):]), true
	}
	return "", false
}

func (s *site) handOutSlips(r *web.Request) error {
	var f stockForms
	if err := r.Form(&f); err != nil {
		return err
	}
	h, err := s.db.HandOutSlips(r.Context(), r.Actor(), doithoai.ID(r.PathValue("id")), f.handout())
	if err != nil {
		return s.again(r, doithoai.ActHandOutSlips, f, err)
	}
	return s.stockDone(r, "phat", h.First, h.Last)
}

func (s *site) voidSlip(r *web.Request) error {
	var f stockForms
	if err := r.Form(&f); err != nil {
		return err
	}
	number := plan.ParsePaperNumber(f.Number)
	if err := s.db.VoidPaperSlip(r.Context(), r.Actor(), doithoai.ID(r.PathValue("id")), number, f.Reason); err != nil {
		return s.again(r, doithoai.ActVoidPaperSlip, f, err)
	}
	return s.stockDone(r, "huy", number, number)
}

func (s *site) countMissing(r *web.Request) error {
	var f stockForms
	if err := r.Form(&f); err != nil {
		return err
	}
	first, last := plan.ParsePaperNumber(f.MissingFirst), plan.ParsePaperNumber(f.MissingLast)
	if f.MissingLast == "" {
		last = first
	}
	if _, err := s.db.CountMissing(r.Context(), r.Actor(), doithoai.ID(r.PathValue("id")), first, last); err != nil {
		return s.again(r, doithoai.ActCountMissing, f, err)
	}
	return s.stockDone(r, "that-lac", first, last)
}

// may reports whether the officer may do an act to the stock.
func (p *stockPage) may(act doithoai.Act) bool {
	return doithoai.Can(p.Actor(), act, doithoai.Subject{AuthorityID: p.Authority.ID}) == nil
}

// open reports whether slips may still be printed.
func (p *stockPage) open() bool {
	return p.Dialogue.State.Coming() || p.Dialogue.State == doithoai.DialogueRunning
}

// begun reports whether the dialogue has begun: then what never came back is counted.
func (p *stockPage) begun() bool { return !p.Now.Before(p.Dialogue.StartsAt) }

// nextOut is the range that is handed out next: the first slips in stock, one after the other; 0 where there are none.
func nextOut(stock []plan.PaperSlip) (first, last int) {
	for _, s := range stock {
		switch {
		case first == 0:
			first, last = s.Number, s.Number
		case s.Number == last+1 && last-first < usualHandout-1:
			last = s.Number
		default:
			return first, last
		}
	}
	return first, last
}

// usualHandout is how many slips the form proposes to hand out at once.
const usualHandout = 25

// ranges are the parts of a stack that are printed from one page each.
func ranges(s plan.Stack) (all [][2]int) {
	for first := s.First; first <= s.Last; first += store.MaxSheets {
		all = append(all, [2]int{first, min(first+store.MaxSheets-1, s.Last)})
	}
	return all
}

// rangeWords is a range of numbers as people write it: "0001–0050".
func rangeWords(first, last int) string {
	if first == last {
		return plan.PaperNumber(first)
	}
	return plan.PaperNumber(first) + "–" + plan.PaperNumber(last)
}

// stockArea puts the paper slips on a dialogue's workspace.
func stockArea(s *site, r *web.Request, p *workspacePage) error {
	if !doithoai.MayEver(r.Actor(), doithoai.ActSeeStock) {
		return nil
	}
	a, err := s.db.PaperAccount(r.Context(), r.Actor(), p.Dialogue.ID)
	if err != nil {
		return err
	}
	line := workLine{
		Step:  plan.Step{Stage: plan.StagePrepare, State: plan.StepWaits},
		Title: r.T("stock.work.title"), Href: stockPath(p.Dialogue.ID), Owner: r.T("prepare.work.office"),
	}
	if a.Printed > 0 {
		line.State = plan.StepDoing
		line.Proof = ui.Words{ui.Text(r.T("stock.work.proof",
			"printed", r.Text.Number(a.Printed), "handed", r.Text.Number(a.Handed), "returned", r.Text.Number(a.Returned)))}
		if a.Outstanding == 0 && (a.InStock == 0 || p.Dialogue.State.Over()) { // what is left over comes to nothing
			line.State = plan.StepDone
		}
	}
	p.Lines = append(p.Lines, line)
	return nil
}

// sheetsAt are slips of a stack to print, below the stock.
const sheetsAt = stockSlug + "/in"

// shortSlipsAt are short slips without a number, below the stock.
const shortSlipsAt = stockSlug + "/ngan"

// sheets are the slips of a range that are still in stock, each on a sheet of A4 with its stub.
func (s *site) sheets(r *web.Request) (printed, error) {
	base, err := s.ofDialogue(r)
	if err != nil {
		return printed{}, err
	}
	q := r.URL.Query()
	first, last := plan.ParsePaperNumber(q.Get("tu")), plan.ParsePaperNumber(q.Get("den"))
	if first < 1 || last < first || last-first >= store.MaxSheets {
		return printed{}, fmt.Errorf("sheets %d to %d: %w", first, last,
			doithoai.Refuse(doithoai.NotFound, "error.not_found"))
	}
	sheets, err := s.db.PaperSheets(r.Context(), r.Actor(), base.Dialogue.ID, first, last)
	if err != nil {
		return printed{}, err
	}
	villages, err := s.db.Villages(r.Context(), r.Authority.ID)
	if err != nil {
		return printed{}, err
	}
	rules, err := s.db.Rules(r.Context(), r.Authority.ID)
	if err != nil {
		return printed{}, err
	}
	r.Private()
	p := base.printed(r.T("stock.sheets.heading", "range", rangeWords(first, last)), sheetsAt, "phieu")
	p.At += "?tu=" + plan.PaperNumber(first) + "&den=" + plan.PaperNumber(last)
	p.About, p.None, p.PDFOnly = r.T("stock.sheets.about", "count", len(sheets)), r.T("stock.sheets.none"), true
	p.Back = ui.BackLink{Text: r.T("stock.title"), Href: stockPath(base.Dialogue.ID)}
	label, names := villageBoxes(villages)
	for _, sheet := range sheets {
		slip := docform.Slip{
			Number: sheet.Number, Word: label, Villages: names,
			Answered: rules.DueOf("answer.complex", base.Dialogue.StartsAt.Date()),
		}
		if link := r.Link(web.FollowPath); link != "" {
			slip.Follow = link + "#" + string(sheet.Code) // what follows # never reaches a server
		}
		p.Papers = append(p.Papers, slip.Paper(docform.Head{Authority: r.Authority}, base.Dialogue))
	}
	return p, nil
}

// shortSlips are question slips of five points, two on a sheet.
func (s *site) shortSlips(r *web.Request) (printed, error) {
	base, err := s.ofDialogue(r)
	if err != nil {
		return printed{}, err
	}
	p := base.printed(r.T("stock.short.title"), shortSlipsAt, "phieu-ngan",
		docform.ShortSlips(docform.Head{Authority: r.Authority}, base.Dialogue))
	p.About, p.PDFOnly = r.T("stock.short.about"), true
	p.Back = ui.BackLink{Text: r.T("stock.title"), Href: stockPath(base.Dialogue.ID)}
	return p, nil
}

// mostBoxes is for how many villages a slip has room; where there are more, people write theirs.
const mostBoxes = 8

// villageBoxes are the boxes of the villages: their numbers under one word where their names are that word and a
// number; none where there are too many.
func villageBoxes(villages []doithoai.Village) (label string, names []string) {
	if len(villages) > mostBoxes {
		return "", nil
	}
	word, whole := "", true
	for i, v := range villages {
		w, number, found := strings.Cut(v.Name, " ")
		_, err := strconv.Atoi(number)
		if whole = whole && found && err == nil && (i == 0 || w == word); whole {
			word = w
		}
	}
	if !whole {
		word = vietnamese.T("stock.paper.village")
	}
	for _, v := range villages {
		if whole {
			names = append(names, strings.TrimPrefix(v.Name, word+" "))
		} else {
			names = append(names, v.Name)
		}
	}
	return word, names
}
