package office

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"doithoai"
	"doithoai/doc"
	docform "doithoai/doc/form"
	"doithoai/store"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/docfile"
	"doithoai/web/ui"
)

// What the register's address says of what was done with many opinions at once: how many it was done with, which were
// left and why, and of a paper by which units were urged, its number, day and units.
const (
	doneUrging, doneTelling = "da-don-doc", "da-bao"
	leftOver                = "con-lai"
	lettersTo, letterNumber = "cong-van", "so-cong-van"
	letterDated             = "ngay-cong-van"
)

// whyLeft are the reasons for which an opinion was left, by their code in the address.
var whyLeft = map[string]string{
	"no_unit": "urging.problem.no_unit", "early": "urging.problem.early", "many": "urging.problem.many",
	"before": "urging.problem.before", "over": "status.problem.over", "answered": "status.problem.answered",
	"waits": "status.problem.waits", "told_before": "petition.delivery.problem.before", changed: "urging.left.changed",
}

// changed is why an opinion was left that somebody changed meanwhile, or that left the officer's reach.
const changed = "changed"

// bulkOutcome says what became of opinions that were chosen.
type bulkOutcome struct {
	act     string // doneUrging or doneTelling
	done    int
	left    []leftOpinion
	letters []doithoai.ID // units to which a paper went
	number  string        // of that paper
	dated   string
}

// leftOpinion is one with which nothing was done, and why: a key of the catalogues.
type leftOpinion struct {
	number doithoai.RegisterNumber
	why    string
}

// chosenRow is a box that was ticked: the number, and how often the unit was urged as the page showed it.
type chosenRow struct {
	number doithoai.RegisterNumber
	urged  int
}

// chosenRows reads the boxes that were ticked.
func chosenRows(boxes []string) (list []chosenRow) {
	for _, box := range boxes[:min(len(boxes), registerLimit)] {
		number, rest, _ := strings.Cut(box, " ")
		_, urged, _ := strings.Cut(rest, seenUrged)
		if n, err := strconv.Atoi(urged); err == nil { // else never from our pages
			list = append(list, chosenRow{doithoai.RegisterNumber(number), n})
		}
	}
	return list
}

// manyForm is what is done with opinions of a page of the register, one act each.
type manyForm struct {
	Chosen []string `form:"chon" line:"true"`
	urgingForm
}

// urgeChosen urges the units of the chosen opinions, one act each, with the same words and by the same paper. What is
// wrong with the form itself comes back before anything is done; what an act refuses is left as it is and named.
func (s *site) urgeChosen(r *web.Request) error {
	var f manyForm
	if err := r.Form(&f); err != nil {
		return err
	}
	numbering, err := s.db.Numbering(r.Context(), r.Actor())
	if err != nil {
		return err
	}
	typed := f.urging()
	if numbering.Here && doithoai.IsSymbol(typed.DocNumber) { // the first act gives the number, for all
		typed.DocNumber = doithoai.NumberWith(1, typed.DocNumber)
	}
	if err := doithoai.RefuseForm(typed.Problems(r.Now)); err != nil && len(f.Chosen) > 0 {
		p, failed := s.registerPage(r, r.PostForm)
		if failed != nil {
			return failed
		}
		p.Chosen, p.Urging, p.Problems = f.Chosen, f.urgingForm, r.Problems(err)
		return r.Page(web.StatusOf(err), p.view())
	}
	o := bulkOutcome{act: doneUrging}
	if u := f.urging(); u.Route == doithoai.RoutePaper {
		o.number, o.dated = u.DocNumber, r.Date(u.Dated)
	}
	return s.doMany(r, f.Chosen, &o, func(file store.OpinionFile, c chosenRow) error {
		err := s.db.UrgePetition(r.Context(), r.Actor(), file.Opinion.ID, c.urged, f.urging())
		if err == nil && o.number != "" && doithoai.IsSymbol(f.Number) {
			if file, err = s.db.OpinionFile(r.Context(), r.Actor(), file.Opinion.ID); err != nil {
				return err
			}
			if n := len(file.Urgings); n > 0 {
				f.Number, o.number = file.Urgings[n-1].DocNumber, file.Urgings[n-1].DocNumber
			}
		}
		if err == nil && o.number != "" && !slices.Contains(o.letters, file.Petition.LeadUnitID) {
			o.letters = append(o.letters, file.Petition.LeadUnitID)
		}
		return err
	})
}

// tellChosen tells who raised the chosen opinions how they stand, one act each.
func (s *site) tellChosen(r *web.Request) error {
	var f manyForm
	if err := r.Form(&f); err != nil {
		return err
	}
	return s.doMany(r, f.Chosen, &bulkOutcome{act: doneTelling}, func(file store.OpinionFile, _ chosenRow) error {
		return s.db.TellStatus(r.Context(), r.Actor(), file.Opinion.ID)
	})
}

