package hall

import (
	"cmp"
	"crypto/rand"
	"encoding/hex"
	"slices"
	"strings"

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

	Version    int    `form:"phien-ban"` // of the opinion that is ruled
	Code       string `form:"huong" line:"true"`
	Unit       string `form:"don-vi" line:"true"` // as typed: a name, or a few letters of it
	Due        string `form:"han" line:"true" day:"true"`
	DueReason  string `form:"han-ly-do"` // why the date lies beyond what is proposed
	Text       string `form:"tra-loi"`
	AnsweredBy string `form:"nguoi-tra-loi" line:"true"`
	Agreement  string `form:"dong-y" line:"true"`
	HandedOver bool   `form:"da-chuyen"` // a denunciation leaves this program for good: it is confirmed
	OutOfScope bool   `form:"ngoai-pham-vi"`
	Headline   string `form:"ten-goi" line:"true"`
	Then       string `form:"tiep" line:"true"` // where to go on: thenUnruled, thenCall, or a new opinion
	Turn       string `form:"luot" line:"true"` // in which it was said
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

// slip is the new opinion as the store takes it.
func (f form) slip(d doithoai.Dialogue) doithoai.Slip {
	s := doithoai.Slip{
		DialogueID: d.ID, FieldCode: f.Field, TurnID: doithoai.ID(f.Turn),
		Petitioner: doithoai.Petitioner{Standing: doithoai.StandingPerson, Name: f.Name, VillageID: doithoai.ID(f.Village)},
	}
	if f.Content != "" {
		s.Matters = []string{f.Content}
	}
	return s
}

// said are the fields of a new opinion, by name.
func (f *form) said() map[string]*string {
	return map[string]*string{"ho-ten": &f.Name, "thon": &f.Village, "noi-dung": &f.Content, "linh-vuc": &f.Field}
}

// ruled are the fields of a ruling, by name, but for the marks to be set. That a denunciation was handed over is
// confirmed anew each time.
func (f *form) ruled() map[string]*string {
	return map[string]*string{
		"huong": &f.Code, "don-vi": &f.Unit, "han": &f.Due, "han-ly-do": &f.DueReason, "tra-loi": &f.Text,
		"nguoi-tra-loi": &f.AnsweredBy, "dong-y": &f.Agreement, "ten-goi": &f.Headline,
	}
}

const outOfScope = "ngoai-pham-vi"

// restore fills the form with what was typed and not sent. Key and version are not part of a draft.
func (f form) restore(d store.Draft) form {
	get := func(name string) string {
		if v := d.Fields[name]; len(v) > 0 {
			return v[len(v)-1]
		}
		return ""
	}
	asked := f.Agreement
	for _, fields := range []map[string]*string{f.said(), f.ruled()} {
		for name, field := range fields {
			*field = get(name)
		}
	}
	f.Agreement = cmp.Or(f.Agreement, asked)
	f.OutOfScope, f.Turn = get(outOfScope) != "", get("luot")
	return f
}

// draft is what a form holds of a ruling that was not sent with it.
func (f form) draft() map[string][]string {
	fields := map[string][]string{}
	for name, field := range f.ruled() {
		fields[name] = []string{*field}
	}
	if f.OutOfScope {
		fields[outOfScope] = []string{"1"}
	}
	return fields
}

// typed reports whether the form holds more than what it opens with.
func (f form) typed() bool {
	f.Agreement = ""
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
	f.Text, f.AnsweredBy, f.Headline = file.RulingText, file.AnsweredBy, o.Headline
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
func (f form) ruling(leads []doithoai.Unit, people []string) (doithoai.Ruling, []doithoai.Problem) {
	var list []doithoai.Problem
	r := doithoai.Ruling{
		Code: doithoai.RulingCode(f.Code), Text: f.Text, AnsweredBy: answerer(people, f.AnsweredBy),
		Agreement: doithoai.Agreement(f.Agreement), OutOfScope: f.OutOfScope, Headline: f.Headline,
		HandedOver: f.HandedOver, Proposed: f.Due == "", Reason: f.DueReason,
	}
	found := matchUnits(leads, f.Unit)
	switch {
	case len(found) == 1 && found[0].ID == web.ByChair:
		r.ByChair = true
	case len(found) == 1:
		r.LeadUnitID = found[0].ID
	case len(found) > 1:
		list = append(list, doithoai.Problem{Field: "don-vi", Key: "hall.problem.unit_several", Args: []any{"typed", f.Unit}})
	case f.Unit != "":
		list = append(list, doithoai.Problem{Field: "don-vi", Key: "hall.problem.unit_unknown", Args: []any{"typed", f.Unit}})
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

// matches finds what somebody means with a few letters of its name, with or without diacritics and signs. Of these, the
// first that any of the list fulfils decides: the whole name; words of the name begin so ("địa chính"); its initials
// hold them ("dc"); words and initials follow each other as in the name ("Lao động – TBXH"). Initials may leave "và"
// out. console.ts does the same while one types.
func matches[T any](list []T, name func(T) string, typed string) []T {
	typed = text.NearKey(typed)
	if typed == "" {
		return nil
	}
	for _, fits := range []func(name string) bool{
		func(name string) bool { return name == typed },
		func(name string) bool { return strings.Contains(" "+name, " "+typed) },
		func(name string) bool {
			return strings.Contains(initials(strings.Fields(name)), typed) ||
				strings.Contains(initials(withoutAnd(name)), typed)
		},
		func(name string) bool {
			words := withoutAnd(name)
			for i := range words {
				if spelt(words[i:], withoutAnd(typed)) {
					return true
				}
			}
			return false
		},
	} {
		var found []T
		for _, one := range list {
			if fits(text.NearKey(name(one))) {
				found = append(found, one)
			}
		}
		if len(found) > 0 {
			return found
		}
	}
	return nil
}

func matchUnits(units []doithoai.Unit, typed string) []doithoai.Unit {
	return matches(units, func(u doithoai.Unit) string { return u.Name }, typed)
}

// answerer is who answered, with the post where the whole name was typed, or the end of it by which people are called,
// and just one of these people bears it; else as typed. All marks count: Thuý is not Thủy.
func answerer(people []string, typed string) string {
	address, called := byName(typed)
	var found []string
	for _, p := range people {
		full, _, _ := strings.Cut(p, ",")
		as, name := byName(full)
		if strings.HasSuffix(" "+name, " "+called) && (address == "" || as == "" || address == as) {
			found = append(found, p)
		}
	}
	if called == "" || len(found) != 1 {
		return typed
	}
	return found[0]
}

// byName takes the key of somebody's name apart from the word of address before it.
func byName(s string) (address, name string) {
	key := text.NameKey(s)
	for _, word := range []string{"ông", "bà", "anh", "chị"} {
		if rest, ok := strings.CutPrefix(key, text.NameKey(word)+" "); ok {
			return word, rest
		}
	}
	return "", key
}

// withoutAnd are the words of a folded name but for "và".
func withoutAnd(name string) []string {
	return slices.DeleteFunc(strings.Fields(name), func(w string) bool { return w == "va" })
}

// spelt reports whether what was typed begins as the words do: each part of it is the beginning of a word, or the
// initials of two words and more.
func spelt(words, typed []string) bool {
	if len(typed) == 0 {
		return true
	}
	if len(words) == 0 {
		return false
	}
	n := len(typed[0])
	return strings.HasPrefix(words[0], typed[0]) && spelt(words[1:], typed[1:]) ||
		n > 1 && n <= len(words) && initials(words[:n]) == typed[0] && spelt(words[n:], typed[1:])
}

// initials are the first letters of folded words; what is no letter is no word.
func initials(words []string) string {
	var b strings.Builder
	for _, w := range words {
		if w[0] >= 'a' && w[0] <= 'z' {
			b.WriteByte(w[0])
		}
	}
	return b.String()
}
