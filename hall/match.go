package hall

import (
	"slices"
	"strings"

	"doithoai"
	"doithoai/text"
	"doithoai/web"
)

// unitProblem says of what was typed that it means no unit, or may mean several.
func unitProblem(field, typed string, found []doithoai.Unit) doithoai.Problem {
	key := "hall.problem.unit_unknown"
	if len(found) > 1 {
		key = "hall.problem.unit_several"
	}
	return doithoai.Problem{Field: field, Key: key, Args: []any{"typed", typed}}
}

// nobody stands for a unit that was typed and not understood: the rule refuses it at its field.
const nobody doithoai.ID = "?"

// coUnits are the units that somebody typed, parted by commas, each by a few letters as the lead is; the chair is none.
// A name that holds a comma itself is known by the whole of it.
func coUnits(leads []doithoai.Unit, typed string) (ids []doithoai.ID, list []doithoai.Problem) {
	units := slices.DeleteFunc(slices.Clone(leads), func(u doithoai.Unit) bool { return u.ID == web.ByChair })
	for _, part := range unitParts(units, typed) {
		found := matchUnits(units, part)
		id := nobody
		if len(found) == 1 {
			id = found[0].ID
		} else {
			list = append(list, unitProblem(doithoai.FieldCoUnits, part, found))
		}
		ids = append(ids, id)
	}
	return ids, list
}

// unitParts parts what was typed at its commas, but for those of whole names.
func unitParts(units []doithoai.Unit, typed string) (parts []string) {
	words := strings.FieldsFunc(typed, func(r rune) bool { return r == ',' || r == ';' })
	whole := func(name string) bool {
		return slices.ContainsFunc(units, func(u doithoai.Unit) bool { return text.NearKey(u.Name) == text.NearKey(name) })
	}
	for len(words) > 0 {
		n := len(words)
		for n > 1 && !whole(strings.Join(words[:n], ",")) {
			n--
		}
		if part := strings.TrimSpace(strings.Join(words[:n], ",")); part != "" {
			parts = append(parts, part)
		}
		words = words[n:]
	}
	return parts
}

// unitWords are units as the form names them: by their short names, where these mean them.
func unitWords(all, units []doithoai.Unit) string {
	var words []string
	for _, u := range units {
		name := u.Name
		if found := matchUnits(all, u.ShortName()); len(found) == 1 && found[0].ID == u.ID {
			name = u.ShortName()
		}
		words = append(words, name)
	}
	return strings.Join(words, ", ")
}

// answeredBy is who answered: one of these people ([answerer]), else the body that was meant ([meantBody]), else as
// typed.
func answeredBy(people []string, bodies []doithoai.OutsideBody, typed string) string {
	if who := answerer(people, typed); who != typed {
		return who
	}
	if b, ok := meantBody(bodies, typed); ok {
		return b.Name
	}
	return typed
}

// meantBody is the one body that somebody means with its whole name, with some words of it, or with initials; what may
// be somebody's name means none. Initials are capitals, or at least three letters without a vowel. console.ts does the
// same while one types.
func meantBody(bodies []doithoai.OutsideBody, typed string) (b doithoai.OutsideBody, ok bool) {
	key := text.NearKey(typed)
	if address, _ := byName(typed); key == "" || address != "" {
		return b, false
	}
	words := strings.Contains(key, " ")
	letters := !words && (len(key) > 1 && typed == strings.ToUpper(typed) ||
		len(key) > 2 && !strings.ContainsAny(key, "aeiouy"))
	for _, fits := range []func(name string) bool{
		func(name string) bool { return name == key },
		func(name string) bool { return words && strings.Contains(" "+name, " "+key) },
		func(name string) bool {
			return letters && (strings.Contains(initials(strings.Fields(name)), key) ||
				strings.Contains(initials(withoutAnd(name)), key))
		},
	} {
		found := slices.DeleteFunc(slices.Clone(bodies), func(b doithoai.OutsideBody) bool {
			return !fits(text.NearKey(b.Name))
		})
		if len(found) > 0 {
			return found[0], len(found) == 1
		}
	}
	return b, false
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
