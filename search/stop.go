package search

import (
	"slices"
	"strings"
)

// stops are words with which people ask, not for which they look: they weigh little. Written without marks they may be
// other words, and weigh a little more.
var stops, stopsPlain = stopWords(`tôi tui tao mình em anh chị ông bà cô chú bác cháu chúng ta bạn ai ơi ạ à nhé nha vậy
	là thì mà của và với hay hoặc nhưng nếu vì do nên để cho bởi tại từ đến tới vào ra ở trong ngoài trên dưới về theo
	như bằng khi lúc sau trước đang đã sẽ vừa mới rồi xong còn vẫn cứ lại nữa cũng đều chỉ rất quá lắm
	có không chưa chẳng chả được bị phải cần muốn xin hỏi biết nói bảo kêu thấy nghe
	gì nào sao đâu mấy bao nhiêu thế này kia đó đây ấy các những một cái việc người
	làm đi lên xuống qua thôi giờ nay luôn hết hoài giùm giúp
	ko k hok hem hông hổng dc đc vs r ntn a ad mik e
	the a an of to for in on at is are be do does how what where when can my i we you it this that and or
	please need want get have has with from`)

func stopWords(list string) (marked, plain map[string]bool) {
	marked, plain = map[string]bool{}, map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		p := phraseOf(w)
		marked[p.words[0].key] = true
		plain[p.words[0].folded] = true
	}
	return marked, plain
}

// stopWeight is the part of its weight that a word of a query keeps.
func stopWeight(w word, plain bool) float64 {
	switch {
	case stops[w.key] && (!plain || !w.marked()):
		return 0.12
	case plain && stopsPlain[w.folded]:
		return 0.2
	}
	return 1
}

// A QueryWord is a word of a query, folded and with its marks. Asks: people ask with it, and look for nothing by it.
type QueryWord struct {
	Folded, Spelt string
	Asks          bool
}

// QueryWords are the words of a query, for who compares them with few short texts and needs no index.
func QueryWords(q string) (all []QueryWord) {
	p := phraseOf(q)
	plain := !slices.ContainsFunc(p.words, word.marked)
	for _, w := range p.words[:min(len(p.words), maxWords)] {
		all = append(all, QueryWord{w.folded, w.key, stopWeight(w, plain) < 1})
	}
	return all
}
