package store

import (
	"bytes"
	"crypto/rand"
	"fmt"
	mathrand "math/rand/v2"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"doithoai"
	"doithoai/calendar"
	"doithoai/report"
	"doithoai/tlog"
)

// province sets a superior up and returns it with an officer of its office.
func (fx *fixture) province(t testing.TB, db *DB) (doithoai.Authority, doithoai.Actor) {
	t.Helper()
	ctx := ctxOf(t)
	a := fx.authority
	a.ID, a.Slug, a.Name, a.FullName, a.Level = "", "tinh-thu", "UBND tỉnh Thử", "Ủy ban nhân dân tỉnh Thử",
		doithoai.LevelProvince
	a, err := db.SetUp(ctx, Setup{Authority: a, Units: []doithoai.Unit{{Code: "vp", Name: "Văn phòng", Office: true}}})
	must(t, err)
	o, err := db.AddOfficer(ctx, doithoai.Officer{
		AuthorityID: a.ID, Login: "vp.tinh", Name: "Người Tổng Hợp", Roles: []doithoai.Role{doithoai.RoleOffice},
	}, testPassword)
	must(t, err)
	return a, o.Actor()
}

// everyRollUp reads a roll-up to its end, two communes a page.
func everyRollUp(t testing.TB, db *DB, a doithoai.Actor, ask RollUpQuery) (u RollUp, rows []report.Row) {
	t.Helper()
	ask.After, ask.Limit = -1, 2
	for {
		u, err := db.RollUp(ctxOf(t), a, ask)
		must(t, err)
		rows = append(rows, u.Rows...)
		if !u.More {
			return u, rows
		}
		ask.After = rows[len(rows)-1].Ordinal
	}
}

// TestRollUp: whatever was done in communes, each figure is what a count of the commune's report gives, and the sums of
// all are those of their rows, in every period and through every filter.
func TestRollUp(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		top, sees := fx.province(t, db)
		year := db.Now().Date().Year
		for _, c := range []doithoai.Authority{fx.authority, fx.other} {
			must(t, db.LinkCommune(ctx, top, c, calendar.DateOf(year-1, 1, 1)))
		}
		wantKind(t, db.LinkCommune(ctx, fx.authority, fx.other, calendar.DateOf(year, 1, 1)), doithoai.Invalid, "")
		wantKind(t, second(db.RollUp(ctx, fx.office, RollUpQuery{Year: year, Period: 4, Limit: 9})), doithoai.NotFound, "")
		wantKind(t, second(db.RollUp(ctx, fx.admin, RollUpQuery{Year: year, Period: 4, Limit: 9})), doithoai.NotAllowed, "")

		check := func(dialogues int) {
			t.Helper()
			must(t, db.CountRollUps(ctx))
			for _, y := range []int{year - 1, year, year + 1} {
				for _, p := range report.Periods {
					want := map[RollUpFilter]int{}
					u, rows := everyRollUp(t, db, sees, RollUpQuery{Year: y, Period: p})
					var sum report.Total
					for _, r := range rows {
						sum = sum.Add(r, 1)
						want[RollUpAll]++
						if r.Late() {
							want[RollUpLate]++
						}
						if r.Dialogues == 0 {
							want[RollUpNone]++
						}
					}
					if u.Total != sum {
						t.Errorf("%d/%d: kept %+v, counted %+v", y, p, u.Total, sum)
					}
					for _, f := range RollUpFilters {
						if _, rows := everyRollUp(t, db, sees, RollUpQuery{Year: y, Period: p, Filter: f}); len(rows) != want[f] {
							t.Errorf("%d/%d %q: %d rows, want %d", y, p, f, len(rows), want[f])
						}
					}
				}
			}
			_, rows := everyRollUp(t, db, sees, RollUpQuery{Year: year, Period: report.WholeYear})
			if len(rows) != 2 || rows[0].Dialogues != dialogues || rows[1].Sums != (report.Sums{}) {
				t.Fatalf("rows %+v", rows)
			}
			if dialogues == 0 {
				return
			}
			r := fx.reported(t, db, fx.office).Result
			timely, due := r.Book.Timely()
			got := rows[0].Sums
			kept, late := 0, 0
			for _, p := range r.Promises {
				if p.State == doithoai.PromiseKept {
					kept++
				}
				if p.Late {
					late++
				}
			}
			want := report.Sums{
				Dialogues: 1, NoticesLate: got.NoticesLate, ResultsLate: got.ResultsLate, Received: r.Book.Received(),
				Timely: timely, Answerable: due, Overdue: r.Book.Count("time/overdue"), Promised: len(r.Promises), Kept: kept,
				PromisesLate: late, Satisfied: got.Satisfied, Rated: got.Rated,
			}
			if got != want {
				t.Errorf("the roll-up says %+v, the report %+v", got, want)
			}
		}
		check(0)
		d, _ := fx.closed(t, db)
		check(1)
		random := mathrand.New(mathrand.NewPCG(1, 2))
		stages := []stage{heard, received, ruled, submitted, signed, dispatched, proposed, published, reopened}
		for i := range 12 {
			r := fx.bring(t, db, 810+i, stages[random.IntN(len(stages))])
			must(t, db.act(ctx, func(tx *Tx) error {
				if err := tx.exec(ctx, `UPDATE opinion SET dialogue_id = $1 WHERE id = $2`, d.ID, r.Opinions[0].ID); err != nil {
					return err
				}
				return tx.exec(ctx, `UPDATE slip SET dialogue_id = $1
					WHERE id = (SELECT slip_id FROM opinion WHERE id = $2)`, d.ID, r.Opinions[0].ID)
			}))
			if i%4 == 3 {
				fx.to(db.Now().Add(time.Duration(1+random.IntN(9)) * 24 * time.Hour)) // the day alone makes it count anew
				check(1)
			}
		}
		fx.to(db.Now().Add(40 * 24 * time.Hour))
		check(1)
		_, rows := everyRollUp(t, db, sees, RollUpQuery{Year: year, Period: report.WholeYear, Filter: RollUpLate})
		if len(rows) != 1 || rows[0].ResultsLate != 1 || rows[0].Overdue == 0 || rows[0].Slug != d.Slug {
			t.Errorf("late are %+v", rows)
		}
		c, err := db.RollUpCommune(ctx, sees, fx.authority.Slug, year, report.WholeYear)
		must(t, err)
		if len(c.Held) != 1 || c.Held[0].Slug != d.Slug || c.Sums != rows[0].Sums {
			t.Errorf("the commune is %+v", c)
		}
		wantKind(t, second(db.RollUpCommune(ctx, sees, "khong-co", year, report.WholeYear)), doithoai.NotFound, "")
	})
}

