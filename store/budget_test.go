package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"doithoai"
	"doithoai/plan"
)

// growing are the tables that grow with opinions: no list may read one from end to end.
var growing = []string{
	"slip", "petitioner", "opinion", "ruling_text", "petition", "answer", "publication", "rating", "event", "event_text",
	"leaf_salt", "leaf", "delivery", "search_document", "search_tokens",
}

// statement is one that the store gave its engine.
type statement struct {
	query string
	args  []any
}

// recorder remembers statements while it is on.
type recorder struct {
	mu   sync.Mutex
	on   bool
	kept []statement
}

func (r *recorder) note(query string, args []driver.NamedValue) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.on {
		return
	}
	s := statement{query: query}
	for _, a := range args {
		if _, mode := a.Value.(pgx.QueryExecMode); !mode {
			s.args = append(s.args, a.Value)
		}
	}
	r.kept = append(r.kept, s)
}

// during returns the statements that f gave to the engine.
func (r *recorder) during(f func() error) ([]statement, error) {
	r.mu.Lock()
	r.on, r.kept = true, nil
	r.mu.Unlock()
	err := f()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.on = false
	return r.kept, err
}

type recordedConnector struct {
	driver.Connector
	to *recorder
}

func (c recordedConnector) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return recordedConn{watchedConn{conn, &commits{}}, c.to}, nil
}

type recordedConn struct {
	watchedConn
	to *recorder
}

func (c recordedConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	c.to.note(query, args)
	return c.watchedConn.ExecContext(ctx, query, args)
}

func (c recordedConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	c.to.note(query, args)
	return c.watchedConn.QueryContext(ctx, query, args)
}

// openRecorded opens a fixture's database with a recorder on all connections.
func openRecorded(t testing.TB, fx *fixture) (*DB, *recorder) {
	t.Helper()
	d, write, read, err := connect(fx.dsn)
	must(t, err)
	to := &recorder{}
	must(t, write.Close())
	if d == dialectPostgres {
		config, err := postgresConfig(fx.dsn)
		must(t, err)
		config.RuntimeParams["random_page_cost"] = "1.1" // as on the disks of today
		write = sql.OpenDB(recordedConnector{stdlib.GetConnector(*config), to})
		read = write
	} else {
		must(t, read.Close())
		write = sql.OpenDB(recordedConnector{sqliteConnector{sqliteAddress(fx.dsn) + "?" + sqliteWriter}, to})
		write.SetMaxOpenConns(1)
		read = sql.OpenDB(recordedConnector{sqliteConnector{sqliteAddress(fx.dsn) + "?" + sqliteReader}, to})
	}
	db, err := open(context.Background(), d, write, read, Options{Now: fx.clock.Now})
	must(t, err)
	t.Cleanup(func() { must(t, db.Close()) })
	return db, to
}

// explained are the shortcomings of a statement's plan. sorted allows the engine to sort what it has found; walked is
// how many rows of growing tables it may look at.
func explained(ctx context.Context, db *DB, s statement, sorted bool, walked int) ([]string, error) {
	if db.dialect == dialectPostgres {
		return explainedByPostgres(ctx, db, s, walked)
	}
	rows, err := db.read.QueryContext(ctx, `EXPLAIN QUERY PLAN `+s.query, s.args...)
	if err != nil {
		return nil, fmt.Errorf("%w: %s", err, s.query)
	}
	defer rows.Close() //nolint:errcheck // reading only; rows.Err is checked
	tables := tablesOf(s.query)
	var wrong []string
	made := map[string]int{} // by its name, a table that the query makes itself
	for rows.Next() {
		var id, parent, unused int
		var detail string
		if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
			return nil, err
		}
		if m := madeForm.FindStringSubmatch(detail); m != nil {
			made[m[1]] = id
		}
		if m := scanForm.FindStringSubmatch(detail); m != nil && slices.Contains(growing, tables[m[1]]) &&
			!matchForm.MatchString(detail) && (made[m[1]] == 0 || made[m[1]] == parent) {
			wrong = append(wrong, detail)
		}
		if m := wholeForm.FindStringSubmatch(detail); m != nil && slices.Contains(growing, tables[m[1]]) {
			wrong = append(wrong, detail)
		}
		if strings.Contains(detail, "AUTOMATIC") || strings.Contains(detail, "TEMP B-TREE") && !sorted {
			wrong = append(wrong, detail)
		}
	}
	return wrong, rows.Err()
}

