package store

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"doithoai"
)

// listFile is what a file holds of the first columns of a list; its first row has number 2.
func listFile(t testing.TB, name doithoai.ListName, rows ...[]string) (file doithoai.ListFile) {
	t.Helper()
	rule, ok := doithoai.ListRuleOf(name)
	if !ok {
		t.Fatalf("no list %s", name)
	}
	for i := range rule.Columns {
		file.Has = append(file.Has, i < len(rows[0]))
	}
	for i, r := range rows {
		file.Rows = append(file.Rows, doithoai.ListRow{Number: i + 2, Cells: r})
	}
	return file
}

func TestImportList(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		good := listFile(t, doithoai.ListVillages, []string{"thôn 1"}, []string{"Thôn 2"}, []string{"Thôn Đông Yên"})
		before := fingerprint(t, db)
		for _, a := range []doithoai.Actor{fx.chair, fx.secretary, fx.justice, fx.resident} {
			_, err := db.ImportList(ctx, a, doithoai.ListVillages, good, "")
			wantKind(t, err, doithoai.NotAllowed, "")
			_, err = db.PlanList(ctx, a, doithoai.ListVillages, good)
			wantKind(t, err, doithoai.NotAllowed, "")
			wantKind(t, db.KeepImport(ctx, a, doithoai.ListVillages, good, nil), doithoai.NotAllowed, "")
		}
		_, err := db.ImportList(ctx, fx.office, "secrets", good, "")
		wantKind(t, err, doithoai.NotFound, "")
		_, err = db.ListEntries(ctx, fx.secretary, doithoai.ListVillages)
		wantKind(t, err, doithoai.NotAllowed, "")

		// One bad row, and nothing of the file is taken over.
		plan, err := db.ImportList(ctx, fx.office, doithoai.ListVillages,
			listFile(t, doithoai.ListVillages, []string{"Thôn 9"}, []string{"THÔN 9"}), "")
		wantKind(t, err, doithoai.Invalid, "list.refused")
		if len(plan.Faults) != 1 || plan.Faults[0].Row != 3 {
			t.Errorf("faults %+v", plan.Faults)
		}
		// Nor where the list is not as it was seen.
		_, err = db.ImportList(ctx, fx.office, doithoai.ListVillages, good, "0123")
		wantKind(t, err, doithoai.Conflict, "list.conflict")
		wantSame(t, before, fingerprint(t, db))

		must(t, db.KeepImport(ctx, fx.office, doithoai.ListVillages, good,
			[]doithoai.Problem{{Key: "list.table.note.sheets", Args: []any{"sheet", "a"}}}))
		kept, err := db.KeptImport(ctx, fx.office, doithoai.ListVillages)
		must(t, err)
		if len(kept.Plan.Added) != 1 || len(kept.Plan.Changed) != 1 || kept.Plan.Same != 1 || kept.Plan.Left != 1 ||
			len(kept.Notes) != 1 || kept.SavedAt != db.Now() {
			t.Errorf("kept %+v", kept)
		}
		_, err = db.KeptImport(ctx, fx.office2, doithoai.ListVillages)
		wantKind(t, err, doithoai.NotFound, "")

		_, err = db.ImportList(ctx, fx.office, doithoai.ListVillages, kept.File, kept.Plan.Digest())
		must(t, err)
		_, err = db.KeptImport(ctx, fx.office, doithoai.ListVillages)
		wantKind(t, err, doithoai.NotFound, "")
		villages, err := db.Villages(ctx, fx.authority.ID)
		must(t, err)
		names := map[string]doithoai.ID{}
		for _, v := range villages {
			names[v.Name] = v.ID
		}
		if len(names) != 4 || names["thôn 1"] != fx.villages[0].ID || names["Thôn Đông Yên"] == "" || names["Thôn 5"] == "" {
			t.Errorf("villages %v", names)
		}
		others, err := db.Villages(ctx, fx.other.ID)
		must(t, err)
		if len(others) != 1 || others[0].Name != "Thôn 1" {
			t.Errorf("the other authority has %v", others)
		}
		entry, err := one(ctx, db.reader(), func(r row) (e doithoai.AuditEntry, err error) {
			err = r.Scan(&e.ActorID, &e.Act, &e.Subject, &e.After)
			return e, err
		}, `SELECT actor_id, act, subject, after FROM audit_entry WHERE act = $1`, doithoai.ActImportList)
		must(t, err)
		if entry.ActorID != fx.office.ID || entry.Subject != "villages" || entry.After != "+1 ~1 =2" {
			t.Errorf("audit entry %+v", entry)
		}
		// The same file again is no act.
		before = fingerprint(t, db)
		_, err = db.ImportList(ctx, fx.office, doithoai.ListVillages, good, "")
		must(t, err)
		wantSame(t, before, fingerprint(t, db))
	})
}

