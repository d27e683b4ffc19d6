package hall

import (
	"cmp"
	"crypto/rand"
	"encoding/hex"
	"slices"

	"doithoai"
	"doithoai/calendar"
	"doithoai/store"
	"doithoai/text"
	"doithoai/web"
)

// form is the console's form. The fields of a new opinion are empty where one is ruled that was taken down before.
type form struct {
	Key     string `form:"khoa" line:"true"` // makes a repeated submit return the first receipt
	Name    string `form:"ho-ten" line:"true"`
	Village string `form:"thon" line:"true"`
	Content string `form:"noi-dung"`
	Field   string `form:"linh-vuc" line:"true"`
	Same    string `form:"cung-so" line:"true"` // the number of an opinion of the dialogue that says the same
	Summary string `form:"trung-lap"`

	Version    int    `form:"phien-ban"` // of the opinion that is ruled
	Code       string `form:"huong" line:"true"`
	Unit       string `form:"don-vi" line:"true"`   // as typed: a name, or a few letters of it
	CoUnits    string `form:"phoi-hop" line:"true"` // the same, several parted by commas
	Due        string `form:"han" line:"true" day:"true"`
	DueReason  string `form:"han-ly-do"` // why the date lies beyond what is proposed
	Text       string `form:"tra-loi"`
	AnsweredBy string `form:"nguoi-tra-loi" line:"true"`
	Agreement  string `form:"dong-y" line:"true"`
	Ground     string `form:"ly-do-khong-nhan" line:"true"`
	Basis      string `form:"can-cu-khong-nhan" line:"true"`
	By         string `form:"nguoi-quyet-dinh" line:"true"` // who decided that it is not accepted
	HandedOver bool   `form:"da-chuyen"`                    // a denunciation leaves this program for good: it is confirmed
	OutOfScope bool   `form:"ngoai-pham-vi"`
	Headline   string `form:"ten-goi" line:"true"`
	Alike      bool   `form:"cung-huong"`            // the others of the same matter are ruled alike
	Others     string `form:"cung-nhom" line:"true"` // which those were when the page was opened ([othersOf])
	Withdrawn  string `form:"rut-ly-do"`             // who raised it takes it back, as they said
	Then       string `form:"tiep" line:"true"`      // where to go on: thenUnruled, thenCall, or a new opinion
	Turn       string `form:"luot" line:"true"`      // in which it was said
	Sure       bool   `form:"chac"`                  // a name in it may be shown
}

// thenUnruled asks for the next opinion without a ruling instead of a new one, thenCall for the next one in the queue.
const (
	thenUnruled = "chua-co-huong"
	thenCall    = "moi"
)

// spokenBy is the form of a new opinion of who speaks.
func (f form) spokenBy(q *store.QueueRow) form {
	if q != nil {
		f.Turn, f.Name, f.Village = string(q.ID), q.Name, string(q.VillageID)
	}
	return f
}

// newForm is an empty form with a key of its own.
func newForm() form {
	var k doithoai.IntakeKey
	_, _ = rand.Read(k[:]) // never fails (crypto/rand)
	return form{Key: hex.EncodeToString(k[:]), Agreement: string(doithoai.AgreementNotAsked)}
}

// intakeKey reads the form's key. A form without one was not made here.
func (f form) intakeKey() (k doithoai.IntakeKey, err error) {
	b, err := hex.DecodeString(f.Key)
	if err != nil || len(b) != len(k) {
		return k, &doithoai.Error{Kind: doithoai.Invalid, Key: "web.form.malformed", Cause: err}
	}
	return doithoai.IntakeKey(b), nil
}

// slip is the new opinion as the store takes it; same is the one that says the same, nil where none was named: without
// words of its own it has those of that one.
func (f form) slip(d doithoai.Dialogue, same *store.OpinionFile) doithoai.Slip {
	s := doithoai.Slip{
		DialogueID: d.ID, FieldCode: f.Field, TurnID: doithoai.ID(f.Turn),
		Petitioner: doithoai.Petitioner{Standing: doithoai.StandingPerson, Name: f.Name, VillageID: doithoai.ID(f.Village)},
	}
	switch {
	case f.Content != "":
		s.Matters = []string{f.Content}
	case same != nil:
		s.Matters = []string{same.Opinion.Content}
	}
	return s
}

// said are the fields of a new opinion, by name.
func (f *form) said() map[string]*string {
	return map[string]*string{
		"ho-ten": &f.Name, "thon": &f.Village, "noi-dung": &f.Content, "linh-vuc": &f.Field, "cung-so": &f.Same,
	}
}

// ruled are the fields of a ruling and of what goes with it, by name, but for the marks to be set. That a denunciation
// was handed over is confirmed anew each time.
func (f *form) ruled() map[string]*string {
	return map[string]*string{
		"huong": &f.Code, "don-vi": &f.Unit, "han": &f.Due, "han-ly-do": &f.DueReason, "tra-loi": &f.Text,
		"nguoi-tra-loi": &f.AnsweredBy, "dong-y": &f.Agreement, "ten-goi": &f.Headline,
		doithoai.FieldCoUnits: &f.CoUnits, doithoai.FieldSummary: &f.Summary,
		doithoai.FieldWithdrawn: &f.Withdrawn, doithoai.FieldRefusal: &f.Ground,
		doithoai.FieldRefusalBasis: &f.Basis, doithoai.FieldRefusalBy: &f.By,
	}
}

