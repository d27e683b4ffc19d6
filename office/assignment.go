package office

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"doithoai"
	"doithoai/doc"
	docform "doithoai/doc/form"
	"doithoai/store"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/docfile"
)

// The slips with which units get the work on opinions: of several as one page to print or one PDF, and of one, below
// its page, as a Word file too.
const (
	slipAt       = web.AssignmentFile
	slipsPath    = web.AssignmentsPath
	slipsPDFPath = slipsPath + docfile.PDF
)

// slipsForm are the opinions whose slips are printed, and whether they say who raised them.
type slipsForm struct {
	Chosen []string `form:"chon" line:"true"` // boxes of the register, or numbers
	Named  bool     `form:"ten"`
}

// assignmentSlip is one slip, and what the page around it says of it.
type assignmentSlip struct {
	Number   doithoai.RegisterNumber
	Register docfile.Number
	Paper    doc.Doc
	Named    bool // it says who raised the opinion
	Nameable bool // it could, once the officer has opened that
	Withheld bool // it doesn't, whoever takes it
}

// slipsPage are slips to print, one a page; one alone with its number in the register of documents.
type slipsPage struct {
	*web.Reader
	Register docfile.Number
	Slips    []assignmentSlip
	Left     []doithoai.RegisterNumber // of which there is none, or none for this officer
}

// chooseSlips goes on to the slips of the chosen opinions. Where they are to say who raised these, a view of each is
// put on record first; of an opinion on conduct nobody is named on a paper that goes from hand to hand.
func (s *site) chooseSlips(r *web.Request) error {
	var f slipsForm
	if err := r.Form(&f); err != nil {
		return err
	}
	q := url.Values{}
	for _, box := range f.Chosen[:min(len(f.Chosen), registerLimit)] {
		typed, _, _ := strings.Cut(box, " ")
		number, whole := text.RegisterNumber(typed)
		if !whole {
			continue
		}
		q.Add("so", number)
		if !f.Named {
			continue
		}
		if err := s.nameOnSlip(r, doithoai.RegisterNumber(number)); err != nil {
			return err
		}
	}
	return r.Redirect(slipsPath + "?" + q.Encode())
}

// nameOnSlip puts on record that the officer opens who raised an opinion, to give its work to a unit. Where that is not
// theirs to open, or nothing is to be given, the slip leaves room.
func (s *site) nameOnSlip(r *web.Request, number doithoai.RegisterNumber) error {
	id, err := s.db.OpinionIDByNumber(r.Context(), r.Actor(), number)
	var f store.OpinionFile
	if err == nil {
		f, err = s.db.OpinionFile(r.Context(), r.Actor(), id)
	}
	if err == nil && hasSlip(f) && !f.Subject.Conduct {
		if _, seen, failed := s.db.ViewedPetitioner(r.Context(), r.Actor(), id); failed != nil || seen {
			err = failed
		} else {
			_, err = s.db.ViewPetitioner(r.Context(), r.Actor(), id, doithoai.ReasonAssign)
		}
	}
	switch kind := doithoai.KindOf(err); {
	case err == nil, kind == doithoai.NotFound, kind == doithoai.NotAllowed, web.Mendable(err):
		return nil
	}
	return err
}

// hasSlip reports whether there is work to give: somebody answers, or has answered.
func hasSlip(f store.OpinionFile) bool {
	return f.Petition != nil && f.Petition.State != doithoai.PetitionEnded && f.JoinedTo == ""
}

// printSlips shows the slips that the address names, to print.
func (s *site) printSlips(r *web.Request) error {
	p, err := s.loadSlips(r, r.URL.Query()["so"])
	if err != nil {
		return err
	}
	r.Private()
	return r.Page(http.StatusOK, p.view())
}

func (s *site) loadSlips(r *web.Request, numbers []string) (p slipsPage, err error) {
	p.Reader = r.Reader
	if p.Slips, p.Left, err = s.slips(r, numbers); err == nil && len(p.Slips) == 1 {
		p.Register = p.Slips[0].Register
	}
	return p, err
}

// numberSlip gives the slip of one opinion its number.
func (s *site) numberSlip(r *web.Request) error {
	p, err := s.loadSlips(r, []string{string(web.NumberOf(r))})
	if err != nil {
		return err
	}
	return p.Register.Give(r, s.db.NumberDocument, func(n docfile.Number) templ.Component {
		p.Register = n
		return p.view()
	})
}