// Each list takes rows over, changes them by their first column, and what it gives back changes nothing in it.
func TestListsRoundTrip(t *testing.T) {
	files := map[doithoai.ListName][2][][]string{
		doithoai.ListVillages: {{{"Thôn Đông Yên"}, {"Tổ dân phố 1"}}, {{"thôn đông yên"}}},
		doithoai.ListOutsideBodies: {{{"Công an xã", "Cư trú", "12 Lê Lợi", "0255 382 1234", "Sáng"},
			{"Tổng đài", "", "", "1900 1234", ""}}, {{"Công an xã", "Cư trú, căn cước"}}},
		doithoai.ListFields: {{{"bao-hiem", "Bảo hiểm", ""}, {"thai-do-phuc-vu", "Thái độ phục vụ", "Có"}},
			{{"bao-hiem", "Bảo hiểm xã hội"}}},
		doithoai.ListProcedures: {{{"1.999999", "Thủ tục thử", "Hộ tịch", "Tư pháp – Hộ tịch"},
			{"1.001193", "Khai sinh", "ho-tich", ""}},
			{{"1.999999", "Thủ tục thử, sửa", "chứng thực"}}},
	}
	want := map[doithoai.ListName][]doithoai.ListEntry{
		doithoai.ListVillages: {{"Thôn 1"}, {"thôn đông yên"}, {"Tổ dân phố 1"}},
		doithoai.ListOutsideBodies: {{"Công an xã", "Cư trú, căn cước", "12 Lê Lợi", "02553821234", "Sáng"},
			{"Tổng đài", "", "", "19001234", ""}},
		doithoai.ListFields: {{"bao-hiem", "Bảo hiểm xã hội", ""}, {"thai-do-phuc-vu", "Thái độ phục vụ", "yes"}},
		doithoai.ListProcedures: {{"1.999999", "Thủ tục thử, sửa", "chung-thuc", "tu-phap-ho-tich"},
			{"1.001193", "Khai sinh", "ho-tich", ""}},
	}
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		for _, rule := range doithoai.ListRules {
			if want[rule.Name] == nil {
				continue // has a test of its own
			}
			for i, rows := range files[rule.Name] {
				plan, err := db.ImportList(ctx, fx.office, rule.Name, listFile(t, rule.Name, rows...), "")
				if err != nil || plan.Empty() {
					t.Fatalf("%s, file %d: %+v, %v", rule.Name, i+1, plan, err)
				}
			}
			entries, err := db.ListEntries(ctx, fx.chair, rule.Name)
			must(t, err)
			for _, w := range want[rule.Name] {
				if !slices.ContainsFunc(entries, func(e doithoai.ListEntry) bool { return slices.Equal(e, w) }) {
					t.Errorf("%s has no %q", rule.Name, w)
				}
			}
			before := fingerprint(t, db)
			rows := make([][]string, len(entries))
			for i, e := range entries {
				rows[i] = e
			}
			plan, err := db.ImportList(ctx, fx.office, rule.Name, listFile(t, rule.Name, rows...), "")
			must(t, err)
			if !plan.Empty() || plan.Same != len(entries) {
				t.Errorf("%s: plan %+v", rule.Name, plan)
			}
			wantSame(t, before, fingerprint(t, db))
		}
	})
}

