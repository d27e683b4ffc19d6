package notify

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"slices"
	"strings"
	"testing"

	"doithoai"
	"doithoai/calendar"
	"doithoai/news"
)

// A document goes out with its file, byte for byte, and its mail says what it is, how the file is known again and by
// when to say that it came.
func TestPaper(t *testing.T) {
	content := bytes.Repeat([]byte("%PDF-1.7\r\n.\r\n\x00\xff"), 500)
	m := Paper(news.Paper{
		Authority: commune, To: "Sở Tư pháp", Title: "Hội nghị đối thoại năm 2024",
		Document: doithoai.Document{
			Kind: doithoai.DocumentAnnouncement, Number: "87/TB-UBND", Dated: calendar.DateOf(2024, 10, 1),
		},
		Due: calendar.DateOf(2024, 10, 3),
	}, "0192a000-0000-7000-8000-000000000002", "vanthu@example.vn", File{Name: "87-TB-UBND.pdf", Content: content})
	server := newMailServer(t)
	if err := server.sender(t, "vanphong@example.vn", "").Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	msg, err := mail.ReadMessage(strings.NewReader(<-server.got))
	if err != nil {
		t.Fatal(err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(msg.Header.Get("Subject"))
	if err != nil || subject != "Thông báo số 87/TB-UBND ngày 01/10/2024 về việc tổ chức Hội nghị đối thoại năm 2024" {
		t.Errorf("subject %q, %v", subject, err)
	}
	_, params, err := mime.ParseMediaType(msg.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	parts := multipart.NewReader(msg.Body, params["boundary"])
	words, err := parts.NextPart()
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(quotedprintable.NewReader(words))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"Kính gửi: Sở Tư pháp", "xin gửi kèm thông báo số 87/TB-UBND", "87-TB-UBND.pdf", "chậm nhất ngày 03/10/2024",
		"(0255) 000 0000",
	} {
		if !strings.Contains(string(body), want) {
			t.Errorf("without %q:\n%s", want, body)
		}
	}
	file, err := parts.NextPart()
	if err != nil {
		t.Fatal(err)
	}
	kind, _, err := mime.ParseMediaType(file.Header.Get("Content-Type"))
	got, readErr := io.ReadAll(base64.NewDecoder(base64.StdEncoding, file))
	if err != nil || readErr != nil || kind != "application/pdf" || file.FileName() != "87-TB-UBND.pdf" ||
		!slices.Equal(got, content) {
		t.Errorf("%s %s, %d bytes, %v, %v", kind, file.FileName(), len(got), err, readErr)
	}
}

// Every kind of document that may go by mail has words of its own.
func TestPaperWords(t *testing.T) {
	said := map[string]bool{}
	for _, k := range doithoai.DocumentKinds {
		if !k.Open() {
			continue
		}
		subject, _ := news.Paper{
			Authority: commune, Document: doithoai.Document{Kind: k, Number: "1/X"}, Title: "Hội nghị", PlanYear: 2024,
		}.Told()
		if said[subject] || !strings.Contains(subject, "1/X") {
			t.Errorf("%s: %q", k, subject)
		}
		said[subject] = true
	}
}
