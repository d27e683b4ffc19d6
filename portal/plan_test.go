package portal

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"doithoai/plan"
	"doithoai/web/paper"
)

// linesOfPaper reads the text of a paper as people see it: lines, items after a dash.
func linesOfPaper(paper *goquery.Selection) []string {
	var lines []string
	say := func(prefix string) func(int, *goquery.Selection) {
		return func(_ int, s *goquery.Selection) { lines = append(lines, prefix+textOf(s)) }
	}
	paper.Find(".dt-paper__date").Each(say(""))
	paper.Find(".dt-paper__title strong").Each(say(""))
	title := paper.Find(".dt-paper__title").Clone()
	title.Find("strong").Remove()
	title.Each(say(""))
	paper.Find(".dt-paper__body").Children().Each(func(i int, s *goquery.Selection) {
		if s.Is("ul") {
			s.Children().Each(say("- "))
			return
		}
		say("")(i, s)
	})
	paper.Find(".dt-paper__recipients p").Each(say(""))
	paper.Find(".dt-paper__recipients li").Each(say("- "))
	paper.Find(".dt-paper__signature p").Each(say(""))
	return lines
}

// The page of the plan says what the paper says, word for word, in the order of the paper, and nothing else.
func TestPlanReadsLikeThePaper(t *testing.T) {
	f := newReader(t)
	doc := f.page(http.StatusOK, planPath("2024"))
	paper := doc.Find("article.dt-paper")
	if got, want := linesOfPaper(paper), f.plan.Lines(); !slices.Equal(got, want) {
		for i := range max(len(got), len(want)) {
			if i >= len(got) || i >= len(want) || got[i] != want[i] {
				t.Fatalf("line %d of %d, want %d lines:\n got %q\nwant %q", i, len(got), len(want), got[min(i, len(got)-1)],
					want[min(i, len(want)-1)])
			}
		}
	}
	got := strings.TrimSpace(paper.Find(".dt-paper__authority + p").Text())
	if got != "Số:"+strings.Repeat(" ", 7)+"/KH-UBND" {
		t.Errorf("number line %q: the number of this plan isn't known and stays blank", got)
	}
	wantText(t, paper.Find(".dt-paper__superior"), f.plan.Superior)
	wantText(t, paper.Find(".dt-paper__nation"), "Cộng hòa xã hội chủ nghĩa Việt Nam")
	wantText(t, doc.Find(".dt-rows"), f.dialogue.Title)
}

func TestNumberLine(t *testing.T) {
	if got := paper.NumberLine(plan.Plan{Number: "05", Symbol: "KH-UBND"}); got != "Số: 05/KH-UBND" {
		t.Error(got)
	}
}

func TestPlansAreListed(t *testing.T) {
	f := newReader(t)
	row := f.page(http.StatusOK, plansPath).Find(".dt-rows li")
	if href := row.Find("a").AttrOr("href", ""); href != planPath("2024") {
		t.Errorf("the list leads to %q", href)
	}
	wantText(t, row.Find("a"), "2024")
	wantText(t, row, "Ban hành ngày 08/01/2024")
}