// Names are found, and told apart, by what people read: not by where a program puts a tone, nor by the kind of dash.
func TestListsNameThingsAsPeopleType(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		plan, err := db.ImportList(ctx, fx.office, doithoai.ListProcedures, listFile(t, doithoai.ListProcedures,
			[]string{"1.999991", "Hòa giải", "Hoà giải ở cơ sở", "Văn hoá - Thông tin"},
			[]string{"1.999992", "Lễ hội", "Văn hoá", "TƯ PHÁP-HỘ TỊCH"},
			[]string{"1.999993", "Định danh", "Cư trú - định danh", "van-phong"}), "")
		if err != nil || len(plan.Added) != 3 {
			t.Fatalf("%+v, %v", plan, err)
		}
		entries, err := db.ListEntries(ctx, fx.office, doithoai.ListProcedures)
		must(t, err)
		for _, want := range []doithoai.ListEntry{
			{"1.999991", "Hòa giải", "hoa-giai", "van-hoa-thong-tin"},
			{"1.999992", "Lễ hội", "van-hoa", "tu-phap-ho-tich"},
			{"1.999993", "Định danh", "cu-tru", "van-phong"},
		} {
			if !slices.ContainsFunc(entries, func(e doithoai.ListEntry) bool { return slices.Equal(e, want) }) {
				t.Errorf("no %q", want)
			}
		}

		plan, err = db.PlanList(ctx, fx.office, doithoai.ListVillages,
			listFile(t, doithoai.ListVillages, []string{"Thôn Hoà Bình"}, []string{"Thôn Hòa Bình"}))
		must(t, err)
		if len(plan.Faults) != 1 || plan.Faults[0].Row != 3 || plan.Faults[0].Problem.Key != "list.problem.twice" {
			t.Errorf("faults %+v", plan.Faults)
		}
		for i, name := range []string{"Thôn Hoà Bình", "Thôn Hòa Bình", "Thôn Hoà Bình"} {
			plan, err = db.ImportList(ctx, fx.office, doithoai.ListVillages,
				listFile(t, doithoai.ListVillages, []string{name}), "")
			must(t, err)
			if (len(plan.Added) == 1) != (i == 0) || (len(plan.Changed) == 1) != (i > 0) {
				t.Errorf("%d: %q: %+v", i, name, plan)
			}
		}
		villages, err := db.Villages(ctx, fx.authority.ID)
		must(t, err)
		if len(villages) != len(fx.villages)+1 {
			t.Errorf("villages %v", villages)
		}
	})
}

// Whatever can be dialled is the number of an outside body; one without its 0 gets the hint on spreadsheets.
func TestImportTelephonesOfOutsideBodies(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		row := func(name, phone string) []string { return []string{name, "", "", phone, ""} }
		want := map[string]string{
			"0694309116": "0694309116", "069.234.2593": "0692342593", "1022": "1022", "080 43162": "08043162",
			"+84 69 430 9116": "0694309116", "0255 382 1234 (máy lẻ 12)": "02553821234x12", "113; 0905123456": "113; 0905123456",
		}
		var rows [][]string
		for typed := range want {
			rows = append(rows, row("Cơ quan "+typed, typed))
		}
		_, err := db.ImportList(ctx, fx.office, doithoai.ListOutsideBodies,
			listFile(t, doithoai.ListOutsideBodies, rows...), "")
		must(t, err)
		entries, err := db.ListEntries(ctx, fx.office, doithoai.ListOutsideBodies)
		must(t, err)
		for typed, kept := range want {
			i := slices.IndexFunc(entries, func(e doithoai.ListEntry) bool { return e[0] == "Cơ quan "+typed })
			if i < 0 || entries[i][3] != kept {
				t.Errorf("%s is not kept as %s: %v", typed, kept, entries)
			}
		}
		plan, err := db.ImportList(ctx, fx.office, doithoai.ListOutsideBodies,
			listFile(t, doithoai.ListOutsideBodies, row("Công an xã", "905123456")), "")
		wantKind(t, err, doithoai.Invalid, "list.refused")
		if len(plan.Faults) != 1 || plan.Faults[0].Column != "phone" ||
			plan.Faults[0].Problem.Key != "list.problem.phone_zero" {
			t.Errorf("faults %+v", plan.Faults)
		}
	})
}