// slipsPDF answers with those slips as one file.
func (s *site) slipsPDF(r *web.Request) error {
	slips, _, err := s.slips(r, r.URL.Query()["so"])
	if err != nil {
		return err
	}
	if len(slips) == 0 {
		return r.Redirect(slipsPath)
	}
	papers := make([]doc.Doc, len(slips))
	for i, slip := range slips {
		papers[i] = slip.Paper
	}
	return docfile.Send(r, s.db, "phieu-giao", papers...)
}

// oneSlip answers GET …/phieu-giao.docx and .pdf: the slip of one opinion.
func (s *site) oneSlip(r *web.Request) error {
	l, err := s.outlook(r)
	if err != nil {
		return err
	}
	number := web.NumberOf(r)
	slip, err := s.slip(r, l, number)
	if err != nil {
		return err
	}
	if slip == nil {
		return r.Redirect(web.OpinionPath(number))
	}
	return docfile.Send(r, s.db, "phieu-giao-"+strings.ToLower(string(slip.Number)), slip.Paper)
}

// slips makes the slips of the numbers, in their order; left are those of which the officer has none to print.
func (s *site) slips(
	r *web.Request, numbers []string,
) (list []assignmentSlip, left []doithoai.RegisterNumber, err error) {
	l, err := s.outlook(r)
	if err != nil {
		return nil, nil, err
	}
	var seen []doithoai.RegisterNumber
	for _, typed := range numbers[:min(len(numbers), registerLimit)] {
		whole, ok := text.RegisterNumber(typed)
		number := doithoai.RegisterNumber(whole)
		if !ok || slices.Contains(seen, number) {
			continue
		}
		seen = append(seen, number)
		slip, err := s.slip(r, l, number)
		switch kind := doithoai.KindOf(err); {
		case err == nil && slip != nil:
			list = append(list, *slip)
		case err == nil, kind == doithoai.NotFound, kind == doithoai.NotAllowed:
			left = append(left, number)
		default:
			return nil, nil, err
		}
	}
	return list, left, nil
}

// slip makes the slip of one opinion, nil where no unit has anything to do.
func (s *site) slip(r *web.Request, l outlook, number doithoai.RegisterNumber) (*assignmentSlip, error) {
	id, err := s.db.OpinionIDByNumber(r.Context(), r.Actor(), number)
	if err != nil {
		return nil, err
	}
	p := opinionPage{Reader: inVietnamese(r.Reader), outlook: l}
	if p.OpinionFile, err = s.db.OpinionFile(r.Context(), r.Actor(), id); err != nil || !hasSlip(p.OpinionFile) {
		return nil, err
	}
	if p.Files, err = s.db.SlipFiles(r.Context(), r.Actor(), id); err != nil {
		return nil, err
	}
	slip := assignmentSlip{Number: p.Opinion.Number, Withheld: p.conduct()}
	if !slip.Withheld && p.can(doithoai.ActViewPetitioner) && p.erased() == "" {
		if err := s.showPetitioner(r, &p); err != nil {
			return nil, err
		}
		slip.Named, slip.Nameable = p.Who != nil, p.Who == nil
	}
	of := p
	of.Reader = r.Reader
	at := slipsPath + "?so=" + string(number)
	if slip.Register, err = s.number(r, of, at, doithoai.DocumentAssignment); err != nil {
		return nil, err
	}
	slip.Register.Post = web.OpinionPath(number) + slipAt + docfile.NumberAt
	p.nextPaper = slip.Register.Next
	slip.Paper = slip.Register.Replacing(p.assignmentSlip())[0]
	return &slip, nil
}