// doMany does an act with each of the chosen opinions and goes back to the register, which says what became of them.
func (s *site) doMany(
	r *web.Request, boxes []string, o *bulkOutcome, act func(store.OpinionFile, chosenRow) error,
) error {
	for _, c := range chosenRows(boxes) {
		id, err := s.db.OpinionIDByNumber(r.Context(), r.Actor(), c.number)
		var file store.OpinionFile
		if err == nil {
			file, err = s.db.OpinionFile(r.Context(), r.Actor(), id)
		}
		if err == nil {
			err = act(file, c)
		}
		switch kind := doithoai.KindOf(err); {
		case err == nil:
			o.done++
		case web.Mendable(err), kind == doithoai.NotFound, kind == doithoai.NotAllowed:
			o.left = append(o.left, leftOpinion{c.number, whyCode(err)})
		default:
			return err
		}
	}
	return r.Redirect(web.RegisterPath + "?" + o.query(r.PostForm).Encode())
}

// whyCode is the code in the address of why an act was refused.
func whyCode(err error) string {
	var keys []string
	if e := (*doithoai.Error)(nil); errors.As(err, &e) {
		keys = append(keys, e.Key)
	}
	for _, p := range doithoai.ProblemsOf(err) {
		keys = append(keys, p.Key)
	}
	for code, key := range whyLeft {
		if slices.Contains(keys, key) {
			return code
		}
	}
	return changed
}

// query is what the address says of the outcome, with the filters that the form was sent with.
func (o bulkOutcome) query(posted url.Values) url.Values {
	q := url.Values{o.act: {strconv.Itoa(o.done)}}
	for _, l := range o.left {
		q.Add(leftOver, string(l.number)+" "+l.why)
	}
	for _, unit := range o.letters {
		q.Add(lettersTo, string(unit))
	}
	if len(o.letters) > 0 {
		q.Set(letterNumber, o.number)
		q.Set(letterDated, o.dated)
	}
	for _, name := range []string{fieldTab, fieldTyped, filterUnit, filterField, filterVillage, filterDialogue} {
		if v := posted.Get(name); v != "" {
			q.Set(name, v)
		}
	}
	return q
}

// readOutcome reads the outcome back; nil where the address tells of none.
func readOutcome(q url.Values) *bulkOutcome {
	for _, act := range []string{doneUrging, doneTelling} {
		n, err := strconv.Atoi(q.Get(act))
		if err != nil || n < 0 {
			continue
		}
		o := &bulkOutcome{act: act, done: n, number: q.Get(letterNumber), dated: q.Get(letterDated)}
		for _, left := range q[leftOver][:min(len(q[leftOver]), registerLimit)] {
			typed, code, _ := strings.Cut(left, " ")
			number, whole := text.RegisterNumber(typed)
			if why := whyLeft[code]; whole && why != "" {
				o.left = append(o.left, leftOpinion{doithoai.RegisterNumber(number), why})
			}
		}
		for _, unit := range q[lettersTo][:min(len(q[lettersTo]), registerLimit)] {
			o.letters = append(o.letters, doithoai.ID(unit))
		}
		return o
	}
	return nil
}

// words say with how many it was done.
func (o bulkOutcome) words(r *web.Reader) string {
	switch {
	case o.done == 0 && len(o.left) == 0:
		return r.T("register.bulk.none")
	case o.act == doneUrging:
		return r.T("urging.done", "count", o.done)
	}
	return r.T("status.done", "count", o.done)
}

// letterLinks lead to the paper of each unit that was urged by it.
func (p registerPage) letterLinks() (links []ui.Link) {
	for _, id := range p.After.letters {
		for _, u := range p.Units {
			if u.ID == id {
				links = append(links, ui.Link{
					Text: p.T("urging.letter.of", "unit", u.ShortName()), Href: letterPath(id, "", p.After.number, p.After.dated),
				})
			}
		}
	}
	return links
}

// urgeable reports whether the officer may urge the row's unit here.
func (p registerPage) urgeable(row store.Row) bool {
	return p.outlook.rules.Rung(row.Petition, p.Today()) != doithoai.RungNone &&
		doithoai.Can(p.Actor(), doithoai.ActUrgePetition, row.Subject()) == nil
}

// tellable reports whether the officer may tell the row's person here how the opinion stands, which nobody has yet.
func (p registerPage) tellable(row store.Row) bool {
	if row.Told || row.Opinion.JoinedTo != "" {
		return false
	}
	_, err := row.Opinion.TellStatus(row.Petition, false)
	return err == nil && doithoai.Can(p.Actor(), doithoai.ActTellStatus, row.Subject()) == nil
}

// urges and tells report whether the page has something to urge, and somebody to tell.
func (p registerPage) urges() bool { return slices.ContainsFunc(p.Rows, p.urgeable) }

func (p registerPage) tells() bool { return slices.ContainsFunc(p.Rows, p.tellable) }

