package reading

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"doithoai/text"
)

// topic is what a section of a plan is about; a heading may name several.
type topic int

const (
	purposes topic = 1 << iota
	requirements
	contents // what the dialogues are about
	times
	venue
	form
	participants
	programme
	funds
	assignments
	bases
	container       // "Nội dung": of the sections in it
	unknown         // a heading that no part of a plan goes by
	noTopic   topic = 0
)

// topicWords are the beginnings of the names that offices give to the parts of a plan, folded.
var topicWords = []named{
	{programme, `(?:noi dung,? )?(?:va )?(?:chuong trinh|trinh tu|(?:cac )?buoc|tien trinh|kich ban|cach thuc tien hanh|` +
		`dien bien|quy trinh)`},
	{contents, `(?:cac )?(?:noi dung (?:doi thoai|trao doi|trong tam|chinh|lam viec|buoi|hoi nghi|gap go|can|tap trung|` +
		`duoc)|chu de)|(?:nhung |cac )?(?:viec|van de) (?:dua ra|can|se|doi thoai)|(?:hoi|noi|ban) ve`},
	{assignments, `to chuc thuc hien|phan cong|trach nhiem|nhiem vu|giao nhiem vu|cong tac to chuc|trien khai thuc hien|` +
		`ai lam`},
	{container, `noi dung(?: ke hoach| thuc hien| to chuc| cu the| cong viec| phoi hop)?|ke hoach (?:to chuc|cu the)|` +
		`to chuc (?:doi thoai|hoi nghi|buoi)`},
	{purposes, `muc dich|muc tieu|y nghia|vi sao|ly do`},
	{requirements, `yeu cau|nguyen tac|(?:nhung |mot so )?(?:dieu |diem |viec )?(?:can )?luu y`},
	{times, `thoi gian|thoi diem|ngay gio|lich (?:doi thoai|to chuc|cac buoi|cu the)|lich$|thoi han|khi nao`},
	{venue, `dia diem|noi to chuc|noi doi thoai|o dau`},
	{form, `hinh thuc|phuong thuc|cach thuc|cach (?:lam|to chuc)`},
	{participants, `thanh phan|doi tuong|dai bieu|khach moi|(?:nguoi |ai )(?:tham )?(?:du|gia)`},
	{funds, `(?:nguon )?kinh phi|du toan|chi phi|tien`},
	{unknown, `dieu khoan|hieu luc|che do (?:bao cao|thong tin)`},
	{bases, `can cu|co so phap ly`},
}

// named is a topic with the words that its names begin with.
type named struct {
	topic topic
	words string
}

var topicForms = func() (forms []*regexp.Regexp) {
	for _, n := range topicWords {
		forms = append(forms, regexp.MustCompile(`^(?:`+n.words+`)`))
	}
	return forms
}()

// heading is what a line says as a heading.
type heading struct {
	topic  topic
	inline string // what stands behind its colon
}

const (
	longestHeading = 14 // words
	longestLabel   = 7  // words before a colon
)

// topicOf reports which part of a plan a line opens; the topic is noTopic where it opens none.
func topicOf(l line) heading {
	if l.cells != nil {
		return heading{}
	}
	head, inline, colon := strings.Cut(l.text, ":")
	inline = strings.TrimSpace(inline)
	words := len(strings.Fields(head))
	switch {
	case colon && inline != "":
		if words > longestLabel || !opens(l) && (l.mark == noMark && words > 4) {
			return heading{}
		}
	case !opens(l) && !colon && !isCaps(head) && (words > 6 || l.mark.isBullet()):
		return heading{}
	case words > longestHeading && !isCaps(head):
		return heading{}
	case !colon && strings.ContainsRune(".;,", lastRune(head)) && !isCaps(head) && (words > 4 || l.mark.isBullet()):
		return heading{}
	}
	return heading{topicsIn(head), inline}
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// opens reports whether the mark of a line is one that headings have.
func opens(l line) bool { return l.mark != noMark && !l.mark.isBullet() && l.mark != markStep }

// joints part the names in a heading of several: "Thời gian, địa điểm và hình thức".
var joints = regexp.MustCompile(`\s*(?:,|;|/|–|-|&|\+|\sva\s)\s*`)

func topicsIn(head string) topic {
	folded := strings.Trim(text.Fold(head), " .:-–")
	for _, lead := range []string{"ve ", "cac ", "du kien "} {
		folded = strings.TrimPrefix(folded, lead)
	}
	parts := joints.Split(folded, -1)
	first := topicNamed(folded)
	if first == noTopic {
		return noTopic
	}
	all := first
	for _, p := range parts[1:] {
		all |= topicNamed(p) &^ container
	}
	if first == container && all != container {
		all &^= container
		if all&(times|venue|form|participants) != 0 {
			all |= contents
		}
	}
	return all
}

func topicNamed(folded string) topic {
	i := slices.IndexFunc(topicForms, func(form *regexp.Regexp) bool {
		at := form.FindStringIndex(folded)
		return at != nil && (at[1] == len(folded) || !isLetterByte(folded[at[1]]))
	})
	if i < 0 {
		return noTopic
	}
	return topicWords[i].topic
}

func isLetterByte(b byte) bool { return b >= 'a' && b <= 'z' }
