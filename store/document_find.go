package store

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"doithoai"
	"doithoai/calendar"
	"doithoai/search"
)

const (
	// maxReadings bounds in how many ways what was typed is looked for among opinions.
	maxReadings = 3
	// firstYear and lastYear are the numbers alone that may be a year as well as the number of a document.
	firstYear, lastYear = 1990, 2100
)

// documentSource is from where documents d are read: FROM it, under a condition that begins with AND.
type documentSource struct{ from, where string }

// A documentReading is one way to understand what was typed: documents of some kinds that are named in it, about what
// the rest of it says. Without kinds: of whatever kind.
type documentReading struct {
	kinds []doithoai.DocumentKind
	rest  []search.QueryWord
}

// everything reports whether the rest says nothing.
func (r documentReading) everything() bool {
	return !slices.ContainsFunc(r.rest, func(w search.QueryWord) bool { return !w.Asks })
}

// within reports whether some texts together have every word of the rest.
func (r documentReading) within(texts ...string) bool {
	have := map[string]bool{}
	for _, w := range ordinals(search.QueryWords(strings.Join(texts, " "))) {
		have[w.Folded] = true
	}
	return !slices.ContainsFunc(ordinals(r.rest), func(w search.QueryWord) bool { return !w.Asks && !have[w.Folded] })
}

// words are the rest as it was typed.
func (r documentReading) words() string {
	words := make([]string, len(r.rest))
	for i, w := range r.rest {
		words[i] = w.Spelt
	}
	return strings.Join(words, " ")
}

// narrow is the condition that documents w are of the kinds, beginning with AND.
func (r documentReading) narrow() string {
	if len(r.kinds) == 0 {
		return ""
	}
	kinds := make([]string, len(r.kinds))
	for i, k := range r.kinds { // one of [doithoai.DocumentKinds]
		kinds[i] = `'` + string(k) + `'`
	}
	return ` AND w.kind IN (` + strings.Join(kinds, ", ") + `)`
}

// inDigits are numbers in words, as dialogues are counted: "lần thứ hai", "lần II".
var inDigits = map[string]string{
	"nhat": "1", "mot": "1", "i": "1", "hai": "2", "nhi": "2", "ii": "2", "ba": "3", "iii": "3", "tu": "4", "bon": "4",
	"iv": "4", "nam": "5", "v": "5", "sau": "6", "vi": "6", "bay": "7", "tam": "8", "chin": "9", "muoi": "10",
}

// ordinals are words of which those that count are one: "lần thứ hai", "lần 2", "thứ 2".
func ordinals(words []search.QueryWord) (all []search.QueryWord) {
	for i := 0; i < len(words); i++ {
		n := i
		for _, before := range []string{"lan", "thu"} {
			if n < len(words) && words[n].Folded == before {
				n++
			}
		}
		if n == i || n == len(words) {
			all = append(all, words[i])
			continue
		}
		digits := cmp.Or(inDigits[words[n].Folded], words[n].Folded)
		if _, err := strconv.Atoi(digits); err != nil {
			all = append(all, words[i])
			continue
		}
		all, i = append(all, search.QueryWord{Folded: "lan" + strings.TrimLeft(digits, "0")}), n
	}
	return all
}

// readings are the ways to understand words by the names of kinds in them; the first names none.
func readings(words []search.QueryWord, called map[doithoai.DocumentKind]string) []documentReading {
	all := []documentReading{{rest: words}}
	at := map[string]int{}
	for _, kind := range doithoai.DocumentKinds {
		named := make([]bool, len(words))
		symbol, _, _ := strings.Cut(kind.Symbol(), "-")
		for name := range strings.SplitSeq(called[kind]+","+kind.Symbol()+","+symbol, ",") {
			if name == bodySymbol { // it says who wrote, not what
				continue
			}
			markName(words, search.QueryWords(name), named)
		}
		if !slices.Contains(named, true) {
			continue
		}
		key := fmt.Sprint(named)
		n, had := at[key]
		if !had {
			n = len(all)
			at[key] = n
			var r documentReading
			for i, w := range words {
				if !named[i] {
					r.rest = append(r.rest, w)
				}
			}
			all = append(all, r)
		}
		all[n].kinds = append(all[n].kinds, kind)
	}
	slices.SortStableFunc(all[1:], func(l, r documentReading) int { return len(l.rest) - len(r.rest) })
	return all
}

