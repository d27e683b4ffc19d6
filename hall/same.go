package hall

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"doithoai"
	"doithoai/store"
	"doithoai/text"
	"doithoai/web"
)

// sameField is where the number is typed of an opinion that says the same.
const sameField = "cung-so"

// same opens the opinion whose number the form names as one that says the same; nil where it names none. One on how
// officials serve, or that the officer can't see, is none of the dialogue's.
func (s *site) same(r *web.Request, p *page, f form) (*store.OpinionFile, error) {
	if f.Same == "" {
		return nil, nil
	}
	unknown := doithoai.RefuseForm([]doithoai.Problem{
		{Field: sameField, Key: "hall.problem.same_unknown", Args: []any{"typed", f.Same}},
	})
	row, ok := p.numbered(f.Same)
	if !ok || row.Conduct {
		return nil, unknown
	}
	file, err := s.db.OpinionFile(r.Context(), r.Actor(), row.Opinion.ID)
	if doithoai.KindOf(err) == doithoai.NotFound || err == nil && file.Subject.Conduct {
		return nil, unknown
	}
	return &file, err
}

// numbered finds the opinion of the list that somebody means by a number: the whole of it, or its serial. A serial of
// two years means neither.
func (l *list) numbered(typed string) (found store.HallRow, ok bool) {
	number, whole := text.RegisterNumber(typed)
	short := func(n string) string { return strings.TrimLeft(n[strings.LastIndex(n, "-")+1:], "0") }
	for _, row := range l.Rows {
		n := string(row.Opinion.Number)
		if n == number {
			return row, true
		}
		year, _, dated := strings.Cut(number, "-")
		if whole || short(n) != short(number) || dated && !strings.Contains(n, "-"+year+"-") {
			continue
		}
		if ok {
			return store.HallRow{}, false
		}
		found, ok = row, true
	}
	return found, ok
}

// group puts an opinion together with the one that says the same. Where the form's first submit has done so, that is no
// conflict.
func (s *site) group(r *web.Request, id, with doithoai.ID) error {
	err := s.db.GroupOpinions(r.Context(), r.Actor(), id, with)
	if keyOf(err) == "same.group.problem.already" {
		return nil
	}
	return err
}

// alike lists the others of an opinion's matter that have no ruling yet and may get the same.
func (s *site) alike(ctx context.Context, p *page, row store.HallRow) ([]store.Member, error) {
	if row.Conduct {
		return nil, nil
	}
	all, err := s.db.GroupMembers(ctx, p.Actor(), row.Opinion.ID)
	all = slices.DeleteFunc(all, func(m store.Member) bool {
		return m.Opinion.Ruling != "" || m.Opinion.JoinedTo != "" || m.Conduct
	})
	slices.SortFunc(all, func(a, b store.Member) int {
		return strings.Compare(string(a.Opinion.Number), string(b.Opinion.Number))
	})
	return all[:min(len(all), store.MaxRuledAlike)], err
}

// othersOf writes opinions with their versions into the form: "ND-24-0013.1 ND-24-0015.2".
func othersOf(members []store.Member) string {
	words := make([]string, len(members))
	for i, m := range members {
		words[i] = string(m.Opinion.Number) + "." + strconv.Itoa(m.Opinion.Version)
	}
	return strings.Join(words, " ")
}

// others reads which opinions the form rules with its own, as they were when the page was opened. One that is not to be
// found any more is a conflict.
func (s *site) others(r *web.Request, f form) (all []store.Versioned, err error) {
	if !f.Alike || f.Code == string(doithoai.RulingComplaint) || f.Code == string(doithoai.RulingDenunciation) {
		return nil, nil
	}
	for _, word := range strings.Fields(f.Others) {
		number, version, _ := strings.Cut(word, ".")
		n, malformed := strconv.Atoi(version)
		id, err := s.db.OpinionIDByNumber(r.Context(), r.Actor(), doithoai.RegisterNumber(number))
		if malformed != nil || doithoai.KindOf(err) == doithoai.NotFound {
			return nil, doithoai.Refuse(doithoai.Conflict, "hall.problem.alike_changed")
		}
		if err != nil {
			return nil, err
		}
		all = append(all, store.Versioned{ID: id, Version: n})
	}
	return all, nil
}

// serials are the numbers by which people call some opinions: "0413, 0415".
func serials(members []store.Member) string {
	words := make([]string, len(members))
	for i, m := range members {
		words[i] = serial(m.Opinion.Number)
	}
	return strings.Join(words, ", ")
}
