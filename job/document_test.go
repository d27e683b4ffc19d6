package job

import (
	"bytes"
	"testing"

	"doithoai"
	"doithoai/store"
)

// The file of a document is named after its number, in letters that every mailbox keeps.
func TestComposeDocument(t *testing.T) {
	for number, want := range map[string]string{
		"87/TB-UBND": "87-TB-UBND.pdf", "05/QĐ–UBND": "05-QD-UBND.pdf",
	} {
		m := composeDocument(store.DocumentMail{
			Recipient: doithoai.Recipient{ID: "0192a000-0000-7000-8000-000000000002", Detail: "vt@example.vn"},
			Document:  doithoai.Document{Kind: doithoai.DocumentPlan, Number: number},
			File:      doithoai.File{Kind: doithoai.FilePDF}, Content: []byte("%PDF"),
		})
		if m.To != "vt@example.vn" || len(m.Files) != 1 || m.Files[0].Name != want ||
			!bytes.Equal(m.Files[0].Content, []byte("%PDF")) {
			t.Errorf("%+v", m)
		}
	}
}
