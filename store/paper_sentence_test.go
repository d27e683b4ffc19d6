package store

import (
	"strings"
	"testing"

	"doithoai"
	"doithoai/calendar"
)

func TestSetPaperSentence(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		today := db.Now().Date()
		const key, words = "document.reply.ends", "{{co_quan}} kính báo để ông/bà được rõ./."
		before := fingerprint(t, db)
		for _, a := range []doithoai.Actor{fx.chair, fx.secretary, fx.justice, fx.admin, fx.resident} {
			_, err := db.SetPaperSentence(ctx, a, doithoai.PaperReply, key, 0, words, today.AddDays(1))
			wantKind(t, err, doithoai.NotAllowed, "")
		}
		for _, c := range []struct {
			kind    doithoai.PaperKind
			key     string
			version int
			text    string
			from    calendar.Date
			want    doithoai.Kind
		}{
			{doithoai.PaperReply, key, 1, words, today.AddDays(1), doithoai.Conflict},
			{"slip", key, 0, words, today.AddDays(1), doithoai.NotFound},
			{doithoai.PaperReply, "", 0, words, today.AddDays(1), doithoai.NotFound},
			{doithoai.PaperReply, key, 0, words, today, doithoai.Invalid}, // what was sent today says what it said
			{doithoai.PaperReply, key, 0, words, calendar.Date{}, doithoai.Invalid},
			{doithoai.PaperReply, key, 0, "", today.AddDays(1), doithoai.Invalid}, // the program's words hold already
			{doithoai.PaperReply, key, 0, strings.Repeat("ậ", doithoai.MaxPaperSentence+1), today.AddDays(1), doithoai.Invalid},
		} {
			_, err := db.SetPaperSentence(ctx, fx.office, c.kind, c.key, c.version, c.text, c.from)
			wantKind(t, err, c.want, "")
		}
		wantSame(t, before, fingerprint(t, db))

		set := func(version int, text string, from calendar.Date) {
			t.Helper()
			_, err := db.SetPaperSentence(ctx, fx.office, doithoai.PaperReply, key, version, text, from)
			must(t, err)
		}
		says := func(on calendar.Date, want string) {
			t.Helper()
			got, err := db.PaperWords(ctx, fx.authority.ID, doithoai.PaperReply, on)
			if err != nil || got[key] != want {
				t.Errorf("on %s: %q, %v", on, got, err)
			}
		}
		set(0, words, today.AddDays(2))
		says(today.AddDays(1), "")
		says(today.AddDays(2), words)
		for _, other := range []struct {
			authority doithoai.ID
			kind      doithoai.PaperKind
		}{{fx.other.ID, doithoai.PaperReply}, {fx.authority.ID, doithoai.PaperTold}} {
			got, err := db.PaperWords(ctx, other.authority, other.kind, today.AddDays(2))
			if len(got) > 0 || err != nil {
				t.Errorf("%v says %q, %v", other, got, err)
			}
		}
		set(1, "", today.AddDays(4)) // the program's again
		set(2, "Của ngày ấy, sửa lại.", today.AddDays(2))
		says(today.AddDays(3), "Của ngày ấy, sửa lại.")
		says(today.AddDays(4), "")

		all, err := db.PaperSentences(ctx, fx.authority.ID, doithoai.PaperReply) // what was stays on record
		must(t, err)
		if len(all) != 3 || all[0].Text != words || all[2].Version != 3 || all[0].By != fx.office.ID {
			t.Errorf("listed %+v", all)
		}
		if got := entriesOf(t, db, doithoai.ActSetPaperSentence); len(got) != 3 ||
			got[0] != "reply |  | "+today.AddDays(2).String()+" "+words {
			t.Errorf("audit %q", got)
		}
	})
}
