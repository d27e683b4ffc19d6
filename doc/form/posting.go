package form

import (
	"strings"

	"doithoai"
	"doithoai/calendar"
	"doithoai/doc"
)

// Posting is a paper about a dialogue that hangs at the office for people to read (niêm yết).
type Posting struct {
	Dialogue doithoai.Dialogue
	Results  bool   // its results hang there; else its announcement
	Paper    string // the paper that hangs there, by number and day; "" where that is not known
	Bases    []string
	Place    string           // "trụ sở UBND xã Nghĩa Dũng"
	From     calendar.Instant // when it was put up; absent: room for it
	Until    calendar.Date    // the last day; absent: room for it
	Days     int              // for how long the law asks for it; 0: nothing says
	Contact  string           // whom to tell what one thinks of it
}

// what is what hangs there, within a sentence.
func (p Posting) what() string {
	key := "document.posting.announcement"
	if p.Results {
		key = "document.posting.results"
	}
	s := vietnamese.T(key, "title", lowerTitle(p.Dialogue))
	if p.Paper != "" {
		s += " " + vietnamese.T("document.posting.by_paper", "paper", p.Paper)
	}
	return s
}

// from and until are the days, or room for them.
func (p Posting) from() string {
	if p.From.IsZero() {
		return paperDay(calendar.Date{})
	}
	return paperDay(p.From.Date())
}

func (p Posting) until() string { return paperDay(p.Until) }

// days are for how long it hangs there.
func (p Posting) days() doc.Paragraph {
	if p.Days == 0 {
		return say("document.posting.time", "from", p.from(), "until", p.until())
	}
	return say("document.posting.time_days", "from", p.from(), "until", p.until(), "days", p.Days)
}

// Notice tells that it hangs there (thông báo niêm yết).
func (p Posting) Notice(h Head) doc.Doc {
	paper := h.document(doc.Named, "TB-UBND")
	paper.Form = string(doithoai.PaperPosting)
	paper.Type = vietnamese.T("document.announcement.type")
	paper.Abstract = vietnamese.T("document.posting.abstract", "what", p.short())
	for i, b := range p.Bases {
		end := ";"
		if i == len(p.Bases)-1 {
			end = "."
		}
		paper.Body = append(paper.Body, doc.Paragraph{Runs: []doc.Run{{
			Text: vietnamese.T("document.posting.basis", "basis", strings.TrimRight(b, "; .")) + end, Italic: true,
		}}})
	}
	paper.Body = append(paper.Body,
		say("document.posting.tells", "authority", h.Authority.FullName, "what", p.what()),
		say("document.posting.place", "place", p.Place), p.days(),
		say("document.posting.contact", "contact", p.Contact),
		say("document.posting.closing", "authority", h.Authority.FullName))
	return paper
}

// short is what hangs there, as abstracts have it.
func (p Posting) short() string {
	key := "document.posting.announcement"
	if p.Results {
		key = "document.posting.results"
	}
	return vietnamese.T(key, "title", lowerTitle(p.Dialogue))
}

// Record is the record of putting it up (biên bản niêm yết), with room for who was there; ended is that of taking it
// down (biên bản kết thúc niêm yết).
func (p Posting) Record(h Head, ended bool) doc.Doc {
	paper := h.document(doc.Minutes, "BB-UBND")
	paper.PlaceAndDate, paper.Recipients = "", doc.Recipients{}
	key, day := "document.posting.record", p.from()
	if ended {
		key, day = "document.posting.record_end", p.until()
	}
	hour := "……"
	if !ended && !p.From.IsZero() {
		hour = vietnamese.Time(calendar.Civil(p.From))
	}
	paper.Type = vietnamese.T("document.minutes.type")
	paper.Abstract = vietnamese.T(key, "what", p.short())
	paper.Body = []doc.Block{
		say("document.posting.today", "hour", hour, "date", day, "place", p.Place), say("document.posting.present"),
		doc.FillIn{Label: vietnamese.T("document.posting.of_authority"), Indent: true},
		doc.FillIn{Label: vietnamese.T("document.posting.of_front"), Indent: true},
		doc.FillIn{Label: vietnamese.T("document.posting.of_people"), Indent: true},
	}
	if ended {
		paper.Body = append(paper.Body, say("document.posting.took_down", "what", p.what()), p.days(),
			doc.FillIn{Label: vietnamese.T("document.posting.heard"), Lines: 3, Indent: true})
	} else {
		paper.Body = append(paper.Body, say("document.posting.put_up", "what", p.what()),
			say("document.posting.place", "place", p.Place), p.days(), say("document.posting.guard"))
	}
	paper.Body = append(paper.Body, say("document.posting.record_closing"))
	paper.Signers = []doc.Signer{
		{Title: vietnamese.T("document.posting.signs_maker")}, {Title: vietnamese.T("document.posting.signs_front")},
		{Title: vietnamese.T("document.posting.signs_authority")},
	}
	return paper
}
