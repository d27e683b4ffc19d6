package store

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
	"doithoai/store/pgtest"
)

func TestMain(m *testing.M) {
	if os.Getenv(childEnv) != "" {
		childMain() // does not return
	}
	pgtest.Main(m)
}

// fixture is what the databases of tests hold: two authorities with people of every role, a plan, a dialogue.
type fixture struct {
	dsn   string
	clock *clock

	authority, other           doithoai.Authority
	units, otherUnits          map[string]doithoai.Unit
	villages                   []doithoai.Village
	otherVillage               doithoai.Village
	plan                       doithoai.ID
	calendar                   string // version of both authorities' calendars
	dialogue, otherDialogue    doithoai.Dialogue
	chair, office, office2     doithoai.Actor
	secretary, justice, land   doithoai.Actor // justice and land are unit officers
	admin, resident            doithoai.Actor
	otherOffice, otherChair    doithoai.Actor
	otherUnit, otherResident   doithoai.Actor
	otherSecretary, otherAdmin doithoai.Actor
}

// clock stands still until a test moves it.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) forward(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// morning is when the clock of every fixture starts: Thursday, 1 October 2026, 09:00 in Viet Nam.
var morning = time.Date(2026, 10, 1, 2, 0, 0, 0, time.UTC)

const (
	testOrigin   = "nghiadung.test/so-doi-chung"
	testPassword = "mật khẩu thử nghiệm"
)

// prepared is the filled database of an engine, made once and copied for each test.
type prepared struct {
	once sync.Once
	fx   fixture
	file string
	err  error
}

var (
	liteOnce, pgOnce prepared
	pgFilled         = pgtest.Template("filled", func(dsn string) error {
		pgOnce.fx, pgOnce.err = fill(dsn)
		return pgOnce.err
	})
)

// engines are the databases that every test of the store runs on.
var engines = []struct {
	name string
	copy func(t testing.TB) *fixture
	bare func(t testing.TB) string // address of an empty database
}{
	{"sqlite", sqliteCopy, func(t testing.TB) string { return "sqlite:" + filepath.Join(t.TempDir(), "bare.db") }},
	{"postgres", postgresCopy, func(t testing.TB) string { return pgtest.New(t) }},
}

func sqliteCopy(t testing.TB) *fixture {
	t.Helper()
	liteOnce.once.Do(func() {
		dir, err := os.MkdirTemp("", "doithoai-store-")
		if err != nil {
			liteOnce.err = err
			return
		}
		defer os.RemoveAll(dir) //nolint:errcheck // a folder of temporary files
		path := filepath.Join(dir, "filled.db")
		if liteOnce.fx, liteOnce.err = fill("sqlite:" + path); liteOnce.err != nil {
			return
		}
		var b []byte
		b, liteOnce.err = os.ReadFile(path)
		liteOnce.file = string(b)
	})
	if liteOnce.err != nil {
		t.Fatal(liteOnce.err)
	}
	path := filepath.Join(t.TempDir(), "đối thoại.db") // a space and diacritics, as people name files
	if err := os.WriteFile(path, []byte(liteOnce.file), 0o600); err != nil {
		t.Fatal(err)
	}
	return liteOnce.fx.at("sqlite:" + path)
}

func postgresCopy(t testing.TB) *fixture {
	t.Helper()
	dsn := pgFilled.New(t)
	return pgOnce.fx.at(dsn)
}

func (fx fixture) at(dsn string) *fixture {
	fx.dsn, fx.clock = dsn, &clock{now: morning}
	return &fx
}

// each runs a test on both engines at once, each on a filled database of its own.
func each(t *testing.T, test func(t *testing.T, db *DB, fx *fixture)) {
	t.Helper()
	for _, e := range engines {
		t.Run(e.name, func(t *testing.T) {
			t.Parallel()
			fx := e.copy(t)
			test(t, fx.open(t), fx)
		})
	}
}

// open opens the fixture's database once more, under the fixture's clock.
func (fx *fixture) open(t testing.TB) *DB {
	t.Helper()
	return openAt(t, fx.dsn, fx.clock)
}

func openAt(t testing.TB, dsn string, c *clock) *DB {
	t.Helper()
	return openWith(t, dsn, Options{Now: c.Now, Files: t.TempDir()})
}