// signedReport is the settled report of the fixture's dialogue, signed with a new key, with that key.
func (fx *fixture) signedReport(t testing.TB, db *DB) (file []byte, signer note.Signer, vkey string) {
	t.Helper()
	ctx := ctxOf(t)
	d, all := fx.closed(t, db)
	must(t, second(db.RuleOpinion(ctx, fx.secretary, all[2].ID, 1, onTheSpot())))
	p, err := db.WriteResultReport(ctx, fx.office, d.ID, 0, report.Words{Lacking: "Không", Proposals: "Không"})
	must(t, err)
	must(t, second(db.SettleResultReport(ctx, fx.office, d.ID, p.Version)))
	file, err = db.ReportEdition(ctx, fx.office, d.ID, 1)
	must(t, err)
	skey, vkey, err := tlog.GenerateKey(rand.Reader, "xa-thu.test/so")
	must(t, err)
	signer, err = note.NewSigner(skey)
	must(t, err)
	signed, err := report.Sign(file, signer)
	must(t, err)
	return signed, signer, vkey
}

// comparedKey is a key whose fingerprint was compared.
func comparedKey(t testing.TB, vkey string) report.Key {
	t.Helper()
	finger, err := report.Fingerprint(vkey)
	must(t, err)
	return report.Key{Verifier: vkey, Heard: strings.ToUpper(finger), Compared: "Gọi Văn phòng xã, ông Thử đọc lại"}
}

// alone is a commune of a superior that runs elsewhere.
func (fx *fixture) alone(db *DB) report.Subordinate {
	return report.Subordinate{
		Code: fx.authority.Slug, Name: fx.authority.Name, Site: "https://xa-thu.test",
		From: calendar.DateOf(db.Now().Date().Year, 1, 1),
	}
}

// TestSubordinate: a commune that runs alone is entered with its key; another key follows, and is on record.
func TestSubordinate(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		_, keeps := fx.province(t, db)
		_, vkey, err := tlog.GenerateKey(rand.Reader, "xa-thu.test/so")
		must(t, err)
		key := comparedKey(t, vkey)
		key.Verifier = " " + vkey + "\n"
		s := fx.alone(db)
		wantKind(t, db.AddSubordinate(ctx, fx.office, s, key), doithoai.NotFound, "")
		wrong := s
		wrong.Code, wrong.Name, wrong.Site = "Xã Thử", "", "javascript:alert(1)"
		err = db.AddSubordinate(ctx, keeps, wrong, report.Key{Verifier: "khóa"})
		for field, key := range map[string]string{
			report.FieldCode: "code", report.FieldName: "name", report.FieldSite: "site", report.FieldKey: "key",
			report.FieldCompared: "compared",
		} {
			wantField(t, err, field, key)
		}
		must(t, db.AddSubordinate(ctx, keeps, s, key))
		wantField(t, db.AddSubordinate(ctx, keeps, s, key), report.FieldCode, "taken")
		wantField(t, db.ChangeKey(ctx, keeps, s.Code, 1, key), report.FieldKey, "same_key")
		_, next, err := tlog.GenerateKey(rand.Reader, "xa-thu.test/so")
		must(t, err)
		key.Verifier = next
		wantField(t, db.ChangeKey(ctx, keeps, s.Code, 1, key), report.FieldHeard, "fingerprint") // the old one's
		key = comparedKey(t, next)
		wantKind(t, db.ChangeKey(ctx, keeps, s.Code, 2, key), doithoai.Conflict, "error.conflict")
		must(t, db.ChangeKey(ctx, keeps, s.Code, 1, key))
		keys, err := db.SubordinateKeys(ctx, keeps, s.Code)
		must(t, err)
		if len(keys) != 2 || keys[0].Verifier != next || keys[1].Verifier != vkey {
			t.Errorf("keys %+v", keys)
		}
		lines, _, _, err := db.Audit(ctx, doithoai.Actor{
			ID: keeps.ID, AuthorityID: keeps.AuthorityID, Roles: []doithoai.Role{doithoai.RoleChair},
		}, doithoai.AuditFilter{Act: doithoai.ActKeepSubordinate}, AuditCursor{}, 10)
		must(t, err)
		finger, err := report.Fingerprint(next)
		must(t, err)
		if len(lines) != 2 || lines[0].After != finger {
			t.Errorf("the audit says %+v", lines)
		}
	})
}