// bodySymbol is what the symbols of letters begin with.
const bodySymbol = "UBND"

// markName marks where a name stands in what was typed.
func markName(words, name []search.QueryWord, named []bool) {
	for i := 0; len(name) > 0 && i+len(name) <= len(words); i++ {
		if slices.EqualFunc(words[i:i+len(name)], name, sameWord) {
			for j := range name {
				named[i+j] = true
			}
		}
	}
}

func sameWord(l, r search.QueryWord) bool { return l.Folded == r.Folded }

// documentRow reads what names a document w.
const documentRow = `SELECT w.subject_id, w.kind, w.part FROM document w`

// numberForm is the number of a document within what was typed, whole or only the beginning of its symbol ("12/TB");
// alone it may be without.
var (
	numberForm = regexp.MustCompile(`(?:^|\s)(\d{1,9}/\pL\S*|\d{1,9}/\d{4}/\pL\S*)`)
	numberBare = regexp.MustCompile(`^(?:(?i:số|so)\s+)?(\d{1,9})$`)
	dayForm    = regexp.MustCompile(`(?:^|\s)(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?(?:$|\s)`)
)

// findDocuments are the sources of what was typed: a number, of the document or of the opinion it is about; or words,
// of the name of its kind, and of its matter, the title of its dialogue, the abstract of its plan, or who it was sent
// to. Each source gives few rows or goes along an index; whole reports that nothing can be missing.
func (db *DB) findDocuments(
	ctx context.Context, actor doithoai.Actor, q DocumentQuery, bind func(any) string,
) (sources []documentSource, whole bool, err error) {
	typed := strings.TrimSpace(q.Typed)
	all := readings(search.QueryWords(typed), q.Called)
	numbered, alone, err := db.numberedDocuments(ctx, actor, typed, all, bind)
	if err != nil {
		return nil, false, err
	}
	few := numbered
	whole = true
	if !alone {
		var walks []documentSource
		var named []string
		if walks, named, whole, err = db.namedDocuments(ctx, actor, typed, all, q, bind); err != nil {
			return nil, false, err
		}
		sources, few = walks, append(few, named...)
	}
	if len(few) > 0 {
		sources = append(sources, documentSource{
			from:  `(` + strings.Join(few, ` UNION `) + `) f CROSS JOIN `,
			where: ` AND d.subject_id = f.subject_id AND d.kind = f.kind AND d.part = f.part`,
		})
	}
	return sources, whole, nil
}

// numberedDocuments find documents by a number; alone reports that nothing else is meant.
func (db *DB) numberedDocuments(
	ctx context.Context, actor doithoai.Actor, typed string, all []documentReading, bind func(any) string,
) (few []string, alone bool, err error) {
	kinds := ""
	if len(all) > 1 { // what the most of it names
		kinds = all[1].narrow()
	}
	bare := numberBare.FindStringSubmatch(typed)
	switch m := numberForm.FindStringSubmatch(typed); {
	case m != nil:
		key, _, _ := doithoai.NumberKey(m[1])
		few = append(few, documentRow+` WHERE w.authority_id = $1 AND w.number_key >= `+bind(key)+
			` AND w.number_key < `+bind(key+"\U0010FFFF"))
		alone = true
	case bare != nil:
		n, _ := strconv.Atoi(bare[1]) // nine digits at most
		few, kinds = append(few, serialRow(n, bind)), ""
		alone = n < firstYear || n > lastYear
	}
	opinion, ok, err := db.TypedNumber(ctx, actor.AuthorityID, typed)
	if err != nil || !ok {
		return few, alone, err
	}
	opinions := []string{opinion}
	if serial := serialForm.FindStringSubmatch(opinion); serial != nil {
		if serial[1] == "" { // it is the document's, or of something else
			return few, alone, nil
		}
		if opinions, err = db.numbersOf(ctx, actor.AuthorityID, serial[1], serial[2]); err != nil {
			return nil, false, err
		}
	}
	few = append(few, `SELECT w.subject_id, w.kind, w.part
		FROM opinion b
		JOIN document w ON w.opinion_id = b.id
		WHERE b.authority_id = $1 AND b.number IN `+inList(bind, opinions)+kinds)
	return few, true, nil
}

