package web

import (
	"doithoai"
	"doithoai/text"
)

// BodyNamed is the body of a list that is called so, with or without diacritics and signs; one that is in no list is
// its name alone.
func BodyNamed(bodies []doithoai.OutsideBody, name string) doithoai.OutsideBody {
	key := text.NearKey(name)
	for _, b := range bodies {
		if key != "" && text.NearKey(b.Name) == key {
			return b
		}
	}
	return doithoai.OutsideBody{Name: name}
}

// RedirectWords are what the person is told who is sent to a body, as forms propose it: in Vietnamese, as it is kept.
func (r *Reader) RedirectWords(b doithoai.OutsideBody) string {
	vi := text.For("vi")
	words := vi.T("redirection.words", "body", b.Name, "authority", r.Authority.Name)
	if b.Address != "" {
		words += " " + vi.T("redirection.words_address", "text", b.Address)
	}
	for _, part := range []struct{ key, text string }{
		{"redirection.words_phone", b.Phone},
		{"redirection.words_hours", b.Hours},
	} {
		if part.text != "" {
			words += vi.T(part.key, "text", part.text)
		}
	}
	return words + "."
}