// assignmentSlip is the slip with which the unit gets the work on this opinion, in Vietnamese, whoever prints it.
func (p opinionPage) assignmentSlip() doc.Doc {
	a := docform.Assignment{
		Code: string(p.Opinion.Number), Received: p.Opinion.ReceivedAt.Date(), Content: p.Opinion.Content,
		Summary: p.Opinion.Headline, Field: p.FieldText(p.Opinion.FieldCode, p.outlook.rules.FieldName(p.Opinion.FieldCode)),
		Lead: cmp.Or(p.Unit.Name, p.T("assignment.by_chair")), Due: p.Petition.Due, Basis: p.whyDue().Newest(),
		Asked: p.T("assignment.asked." + p.Opinion.Ruling.Key()), Files: p.filesWords(), Withheld: p.conduct(),
		Registered: p.nextPaper,
	}
	if p.Opinion.Kind != "" {
		a.Kind = kindName(p.Reader, p.Opinion.Kind)
	}
	for _, u := range p.CoUnits {
		a.CoUnits = append(a.CoUnits, u.Name)
	}
	if p.Petition.OfficerID != "" {
		a.Officer = p.officer()
	}
	if p.Petition.State == doithoai.PetitionPaused {
		a.Paused = text.UpperFirst(p.T("opinion.pause.due"))
	}
	if p.Who != nil {
		a.Person = p.personWords()
	}
	head := p.numbered(docform.Head{Authority: p.Authority}, doithoai.DocumentAssignment)
	for _, e := range p.Events {
		m, ok := p.slipMove(e)
		if !ok {
			continue
		}
		a.Moves = append(a.Moves, m)
		if m.By != "" && m.To != "" {
			head.Signer.Name = m.By
		}
	}
	return a.Slip(head)
}

// slipMove is what an event says of who has the work; false where it says nothing of that.
func (p opinionPage) slipMove(e doithoai.Event) (m docform.AssignmentMove, ok bool) {
	f, what := e.Facts, ""
	m = docform.AssignmentMove{On: e.At.Date(), Why: p.Texts[e.Leaf], To: p.unitName(f.Unit)}
	if e.ActorID != "" {
		m.By = p.person(e.ActorID)
	}
	switch e.Act {
	case doithoai.ActRuleOpinion, doithoai.ActAnswerLater:
		if f.Due.IsZero() { // it opened no petition
			return m, false
		}
		what, m.Why = "given", "" // its text is the reason for the due date
		if f.HandedOver {
			what, m.From = "handed_over", p.unitName(f.FromUnit)
		}
	case doithoai.ActHandOverPetition:
		what, m.From = "handed_over", p.unitName(f.FromUnit)
	case doithoai.ActTransferPetition:
		what, m.From, m.Why = "handed_over", p.unitName(doithoai.ID(f.From)), p.T("assignment.move.successor")
	case doithoai.ActDisputePetition:
		what, m.From = "disputed", p.unitName(f.FromUnit)
		if f.Unit == "" {
			m.To = p.T("assignment.move.other_body")
		}
	case doithoai.ActKeepLead:
		what = "kept"
	default:
		return m, false
	}
	m.What = p.T("assignment.move." + what)
	return m, true
}

// filesWords say how many files came with the opinion, "" to who may not know.
func (p opinionPage) filesWords() string {
	switch n := p.present(); {
	case p.Files.May.AuthorityID == "":
		return ""
	case n == 0:
		return p.T("assignment.no_files")
	default:
		return p.T("assignment.files", "count", n)
	}
}

// personWords are who raised the opinion and how they are reached, on one line.
func (p opinionPage) personWords() string {
	var parts []string
	for _, row := range p.whoRows() {
		if row.Text != "" {
			parts = append(parts, row.Text)
		}
	}
	return strings.Join(parts, "; ")
}

// printable reports whether the slip of the row's opinion can be printed here: by who could hand its work over.
func (p registerPage) printable(row store.Row) bool {
	return row.Petition != nil && row.Petition.Open() && row.Opinion.JoinedTo == "" &&
		doithoai.Can(p.Actor(), doithoai.ActHandOverPetition, row.Subject()) == nil
}

// prints reports whether the page has a slip to print.
func (p registerPage) prints() bool { return slices.ContainsFunc(p.Rows, p.printable) }

// query names the slips of the page in an address.
func (p slipsPage) query() string {
	q := url.Values{}
	for _, slip := range p.Slips {
		q.Add("so", string(slip.Number))
	}
	return "?" + q.Encode()
}

// count is of how many slips f holds.
func (p slipsPage) count(f func(assignmentSlip) bool) (n int) {
	for _, slip := range p.Slips {
		if f(slip) {
			n++
		}
	}
	return n
}

func (a assignmentSlip) named() bool    { return a.Named }
func (a assignmentSlip) nameable() bool { return a.Nameable }
func (a assignmentSlip) withheld() bool { return a.Withheld }
