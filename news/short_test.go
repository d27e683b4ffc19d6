package news

import (
	"strings"
	"testing"

	"doithoai"
	"doithoai/calendar"
	"doithoai/text"
)

var (
	commune = doithoai.Authority{Name: "UBND xã Nghĩa Dũng", Phone: "02553821234; 113"}
	kinds   = []doithoai.DeliveryKind{
		doithoai.DeliveryReceived, doithoai.DeliveryAnswered, doithoai.DeliveryCorrected, doithoai.DeliveryPaused,
		doithoai.DeliveryResumed, doithoai.DeliveryDue, doithoai.DeliveryLater, doithoai.DeliveryTransferred,
		doithoai.DeliveryReopened, doithoai.DeliveryNotReopened, doithoai.DeliveryRefused, doithoai.DeliveryStatus,
		doithoai.DeliveryMoved,
	}
)

const site = "https://doithoai.nghiadung.quangngai.gov.vn"

func TestShort(t *testing.T) {
	n := News{
		Delivery: doithoai.Delivery{Kind: doithoai.DeliveryAnswered}, Authority: commune,
		Numbers: []doithoai.RegisterNumber{"ND-26-0417"},
	}
	if got, want := n.Short(site), "UBND xã Nghĩa Dũng: ý kiến số ND-26-0417 của ông/bà đã có trả lời. Xem "+site+
		"/tra-cuu hoặc gọi (0255) 382 1234."; got != want {
		t.Errorf("%s", got)
	}
	if got, want := n.Aloud(), "Ý kiến số ND-26-0417 của ông/bà đã có trả lời. Gọi (0255) 382 1234 để hỏi."; got != want {
		t.Errorf("%s", got)
	}
	n.Authority.Offline = true
	if got := n.Short(site); strings.Contains(got, "http") || !strings.Contains(got, "382 1234") {
		t.Errorf("nothing points to a page that can't be reached: %s", got)
	}
	if _, got := n.Told(""); !strings.Contains(got, "đã có trả lời") || strings.Contains(got, "tra-cuu") {
		t.Errorf("%s", got)
	}
}

// Whatever is told fits one text message without marks, however long the names are, and says at least one number.
func TestSMS(t *testing.T) {
	long := commune
	long.Name = "UBND " + strings.Repeat("xã Nghĩa Dũng Đông Tây Nam Bắc ", 6)
	demo := commune
	demo.Demo = true
	ten := make([]doithoai.RegisterNumber, 10)
	for i := range ten {
		ten[i] = doithoai.NewRegisterNumber("NGHIADUNG", 2026, int64(90000+i))
	}
	for _, a := range []doithoai.Authority{commune, long, demo} {
		for _, numbers := range [][]doithoai.RegisterNumber{ten[:1], ten} {
			for _, kind := range kinds {
				for _, at := range []string{site, "", "https://" + strings.Repeat("rat-dai.", 20) + "vn"} {
					n := News{
						Delivery: doithoai.Delivery{Kind: kind}, Authority: a, Numbers: numbers,
						Status: doithoai.StatusWithUnit, Due: calendar.DateOf(2026, 11, 12),
						Dialogue: doithoai.Dialogue{StartsAt: calendar.InstantAt(calendar.DateOf(2026, 11, 1), 8, 0)},
					}
					s := n.SMS(at)
					if text.SMSLength(s) > text.MaxSMS || text.Unmarked(s) != s || strings.Contains(s, "?") {
						t.Errorf("%s: %d characters: %s", kind, text.SMSLength(s), s)
					}
					if !strings.Contains(s, string(numbers[0])) {
						t.Errorf("%s says no number: %s", kind, s)
					}
				}
			}
		}
	}
}
