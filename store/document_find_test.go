package store

import (
	"fmt"
	"slices"
	"testing"

	"doithoai"
	"doithoai/calendar"
)

// calledKinds are names of kinds as a site has them.
var calledKinds = map[doithoai.DocumentKind]string{
	doithoai.DocumentReply: "trả lời,văn bản trả lời,công văn", doithoai.DocumentInvitation: "giấy mời,thư mời",
	doithoai.DocumentAnnouncement: "thông báo", doithoai.DocumentPosting: "niêm yết,thông báo",
	doithoai.DocumentPlan: "kế hoạch", doithoai.DocumentCoordination: "phối hợp,công văn",
	doithoai.DocumentMinutes: "biên bản", doithoai.DocumentPostingRecord: "biên bản niêm yết,biên bản",
	doithoai.DocumentAssignment: "phiếu giao",
}

// numbers lists the numbers of what is found, each once, in their order.
func numbers(t testing.TB, db *DB, by doithoai.Actor, q DocumentQuery) (all []string) {
	t.Helper()
	q.Limit, q.Called = 25, calledKinds
	found, beyond, err := db.Documents(ctxOf(t), by, q)
	must(t, err)
	if beyond != (Beyond{}) {
		t.Errorf("%q leaves %+v", q.Typed, beyond)
	}
	for _, d := range found {
		all = append(all, d.Number)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// What a clerk types finds a document by its number, its kind, its matter, its dialogue, its plan, its day, and who got
// it: with marks and without, in whatever order.
func TestFindDocuments(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		today := db.Now().Date()
		answered := func(n int, matter, number string) doithoai.Opinion {
			o := fx.submit(t, db, n, matter).Opinions[0]
			must(t, second(db.RuleOpinion(ctx, fx.secretary, o.ID, 1, fx.later())))
			must(t, db.SubmitAnswer(ctx, fx.justice, o.ID, 1, testAnswer))
			must(t, db.SignAnswer(ctx, fx.chair, o.ID, 2))
			must(t, db.DispatchAnswer(ctx, fx.office, o.ID, 3, number, today))
			return o
		}
		birth := answered(1, "Cấp lại giấy khai sinh cho cháu nội tôi bao giờ xong?", "5/UBND-VP")
		answered(2, "Đường vào xóm chợ bị ngập nước.", "16/UBND-VP")
		give := func(k doithoai.DocumentKind, subject doithoai.ID, number string, dated calendar.Date) {
			d := doithoai.Document{AuthorityID: fx.authority.ID, Kind: k, Subject: subject, Number: number, Dated: dated}
			if d.DialogueID = subject; k.OfOpinion() {
				d.DialogueID, d.OpinionID = "", subject
			}
			must(t, db.act(ctx, func(tx *Tx) error { return tx.register(ctx, d) }))
		}
		give(doithoai.DocumentPosting, fx.dialogue.ID, "12/TB-UBND", today.AddDays(-3))
		give(doithoai.DocumentPostingRecord, fx.dialogue.ID, "13/BB-UBND", today)
		give(doithoai.DocumentAssignment, birth.ID, "7/PGXL", today)
		next := fx.prepare(t, db)
		next.Title = "Hội nghị đối thoại lần thứ hai"
		must(t, second(db.ChangeDialogue(ctx, fx.office, next.ID, next.Version, next)))
		give(doithoai.DocumentPosting, next.ID, "87/TB-UBND", today)
		give(doithoai.DocumentInvitation, next.ID, "42/GM-UBND", today)
		give(doithoai.DocumentMinutes, next.ID, "4/BB-UBND", today)
		must(t, db.SendDocument(ctx, fx.office, doithoai.DocumentRef{Kind: doithoai.DocumentReply, Subject: birth.ID}, 0,
			[]doithoai.Sending{toUnit(fx.justice.UnitID, doithoai.BySystem, "")}, nth))
		letter := db.testLetter()
		must(t, db.SendOnwardLetter(ctx, fx.justice, fx.bring(t, db, 3, ruled).Opinions[0].ID, letter))

		all := numbers(t, db, fx.office, DocumentQuery{})
		for typed, want := range map[string][]string{
			"khai sinh":                       {"5/UBND-VP", "7/PGXL"},
			"giay khai sinh cap lai":          {"5/UBND-VP", "7/PGXL"},
			"trả lời khai sinh":               {"5/UBND-VP"},
			"khai sinh, phiếu giao":           {"7/PGXL"},
			"tra loi ong":                     {"16/UBND-VP", "5/UBND-VP"},
			"ngap duong":                      {"16/UBND-VP"},
			"12/TB":                           {"12/TB-UBND"},
			"012/tb–ubnd":                     {"12/TB-UBND"},
			"12 TB":                           {"12/TB-UBND"},
			"12":                              {"12/TB-UBND"},
			"số 12":                           {"12/TB-UBND"},
			"công văn số 16":                  {"16/UBND-VP"},
			"thong bao so 87":                 {"87/TB-UBND"},
			"biên bản":                        {"13/BB-UBND", "4/BB-UBND"},
			"niem yet lan 2":                  {"87/TB-UBND"},
			"thông báo lần thứ 2":             {"87/TB-UBND"},
			"hoi nghi doi thoai lan hai":      {"4/BB-UBND", "42/GM-UBND", "87/TB-UBND"},
			"giay moi doi thoai":              {"42/GM-UBND"},
			"doi thoai, giấy mời":             {"42/GM-UBND"},
			"bien ban lan 2":                  {"4/BB-UBND"},
			"phoi hop dang ky dat dai":        {"57/UBND-VP"},
			"Chi nhánh đăng ký đất đai":       {"57/UBND-VP"},
			"trả lời tư pháp":                 {"5/UBND-VP"},
			"gửi Tư pháp":                     {"5/UBND-VP"},
			string(birth.Number):              {"5/UBND-VP", "7/PGXL"},
			"trả lời " + string(birth.Number): {"5/UBND-VP"},
			"ông":                             nil, "???": nil, "kỳ lân": nil, "5/UBND-VP x": {"5/UBND-VP"},
		} {
			if got := numbers(t, db, fx.office, DocumentQuery{Typed: typed}); !slices.Equal(got, want) {
				t.Errorf("%q finds %q, want %q of %q", typed, got, want, all)
			}
		}
		day := today.AddDays(-3)
		typed := fmt.Sprintf("thông báo %d/%d", day.Day, day.Month)
		if got := numbers(t, db, fx.office, DocumentQuery{Typed: typed}); !slices.Equal(got, []string{"12/TB-UBND"}) {
			t.Errorf("%q finds %q", typed, got)
		}
		// Narrowed, and page by page.
		if got := numbers(t, db, fx.office, DocumentQuery{Typed: "khai sinh", Kind: doithoai.DocumentReply}); len(got) != 1 {
			t.Errorf("%q", got)
		}
		if got := numbers(t, db, fx.office, DocumentQuery{Typed: "khai sinh", Waiting: true}); len(got) != 1 {
			t.Errorf("waiting: %q", got)
		}
		if got := numbers(t, db, fx.office, DocumentQuery{Typed: "niêm yết", Dialogue: next.ID}); len(got) != 1 {
			t.Errorf("of the dialogue: %q", got)
		}
		for after, n := "", 0; ; n++ {
			page, beyond, err := db.Documents(ctx, fx.office, DocumentQuery{
				Typed: "công văn", Called: calledKinds, Limit: 1, After: after,
			})
			must(t, err)
			if !beyond.More {
				if n != 2 {
					t.Errorf("%d pages and one", n)
				}
				break
			}
			after = page[0].Cursor()
		}
	})
}