// TestTakeReportFile: a file counts where the commune's key signed it and its figures are what its rows count; a later
// one of the same dialogue follows, and both are kept; what is forged, altered or old is refused by name.
func TestTakeReportFile(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		_, takes := fx.province(t, db)
		file, signer, vkey := fx.signedReport(t, db)
		refused := func(b []byte, key string) {
			t.Helper()
			code, err := db.TakeReportFile(ctx, takes, b)
			if err == nil || !strings.Contains(fmt.Sprint(err), key) {
				t.Errorf("%s: %q, %v", key, code, err)
			}
		}
		wantKind(t, second(db.TakeReportFile(ctx, fx.office, file)), doithoai.NotFound, "")
		refused([]byte("{}"), "file_none")
		refused(file, "file_commune")
		s := fx.alone(db)
		must(t, db.AddSubordinate(ctx, takes, s, comparedKey(t, vkey)))
		altered := bytes.Replace(file, []byte(`"venue": "`), []byte(`"venue": "Khác `), 1)
		refused(altered, "file_altered")
		bare := append(file[:bytes.LastIndex(file, []byte(",\n \"signature\""))], "\n}\n"...)
		bare = bytes.Clone(bare)
		file, err := report.Sign(bare, signer)
		must(t, err)
		refused(bare, "file_unsigned")
		skey, _, err := tlog.GenerateKey(rand.Reader, "xa-thu.test/so")
		must(t, err)
		other, err := note.NewSigner(skey)
		must(t, err)
		forged, err := report.Sign(bare, other)
		must(t, err)
		refused(forged, "file_other_key")
		lying, err := report.Sign(bytes.Replace(bare, []byte(`"total/received": `), []byte(`"total/received": 1`), 1), signer)
		must(t, err)
		refused(lying, "file_differs")

		code, err := db.TakeReportFile(ctx, takes, file)
		must(t, err)
		if code != s.Code {
			t.Errorf("it is of %s", code)
		}
		refused(file, "file_older")
		r, _, err := report.Read(file)
		must(t, err)
		rules := mustRulesOf(t, db, fx)
		year := r.Dialogue.Began.Date().Year
		want := r.Summary(rules, r.At.Date()).Sums
		u, rows := everyRollUp(t, db, takes, RollUpQuery{Year: year, Period: report.WholeYear})
		if len(rows) != 1 || rows[0].Sums != want || u.Total.Sums != want || rows[0].Counted != r.At {
			t.Errorf("rows %+v, total %+v, want %+v", rows, u.Total, want)
		}
		fx.to(db.Now().Add(time.Hour))
		r.At = db.Now()
		r.Dialogue.Published = db.Now().Date()
		later, err := r.File()
		must(t, err)
		later, err = report.Sign(later, signer)
		must(t, err)
		must(t, second(db.TakeReportFile(ctx, takes, later)))
		refused(file, "file_older")
		c, err := db.RollUpCommune(ctx, takes, s.Code, year, report.WholeYear)
		must(t, err)
		if len(c.Files) != 2 || !c.Files[0].Stands || c.Files[1].Stands || c.Sums != r.Summary(rules, r.At.Date()).Sums {
			t.Errorf("the commune has %+v", c)
		}
		kept, err := db.OpenReportFile(ctx, takes, c.Files[1].ID)
		must(t, err)
		if !bytes.Equal(kept, file) {
			t.Error("the first file is not kept as it came")
		}
	})
}

func mustRulesOf(t testing.TB, db *DB, fx *fixture) doithoai.Rules {
	t.Helper()
	r, err := loadRules(ctxOf(t), db.reader(), fx.authority.ID)
	must(t, err)
	return r
}