// newUrging is the form of urging many, with the words proposed.
func (p registerPage) newUrging() urgingForm {
	f, vi := newUrging(p.Reader), inVietnamese(p.Reader)
	f.Route = string(doithoai.RoutePaper)
	f.Words = vi.T("urging.proposed_many", "by", reportBy(vi, p.outlook.rules.Calendar))
	return f
}

// letterPage is the paper that urges one unit: its matters with their due dates, to be printed, signed and numbered.
type letterPage struct {
	*web.Reader
	outlook outlook
	Unit    doithoai.Unit
	Rows    []store.UrgedRow
	More    bool
	Number  string // as typed; empty: it is written by hand
	Dated   string
	Symbol  string
	Signer  doc.Signer
	Paper   doc.Doc
	Cites   docfile.Doubtful
}

// letterFile is the letter as Word file and as PDF, below its page.
const letterFile = "/cong-van"

// letterPath is the address of the paper that urges a unit, or of its files; number and day may be empty.
func letterPath(unit doithoai.ID, file, number, dated string) string {
	path := urgePath + "/" + string(unit) + file
	if number == "" && dated == "" {
		return path
	}
	return path + "?" + url.Values{"so": {number}, "ngay": {dated}}.Encode()
}

// urgingLetter answers GET …/don-doc/{unit}: the paper, with room for what is not known yet.
func (s *site) urgingLetter(r *web.Request) error {
	p, err := s.loadLetter(r)
	if err != nil {
		return err
	}
	return r.Page(http.StatusOK, p.view())
}

// urgingFile answers with the same as Word file and as PDF.
func (s *site) urgingFile(r *web.Request) error {
	p, err := s.loadLetter(r)
	if err != nil {
		return err
	}
	if len(p.Rows) == 0 {
		return r.Redirect(letterPath(p.Unit.ID, "", p.Number, p.Dated))
	}
	return docfile.Send(r, s.db, "cong-van-don-doc", p.Paper)
}

func (s *site) loadLetter(r *web.Request) (p letterPage, err error) {
	q := r.URL.Query()
	p = letterPage{
		Reader: r.Reader, Number: text.CleanLine(q.Get("so")), Dated: r.WholeDate(text.CleanLine(q.Get("ngay"))),
	}
	units, err := s.db.Units(r.Context(), r.Authority.ID)
	if err != nil {
		return p, err
	}
	i := slices.IndexFunc(units, func(u doithoai.Unit) bool { return string(u.ID) == r.PathValue("id") })
	if i < 0 {
		return p, doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	p.Unit = units[i]
	if p.outlook, err = s.outlook(r); err != nil {
		return p, err
	}
	if len(doithoai.NumberProblems("so", "urging.problem.number", p.Number)) > 0 {
		p.Number = ""
	}
	if p.Rows, p.More, err = s.db.ToUrge(r.Context(), r.Actor(), p.Unit.ID, p.Number); err != nil {
		return p, err
	}
	if len(p.Rows) == 0 && p.Number != "" { // not urged by it yet: the paper is made before
		if p.Rows, p.More, err = s.db.ToUrge(r.Context(), r.Actor(), p.Unit.ID, ""); err != nil {
			return p, err
		}
	}
	if p.Symbol, err = s.db.LastSymbol(r.Context(), r.Actor()); err != nil {
		return p, err
	}
	officers, err := s.db.Officers(r.Context(), r.Authority.ID)
	if err != nil {
		return p, err
	}
	p.Signer = docform.ByOrder(officers)
	if p.Paper, err = docfile.WordedOne(r, s.db, p.paper()); err != nil {
		return p, err
	}
	bases, err := s.db.LegalBases(r.Context(), r.Authority.ID)
	p.Cites = docfile.DoubtfulIn(p.Reader, bases, p.Paper)
	return p, err
}

// paper is the letter, in Vietnamese, whoever prints it.
func (p letterPage) paper() doc.Doc {
	vi := inVietnamese(p.Reader)
	u := docform.Urged{
		Unit: p.Unit.Name, On: p.Today(), More: p.More, By: reportBy(vi, p.outlook.rules.Calendar),
	}
	for _, row := range p.Rows {
		how, _ := vi.DueShort(p.outlook.rules.Calendar, row.Petition.Due)
		u.Matters = append(u.Matters, docform.UrgedMatter{
			Code: string(row.Opinion.Number), Matter: row.Title(), Due: row.Petition.Due, How: how, Before: len(row.Urgings),
		})
	}
	return u.Letter(docform.Head{
		Authority: p.Authority, Number: symbolled(p.Number, p.Symbol), Date: web.TypedDate(p.Dated),
		Signer: p.Signer,
		To: []string{
			vietnamese.T("casework.as_above"), vietnamese.T("urging.letter.chair"), vietnamese.T("urging.letter.file"),
		},
	})
}

// symbolled is the number of a letter with its symbol: that of the letter before it, where it has none of its own.
func symbolled(number, symbol string) string {
	return docform.Symbolled(number, cmp.Or(symbol, letterSymbol))
}