// Words find nothing that the list does not show: no denunciation, and nothing that a clerk's reach leaves out.
func TestFindDocumentsWithinReach(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		give := func(o doithoai.Opinion, number string) {
			must(t, db.act(ctx, func(tx *Tx) error {
				return tx.register(ctx, doithoai.Document{
					AuthorityID: fx.authority.ID, Kind: doithoai.DocumentAssignment, Subject: o.ID, OpinionID: o.ID,
					Number: number, Dated: tx.Now.Date(),
				})
			}))
		}
		worked := fx.bring(t, db, 1, ruled).Opinions[0]
		bad := fx.submit(t, db, 2, "Cán bộ giữ con dấu đòi tiền.").Opinions[0]
		give(worked, "1/PGXL")
		give(bad, "2/PGXL")
		clerk := doithoai.Actor{
			ID: fx.secretary.ID, AuthorityID: fx.authority.ID, UnitID: fx.secretary.UnitID,
			Roles: []doithoai.Role{doithoai.RoleClerk},
		}
		of := func(by doithoai.Actor, typed string, want ...string) {
			t.Helper()
			if got := numbers(t, db, by, DocumentQuery{Typed: typed}); !slices.Equal(got, want) {
				t.Errorf("%q finds %q, want %q", typed, got, want)
			}
		}
		of(fx.office, "con dấu đòi tiền", "2/PGXL")
		of(fx.office, "phiếu giao", "1/PGXL", "2/PGXL")
		of(clerk, "phiếu giao")
		of(clerk, "1/PGXL")
		must(t, second(db.RuleOpinion(ctx, fx.secretary, bad.ID, 1,
			doithoai.Ruling{Code: doithoai.RulingDenunciation, HandedOver: true})))
		for _, typed := range []string{"con dấu đòi tiền", "2/PGXL", string(bad.Number), "phiếu giao con dấu"} {
			of(fx.office, typed)
		}
		of(fx.office, "phiếu giao", "1/PGXL")
	})
}
