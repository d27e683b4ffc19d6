package main

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"time"

	"doithoai"
	"doithoai/calendar"
	"doithoai/cmd/doithoai/bench"
	"doithoai/cmd/doithoai/demo"
	"doithoai/doc"
	"doithoai/doc/form"
	"doithoai/office"
	"doithoai/report"
	"doithoai/text"
)

// benchDocuments are the documents of an office that does not exist: the report of the result of a dialogue with some
// matters, the notice of its conclusion, a reply, the plan of five pages, and the register of as many opinions.
func benchDocuments(matters []string) ([]bench.Document, error) {
	year, err := demo.Plan()
	if err != nil {
		return nil, err
	}
	commune := doithoai.Authority{
		Name: "UBND xã Đo Lường", FullName: "Ủy ban nhân dân xã Đo Lường", Superior: "Ủy ban nhân dân tỉnh Thí Nghiệm",
		Place: "Đo Lường", Phone: "02550000000", Demo: true,
	}
	day := calendar.DateOf(2026, time.November, 3)
	head := form.Head{
		Authority: commune, Number: "91", Date: day, To: []string{"Như trên;", "Lưu: VT, VP."},
		Signer: doc.Signer{For: "TM. ỦY BAN NHÂN DÂN", Title: "CHỦ TỊCH", Name: "Đặng Văn Giả Định"},
	}
	conclusion := form.Concluded{
		Title:   "hội nghị đối thoại lần thứ hai năm 2026",
		Opening: "Ngày 25/10/2026, tại Hội trường UBND xã, Chủ tịch UBND xã chủ trì hội nghị, kết luận như sau:",
		Words:   "Các ý kiến xác đáng. Ủy ban nhân dân xã tiếp thu và giao các đơn vị giải quyết.",
	}
	for i, m := range matters {
		conclusion.Here = append(conclusion.Here, []string{
			strconv.Itoa(i + 1), fmt.Sprintf("%s (%s)", m, benchNumber(i)), fmt.Sprintf("Thôn %d", i%8+1),
			"Văn phòng HĐND và UBND", "Phòng Kinh tế", "Xác minh, trả lời sau", "17/11/2026", "văn bản",
		})
	}
	reply := form.Reply{
		Called: "bà", Name: "Trần Thị Thử", Address: "thôn 2", Raised: day, Where: conclusion.Title,
		Code: benchNumber(0), Question: matters[0], Bases: "khoản 1 Điều 64 Luật Hộ tịch năm 2014",
		Answer:  "Nội dung bà nêu là đúng.\nỦy ban nhân dân xã xin lỗi bà và đã giao Văn phòng giải quyết.",
		Contact: "ông Lê Văn Ví Dụ, Văn phòng, điện thoại 0255 000 0000", Drafted: "VP",
		Tasks: []form.ReplyTask{{Unit: "Văn phòng", What: "kiểm tra sổ hằng tuần", Due: day.AddDays(30)}},
	}
	result := benchResult(commune, conclusion.Title, matters, day)
	return []bench.Document{
		benchPaper(fmt.Sprintf("report of %d opinions", len(matters)), func() doc.Doc {
			return form.ResultReport(head, result, form.ResultFile{})
		}),
		benchPaper(fmt.Sprintf("notice of %d rulings", len(matters)), func() doc.Doc { return conclusion.Notice(head) }),
		benchPaper("reply", func() doc.Doc { return reply.Letter(head) }),
		benchPaper("plan of five pages", func() doc.Doc { return form.Plan(commune, year) }),
		benchRegister(matters),
	}, nil
}

// benchResult is the result of a dialogue with an opinion on each matter.
func benchResult(a doithoai.Authority, title string, matters []string, day calendar.Date) report.Result {
	held := day.AddDays(-9)
	r := report.Result{
		At: calendar.InstantAt(day, 8, 0), Authority: a.FullName, Superior: a.Superior,
		Dialogue: report.Dialogue{
			Title: title, Began: calendar.InstantAt(held, 8, 0), Ended: calendar.InstantAt(held, 11, 0),
			Venue: "Hội trường UBND xã", Chair: "Chủ tịch UBND xã",
		},
		Words: report.Words{Lacking: "Không.", Proposals: "Không."},
	}
	rulings := []doithoai.RulingCode{
		doithoai.RulingOnTheSpot, doithoai.RulingLater, doithoai.RulingLater, doithoai.RulingCoordinate,
	}
	times := []report.Timeliness{report.AtOnce, report.InTime, report.Overdue, report.Running}
	for i, m := range matters {
		r.Book.Matters = append(r.Book.Matters, report.Matter{
			Number: doithoai.RegisterNumber(benchNumber(i)), Received: held, Source: doithoai.TallySpoken, Person: i + 1,
			Words: m, Kind: doithoai.KindPetition, Field: "Đất đai", Village: fmt.Sprintf("Thôn %d", i%8+1),
			Unit: "Phòng Kinh tế", Due: day, Ends: day, Outcome: doithoai.Outcome(rulings[i%4]), Time: times[i%4],
			Answer: "Nội dung bà nêu là đúng. Ủy ban nhân dân xã đã giao Văn phòng giải quyết.",
		})
	}
	return r
}

func benchNumber(i int) string { return fmt.Sprintf("DL-26-%04d", i+1) }

// benchPaper is a document that is composed anew for each file.
func benchPaper(name string, compose func() doc.Doc) bench.Document {
	const rank = 2
	return bench.Document{
		Name: name,
		Page: func(w io.Writer) error { return doc.WriteHTML(w, compose(), rank) },
		Word: func(w io.Writer) error { return doc.WriteDOCX(w, compose()) },
		PDF:  func(w io.Writer) error { return doc.WritePDF(w, compose()) },
	}
}

// benchRegister is the register of an opinion on each matter, as a workbook.
func benchRegister(matters []string) bench.Document {
	sheet := office.RegisterSheet(text.For("vi").T("ledger.own.sheet"))
	rows := make([][]string, len(matters))
	for i, m := range matters {
		rows[i] = []string{
			benchNumber(i), "03/11/2026", "Tại hội nghị", m, "Đất đai", "Kiến nghị", "1", "Thôn 1", "Xác minh, trả lời sau",
			"Văn phòng HĐND và UBND", "Lê Văn Ví Dụ", "03/11/2026", "17/11/2026", "", "", "Đã trả lời", "", "132/UBND-VP",
			"12/11/2026", "Đúng hạn", "1", "Đã giải quyết", "5", "Đã trả lời", "Đã công khai", "25/10/2026",
		}
	}
	return bench.Document{
		Name:     fmt.Sprintf("register of %d opinions", len(matters)),
		Workbook: func(w io.Writer) error { return sheet.Write(w, slices.Values(rows)) },
	}
}
