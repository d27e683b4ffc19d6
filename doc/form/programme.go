package form

import (
	"fmt"
	"strconv"

	"doithoai"
	"doithoai/calendar"
	"doithoai/doc"
)

// Programme is the programme of a dialogue, with the hour of each step.
func Programme(h Head, d doithoai.Dialogue) doc.Doc {
	paper := h.sheet(doithoai.PaperProgramme, "document.programme.type", d, "")
	t := doc.Table{
		Caption: vietnamese.T("document.programme.type"), Columns: []float64{12, 32, 74, 42}, Size: programmeSize,
		Head: []doc.Row{doc.Cells(
			vietnamese.T("document.programme.n"), vietnamese.T("document.programme.time"),
			vietnamese.T("document.programme.step"), vietnamese.T("document.programme.presenter"),
		)},
	}
	for i, s := range d.StepTimes() {
		time := clock(s.At)
		if s.Minutes > 0 {
			time += " - " + clock(s.At.Add(minutes(s.Minutes)))
		}
		row := doc.Cells(strconv.Itoa(i+1), time, s.Title, s.Presenter)
		row[0].Align, row[1].Align = doc.Center, doc.Center
		t.Rows = append(t.Rows, row)
	}
	paper.Body = []doc.Block{when(d), t}
	paper.Signers = []doc.Signer{h.Signer}
	return paper
}

// programmeSize is of the letters in tables that are pinned up and read standing.
const programmeSize = 13

// clock is a time of day as programmes write it: "07h30".
func clock(i calendar.Instant) string {
	at := calendar.Civil(i)
	return fmt.Sprintf("%02dh%02d", at.Hour(), at.Minute())
}

// when is the hour, the day and the place of a dialogue, in the middle below a sheet's title.
func when(d doithoai.Dialogue) doc.Paragraph {
	time, date := hour(d.StartsAt)
	return doc.Paragraph{Align: doc.Center, Runs: []doc.Run{{
		Text: vietnamese.T("document.when", "time", time, "date", date, "venue", d.Venue), Italic: true,
	}}}
}