// marks are the fields to be set or not.
func (f *form) marks() map[string]*bool {
	return map[string]*bool{"ngoai-pham-vi": &f.OutOfScope, "cung-huong": &f.Alike}
}

// restore fills the form with what was typed and not sent; a field that was not there when it was kept stays as it is.
// Key, version and which others are alike are not part of a draft.
func (f form) restore(d store.Draft) form {
	asked := f.Agreement
	for _, fields := range []map[string]*string{f.said(), f.ruled()} {
		for name, field := range fields {
			if v := d.Fields[name]; len(v) > 0 {
				*field = v[len(v)-1]
			}
		}
	}
	f.Agreement = cmp.Or(f.Agreement, asked)
	for name, mark := range f.marks() {
		*mark = len(d.Fields[name]) > 0
	}
	if v := d.Fields["luot"]; len(v) > 0 {
		f.Turn = v[0]
	}
	return f
}

// draft is what a form holds of a ruling that was not sent with it.
func (f form) draft() map[string][]string {
	fields := map[string][]string{}
	for name, field := range f.ruled() {
		fields[name] = []string{*field}
	}
	for name, mark := range f.marks() {
		if *mark {
			fields[name] = []string{"1"}
		}
	}
	return fields
}

// typed reports whether the form holds more than what it opens with.
func (f form) typed() bool {
	f.Agreement, f.By = "", "" // these are chosen before anybody chooses
	for _, fields := range []map[string]*string{f.said(), f.ruled()} {
		for _, field := range fields {
			if *field != "" {
				return true
			}
		}
	}
	return f.OutOfScope
}

// ofBefore reports whether a draft holds nothing but the name of somebody else than who speaks now: their turn is over,
// and nothing was taken down in it.
func (f form) ofBefore(speaking *store.QueueRow) bool {
	if speaking == nil || f.Turn == string(speaking.ID) {
		return false
	}
	f.Name, f.Village = "", ""
	return !f.typed()
}

// filled is the form of an opinion as it was ruled, to look at or to correct.
func filled(file store.OpinionFile) form {
	f := newForm()
	o := file.Opinion
	f.Version, f.Code, f.OutOfScope = o.Version, string(o.Ruling), o.OutOfScope
	refused, _ := file.Refused()
	f.Ground, f.Basis, f.By = string(refused.Ground), refused.Basis, string(refused.By)
	f.Text, f.AnsweredBy, f.Headline, f.Summary = file.RulingText, file.AnsweredBy, o.Headline, o.Summary
	if rule, _ := doithoai.RuleOf(o.Ruling); rule.ByAsker { // what was said then is no answer
		f.Code, f.Text = "", ""
	}
	if file.Petition != nil {
		f.Unit, f.Due = file.Unit.Name, text.For("vi").Date(file.Petition.Due.Time())
	}
	for _, e := range file.Events {
		if e.Act == doithoai.ActRuleOpinion && e.Facts.Agreement != "" {
			f.Agreement = string(e.Facts.Agreement)
		}
	}
	return f
}

// ruling reads the ruling from the form; where no due date was typed, the rule has one. Problems name what was typed
// and not understood; they take the place of the rule's own about the same field ([mend]).
func (f form) ruling(
	leads []doithoai.Unit, people []string, bodies []doithoai.OutsideBody,
) (doithoai.Ruling, []doithoai.Problem) {
	var list []doithoai.Problem
	r := doithoai.Ruling{
		Code: doithoai.RulingCode(f.Code), Text: f.Text, AnsweredBy: answeredBy(people, bodies, f.AnsweredBy),
		Agreement: doithoai.Agreement(f.Agreement), OutOfScope: f.OutOfScope, Headline: f.Headline,
		HandedOver: f.HandedOver, Proposed: f.Due == "", Reason: f.DueReason,
		Refusal: doithoai.Refusal{
			Ground: doithoai.RefusalGround(f.Ground), Basis: f.Basis, By: doithoai.ID(f.By),
		},
	}
	if b, meant := meantBody(bodies, f.AnsweredBy); meant {
		r.Body = b // Rule takes it where it sends somebody there
	}
	found := matchUnits(leads, f.Unit)
	switch {
	case len(found) == 1 && found[0].ID == web.ByChair:
		r.ByChair = true
	case len(found) == 1:
		r.LeadUnitID = found[0].ID
	case f.Unit != "":
		list = append(list, unitProblem("don-vi", f.Unit, found))
	}
	var unknown []doithoai.Problem
	if r.CoUnits, unknown = coUnits(leads, f.CoUnits); len(unknown) > 0 {
		list = append(list, unknown[0])
	}
	var err error
	if r.Due, err = calendar.ParseDateVN(f.Due); err != nil && !r.Proposed {
		list = append(list, doithoai.Problem{Field: "han", Key: "hall.problem.due_format", Args: []any{"typed", f.Due}})
	}
	return r, list
}

// mend puts the form's own problems in the place of the rule's about the same fields.
func mend(err error, own []doithoai.Problem) error {
	list := slices.Clone(doithoai.ProblemsOf(err))
	if len(list) == 0 {
		return err
	}
	for i, p := range list {
		for _, q := range own {
			if q.Field == p.Field {
				list[i] = q
			}
		}
	}
	return doithoai.RefuseForm(list)
}