// serialRow finds what has a number proper, with a symbol or without.
func serialRow(n int, bind func(any) string) string {
	key := strconv.Itoa(n)
	return documentRow + ` WHERE w.authority_id = $1 AND w.number_key = ` + bind(key) + ` UNION ` + documentRow +
		` WHERE w.authority_id = $1 AND w.number_key >= ` + bind(key+"/") + ` AND w.number_key < ` + bind(key+"0")
	// what comes after a slash
}

// namedDocuments find documents by words: walks along kinds, and queries of few rows.
func (db *DB) namedDocuments(
	ctx context.Context, actor doithoai.Actor, typed string, all []documentReading, q DocumentQuery,
	bind func(any) string,
) (walks []documentSource, few []string, whole bool, err error) {
	var asked []documentReading
	for _, r := range all {
		switch {
		case !r.everything():
			asked = append(asked, r)
		default:
			for _, kind := range r.kinds {
				walks = append(walks, documentSource{where: ` AND d.kind = ` + bind(kind)})
			}
		}
	}
	whole = true
	if len(asked) == 0 {
		return walks, nil, whole, nil
	}
	n, err := db.nameables(ctx, actor.AuthorityID)
	if err != nil {
		return nil, nil, false, err
	}
	said := 0
	for _, r := range asked {
		rows, all := n.rows(r, bind)
		few, whole = append(few, rows...), whole && all
		if len(r.kinds) > 0 {
			few = append(few, r.numbered(bind)...)
		}
		few = append(few, r.dated(typed, db.Now().Date(), bind)...)
		if said++; said > maxReadings {
			whole = false
			continue
		}
		words := typed
		if len(r.kinds) > 0 {
			words = r.words()
		}
		ids, all, err := db.OpinionsSaying(ctx, actor, Filter{Words: words, DialogueID: q.Dialogue})
		if err != nil {
			return nil, nil, false, err
		}
		whole = whole && all
		if len(ids) > 0 {
			few = append(few, documentRow+` WHERE w.opinion_id IN `+inList(bind, ids)+r.narrow())
		}
	}
	return walks, few, whole, nil
}

// numbered finds what has the number that is left when the kind is named: "công văn số 12".
func (r documentReading) numbered(bind func(any) string) []string {
	rest := slices.DeleteFunc(slices.Clone(r.rest), func(w search.QueryWord) bool { return w.Asks || w.Folded == "so" })
	if len(rest) != 1 || len(rest[0].Folded) > 9 {
		return nil
	}
	n, err := strconv.Atoi(rest[0].Folded)
	if err != nil {
		return nil
	}
	return []string{
		`SELECT w.subject_id, w.kind, w.part FROM (` + serialRow(n, bind) + `) AS w WHERE 1 = 1` + r.narrow(),
	}
}

// dated finds what is of the day that is left, this year's or the last one's where no year is typed.
func (r documentReading) dated(typed string, today calendar.Date, bind func(any) string) []string {
	m := dayForm.FindStringSubmatch(typed)
	if m == nil || !r.within("ngày "+strings.Join(m[1:], " ")) {
		return nil
	}
	day, _ := strconv.Atoi(m[1]) // digits, four at most
	month, _ := strconv.Atoi(m[2])
	year, err := strconv.Atoi(m[3])
	if err != nil {
		year = today.Year
	}
	on := calendar.DateOf(year, time.Month(month), day)
	if m[3] == "" && on.After(today) {
		on = calendar.DateOf(year-1, time.Month(month), day)
	}
	if !on.Valid() {
		return nil
	}
	return []string{documentRow + ` WHERE w.authority_id = $1 AND w.dated = ` + bind(on) + r.narrow()}
}