// Officers come in locked: nobody signs in before an administrator gives a password. A file changes names, never posts.
func TestImportOfficers(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		file := listFile(t, doithoai.ListOfficers, []string{
			"binh", "Lê Văn Bình", "Văn phòng; Văn thư", "Văn thư", "Văn phòng HĐND và UBND", "",
		}, []string{"thu-ky", "Võ Thị Mẫu Mực", "secretary", "", "", ""},
			[]string{"thon-1", "Hồ Thị Thử", "village_head", "Trưởng thôn", "", "thôn 1"})
		for _, a := range []doithoai.Actor{fx.office, fx.chair, fx.secretary, fx.resident} {
			_, err := db.ImportList(ctx, a, doithoai.ListOfficers, file, "")
			wantKind(t, err, doithoai.NotAllowed, "")
		}
		plan, err := db.ImportList(ctx, fx.admin, doithoai.ListOfficers, file, "")
		must(t, err)
		if len(plan.Added) != 2 || len(plan.Changed) != 1 || plan.Left == 0 {
			t.Errorf("plan %+v", plan)
		}
		accounts, err := db.Accounts(ctx, fx.admin)
		must(t, err)
		i := slices.IndexFunc(accounts, func(a doithoai.Account) bool { return a.Login == "binh" })
		if i < 0 || !accounts[i].Locked || !accounts[i].Given || accounts[i].Officer.UnitID != fx.units["van-phong"].ID ||
			len(accounts[i].Officer.Roles) != 2 || accounts[i].Officer.Post != "Văn thư" {
			t.Fatalf("accounts %+v", accounts)
		}
		if head := accounts[slices.IndexFunc(accounts,
			func(a doithoai.Account) bool { return a.Login == "thon-1" })]; head.Officer.VillageID == "" {
			t.Errorf("the head of no village: %+v", head)
		}
		_, _, err = db.SignIn(ctx, fx.authority.ID, "binh", "", "", "127.0.0.1")
		wantKind(t, err, doithoai.Unauthenticated, "")
		password, err := db.ResetPassword(ctx, fx.admin, accounts[i].ID, accounts[i].Version)
		must(t, err)
		_, o, err := db.SignIn(ctx, fx.authority.ID, "binh", password, "", "127.0.0.1")
		must(t, err)
		if o.Hold != doithoai.HoldPassword {
			t.Errorf("the sign-in waits for %v", o.Hold)
		}

		before := fingerprint(t, db)
		plan, err = db.ImportList(ctx, fx.admin, doithoai.ListOfficers,
			listFile(t, doithoai.ListOfficers, []string{"thu-ky", "Võ Thị Mẫu Mực", "Quản trị hệ thống"}), "")
		wantKind(t, err, doithoai.Invalid, "list.refused")
		if len(plan.Faults) != 1 || plan.Faults[0].Problem.Key != "list.problem.post" {
			t.Errorf("faults %+v", plan.Faults)
		}
		_, err = db.ImportList(ctx, fx.admin, doithoai.ListOfficers,
			listFile(t, doithoai.ListOfficers, []string{"an", "An", "chair"}, []string{"chu-tich-khac", "Người Khác", "chair"}),
			"")
		wantKind(t, err, doithoai.Conflict, "list.login_taken")
		wantSame(t, before, fingerprint(t, db))

		entries, err := db.ListEntries(ctx, fx.admin, doithoai.ListOfficers)
		must(t, err)
		rows := make([][]string, len(entries))
		for i, e := range entries {
			rows[i] = slices.Clone(e)
			rows[i][2] = strings.ReplaceAll(e[2], " ", ";")
		}
		plan, err = db.PlanList(ctx, fx.admin, doithoai.ListOfficers, listFile(t, doithoai.ListOfficers, rows...))
		must(t, err)
		if !plan.Empty() || len(plan.Faults) > 0 || plan.Same != len(entries) {
			t.Errorf("plan %+v", plan)
		}
	})
}

