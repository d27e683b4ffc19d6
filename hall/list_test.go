package hall

import (
	"net/http"
	"strings"
	"testing"

	"doithoai"
	"doithoai/calendar"
	"doithoai/text"
)

// While the clock of a petition stands still, the list says so in place of a date.
func TestPausedInTheList(t *testing.T) {
	h := newHall(t)
	h.post(root, h.fill(root, "ho-ten", "Trần Thị Ví Dụ", "noi-dung", "Đất nhà tôi đo lại bao giờ?", "huong", "TL-SAU",
		"don-vi", "dc"))
	row := h.rows()[0]
	h.must(h.db.PausePetition(t.Context(), h.officers["vanphong"].Actor(), row.Opinion.ID, row.Petition.Version,
		doithoai.Pause{
			Kind: doithoai.PauseAgency, Number: "57/UBND", Dated: calendar.DateOf(2024, 10, 23),
			Awaited: "Ý kiến cơ quan đất đai",
		}))
	p := h.get(root)
	p.want(http.StatusOK, ".dt-queue__note", "Bộ phận Địa chính – Xây dựng", ".dt-queue__side", "tạm dừng")
	if strings.Contains(p.text(".dt-queue"), "hạn") {
		t.Errorf("a date is shown: %s", p.text(".dt-queue"))
	}
	path := pathOfOpinion(h.dialogue, row.Opinion.Number)
	h.post(path, h.fill(path, "huong", "KN")).want(http.StatusConflict, ".dt-gate",
		"Hạn trả lời đang tạm dừng. Cần đổi hướng xử lý thì cho tính tiếp hạn trả lời trước.")
}

// Who asked to speak and waits for it is told from who wrote only.
func TestRegisteredToSpeak(t *testing.T) {
	h := newHall(t)
	for i, m := range doithoai.Manners {
		resident := doithoai.Resident(h.dialogue.AuthorityID)
		_, err := h.db.SubmitSlip(t.Context(), resident, doithoai.IntakeKey{byte(i)}, doithoai.Slip{
			DialogueID: h.dialogue.ID, Channel: doithoai.ChannelPortal, Manner: m, Matters: []string{"Giấy này căn cứ vào đâu?"},
			NoticeRead: true,
			Petitioner: doithoai.Petitioner{
				Standing: doithoai.StandingPerson, Name: "Người " + string(m), Address: "Nơi khác",
				Ways: []doithoai.Way{doithoai.WayPickUp},
			},
		})
		h.must(err)
	}
	h.record("Người nói", "Đã nói tại hội trường.")
	a := h.get(root)
	for name, want := range map[string]bool{
		"Người written": false, "Người speak": true, "Người both": true, "Người nói": false,
	} {
		if got := strings.Contains(a.text(".dt-queue li:contains('"+name+"')"), "đăng ký phát biểu"); got != want {
			t.Errorf("%s asked to speak: %v", name, got)
		}
	}
	if to := a.doc.Find(".dt-service a").AttrOr("href", ""); to != "/noi-bo" {
		t.Errorf("the way back to the desk leads to %q", to)
	}
}

// TestWords: what finds an opinion in the list has the form of what is typed into the box, which the browser reduces as
// NearKey does.
func TestWords(t *testing.T) {
	h := newHall(t)
	h.post(root, h.fill(root, "ho-ten", "Lý Thị Ðào", "thon", string(h.villages[0].ID), "noi-dung",
		"Kỳ hạn cấp sổ đỏ: thửa 012, tờ 3?"))
	words := h.get(root).doc.Find(".dt-queue li").AttrOr("data-find", "")
	if want := "li thi dao nd 24 1 thon 1 ki han cap so do thua 12 to 3"; words != want {
		t.Errorf("found by %q, want %q", words, want)
	}
	for _, typed := range []string{"Lý", "lí", "đào", "ND-24-0001", "0001", "thôn 01", "kì hạn", "tờ 03"} {
		for word := range strings.FieldsSeq(text.NearKey(typed)) {
			if !strings.Contains(" "+words, " "+word) {
				t.Errorf("%q does not find %q", typed, words)
			}
		}
	}
}

func TestLiveList(t *testing.T) {
	h := newHall(t)
	page := h.get(root).doc.Find("[data-live]")
	if page.AttrOr("data-live", "") != topicOf(h.dialogue.ID) || page.AttrOr("data-live-from", "") != root+"/danh-sach" {
		t.Fatalf("listens to %v", page.Nodes[0].Attr)
	}
	h.record("Trần Thị Ví Dụ", "Giấy này căn cứ vào đâu?")
	fragment := h.get(root + "/danh-sach?so=ND-24-0001")
	fragment.want(http.StatusOK, "#hall-list .dt-queue__new", "Trần Thị Ví Dụ", "#hall-tally", "Đã nhận 1")
	version := fragment.doc.Find("[data-live-version]").AttrOr("data-live-version", "")
	if version == page.AttrOr("data-live-version", "") || version != h.live.Version(topicOf(h.dialogue.ID)) {
		t.Errorf("version %q after %q", version, page.AttrOr("data-live-version", ""))
	}
	if fragment.doc.Find("header, form").Length() != 0 {
		t.Error("more than the list")
	}
	for topic, status := range map[string]int{
		topicOf(h.other.ID): http.StatusNotFound, "dialogue/khong-co": http.StatusNotFound,
		"opinion/" + string(h.rows()[0].Opinion.ID): http.StatusNotFound,
	} {
		h.get("/noi-bo/luong?nghe=" + topic).want(status)
	}
	h.do("diachinh", http.MethodGet, "/noi-bo/luong?nghe="+topicOf(h.dialogue.ID), nil).want(http.StatusForbidden)
	h.live.Close() // a stream that is let in ends at once
	h.get("/noi-bo/luong?nghe=" + topicOf(h.dialogue.ID)).want(http.StatusServiceUnavailable)
}
