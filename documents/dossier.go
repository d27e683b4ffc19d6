package documents

import (
	"archive/zip"
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"doithoai"
	"doithoai/store"
	"doithoai/table"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/docfile"
)

// dossierPattern is the dossier of a dialogue: its documents in one file, as an archive takes them (NĐ 30/2020/NĐ-CP
// Đ.29, Đ.30, Phụ lục V).
const dossierPattern = web.DocumentsPath + "/ho-so/{id}/ho-so.zip"

func dossierPath(dialogue doithoai.ID) string {
	return strings.Replace(dossierPattern, "{id}", string(dialogue), 1)
}

// dossier answers with the documents of a dialogue in the order of their days, each as it was signed or else as the
// data have it, and an index that says the number, day, kind, matter and SHA-256 of each.
func (s *site) dossier(r *web.Request) error {
	d, err := s.db.Dialogue(r.Context(), r.Actor(), doithoai.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	all, err := s.dossierOf(r, d)
	if err != nil {
		return err
	}
	var failed error
	return r.Download("application/zip", "ho-so-"+d.Slug+".zip", func(w http.ResponseWriter) error {
		failed = s.writeDossier(r, w, all)
		return nil
	}, &failed)
}

// dossierOf are the documents of a dialogue that have a number of their own, the earliest day first.
func (s *site) dossierOf(r *web.Request, d doithoai.Dialogue) (all []store.ListedDocument, err error) {
	const batch = 100
	q := store.DocumentQuery{Dialogue: d.ID, Limit: batch}
	beyond := store.Beyond{More: true}
	for beyond.More {
		var part []store.ListedDocument
		if part, beyond, err = s.db.Documents(r.Context(), r.Actor(), q); err != nil {
			return nil, err
		}
		for _, l := range part {
			q.After = l.Cursor()
			if l.Claims {
				all = append(all, l)
			}
		}
	}
	slices.Reverse(all)
	return all, nil
}

func (s *site) writeDossier(r *web.Request, w io.Writer, all []store.ListedDocument) error {
	z := zip.NewWriter(w)
	index := [][]string{{
		r.T("documents.dossier.row"), r.T("documents.number"), r.T("documents.dated"), r.T("documents.kind"),
		r.T("documents.about"), r.T("documents.state"), r.T("documents.file"), r.T("documents.dossier.origin"),
		r.T("documents.signed.hash"),
	}}
	for i, d := range all {
		title, _, _ := about(r.Reader, d)
		row := []string{
			strconv.Itoa(i + 1), d.Number, r.Date(d.Dated), r.T("documents.kind." + string(d.Kind)), title,
			cmp.Or(overWords(r.Reader, d.Document), r.T("documents.state."+string(d.State))), "",
			r.T("documents.dossier.none"), "",
		}
		b, origin, err := s.paperFile(r, d)
		if err != nil {
			return fmt.Errorf("%s %s: %w", d.Kind, d.Number, err)
		}
		if b != nil {
			kind := text.Fold(text.For("vi").T("documents.kind." + string(d.Kind)))
			name := strings.NewReplacer(" ", "-", "/", "-").Replace(fmt.Sprintf("%03d-%s-%s.pdf", i+1, kind, d.Number))
			sum := sha256.Sum256(b)
			row[6], row[7], row[8] = name, r.T("documents.dossier."+origin), hex.EncodeToString(sum[:])
			if err := addFile(z, name, d.Dated.Time(), b); err != nil {
				return err
			}
		}
		index = append(index, row)
	}
	var sheet bytes.Buffer
	if err := table.WriteXLSX(&sheet, r.T("documents.dossier.index"), index); err != nil {
		return err
	}
	if err := addFile(z, "000-muc-luc.xlsx", r.Today().Time(), sheet.Bytes()); err != nil {
		return err
	}
	return z.Close()
}

func addFile(z *zip.Writer, name string, at time.Time, b []byte) error {
	w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: at})
	if err != nil {
		return fmt.Errorf("dossier: %w", err)
	}
	if _, err := w.Write(b); err != nil {
		return fmt.Errorf("dossier: %w", err)
	}
	return nil
}

// paperFile is a document as it was signed, or else as the data have it; nil where there is neither, or where the
// signed file names somebody and no view of it is on record. origin is "signed" or "composed".
func (s *site) paperFile(r *web.Request, d store.ListedDocument) (b []byte, origin string, err error) {
	if d.Signed {
		_, f, err := s.db.OpenSigned(r.Context(), r.Actor(), d.Ref())
		if err == nil {
			b, err = io.ReadAll(f)
			return b, "signed", errors.Join(err, f.Close())
		}
		if !errors.Is(err, store.ErrNotViewed) && doithoai.KindOf(err) != doithoai.NotAllowed {
			return nil, "", err
		}
	}
	_, _, file := about(r.Reader, d)
	if file == "" {
		return nil, "", nil
	}
	b, err = r.Fetch(file + docfile.PDF)
	return b, "composed", err
}
