package doc

import (
	"slices"
	"strings"
	"unicode"
)

// Passage is a paragraph as the Word file of a document shows it.
type Passage struct {
	Field string // which of the data it shows; "" for words that stand fixed
	Text  string
}

// The fields of a document's head and foot.
const (
	FieldNumber     = "number"
	FieldDate       = "place_and_date"
	FieldAbstract   = "abstract"
	FieldTo         = "to"
	FieldSigner     = "signer"
	FieldRecipients = "recipients"
)

// Passages are all that the Word file of the document says, from its first line to its last.
func (d Doc) Passages() (list []Passage) {
	for _, s := range d.sheets() {
		list = s.flow.passages(list)
	}
	return list
}

func (f flow) passages(list []Passage) []Passage {
	for _, item := range f {
		switch item := item.(type) {
		case *para:
			var b strings.Builder
			for _, r := range item.runs {
				b.WriteString(r.Text)
			}
			if s := strings.TrimSpace(b.String()); shown(s) != "" {
				list = append(list, Passage{item.field, s})
			}
		case *grid:
			for _, row := range item.rows {
				for _, c := range row.cells {
					list = c.flow.passages(list)
				}
			}
		}
	}
	return list
}

// shown is what remains of a paragraph when programs have saved it: its words, on one line, without signs that are
// drawn in other letters.
func shown(s string) string {
	words := strings.FieldsFunc(clean(s), func(r rune) bool {
		return unicode.IsSpace(r) || isDrawn(r) || r == lacking || r == '√'
	})
	return strings.Join(words, " ")
}

// Change is where an edited file says something else than the document.
type Change struct {
	Field string
	// Was and Now are all passages of the field, or of fixed words those that were changed there. Passages that nobody
	// touched are in Now as the document has them.
	Was, Now []string
}

// Compare finds what was changed in a file that began as a document: theirs are its paragraphs in order. Nothing in the
// file need tell which paragraph is which, since what programs keep of such marks differs: each is matched with the one
// that it resembles most, in the same order, and what was added belongs to the field before it, else to that behind it.
func Compare(ours []Passage, theirs []string) []Change { return compare(ours, theirs).changes() }

func compare(ours []Passage, theirs []string) *comparison {
	c := &comparison{ours: ours}
	for _, line := range theirs {
		if s := shown(line); s != "" {
			c.theirs = append(c.theirs, s)
		}
	}
	for _, p := range ours {
		c.was = append(c.was, shown(p.Text))
	}
	c.now = make([][]string, len(ours))
	c.match(0, len(c.was), 0, len(c.theirs))
	return c
}

// comparison is a comparison that is being made.
type comparison struct {
	ours   []Passage
	was    []string // ours as a Word file shows them
	theirs []string
	now    [][]string // what stands in the file for each of ours
}

// mostPairs bounds how many pairs of paragraphs are looked at; where more differ, they are taken in their order.
const mostPairs = 250_000

// match finds what stands for was[a:b] in theirs[x:y].
func (c *comparison) match(a, b, x, y int) {
	for a < b && x < y && c.was[a] == c.theirs[x] {
		c.keep(a)
		a, x = a+1, x+1
	}
	tail := 0
	for a < b && x < y && c.was[b-1] == c.theirs[y-1] {
		b, y, tail = b-1, y-1, tail+1
	}
	defer func() {
		for i := range tail {
			c.keep(b + i)
		}
	}()
	if i, j, found := c.anchor(a, b, x, y); found {
		c.match(a, i, x, j)
		c.match(i, b, j, y)
		return
	}
	c.align(a, b, x, y)
}

func (c *comparison) keep(i int) { c.now[i] = append(c.now[i], c.ours[i].Text) }

// anchor is a paragraph that stands once in each, the nearest to the middle of ours.
func (c *comparison) anchor(a, b, x, y int) (int, int, bool) {
	if (b-a)*(y-x) <= mostPairs {
		return 0, 0, false
	}
	times, at := map[string]int{}, map[string]int{}
	for _, s := range c.was[a:b] {
		times[s]++
	}
	for j, s := range c.theirs[x:y] {
		if times[s] == 1 {
			if _, twice := at[s]; twice {
				times[s] = 2
			}
			at[s] = x + j
		}
	}
	best, middle := -1, (a+b)/2
	for i := a; i < b; i++ {
		if _, there := at[c.was[i]]; there && times[c.was[i]] == 1 && (best < 0 || abs(i-middle) < abs(best-middle)) {
			best = i
		}
	}
	if best < 0 {
		return 0, 0, false
	}
	return best, at[c.was[best]], true
}

