package doithoai

import (
	"strings"
	"unicode/utf8"
)

// Citation is a basis as an answer cites it: with the article and the clause, where they are named.
type Citation struct {
	Basis   LegalBasis
	Article string // "137", "20a"; empty: the whole
	Clause  string // "2", of the article
}

// maxArticle bounds what is typed for an article or a clause, in characters.
const maxArticle = 20

// Problems are the reasons why the citation can't be added: a basis is chosen; article and clause are within bounds,
// and a clause is one of an article.
func (c Citation) Problems() []Problem {
	ps := problems{of: "citation.problem."}
	ps.need(c.Basis.Key != "", "can-cu-chon", "basis")
	for field, s := range map[string]string{"can-cu-dieu": c.Article, "can-cu-khoan": c.Clause} {
		if utf8.RuneCountInString(s) > maxArticle {
			ps.add(field, "long")
		}
	}
	if c.Clause != "" && c.Article == "" {
		ps.add("can-cu-dieu", "article")
	}
	return ps.list
}

// String is the citation as papers write it: "khoản 2 Điều 137 Luật Đất đai số 31/2024/QH15".
func (c Citation) String() string {
	var parts []string
	if c.Clause != "" {
		parts = append(parts, "khoản "+c.Clause)
	}
	if c.Article != "" {
		parts = append(parts, "Điều "+c.Article)
	}
	return strings.Join(append(parts, c.Basis.Title()), " ")
}

// Cited adds the citation to those that an answer rests on, once.
func (c Citation) Cited(basis string) string {
	said := c.String()
	switch {
	case strings.TrimSpace(basis) == "":
		return said
	case strings.Contains(basis, said):
		return basis
	}
	return strings.TrimRight(basis, " ;.") + "; " + said
}
