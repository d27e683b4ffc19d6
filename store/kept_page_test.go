package store

import (
	"testing"
	"time"

	"doithoai"
)

func TestKeptPages(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		own := fx.resident.AuthorityID
		want := func(id, sealed string) {
			t.Helper()
			if b, err := db.KeptPage(ctx, own, id); err != nil || string(b) != sealed {
				t.Errorf("%s holds %q, %v; want %q", id, b, err, sealed)
			}
		}
		keep := func(id, sealed string, life time.Duration) {
			t.Helper()
			if kept, err := db.KeepPage(ctx, own, id, []byte(sealed), life); !kept || err != nil {
				t.Fatalf("%s: %v, %v", id, kept, err)
			}
		}
		for _, sealed := range []string{"first", "second"} {
			keep("a", sealed, time.Minute)
			want("a", sealed)
		}
		if kept, err := db.KeepPage(ctx, own, "b", make([]byte, MaxKeptPage+1), time.Minute); kept || err != nil {
			t.Errorf("a page beyond all bounds: %v, %v", kept, err)
		}
		if b, err := db.KeptPage(ctx, doithoai.ID("018f2b1e-7c11-7000-8000-000000000001"), "a"); err != nil || b != nil {
			t.Errorf("another authority reads %q, %v", b, err)
		}
		if err := db.DropPage(ctx, own, "a"); err != nil {
			t.Fatal(err)
		}
		want("a", "")
		keep("over", "x", -time.Second)
		want("over", "")
		keep("c", "x", time.Minute)
		if n, err := one(ctx, db.reader(), column[int], `SELECT count(*) FROM kept_page`); err != nil || n != 1 {
			t.Errorf("%d rows are left, %v: what is over stays", n, err)
		}
	})
}

// Anybody may have pages kept: how many, and how large all of them are, is bounded for each authority. A page that is
// kept already may be replaced at the bound, and what is over makes room.
func TestKeptPagesAreBounded(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		own := fx.resident.AuthorityID
		most := keptBound{pages: 3, bytes: 10}
		for i, c := range []struct {
			place, sealed string
			life          time.Duration
			kept          bool
		}{
			{"a", "four", time.Minute, true},
			{"b", "xx", time.Minute, true},
			{"c", "five5", time.Minute, false}, // eleven bytes
			{"c", "four", time.Minute, true},
			{"d", "", time.Minute, false}, // four pages
			{"a", "five5", time.Minute, false},
			{"a", "anew", time.Minute, true},
			{"b", "x", -time.Second, true},
			{"d", "xx", time.Minute, true},
		} {
			kept, err := db.keepPage(ctx, own, c.place, []byte(c.sealed), c.life, most)
			if err != nil || kept != c.kept {
				t.Errorf("%d, %s: %v, %v", i, c.place, kept, err)
			}
		}
		if b, err := db.KeptPage(ctx, own, "a"); err != nil || string(b) != "anew" {
			t.Errorf("a page that was kept before is %q, %v", b, err)
		}
	})
}
