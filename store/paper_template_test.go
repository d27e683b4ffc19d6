package store

import (
	"archive/zip"
	"bytes"
	"io"
	"slices"
	"testing"

	"doithoai"
	"doithoai/calendar"
	"doithoai/file"
)

// wordUpload uploads a Word file that says something.
func (fx *fixture) wordUpload(t testing.TB, db *DB, a doithoai.Actor, says string) doithoai.ID {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range [][2]string{
		{"[Content_Types].xml", `<Types><Override PartName="/word/document.xml" ContentType="application/vnd.` +
			`openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`},
		{"word/document.xml", says},
	} {
		w, err := z.Create(p[0])
		must(t, err)
		_, err = io.WriteString(w, p[1])
		must(t, err)
	}
	must(t, z.Close())
	r := bytes.NewReader(b.Bytes())
	c, err := file.Check(ctxOf(t), r, r.Size())
	must(t, err)
	u, err := db.KeepUpload(ctxOf(t), a, "Công văn mẫu.docx", c, r)
	must(t, err)
	return u.ID
}

func TestSetPaperTemplate(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		today := db.Now().Date()
		word := fx.wordUpload(t, db, fx.office, "một")
		before := fingerprint(t, db)
		for _, a := range []doithoai.Actor{fx.chair, fx.secretary, fx.justice, fx.admin, fx.resident} {
			_, err := db.SetPaperTemplate(ctx, a, doithoai.PaperReply, 0, today, []doithoai.ID{word})
			wantKind(t, err, doithoai.NotAllowed, "")
		}
		for _, c := range []struct {
			kind    doithoai.PaperKind
			version int
			from    calendar.Date
			files   []doithoai.ID
			want    doithoai.Kind
		}{
			{doithoai.PaperReply, 1, today, []doithoai.ID{word}, doithoai.Conflict},
			{"slip", 0, today, []doithoai.ID{word}, doithoai.NotFound},
			{doithoai.PaperReply, 0, today.AddDays(-1), []doithoai.ID{word}, doithoai.Invalid},
			{doithoai.PaperReply, 0, calendar.Date{}, []doithoai.ID{word}, doithoai.Invalid},
			{doithoai.PaperReply, 0, today, nil, doithoai.Invalid},
			{doithoai.PaperReply, 0, today, []doithoai.ID{fx.upload(t, db, fx.office, "a.jpg").ID}, doithoai.Invalid},
			{doithoai.PaperReply, 0, today, []doithoai.ID{fx.wordUpload(t, db, fx.secretary, "x")}, doithoai.Invalid},
		} {
			_, err := db.SetPaperTemplate(ctx, fx.office, c.kind, c.version, c.from, c.files)
			wantKind(t, err, c.want, "")
		}
		wantSame(t, before, fingerprint(t, db))

		set, err := db.SetPaperTemplate(ctx, fx.office, doithoai.PaperReply, 0, today.AddDays(2), []doithoai.ID{word})
		must(t, err)
		says := func(on calendar.Date, want bool) {
			t.Helper()
			b, err := db.PaperTemplate(ctx, fx.authority.ID, doithoai.PaperReply, on)
			if err != nil || (b != nil) != want {
				t.Errorf("on %s: %d bytes, %v", on, len(b), err)
			}
		}
		says(today.AddDays(1), false)
		says(today.AddDays(2), true)
		if b, err := db.PaperTemplate(ctx, fx.other.ID, doithoai.PaperReply, today.AddDays(2)); b != nil || err != nil {
			t.Errorf("the other authority has %d bytes, %v", len(b), err)
		}
		a, f, err := db.OpenPaperTemplate(ctx, fx.chair, set.ID)
		must(t, err)
		must(t, f.Close())
		if a.Name != "Công văn mẫu.docx" {
			t.Errorf("the file is called %q", a.Name)
		}
		_, _, err = db.OpenPaperTemplate(ctx, fx.justice, set.ID)
		wantKind(t, err, doithoai.NotAllowed, "")

		all, err := db.PaperTemplates(ctx, fx.authority.ID)
		must(t, err)
		if len(all) != 1 || all[0].ID != set.ID || all[0].Name != a.Name || all[0].By != fx.office.ID || !all[0].Own {
			t.Errorf("listed %+v", all)
		}
		if got := entriesOf(t, db, doithoai.ActSetPaperTemplate); len(got) != 1 ||
			got[0] != "reply |  | own "+today.AddDays(2).String()+"/ "+a.Hash.String() {
			t.Errorf("audit %q", got)
		}
		kept, err := keptFiles(ctx, db.reader()) // it goes into the backup, and isn't swept
		must(t, err)
		if used, err := db.fileUsed(ctx, a.Hash); !used || err != nil || !slices.Contains(kept, a.Hash) {
			t.Errorf("used %v, %v; kept %v", used, err, kept)
		}
	})
}

func TestDropPaperTemplate(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		today := db.Now().Date()
		_, err := db.DropPaperTemplate(ctx, fx.office, doithoai.PaperReply, 0, today)
		wantKind(t, err, doithoai.Invalid, "") // the form of the program holds already
		_, err = db.SetPaperTemplate(ctx, fx.office, doithoai.PaperReply, 0, today,
			[]doithoai.ID{fx.wordUpload(t, db, fx.office, "một")})
		must(t, err)
		_, err = db.DropPaperTemplate(ctx, fx.chair, doithoai.PaperReply, 1, today)
		wantKind(t, err, doithoai.NotAllowed, "")
		dropped, err := db.DropPaperTemplate(ctx, fx.office, doithoai.PaperReply, 1, today) // of the same day: the last holds
		must(t, err)
		b, err := db.PaperTemplate(ctx, fx.authority.ID, doithoai.PaperReply, today)
		if b != nil || err != nil {
			t.Errorf("%d bytes, %v", len(b), err)
		}
		_, _, err = db.OpenPaperTemplate(ctx, fx.office, dropped.ID)
		wantKind(t, err, doithoai.NotFound, "")
		if got := entriesOf(t, db, doithoai.ActDropPaperTemplate); len(got) != 1 {
			t.Errorf("audit %q", got)
		}
		all, err := db.PaperTemplates(ctx, fx.authority.ID) // what was stays on record
		must(t, err)
		if len(all) != 2 || all[0].Version != 1 || all[1].Version != 2 || all[1].Own {
			t.Errorf("listed %+v", all)
		}
	})
}
