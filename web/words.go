package web

import (
	"slices"
	"strings"

	"doithoai"
	"doithoai/text"
)

// ByChair stands among the units of a ruling's form for the chair, who may lead an opinion on conduct instead of one.
const ByChair = "chu-tich"

// RulingName is the name of a ruling: "Trả lời ngay".
func (r *Reader) RulingName(c doithoai.RulingCode) string {
	return r.T("petition.ruling.name." + c.Key())
}

// ChannelName is how an opinion came: "gửi qua trang".
func (r *Reader) ChannelName(c doithoai.Channel) string { return r.T("slip.came." + string(c)) }

// OutcomeName names what was decided of an initiative.
func (r *Reader) OutcomeName(o doithoai.InitiativeOutcome) string {
	return r.T("initiative.outcome." + string(o))
}

// WayName is a way to be answered: "gọi điện thoại".
func (r *Reader) WayName(w doithoai.Way) string { return r.T("slip.way_name." + string(w)) }

// WayBy is by which way somebody is told: "qua điện thoại".
func (r *Reader) WayBy(w doithoai.Way) string { return r.T("slip.way_by." + string(w)) }

// ActName is an act as it follows a name: "Phạm Văn A" "trình dự thảo trả lời".
func (r *Reader) ActName(a doithoai.Act) string { return r.T("act." + string(a)) }

// Did is an act as it follows the name of who did it: an officer who handed in a slip typed it for somebody.
func (r *Reader) Did(a doithoai.Act, who doithoai.ID) string {
	if a == doithoai.ActSubmitSlip && who != "" {
		return r.T("opinion.timeline.typed_for")
	}
	return r.ActName(a)
}

// FieldText is the name of a field in the reader's language. Fields that come with the program are known in both; one
// that the office added or named anew keeps the office's name.
func (r *Reader) FieldText(code, name string) string {
	return r.known("list.field.name."+strings.ReplaceAll(code, "-", "_"), name)
}

// ParameterText is what a parameter is, in the reader's language, in the same manner.
func (r *Reader) ParameterText(p doithoai.Parameter) string {
	return r.known("rules.parameter.label."+p.Key, p.Label)
}

// known returns the message of a key if its Vietnamese is the given text, and otherwise that text.
func (r *Reader) known(key, vietnamese string) string {
	if r.Text.Has(key) && text.For("vi").T(key) == vietnamese {
		return r.T(key)
	}
	return vietnamese
}

// Joined puts words that are not empty one after the other, with dots between them.
func Joined(words ...string) string {
	return strings.Join(slices.DeleteFunc(words, func(w string) bool { return w == "" }), " · ")
}
