package doc

import (
	"math"
	"slices"
	"strings"

	"doithoai/text"
)

// links are words that begin a new part of a title: a line rather ends before one of them than elsewhere.
var links = []string{
	"cho", "của", "giữa", "lần", "năm", "ngày", "tại", "theo", "thuộc", "trên", "trong", "từ", "và", "về", "với",
}

// compounds are several words that are read as one.
var compounds = [][]string{
	{"thủ", "tục", "hành", "chính"}, {"ủy", "ban", "nhân", "dân"}, {"hội", "đồng", "nhân", "dân"},
	{"tổ", "chức,", "cá", "nhân"}, {"cán", "bộ,", "công", "chức"},
}

// What the end of a line costs, and by how much more lines do that are not of one length. A word of two syllables is
// torn only where nothing else fits.
const (
	costTorn, costPhrase, costWithin, costComma = 60, 30, 15, 6
	costUneven                                  = 40
	spare                                       = 0.5 // points kept free: programs measure letters a little otherwise
)

// balance parts the text of a centred paragraph into as many lines as it needs, which end well: before a word that
// begins a new part, behind a comma, not within what is read as one; and are about as long as each other.
func balance(p *para, width float64) {
	if len(p.runs) != 1 {
		return
	}
	n := len(breakLines(p, points(width)))
	words := strings.FieldsFunc(clean(p.runs[0].Text), func(r rune) bool { return r == ' ' })
	if n < 2 || n > len(words) || strings.Contains(p.runs[0].Text, "\n") {
		return
	}
	if lines := parted(words, faceOf(p.runs[0]), p.size, points(width-p.left-p.right)-spare, n); lines != nil {
		p.runs = []Run{p.runs[0]}
		p.runs[0].Text = strings.Join(lines, "\n")
	}
}

// parted are words in n lines within a width, those that cost least; nil where they don't fit.
func parted(words []string, f face, size, width float64, n int) (lines []string) {
	type choice struct {
		cost float64
		from int // the first word of the last line
	}
	ends := make([]float64, len(words)+1) // where a word ends if all stand on one line, with the space behind it
	for i, w := range words {
		ends[i+1] = ends[i] + letters().of(f, size, w+" ")
	}
	space := letters().of(f, size, " ")
	even := ends[len(words)] / float64(n)
	costs := endCosts(words)
	best := make([][]choice, n+1) // by the number of lines, then of words
	for k := range best {
		best[k] = make([]choice, len(words)+1)
		for j := range best[k] {
			best[k][j].cost = math.Inf(1)
		}
	}
	best[0][0].cost = 0
	for k := 1; k <= n; k++ {
		for j := k; j <= len(words); j++ {
			for i := j - 1; i >= k-1 && ends[j]-ends[i]-space <= width; i-- {
				off := (ends[j] - ends[i] - even) / even
				if cost := best[k-1][i].cost + costs[j] + costUneven*off*off; cost < best[k][j].cost {
					best[k][j] = choice{cost, i}
				}
			}
		}
	}
	if math.IsInf(best[n][len(words)].cost, 1) {
		return nil
	}
	for k, j := n, len(words); k > 0; k-- {
		i := best[k][j].from
		lines = append(lines, strings.Join(words[i:j], " "))
		j = i
	}
	slices.Reverse(lines)
	return lines
}

// endCosts say what it costs to end a line behind the first n words.
func endCosts(words []string) []float64 {
	costs := make([]float64, len(words)+1)
	for i := 1; i < len(words); i++ {
		first, _, _ := strings.Cut(words[i], "\u00a0")
		switch last := words[i-1]; {
		case together(last, words[i]):
			costs[i] = costTorn
		case slices.Contains(links, strings.ToLower(first)), strings.HasSuffix(last, ";"), strings.HasSuffix(last, ":"),
			strings.HasPrefix(words[i], "("):
		case strings.HasSuffix(last, ","):
			costs[i] = costComma
		default:
			costs[i] = costWithin
		}
	}
	for from := range words {
		for _, phrase := range compounds {
			if begins(words[from:], phrase) {
				for i := from + 1; i < from+len(phrase); i++ {
					costs[i] = max(costs[i], costPhrase)
				}
			}
		}
	}
	return costs
}

// begins reports whether words begin with a phrase, whatever their capitals and the sign behind them.
func begins(words, phrase []string) bool {
	n := len(phrase)
	return len(words) >= n && slices.EqualFunc(words[:n-1], phrase[:n-1], strings.EqualFold) &&
		strings.EqualFold(strings.TrimRight(words[n-1], ",;:."), phrase[n-1])
}

// together reports whether two words beside each other are read as one.
func together(a, b string) bool {
	pair := a + " " + b
	joined := func(s string) bool { return string(text.AppendJoined(nil, []byte(s))) != s }
	return joined(pair) || joined(strings.ToLower(pair))
}
