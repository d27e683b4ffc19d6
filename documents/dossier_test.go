package documents

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"doithoai"
	"doithoai/plan"
	"doithoai/web"
	"doithoai/web/stafftest"
)

// The dossier of a dialogue holds its documents as they were signed, or else as the data have them, and an index with
// the hash of each.
func TestDossier(t *testing.T) {
	fx := newFixture(t)
	office, dialogue, text := announced(t, fx)
	href, ok := office.Get(web.DocumentsPath + "?buoi=" + string(dialogue)).
		Find(`main a[href$="ho-so.zip"]`).Attr("href")
	if !ok {
		t.Fatal("no link to the dossier")
	}
	first := "001-thong-bao-87-TB-UBND.pdf"
	composed := dossierFile(t, office.Get(href).Want(http.StatusOK, "").Raw, first, "Bản trong máy")
	if !strings.HasPrefix(composed, "%PDF-") {
		t.Errorf("the announcement is %.20q", composed)
	}
	at := doithoai.DocumentRef{Kind: doithoai.DocumentAnnouncement, Subject: dialogue}
	stafftest.Must(t, fx.DB.KeepSigned(t.Context(), fx.Actor("van-phong"), at, 0, text.Version, doithoai.KeepingSigned{
		Upload:  stafftest.Keep(t, fx.DB, fx.Actor("van-phong"), "ban-ky.pdf", signedPDF),
		Compare: doithoai.ComparedSame,
	}))
	if signed := dossierFile(t, office.Get(href).Raw, first, "Bản đã ký"); signed != signedPDF {
		t.Errorf("the signed announcement is %.20q", signed)
	}
	fx.As("ho-tich").Get(href).Want(http.StatusForbidden, "")
	office.Get(dossierPath(doithoai.ID(fx.Authority.ID))).Want(http.StatusNotFound, "")
}

// dossierFile is a file of a dossier, which its index names with its hash and origin.
func dossierFile(t *testing.T, dossier, name, origin string) string {
	t.Helper()
	z, err := zip.NewReader(strings.NewReader(dossier), int64(len(dossier)))
	stafftest.Must(t, err)
	read := func(name string) []byte {
		f, err := z.Open(name)
		stafftest.Must(t, err)
		b, err := io.ReadAll(f)
		stafftest.Must(t, err)
		stafftest.Must(t, f.Close())
		return b
	}
	b := read(name)
	sum := sha256.Sum256(b)
	index, err := excelize.OpenReader(bytes.NewReader(read("000-muc-luc.xlsx")))
	stafftest.Must(t, err)
	rows, err := index.GetRows(index.GetSheetName(0))
	stafftest.Must(t, err)
	line := strings.Join(rows[1], "|")
	for _, want := range []string{name, origin, "87/TB-UBND", hex.EncodeToString(sum[:])} {
		if !strings.Contains(line, want) {
			t.Errorf("the index says %q, not %s", line, want)
		}
	}
	return string(b)
}

// announced is the office, and the announcement of a dialogue under a number.
func announced(t *testing.T, fx *stafftest.Fixture) (*stafftest.Browser, doithoai.ID, plan.Text) {
	t.Helper()
	fx.Announce()
	dialogues, err := fx.DB.DialogueList(t.Context(), fx.Actor("van-phong"))
	stafftest.Must(t, err)
	text, err := fx.DB.WriteText(t.Context(), fx.Actor("van-phong"), 0, plan.Text{
		DialogueID: dialogues[0].ID, Kind: plan.TextAnnouncement, Body: "Mời ông/bà dự.", Number: "87/TB-UBND",
		Dated: fx.DB.Now().Date(),
	})
	stafftest.Must(t, err)
	return fx.As("van-phong"), dialogues[0].ID, text
}