var (
	matchForm = regexp.MustCompile(`VIRTUAL TABLE INDEX \d+:[M=]`) // of a full-text index: what matches, one row
	madeForm  = regexp.MustCompile(`^(?:CO-ROUTINE|MATERIALIZE) (\w+)`)
	scanForm  = regexp.MustCompile(`^SCAN (\w+)`)
	// of a unique index, which is in the order of no list, all of an authority
	wholeForm = regexp.MustCompile(`^SEARCH (\w+) USING (?:COVERING )?INDEX sqlite_autoindex_\w+ \(authority_id=\?\)`)
	tableForm = regexp.MustCompile(`(?:FROM|JOIN|UPDATE|INTO)\s+([a-z_]+)(?:\s+(?:AS\s+)?([a-z][a-z0-9_]*))?`)
)

// tablesOf finds which table each name of a statement stands for.
func tablesOf(query string) map[string]string {
	tables := map[string]string{}
	for _, m := range tableForm.FindAllStringSubmatch(query, -1) {
		tables[m[1]] = m[1]
		if m[2] != "" {
			tables[m[2]] = m[1]
		}
	}
	return tables
}

// node is one of a plan of PostgreSQL.
type node struct {
	Type     string  `json:"Node Type"`
	Relation string  `json:"Relation Name"`
	Rows     float64 `json:"Actual Rows"`
	Loops    float64 `json:"Actual Loops"`
	Removed  float64 `json:"Rows Removed by Filter"`
	Recheck  float64 `json:"Rows Removed by Index Recheck"`
	Plans    []node  `json:"Plans"`
}

// walk calls f for the node and all below.
func (n node) walk(f func(node)) {
	f(n)
	for _, p := range n.Plans {
		p.walk(f)
	}
}

func explainedByPostgres(ctx context.Context, db *DB, s statement, walked int) ([]string, error) {
	explain := `EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) `
	if !strings.HasPrefix(strings.TrimSpace(s.query), "SELECT") && !strings.HasPrefix(strings.TrimSpace(s.query), "WITH") {
		explain = `EXPLAIN (FORMAT JSON) ` // an act is not done twice
	}
	var b []byte
	if err := db.read.QueryRowContext(ctx, explain+s.query, s.args...).Scan(&b); err != nil {
		return nil, fmt.Errorf("%w: %s", err, s.query)
	}
	var plans []struct{ Plan node }
	if err := json.Unmarshal(b, &plans); err != nil {
		return nil, err
	}
	var wrong []string
	total := 0.0
	for _, p := range plans {
		p.Plan.walk(func(n node) {
			if !slices.Contains(growing, n.Relation) {
				return
			}
			if n.Type == "Seq Scan" && n.Loops > 0 {
				wrong = append(wrong, n.Type+" of "+n.Relation)
			}
			total += (n.Rows + n.Removed + n.Recheck) * n.Loops
		})
	}
	if total > float64(walked) {
		wrong = append(wrong, fmt.Sprintf("%.0f rows looked at, more than %d", total, walked))
	}
	if len(wrong) > 0 {
		wrong = append(wrong, string(b))
	}
	return wrong, nil
}

// A listing is a method that reads many rows, or counts them, with calls of it in all its ways.
type listing struct {
	calls  func(ctx context.Context, db *DB, fx *fixture) error
	sorted string // why the engine may sort what it found; empty: it may not
	walked int    // how many rows it may look at; 0: as many as most
}

// mostWalked is how many rows of growing tables a list looks at, a page of some hundred rows with what belongs to each.
const mostWalked = 4000

