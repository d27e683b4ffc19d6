package portal

import (
	"errors"
	"net/url"
	"strconv"
	"strings"

	"doithoai"
	"doithoai/web"
	"doithoai/web/ui"
)

// checkPage shows the slip as it will be sent, each answer with the way back to its field. Everything typed goes along
// in hidden fields: nothing stands in an address.
type checkPage struct {
	*web.Reader
	setting
	Form web.SlipForm
	Slip doithoai.Slip
	// Uploads are the files that come with it.
	Uploads []doithoai.Upload
	Kept    string // its id
	Turn    int    // how often it was posted
	// SentAlready: this form was sent before with other content. It has a fresh key now: what it shows is a new slip.
	SentAlready bool
	// Refused: the slip could not be kept just now; sending again is safe.
	Refused error
}

// title says what the page is about.
func (p checkPage) title() string {
	if p.SentAlready {
		return p.T("portal.check.sent_title")
	}
	return p.T("portal.check.title")
}

// hidden are all values of the form, and where it is kept.
func (p checkPage) hidden() []web.FormValue {
	return append(p.Form.Hidden(), web.FormValue{Name: keptField, Value: p.Kept},
		web.FormValue{Name: "o-buoc", Value: strconv.Itoa(atCheck)}, web.FormValue{Name: "lan", Value: strconv.Itoa(p.Turn)})
}

// back leads a telephone to the last question.
func (p checkPage) back() ui.BackLink {
	q := url.Values{keptField: {p.Kept}, markAt: {strconv.Itoa(atAnswer)}}
	return ui.BackLink{Text: p.T("web.back"), Href: slipPath + "?" + q.Encode()}
}

// refusal is the sentence of the error that kept the slip from being taken.
func (p checkPage) refusal() string {
	var e *doithoai.Error
	if !errors.As(p.Refused, &e) {
		return ""
	}
	return p.T(e.Key, e.Args()...)
}

// answer is one row: what was asked, what was typed, and the field to go back to.
type answer struct {
	Name, Value, Field string
}

// matters, person and ways are the rows of the three parts, in the order of the form.
func (p checkPage) matters() (rows []answer) {
	for i, m := range p.Slip.Matters {
		name := p.T("portal.check.content")
		if len(p.Slip.Matters) > 1 {
			name = p.T("slip.content_of", "number", i+1)
		}
		rows = append(rows, answer{name, m, doithoai.MatterField(i)})
	}
	if p.choices().Files.Count > 0 {
		rows = append(rows, p.files())
	}
	if len(p.Slip.Matters) > 1 {
		return rows
	}
	field := fieldText(p.Reader, p.setting, p.Slip.FieldCode)
	if field == "" {
		field = p.T("slip.field.unknown")
	}
	return append(rows, answer{p.T("portal.check.field"), field, "linh-vuc"})
}

// files is the row of the files that come with the slip.
func (p checkPage) files() answer {
	names := make([]string, len(p.Uploads))
	for i, u := range p.Uploads {
		names[i] = u.Name + " (" + p.FileAbout(u.File) + ")"
	}
	if len(names) == 0 {
		names = []string{p.T("file.none")}
	}
	return answer{p.T("portal.check.files"), strings.Join(names, "\n"), web.FileField}
}

func (p checkPage) person() []answer {
	who := p.Slip.Petitioner
	standing := p.T("slip.standing." + string(who.Standing))
	switch {
	case who.Organisation != "":
		standing += ": " + who.Organisation
	case who.Households > 0:
		standing += ": " + p.T("portal.check.households", "count", who.Households)
	}
	place := p.choices().VillageName(who.VillageID)
	if place == "" {
		place = who.Address
	}
	return []answer{
		{p.T("portal.check.standing"), standing, "toi-la"}, {p.T("slip.name"), who.Name, "ho-ten"},
		{p.T("slip.place"), place, "thon"},
	}
}

func (p checkPage) ways() []answer {
	who := p.Slip.Petitioner
	to := map[doithoai.Way]string{
		doithoai.WayPhone: p.Text.Phone(who.Phone), doithoai.WayZalo: p.Text.Phone(who.Phone),
		doithoai.WayEmail: who.Email, doithoai.WayPost: who.PostAddress,
	}
	var list []string
	for _, w := range who.Ways {
		line := p.T("slip.way." + string(w))
		if to[w] != "" {
			line += ": " + to[w]
		}
		list = append(list, line)
	}
	rows := []answer{{p.T("slip.ways"), strings.Join(list, "\n"), "nhan-tra-loi"}}
	if p.Next != nil {
		rows = append(rows, answer{p.T("portal.check.manner"), p.T("slip.manner." + string(p.Slip.Manner)), "cach-neu"})
	}
	return rows
}

// opinions is how many opinions the slip becomes.
func (p checkPage) opinions() string {
	return p.T("portal.check.opinions", "count", len(p.Slip.Matters))
}
