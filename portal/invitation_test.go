package portal

import (
	"net/http"
	"strings"
	"testing"

	"doithoai"
	"doithoai/plan"
	"doithoai/store"
	"doithoai/web"
)

// guest invites somebody, and returns the code on their paper.
func (f *reader) guest(name string) (doithoai.ID, doithoai.ReceiptCode) {
	f.t.Helper()
	ctx, d := f.t.Context(), f.dialogue.ID
	i, err := f.db.AddDelegate(ctx, f.office, d, plan.Delegate{Invitation: plan.Invitation{
		Name: name, Title: "Chủ tịch Hội Khuyến học", Capacity: plan.CapacityDelegate,
	}})
	f.must(err)
	_, err = f.db.InviteDelegates(ctx, f.office, d, []store.Seen{{ID: i.ID, Version: 1}},
		store.Telling{Route: "paper", On: f.db.Now().Date()})
	f.must(err)
	run := doithoai.IntakeKey{9}
	f.must(f.db.PrintInvitations(ctx, f.office, d, run, []doithoai.ID{i.ID}))
	return i.ID, store.InvitationCode(run, i.ID)
}

// TestReplyByCode answers an invitation without an account and without a script; what was typed wrong comes back.
func TestReplyByCode(t *testing.T) {
	f := newReader(t)
	id, code := f.guest("Huỳnh Văn Phỏng")
	state := func() plan.Invitation {
		all, err := f.db.Delegates(t.Context(), f.office, f.dialogue.ID)
		f.must(err)
		for _, i := range all {
			if i.ID == id {
				return i
			}
		}
		t.Fatal("not on the list")
		return plan.Invitation{}
	}
	wrong := doithoai.NewReceiptCode(doithoai.IntakeKey{7})
	for _, bad := range []struct {
		typed typed
		says  string
	}{
		{typed{"ma": {"ABCD"}, "tra-loi": {"accepted"}}, "Nhập đủ 16 chữ và số"},
		{typed{"ma": {string(wrong)}, "tra-loi": {"accepted"}}, "Không có giấy mời nào có mã này"},
		{typed{"ma": {string(code)}}, "Chọn một cách trả lời"},
		{typed{"ma": {string(code)}, "tra-loi": {"declined"}}, "Nhập lý do"},
	} {
		page := f.shown(f.post(web.InvitationPath, bad.typed))
		if got := page.Find(".govuk-error-summary").Text(); !strings.Contains(got, bad.says) {
			t.Errorf("says %q, want %q", got, bad.says)
		}
		if got, _ := page.Find("#ma").Attr("value"); got != bad.typed["ma"][0] {
			t.Errorf("the code came back as %q", got)
		}
	}
	if state().State != plan.InvitationSent {
		t.Errorf("the invitation is %s", state().State)
	}
	small := strings.ToLower(strings.Join(code.Groups(), "-"))
	w := f.post(web.InvitationPath, typed{
		"ma": {small}, "tra-loi": {"substituted"}, "nguoi-thay": {"Mai Thị Lấy Thí"}, "chuc-vu-thay": {"Phó Chủ tịch"},
	})
	if at := w.Header().Get("Location"); w.Code != http.StatusSeeOther || strings.Contains(at, string(code)) {
		t.Errorf("answered %d to %s", w.Code, at)
	}
	page := f.shown(w)
	for _, says := range []string{"Huỳnh Văn Phỏng", "cử người dự thay", "Mai Thị Lấy Thí", f.dialogue.Venue} {
		if !strings.Contains(page.Find("main").Text(), says) {
			t.Errorf("the page does not say %q: %s", says, page.Find("main").Text())
		}
	}
	if now := state(); now.State != plan.InvitationSubstituted || now.AnsweredBy != "" {
		t.Errorf("the invitation is %+v", now)
	}
	if w := f.get(repliedPath); w.Code != http.StatusSeeOther { // somebody else's browser
		t.Errorf("what was noted is shown to anybody: %d", w.Code)
	}
}