// TestListsAreBounded explains every query of every list among 50,000 opinions: none goes through a table that grows
// with them, and none looks at more rows than it needs. A method that returns many rows and isn't in the table fails.
func TestListsAreBounded(t *testing.T) {
	for _, e := range engines {
		t.Run(e.name, func(t *testing.T) {
			t.Parallel()
			fx := crowdOf(t, e.name)
			db, to := openRecorded(t, fx)
			ctx := context.Background()
			methods := reflect.TypeFor[*DB]()
			for i := range methods.NumMethod() {
				m := methods.Method(i)
				l, listed := listings[m.Name]
				if _, not := notListings[m.Name]; !listed && !not && givesMany(m.Type) {
					t.Errorf("method %s gives many rows and stands in none of listings and notListings", m.Name)
				}
				if !listed {
					continue
				}
				t.Run(m.Name, func(t *testing.T) {
					asked, err := to.during(func() error { return l.calls(ctx, db, fx) })
					must(t, err)
					if len(asked) == 0 {
						t.Error("no query was seen")
					}
					wantBounded(ctx, t, db, asked, l)
				})
			}
			for name := range listings {
				if _, there := methods.MethodByName(name); !there {
					t.Errorf("there is no method %s", name)
				}
			}
		})
	}
}

func wantBounded(ctx context.Context, t *testing.T, db *DB, asked []statement, l listing) {
	t.Helper()
	walked := l.walked
	if walked == 0 {
		walked = mostWalked
	}
	seen := map[string]bool{}
	for _, s := range asked {
		key := s.query // SQLite, which has no statistics, makes one plan of it, whatever the values are
		if db.dialect == dialectPostgres {
			key = fmt.Sprint(s)
		}
		if seen[key] || !plannedForm.MatchString(s.query) {
			continue
		} else {
			seen[key] = true
		}
		wrong, err := explained(ctx, db, s, l.sorted != "", walked)
		must(t, err)
		if len(wrong) > 0 {
			t.Errorf("%s\n%v\n%s", s.query, s.args, strings.Join(wrong, "\n"))
		}
	}
}

// plannedForm is a statement that has a plan.
var plannedForm = regexp.MustCompile(`^\s*(SELECT|WITH|UPDATE|DELETE|INSERT)\b`)

// givesMany reports whether a method returns a slice, a map, a count, or something that has a slice in it.
func givesMany(m reflect.Type) bool {
	for i := range m.NumOut() {
		if many(m.Out(i), 2) {
			return true
		}
	}
	return false
}

func many(t reflect.Type, deep int) bool {
	switch t.Kind() {
	case reflect.Slice, reflect.Map, reflect.Func:
		return true
	case reflect.Int, reflect.Int64:
		return t == reflect.TypeFor[doithoai.Count]()
	case reflect.Struct:
		if t == reflect.TypeFor[Figures]() {
			return true
		}
		for i := range t.NumField() {
			if deep > 0 && many(t.Field(i).Type, deep-1) {
				return true
			}
		}
	}
	return false
}