func abs(n int) int { return max(n, -n) }

// align pairs paragraphs so that together they resemble each other most. What is left of theirs is new: it goes to a
// neighbour.
func (c *comparison) align(a, b, x, y int) {
	n, m := b-a, y-x
	if n*m > mostPairs {
		for i := range n {
			if i < m {
				c.change(a+i, x+i)
			}
		}
		for j := x + n; j < y; j++ {
			c.add(b, j)
		}
		return
	}
	known := words{}
	left, right := known.of(c.was[a:b]), known.of(c.theirs[x:y])
	sum := make([][]float64, n+1) // the best from here on
	like := make([][]float64, n)
	sum[n] = make([]float64, m+1)
	for i := n - 1; i >= 0; i-- {
		sum[i], like[i] = make([]float64, m+1), make([]float64, m)
		for j := m - 1; j >= 0; j-- {
			sum[i][j] = max(sum[i+1][j], sum[i][j+1])
			if like[i][j] = likeness(left[i], right[j]); like[i][j] >= leastAlike {
				sum[i][j] = max(sum[i][j], like[i][j]+sum[i+1][j+1])
			}
		}
	}
	i, j := 0, 0
	for i < n || j < m {
		switch {
		case i < n && j < m && like[i][j] >= leastAlike && sum[i][j] == like[i][j]+sum[i+1][j+1]:
			c.change(a+i, x+j)
			i, j = i+1, j+1
		case i < n && sum[i][j] == sum[i+1][j]: // it is gone; what was written instead follows
			i++
		default:
			c.add(a+i, x+j)
			j++
		}
	}
}

// change puts a paragraph of theirs in the place of one of ours.
func (c *comparison) change(i, j int) {
	if c.was[i] == c.theirs[j] {
		c.keep(i)
		return
	}
	c.now[i] = append(c.now[i], c.theirs[j])
}

// add puts a new paragraph of theirs before was[i]: with the one before, unless that is fixed and the next is not.
func (c *comparison) add(i, j int) {
	if len(c.was) == 0 {
		return
	}
	at := i - 1
	if at < 0 || i < len(c.was) && c.ours[at].Field == "" && c.ours[i].Field != "" {
		c.now[i] = append(c.now[i], c.theirs[j])
		return
	}
	c.now[at] = append(c.now[at], c.theirs[j])
}

// changes are the fields that were changed, in the order of the document. Fixed words are told place by place.
func (c *comparison) changes() (list []Change) {
	at := map[string]int{}
	for i, p := range c.ours {
		touched := len(c.now[i]) != 1 || c.now[i][0] != p.Text
		if p.Field == "" {
			if touched {
				list = append(list, Change{Was: []string{p.Text}, Now: c.now[i]})
			}
			continue
		}
		n, known := at[p.Field]
		if !known {
			n = len(list)
			at[p.Field] = n
			list = append(list, Change{Field: p.Field})
		}
		list[n].Was, list[n].Now = append(list[n].Was, p.Text), append(list[n].Now, c.now[i]...)
	}
	return slices.DeleteFunc(list, func(c Change) bool { return slices.Equal(c.Was, c.Now) })
}

// leastAlike is the share of words that two paragraphs have in common where one was made of the other.
const leastAlike = 0.3

// words gives each word a number.
type words map[string]int

// of are the words of texts by their numbers, in ascending order.
func (w words) of(texts []string) [][]int {
	all := make([][]int, len(texts))
	for i, s := range texts {
		for word := range strings.FieldsSeq(strings.ToLower(s)) {
			if _, known := w[word]; !known {
				w[word] = len(w)
			}
			all[i] = append(all[i], w[word])
		}
		slices.Sort(all[i])
	}
	return all
}

// likeness is the share of words in common (Dice), and 2 of the same words.
func likeness(a, b []int) float64 {
	if slices.Equal(a, b) {
		return 2
	}
	common := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			common, i, j = common+1, i+1, j+1
		}
	}
	return 2 * float64(common) / float64(len(a)+len(b))
}
