package portal

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"doithoai"
	"doithoai/calendar"
	"doithoai/web/stafftest"
)

// The signed file of a conclusion that was withdrawn stands on the page of its dialogue as that, behind what stands,
// and its file says so by its name; once the withdrawal is undone it stands again.
func TestWithdrawnSignedFile(t *testing.T) {
	f := newReader(t)
	ctx := t.Context()
	d := f.dialogue
	f.now = d.StartsAt.Time()
	d, err := f.db.StartDialogue(ctx, f.office, d.ID, d.Version, calendar.InstantOf(f.now))
	f.must(err)
	f.now = f.now.Add(time.Hour)
	d, err = f.db.CloseDialogue(ctx, f.office, d.ID, d.Version, calendar.InstantOf(f.now))
	f.must(err)
	_, err = f.db.WriteConclusion(ctx, f.chair, d.ID, 0, "Ghi nhận.")
	f.must(err)
	_, err = f.db.PublishResults(ctx, f.office, d.ID, d.Version, f.db.Now())
	f.must(err)
	paper := doithoai.Document{Kind: doithoai.DocumentConclusion, Subject: d.ID, Dated: f.db.Now().Date()}
	number := func(as string) doithoai.DocumentRef {
		given := paper
		given.Number = as
		n, err := f.db.NumberDocument(ctx, f.office, 0, given)
		f.must(err)
		return n.Ref()
	}
	version := func(at doithoai.DocumentRef) int {
		one, err := f.db.Document(ctx, f.office, at)
		f.must(err)
		return one.Version
	}
	keep := func(at doithoai.DocumentRef, content string) {
		f.must(f.db.KeepSigned(ctx, f.office, at, 0, 0, doithoai.KeepingSigned{
			Upload: stafftest.Keep(t, f.db, f.office, "ban-ky.pdf", content), Compare: doithoai.ComparedSame,
		}))
	}
	const pdf = "%PDF-1.7\n% bản ký\ntrailer <<>>\nstartxref\n0\n%%EOF\n"
	old := number("91")
	f.must(f.db.WithdrawDocument(ctx, f.office, old, version(old), doithoai.Withdrawal{
		Reason: "Sai.", From: f.db.Now().Date(), Whose: doithoai.WithdrawnByNone,
	}))
	keep(old, pdf)
	page := dialoguePath(d.Slug)
	kept := f.page(http.StatusOK, page).Find("main p:contains('91/TB-UBND')").First()
	wantText(t, kept, "Đã thu hồi từ")
	wantText(t, kept, "Tệp lưu để đối chiếu")
	file := signedPath(old, ".pdf")
	if got := f.get(file).Header().Get("Content-Disposition"); !strings.Contains(got, "hu") ||
		!strings.Contains(got, "thu") {
		t.Errorf("the file is called %q", got)
	}

	next := number("96")
	keep(next, pdf+"% mới\n")
	all := f.page(http.StatusOK, page).Find("main a[href$='/ban-ky.pdf']")
	if all.Length() != 2 || all.First().AttrOr("href", "") != signedPath(next, ".pdf") {
		t.Errorf("%d files, the first at %q", all.Length(), all.First().AttrOr("href", ""))
	}
	f.must(f.db.WithdrawDocument(ctx, f.office, next, version(next), doithoai.Withdrawal{
		Reason: "Sai.", From: f.db.Now().Date(), Whose: doithoai.WithdrawnByNone,
	}))
	f.must(f.db.UndoWithdrawal(ctx, f.office, old, version(old), "Ghi nhầm."))
	first := f.page(http.StatusOK, page).Find("main a[href$='/ban-ky.pdf']").First()
	if first.AttrOr("href", "") != file || strings.Contains(first.Parent().Text(), "thu hồi") {
		t.Errorf("the one that stands again is %q", first.Parent().Text())
	}
}