// A new authority has procedures, each of a field that it has.
func TestDefaultProcedures(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		procedures, err := db.ListEntries(ctxOf(t), fx.office, doithoai.ListProcedures)
		must(t, err)
		fields, _, err := db.ListNames(ctxOf(t), fx.authority.ID)
		must(t, err)
		for _, p := range procedures {
			if fields[p[2]] == "" {
				t.Errorf("%v: no such field", p)
			}
		}
		if len(procedures) == 0 {
			t.Error("no procedures")
		}
	})
}

// What is kept of a file has a bound, and a file beyond it leaves what was kept before.
func TestKeepImportIsBounded(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		good := listFile(t, doithoai.ListVillages, []string{"Thôn 9"})
		must(t, db.KeepImport(ctx, fx.office, doithoai.ListVillages, good, nil))
		large := listFile(t, doithoai.ListVillages, []string{strings.Repeat("x", MaxImport)})
		wantKind(t, db.KeepImport(ctx, fx.office, doithoai.ListVillages, large, nil), doithoai.Invalid, "list.too_large")
		kept, err := db.KeptImport(ctx, fx.office, doithoai.ListVillages)
		must(t, err)
		if len(kept.File.Rows) != 1 || kept.File.Rows[0].Cells[0] != "Thôn 9" {
			t.Errorf("kept %.100v", kept.File.Rows)
		}
	})
}

// More rows than an engine takes parameters in one statement are taken over in one act.
func TestImportManyRows(t *testing.T) {
	const many = 10_000
	file := doithoai.ListFile{Has: []bool{true, true, true, true, true}}
	for n := range many {
		file.Rows = append(file.Rows, doithoai.ListRow{
			Number: n + 2, Cells: []string{fmt.Sprintf("Cơ quan %d", n), "", "12 Trần Hưng Đạo", "0255 382 1234", ""},
		})
	}
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		must(t, db.KeepImport(ctx, fx.office, doithoai.ListOutsideBodies, file, nil))
		kept, err := db.KeptImport(ctx, fx.office, doithoai.ListOutsideBodies)
		must(t, err)
		_, err = db.ImportList(ctx, fx.office, doithoai.ListOutsideBodies, kept.File, kept.Plan.Digest())
		must(t, err)
		entries, err := db.ListEntries(ctx, fx.office, doithoai.ListOutsideBodies)
		must(t, err)
		if len(entries) != many || entries[many-1][0] != fmt.Sprintf("Cơ quan %d", many-1) {
			t.Errorf("%d entries", len(entries))
		}
	})
}

// What is written nearly as the name of a field, unit, village or role is answered with that name.
func TestImportNamesTheNearOne(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		plan, err := db.PlanList(ctxOf(t), fx.admin, doithoai.ListOfficers, listFile(t, doithoai.ListOfficers,
			[]string{"lan", "Trần Thị Lan", "truong thon, to truong to dan pho", "Trưởng thôn", "", "thon01"}))
		must(t, err)
		var got []string
		for _, f := range plan.Faults {
			got = append(got, f.Column+" "+f.Problem.Key+" "+fmt.Sprint(f.Problem.Args))
		}
		want := []string{
			"roles list.problem.near [value truong thon, to truong to dan pho near Trưởng thôn, tổ trưởng tổ dân phố]",
			"village list.problem.near [value thon01 near Thôn 1]",
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
		plan, err = db.PlanList(ctxOf(t), fx.admin, doithoai.ListVillages, listFile(t, doithoai.ListVillages,
			[]string{"Thôn1"}, []string{"Tổ dân phố 3"}, []string{"TDP 3"}, []string{"Thôn Quý"}, []string{"Thôn Quí"}))
		must(t, err)
		if len(plan.Doubts) != 3 {
			t.Errorf("doubts %v", plan.Doubts)
		}
	})
}
