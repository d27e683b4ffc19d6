package settings

import (
	"slices"
	"testing"

	"doithoai"
	"doithoai/calendar"
	"doithoai/text"
	"doithoai/web"
)

// TestAuditWords words what entries keep in codes, keys and days.
func TestAuditWords(t *testing.T) {
	p := auditPage{
		Reader:   &web.Reader{Text: text.For("vi"), Now: calendar.InstantAt(calendar.DateOf(2024, 10, 23), 9, 0)},
		Officers: []doithoai.Officer{{ID: "a", Name: "Trần Thị Ví Dụ"}},
		Bases: doithoai.LegalBases{
			{Key: "nd-61-2018", Kind: "Nghị định", Number: "61/2018/NĐ-CP"},
			{Key: "nd-118-2025", Kind: "Nghị định", Number: "118/2025/NĐ-CP"},
		},
	}
	p.Authority.Name = "UBND xã Nghĩa Dũng"
	for _, tt := range []struct {
		act                    doithoai.Act
		subject, before, after string
		named                  string
		want                   []string
	}{
		{doithoai.ActExportAudit, "audit", "", "actor=a act=view_petitioner from=2024-10-01 number=ND-24-0001", "Nhật ký",
			[]string{"Bộ lọc: Người làm: Trần Thị Ví Dụ; Việc: xem họ tên người nêu; Từ ngày: 01/10/2024; " +
				"Số đăng ký: ND-24-0001"}},
		{doithoai.ActExportAudit, "audit", "", "", "Nhật ký", nil},
		{doithoai.ActInviteDelegates, "2024-10-25", "", "38 paper 2024-10-14", "Buổi đối thoại 25/10/2024",
			[]string{"Nay: 38, Giấy mời, 14/10/2024"}},
		{doithoai.ActRecordReply, "2024-10-25", "invited", "substituted", "Buổi đối thoại 25/10/2024",
			[]string{"Trước: Chưa trả lời", "Nay: Cử người thay"}},
		{doithoai.ActSetParameter, "khong.con", "7 workdays 2024-07-01/2024-12-31 nd-61-2018", "10 days 2025-01-01/",
			"khong.con", []string{
				"Trước: 7 ngày làm việc, 01/07/2024 – 31/12/2024, Nghị định số 61/2018/NĐ-CP",
				"Nay: 10 ngày, từ 01/01/2025",
			}},
		{doithoai.ActSetLegalBasis, "nd-61-2018", "", "61/2018/NĐ-CP 2018-06-21/2025-05-31 nd-118-2025 personal_data",
			"Nghị định số 61/2018/NĐ-CP", []string{"Nay: 61/2018/NĐ-CP, 21/06/2018 – 31/05/2025, " +
				p.T("settings.bases.replaced_by") + ": Nghị định số 118/2025/NĐ-CP, " + p.T("settings.bases.in_notice")}},
		{doithoai.ActAddPost, "tu-phap", "", "Công chức (một cửa) (unit_officer clerk) 2024-10-01, 12/QĐ-UBND", "tu-phap",
			[]string{"Nay: Công chức (một cửa) (Cán bộ, công chức bộ phận, Văn thư) 01/10/2024, 12/QĐ-UBND"}},
		{doithoai.ActDelegate, "pho", "", "chutich: chair (kt), 2024-10-01 – 2024-10-31, 3/GUQ 2024-09-30", "pho",
			[]string{"Nay: chutich: Chủ tịch UBND (Ký thay (KT.)), 01/10/2024 – 31/10/2024, 3/GUQ 30/09/2024"}},
		{doithoai.ActSetPaperTemplate, "reply", "program 2024-10-01/", "own 2024-10-24/ 0ab1", "Công văn trả lời",
			[]string{"Trước: Mẫu của phần mềm, 01/10/2024", "Nay: Mẫu riêng của xã, 24/10/2024"}},
		{doithoai.ActImportList, "villages", "", "+3 ~1 =40", "Thôn, tổ dân phố",
			[]string{"Thêm 3, sửa 1, giữ nguyên 40"}},
		{doithoai.ActSetPortal, "nghia-dung", "online", "offline", "UBND xã Nghĩa Dũng", []string{
			"Trước: " + p.T("settings.organisation.portal.online"), "Nay: " + p.T("settings.organisation.portal.offline"),
		}},
		{doithoai.ActIssuePlan, "2024/1", "signed", "issued 57/KH-UBND", "Kế hoạch đối thoại năm 2024, Điều chỉnh lần 1",
			[]string{"Trước: Đã ký, chờ số", "Nay: Đã ban hành 57/KH-UBND"}},
		{doithoai.ActChangeEstimate, "2024-10-25", "submitted 3620000", "approved 3470000", "Buổi đối thoại 25/10/2024",
			[]string{"Trước: Chờ Chủ tịch quyết định 3.620.000 đồng", "Nay: Đã duyệt 3.470.000 đồng"}},
		{doithoai.ActPlanBroadcast, "2024-10-25", "", "2024-10-16/2024-10-18", "Buổi đối thoại 25/10/2024",
			[]string{"Nay: 16/10/2024 – 18/10/2024"}},
		{doithoai.ActFinishLogistics, "2024-10-25", "Loa/đài: waits", "Loa/đài: done", "Buổi đối thoại 25/10/2024, Loa/đài",
			[]string{"Trước: Chưa làm", "Nay: Xong"}},
		{doithoai.ActTellVillage, "2024-10-25", "", "announcement Thôn 1 2024-10-11 18:00", "Buổi đối thoại 25/10/2024",
			[]string{"Nay: Thông báo đối thoại Thôn 1 11/10/2024 18:00"}},
		{doithoai.ActViewEvidence, "2024-10-25 Thôn 1", "", "relay 0192", "25/10/2024 Thôn 1", nil},
		{doithoai.ActRemoveEvidence, "2024-10-25 Thôn 1", "", "asked", "25/10/2024 Thôn 1",
			[]string{"Nay: Người trong ảnh đề nghị"}},
		{doithoai.ActReportTask, "Họp", "", "files +2", "Họp", []string{"Nay: 2 tệp minh chứng"}},
		{doithoai.ActCloseUnit, "Bộ phận Một cửa", "", "Văn phòng (2025-01-01)", "Bộ phận Một cửa",
			[]string{"Nay: Văn phòng (01/01/2025)"}},
	} {
		l := doithoai.AuditLine{
			Source: doithoai.AuditRules, Act: tt.act, Subject: tt.subject, Before: tt.before, After: tt.after,
		}
		if got := p.subject(l); got != tt.named {
			t.Errorf("%s: of %q, want %q", tt.act, got, tt.named)
		}
		if got := p.details(l); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", tt.act, got, tt.want)
		}
	}
}