// TestActsAreBounded explains every statement of the acts on an opinion among 50,000: none costs more for there being
// many.
func TestActsAreBounded(t *testing.T) {
	for _, e := range engines {
		t.Run(e.name, func(t *testing.T) {
			t.Parallel()
			fx := crowdOf(t, e.name)
			db, to := openRecorded(t, fx)
			ctx := ctxOf(t)
			asked, err := to.during(func() error {
				r := fx.bring(t, db, 1, published)
				rating := doithoai.Rating{Solved: doithoai.SolvedYes, Satisfied: 5}
				must(t, db.RateAnswer(ctx, fx.resident, r.Code, r.Opinions[0].Number, rating))
				must(t, second(db.ViewPetitioner(ctx, fx.office, r.Opinions[0].ID, "verify")))
				other := fx.bring(t, db, 2, ruled).Opinions[0]
				pause := doithoai.Pause{
					Kind: doithoai.PauseSuperior, Number: "5/UBND", Dated: db.Now().Date(), Awaited: "Ý kiến của cấp trên",
				}
				must(t, db.PausePetition(ctx, fx.justice, other.ID, 1, pause))
				must(t, db.ResumePetition(ctx, fx.justice, other.ID, 2))
				letter := db.testLetter()
				must(t, db.SendOnwardLetter(ctx, fx.justice, other.ID, letter))
				must(t, db.UrgeBody(ctx, fx.justice, other.ID, db.testUrging(letter.ID)))
				must(t, db.RegisterReply(ctx, fx.justice, other.ID, letter.ID, 1, db.testReply(), false))
				must(t, db.NameConcerned(ctx, fx.chair, other.ID, 2, nil))
				must(t, db.GroupOpinions(ctx, fx.office, other.ID, r.Opinions[0].ID))
				must(t, db.UngroupOpinion(ctx, fx.office, other.ID))
				twice := fx.bring(t, db, 5, received).Opinions[0]
				must(t, db.JoinSlip(ctx, fx.office, twice.ID, 1, other.ID))
				must(t, db.SeparateSlip(ctx, fx.office, twice.ID, 2))
				list, points := fx.compiled("Đường hỏng.", "Đèn tắt.")
				must(t, second(db.RecordList(ctx, fx.office, key(6), list, points, "")))
				_, err := db.RuleOpinion(ctx, fx.chair, r.Opinions[0].ID, 2,
					doithoai.Ruling{Code: doithoai.RulingDenunciation, HandedOver: true})
				return err
			})
			must(t, err)
			wantBounded(ctx, t, db, asked, listing{sorted: "of one opinion"})
			wantKind(t, db.DispatchAnswer(ctx, fx.office, fx.bring(t, db, 3, signed).Opinions[0].ID, 3, "49991/UBND",
				db.Now().Date()), doithoai.Invalid, "")
		})
	}
}

// authorityForm is a step that goes through all that an authority has.
var authorityForm = regexp.MustCompile(`^SEARCH (\w+) USING (?:COVERING )?INDEX \w+ \(authority_id=\?\)( LEFT-JOIN)?$`)

// What is found by its ids, or belongs to one dialogue, is found by them: SQLite, which has no statistics, prefers the
// authority's index where it may, and then goes through all opinions or documents of ten years for a page.
func TestFoundByIDs(t *testing.T) {
	fx := engines[0].copy(t) // SQLite
	db, to := openRecorded(t, fx)
	ctx := ctxOf(t)
	d, all := fx.closed(t, db)
	must(t, second(db.RuleOpinion(ctx, fx.secretary, all[2].ID, 1, onTheSpot())))
	got := fx.bring(t, db, 1, published)
	fx.into(t, db, d, got.Opinions[0].ID)
	must(t, second(db.PublishResults(ctx, fx.office, d.ID, d.Version, db.Now())))
	asked, err := to.during(func() error {
		b, err := db.PublicBook(ctx, fx.authority.ID, d.ID)
		if err != nil {
			return err
		}
		if len(b.Book.Matters) == 0 {
			return fmt.Errorf("nothing is public: %+v", b.Book)
		}
		page := slices.Repeat(b.Book.Matters, 20) // as many as a page has, and more
		if _, err := db.PublicRows(ctx, fx.authority.ID, b, page); err != nil {
			return err
		}
		if _, err := db.PublicSigned(ctx, fx.authority.ID, d.ID); err != nil {
			return err
		}
		if _, err := db.PublicPapers(ctx, fx.authority.ID, d.ID); err != nil {
			return err
		}
		if _, err := db.ResultReport(ctx, fx.office, d.ID); err != nil {
			return err
		}
		return db.paperOpinions(ctx, fx.office, []plan.PaperSlip{{SlipID: got.SlipID}})
	})
	must(t, err)
	steps := 0
	for _, s := range asked {
		tables := tablesOf(s.query)
		found, err := list(ctx, reader{db.read, db}, func(r row) (detail string, err error) {
			var id, parent, unused int
			err = r.Scan(&id, &parent, &unused, &detail)
			return detail, err
		}, `EXPLAIN QUERY PLAN `+s.query, s.args...)
		must(t, err)
		steps += len(found)
		for _, detail := range found {
			if m := authorityForm.FindStringSubmatch(detail); m != nil &&
				(tables[m[1]] == "document" || slices.Contains(growing, tables[m[1]])) {
				t.Errorf("%s:\n%s", detail, s.query)
			}
		}
	}
	if steps < 50 {
		t.Errorf("only %d steps were seen", steps)
	}
}
