package web

import (
	"strings"

	"doithoai"
	"doithoai/text"
	"doithoai/web/ui"
)

// Presiding is which of some officers presides over a dialogue, by their name; where nobody of that name is among them,
// the only one; empty where there are several.
func Presiding(of []doithoai.Signer, d doithoai.Dialogue) doithoai.ID {
	name, _, _ := strings.Cut(d.Chair, ",")
	for _, s := range of {
		if key := text.NameKey(s.Name); key != "" && strings.HasSuffix(" "+text.NameKey(name), " "+key) {
			return s.ID
		}
	}
	if len(of) == 1 {
		return of[0].ID
	}
	return ""
}

// SignerOptions are officers with the posts in which they decide, to choose one.
func SignerOptions(r *Reader, of []doithoai.Signer) []ui.Option {
	list := []ui.Option{{Text: r.T("refusal.choose_who")}}
	for _, s := range of {
		list = append(list, ui.Option{Value: string(s.ID), Text: s.Signature()})
	}
	return list
}

// ReceptionBody is where the reader's authority receives citizens, as papers name it: in Vietnamese.
func (r *Reader) ReceptionBody() doithoai.OutsideBody {
	return doithoai.ReceptionOf(r.Authority, text.For("vi").T("refusal.reception", "authority", r.Authority.Name))
}

// GroundOptions are the grounds on which an opinion may not be accepted.
func GroundOptions(r *Reader) []ui.Option {
	list := []ui.Option{{Text: r.T("refusal.choose")}}
	for _, g := range doithoai.RefusalGrounds {
		list = append(list, ui.Option{Value: string(g.Ground), Text: r.T("refusal.ground." + string(g.Ground))})
	}
	return list
}