func openWith(t testing.TB, dsn string, o Options) *DB {
	t.Helper()
	db, err := Open(context.Background(), dsn, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// fill makes the fixture's database.
func fill(dsn string) (fx fixture, err error) {
	ctx := context.Background()
	db, err := Open(ctx, dsn, Options{Now: (&clock{now: morning}).Now})
	if err != nil {
		return fx, err
	}
	defer func() {
		if closed := db.Close(); err == nil {
			err = closed
		}
	}()
	if _, err = db.StartRecord(ctx, testOrigin); err != nil {
		return fx, err
	}
	if err = fx.setUp(ctx, db); err != nil {
		return fx, err
	}
	if err = fx.hire(ctx, db); err != nil {
		return fx, err
	}
	return fx, fx.announce(ctx, db)
}

func (fx *fixture) setUp(ctx context.Context, db *DB) (err error) {
	units := []doithoai.Unit{
		{Code: "van-phong", Name: "Văn phòng HĐND và UBND", Office: true, Contact: "Bà Trần Thị Ví Dụ", Phone: "02553000001"},
		{Code: "tai-chinh-ke-toan", Name: "Tài chính – Kế toán"},
		{Code: "van-hoa-thong-tin", Name: "Văn hóa – Thông tin"},
		{Code: "tu-phap-ho-tich", Name: "Tư pháp – Hộ tịch"},
		{Code: "dia-chinh", Name: "Địa chính – Xây dựng"},
	}
	if fx.authority, err = db.SetUp(ctx, Setup{
		Authority: doithoai.Authority{
			Slug: "xa-nghia-dung", Name: "UBND xã Nghĩa Dũng", FullName: "Ủy ban nhân dân xã Nghĩa Dũng",
			Superior: "Ủy ban nhân dân thành phố Quảng Ngãi", Place: "Nghĩa Dũng", Prefix: "ND", Demo: true,
		},
		Units:    units,
		Villages: []doithoai.Village{{Name: "Thôn 1"}, {Name: "Thôn 2"}, {Name: "Thôn 5"}},
	}); err != nil {
		return err
	}
	if fx.other, err = db.SetUp(ctx, Setup{
		Authority: doithoai.Authority{
			Slug: "xa-khac", Name: "UBND xã Khác", FullName: "Ủy ban nhân dân xã Khác", Place: "Khác", Prefix: "KH", Demo: true,
		},
		Units:    units[:2],
		Villages: []doithoai.Village{{Name: "Thôn 1"}},
	}); err != nil {
		return err
	}
	if err = db.act(ctx, func(tx *Tx) error {
		return tx.exec(ctx, `UPDATE parameter SET value = $1 WHERE authority_id = $2 AND key = 'answer.complex'`,
			strconv.Itoa(laterDays), fx.authority.ID)
	}); err != nil {
		return err
	}
	if fx.units, err = unitsByCode(ctx, db, fx.authority.ID); err != nil {
		return err
	}
	if fx.otherUnits, err = unitsByCode(ctx, db, fx.other.ID); err != nil {
		return err
	}
	if fx.villages, err = db.Villages(ctx, fx.authority.ID); err != nil {
		return err
	}
	calendar, err := DefaultCalendar()
	if err != nil {
		return err
	}
	fx.calendar = calendar.Version()
	villages, err := db.Villages(ctx, fx.other.ID)
	if err != nil {
		return err
	}
	fx.otherVillage = villages[0]
	fx.resident, fx.otherResident = doithoai.Resident(fx.authority.ID), doithoai.Resident(fx.other.ID)
	return nil
}

func unitsByCode(ctx context.Context, db *DB, authority doithoai.ID) (map[string]doithoai.Unit, error) {
	units, err := db.Units(ctx, authority)
	byCode := map[string]doithoai.Unit{}
	for _, u := range units {
		byCode[u.Code] = u
	}
	return byCode, err
}

func (fx *fixture) hire(ctx context.Context, db *DB) error {
	for _, h := range []struct {
		actor       *doithoai.Actor
		authority   doithoai.ID
		unit        doithoai.ID
		login, name string
		role        doithoai.Role
	}{
		{&fx.chair, fx.authority.ID, "", "chu-tich", "Đặng Văn Giả Định", doithoai.RoleChair},
		{&fx.office, fx.authority.ID, fx.units["van-phong"].ID, "van-phong", "Trần Thị Ví Dụ", doithoai.RoleOffice},
		{&fx.office2, fx.authority.ID, fx.units["van-phong"].ID, "van-phong-2", "Lê Thị Thí Dụ", doithoai.RoleOffice},
		{&fx.secretary, fx.authority.ID, "", "thu-ky", "Võ Thị Mẫu", doithoai.RoleSecretary},
		{&fx.justice, fx.authority.ID, fx.units["tu-phap-ho-tich"].ID, "tu-phap", "Phạm Văn Mô Phỏng",
			doithoai.RoleUnitOfficer},
		{&fx.land, fx.authority.ID, fx.units["dia-chinh"].ID, "dia-chinh", "Bùi Văn Tưởng Tượng", doithoai.RoleUnitOfficer},
		{&fx.admin, fx.authority.ID, "", "quan-tri", "Ngô Văn Quản Trị", doithoai.RoleAdministrator},
		{&fx.otherChair, fx.other.ID, "", "chu-tich-khac", "Người Khác Một", doithoai.RoleChair},
		{&fx.otherOffice, fx.other.ID, fx.otherUnits["van-phong"].ID, "van-phong-khac", "Người Khác Hai",
			doithoai.RoleOffice},
		{&fx.otherUnit, fx.other.ID, fx.otherUnits["tai-chinh-ke-toan"].ID, "tai-chinh-khac", "Người Khác Ba",
			doithoai.RoleUnitOfficer},
		{&fx.otherSecretary, fx.other.ID, "", "thu-ky-khac", "Người Khác Bốn", doithoai.RoleSecretary},
		{&fx.otherAdmin, fx.other.ID, "", "quan-tri-khac", "Người Khác Năm", doithoai.RoleAdministrator},
	} {
		o, err := db.AddOfficer(ctx, doithoai.Officer{
			AuthorityID: h.authority, UnitID: h.unit, Login: h.login, Name: h.name,
			Post: map[doithoai.Role]string{doithoai.RoleChair: "Chủ tịch UBND xã"}[h.role], Roles: []doithoai.Role{h.role},
		}, testPassword)
		if err != nil {
			return err
		}
		*h.actor = o.Actor()
	}
	return nil
}

func readPlan() (plan.Plan, error) {
	b, err := os.ReadFile("../cmd/doithoai/demo/plan-2024.json")
	if err != nil {
		return plan.Plan{}, err
	}
	return plan.Parse(b)
}

func (fx *fixture) announce(ctx context.Context, db *DB) error {
	plan, err := readPlan()
	if err != nil {
		return err
	}
	issued, err := db.TakeOverPlan(ctx, fx.office, plan)
	if err != nil {
		return err
	}
	fx.plan = issued.PlanID
	if fx.dialogue, err = db.AnnounceNewDialogue(ctx, fx.office, fx.newDialogue("2026-10", fx.plan)); err != nil {
		return err
	}
	others, err := db.TakeOverPlan(ctx, fx.otherOffice, plan)
	if err != nil {
		return err
	}
	fx.otherDialogue, err = db.AnnounceNewDialogue(ctx, fx.otherOffice, fx.newDialogue("2026-10", others.PlanID))
	return err
}

func (fx *fixture) newDialogue(slug string, plan doithoai.ID) doithoai.Dialogue {
	day := calendar.DateOf(2026, 10, 25)
	return doithoai.Dialogue{
		PlanID: plan, Slug: slug, Title: "Hội nghị đối thoại quý IV năm 2026", Venue: "Hội trường UBND xã",
		Chair: "Ông Đặng Văn Giả Định, Chủ tịch UBND xã",
		Kinds: []doithoai.DialogueKind{doithoai.KindProcedures}, Form: doithoai.FormDirect,
		StartsAt: calendar.InstantAt(day, 8, 0), DoorsAt: calendar.InstantAt(day, 7, 30),
		SlipsUntil: calendar.InstantAt(day, 7, 30),
		Programme: []doithoai.ProgrammeStep{
			{Title: "Đón tiếp đại biểu", Minutes: 30}, {Title: "Đối thoại", Minutes: 120, Presenter: "Chủ trì"},
		},
	}
}

// slip is one that can be taken, with the given matters.
func (fx *fixture) slip(matters ...string) doithoai.Slip {
	return doithoai.Slip{
		DialogueID: fx.dialogue.ID, Channel: doithoai.ChannelPortal, Manner: doithoai.MannerWritten, Matters: matters,
		FieldCode: "", NoticeRead: true,
		Petitioner: doithoai.Petitioner{
			Standing: doithoai.StandingPerson, Name: "Nguyễn Thị Minh Họa", VillageID: fx.villages[0].ID,
			Ways: []doithoai.Way{doithoai.WayEmail, doithoai.WayPickUp}, Email: "minhhoa@example.vn",
		},
	}
}

// key makes the n-th key of a form in a test.
func key(n int) (k doithoai.IntakeKey) {
	k[0], k[1], k[2] = byte(n), byte(n>>8), byte(n>>16)
	return k
}

func ctxOf(t testing.TB) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	t.Cleanup(cancel)
	return ctx
}

// must stops the test where err is not nil.
func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// wantKind fails the test where err is of another kind, or tells of another key.
func wantKind(t testing.TB, err error, kind doithoai.Kind, key string) {
	t.Helper()
	if doithoai.KindOf(err) != kind {
		t.Fatalf("error %v, want kind %v", err, kind)
	}
	if e := asError(err); key != "" && e.Key != key {
		t.Fatalf("error %v, want key %s", err, key)
	}
}
