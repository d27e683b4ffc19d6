package store

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"doithoai"
	"doithoai/store/pgtest"
	"doithoai/tlog"
)

// crowded is how many opinions the databases have at which lists are measured.
const crowded = 50_000

// crowd adds n opinions to the fixture's authority by plain rows, received evenly over the ten years before its clock:
// 97 of 100 are finished. The rest waits at every stage, the most of it among the newest. Every row is the same each
// time.
//
// The engine makes the rows: binding millions of values would take a minute.
func crowd(ctx context.Context, db *DB, fx *fixture, n int) error {
	statements := crowdStatements(db.dialect, fx, n)
	if db.dialect == dialectPostgres { // references are right, and looking at each takes most of the time
		statements = append([]string{`SET LOCAL session_replication_role = replica`}, statements...)
	}
	err := db.act(ctx, func(tx *Tx) error {
		for _, statement := range statements {
			if err := tx.exec(ctx, statement); err != nil {
				return fmt.Errorf("%s: %w", strings.TrimSpace(statement), err)
			}
		}
		return tx.crowdRecord(ctx, 2*n)
	})
	if err != nil {
		return err
	}
	if db.dialect == dialectPostgres { // what autovacuum does to a database that is in use
		_, err = db.write.ExecContext(ctx, `VACUUM ANALYZE`)
	}
	return err
}

// crowdRecord adds the leaves of events, all alike.
func (tx *Tx) crowdRecord(ctx context.Context, n int) error {
	edge, err := tx.loadEdge(ctx)
	if err != nil {
		return err
	}
	rows := newRows(3)
	for range n {
		for _, h := range edge.Append(tlog.Hash{}) {
			rows.add(h.Level, h.N, h.Hash[:])
		}
	}
	if err := rows.insert(ctx, tx, `tree_hash (level, n, hash)`); err != nil {
		return err
	}
	return tx.saveEdge(ctx, edge)
}

// crowdStatements make the rows from a table of what is to be known of each opinion. In a statement, ID(k, x) is the id
// of kind k and number x, AT(x) the instant x seconds after the first one, DAY(t, x) the day x days after an instant.
func crowdStatements(d dialect, fx *fixture, n int) []string {
	step := 9.7 * 365 * 86400 / float64(n) // seconds
	unit := func(code string) string { return literal(d, fx.units[code].ID) }
	village := func(i int) string { return literal(d, fx.villages[i].ID) }
	words := strings.NewReplacer(
		"$n", strconv.Itoa(n), "$step", strconv.FormatFloat(step, 'f', 3, 64),
		"$authority", literal(d, fx.authority.ID), "$dialogue", literal(d, fx.dialogue.ID), "$calendar", fx.calendar,
		"$justice", literal(d, fx.justice.ID), "$office", literal(d, fx.office.ID), "$secretary", literal(d, fx.secretary.ID),
		"$chair", literal(d, fx.chair.ID),
		"$unit1", unit("tu-phap-ho-tich"), "$unit2", unit("dia-chinh"), "$unit3", unit("van-phong"),
		"$village1", village(0), "$village2", village(1),
		"$facet", facetAuthority(fx.authority.ID), "$field", facetField("dat-dai"), "$meeting", facetDialogue(fx.dialogue.ID),
	)
	statements := strings.Split(crowdScript, ";\n")
	if d == dialectSQLite {
		statements = append(statements, `INSERT INTO search_tokens (rowid, tokens)
			SELECT id, tokens
			FROM (`+crowdTokens+`) AS t`)
	} else {
		statements = append(statements, `INSERT INTO search_tokens (id, tokens)
			SELECT id, string_to_array(tokens, ' ')
			FROM (`+crowdTokens+`) AS t`)
	}
	statements = append(statements, `DROP TABLE crowd`)
	for i, s := range statements {
		statements[i] = crowdMacros(d, words.Replace(s))
	}
	return statements
}

// literal is an id in a statement.
func literal(d dialect, id doithoai.ID) string {
	if d == dialectPostgres {
		return `'` + string(id) + `'::uuid`
	}
	return `'` + string(id) + `'`
}

// crowdMacros writes out ID, AT and DAY as the engine has them.
func crowdMacros(d dialect, s string) string {
	type macro struct{ name, form string }
	forms := []macro{
		{"ID", `('018f0000-0000-7000-8%s-' || substr(CAST(1000000000000 + %s AS text), 2))`},
		{"DAY", `date(%s, '+' || (%s) || ' days')`},
		{"AT", `strftime('%%Y-%%m-%%dT%%H:%%M:%%fZ', '2017-01-01', '+' || (%s) || ' seconds')`},
		{"BIN", `zeroblob(%s)`},
		{"RAW", `CAST(%s AS blob)`},
	}
	if d == dialectPostgres {
		forms = []macro{
			{"ID", `CAST('018f0000-0000-7000-8%s-' || substr(CAST(1000000000000 + %s AS text), 2) AS uuid)`},
			{"DAY", `(CAST(%s AS date) + %s)`},
			{"AT", `(timestamptz '2017-01-01 00:00:00Z' + make_interval(secs => %s))`},
			{"BIN", `decode(repeat('00', %s), 'hex')`},
			{"RAW", `convert_to(CAST(%s AS text), 'UTF8')`},
		}
	}
	for _, m := range forms { // DAY before AT, which stands in it
		for {
			at := strings.Index(s, m.name+"(")
			if at < 0 {
				break
			}
			end, depth := at+len(m.name)+1, 1
			for ; depth > 0; end++ {
				switch s[end] {
				case '(':
					depth++
				case ')':
					depth--
				}
			}
			var args []any
			for a := range strings.SplitSeq(s[at+len(m.name)+1:end-1], ", ") {
				args = append(args, a)
			}
			s = s[:at] + fmt.Sprintf(m.form, args...) + s[end:]
		}
	}
	return s
}

// crowdScript: of each opinion when it came and in which state everything is; then the rows that follow from that.
const crowdScript = `CREATE TABLE crowd (i integer PRIMARY KEY, year integer, secs integer, kind integer,
	ruling text, state text, public text, late boolean, stage text, unit_id uuid);
INSERT INTO crowd (i, secs, kind)
	WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $n)
	SELECT i, CAST(i * $step AS integer),
		CASE WHEN i % 100 = 0 OR i > $n * 0.96 AND i % 2 = 0 THEN 100 + i / 2 % 8 ELSE i % 50 END
	FROM n;
UPDATE crowd SET year = 2017 + secs / 31556952, late = i % 17 = 0,
	ruling = CASE WHEN kind = 100 THEN '' WHEN kind < 8 OR kind = 107 THEN 'TL-NGAY'
		WHEN kind = 8 THEN 'KN' WHEN kind = 9 THEN 'TC' ELSE 'TL-SAU' END,
	state = CASE WHEN kind < 10 OR kind IN (100, 107) THEN '' WHEN kind = 101 THEN 'processing'
		WHEN kind = 102 THEN 'submitted' WHEN kind = 103 THEN 'returned'
		WHEN kind = 104 THEN 'paused' WHEN kind = 105 THEN 'signed' ELSE 'answered' END,
	public = CASE WHEN kind < 8 OR kind BETWEEN 10 AND 49 THEN 'published'
		WHEN kind = 106 AND i % 3 = 0 THEN 'proposed' ELSE '' END;
UPDATE crowd SET
	unit_id = CASE WHEN state <> '' THEN CASE i % 10 WHEN 0 THEN $unit2 WHEN 1 THEN $unit3 ELSE $unit1 END END,
	stage = CASE WHEN ruling = 'TC' THEN 'denounced' WHEN ruling = '' THEN 'unruled'
		WHEN state = 'answered' AND public = 'published' THEN 'answered_public' WHEN state <> '' THEN state
		WHEN ruling = 'KN' THEN 'closed' WHEN public = 'published' THEN 'told_public' ELSE 'told' END;
INSERT INTO slip (id, authority_id, dialogue_id, channel, manner, received_at, typed_by, read_back, code_hash,
		intake_body)
	SELECT ID(000, i), $authority, CASE WHEN i % 100 = 7 THEN $dialogue END, 'portal', 'written', AT(secs),
		CASE WHEN i % 40 = 3 THEN $office END, false, RAW(i), BIN(32)
	FROM crowd;
INSERT INTO petitioner (slip_id, authority_id, standing, name, organisation, households,
		village_id, address, ways, phone, email, post_address)
	SELECT ID(000, i), $authority, 'person', 'Nguyễn Văn ' || i, '', 0,
		CASE WHEN i % 2 = 0 THEN $village1 ELSE $village2 END, '', 'email pick_up', '', 'a' || i || '@example.vn', ''
	FROM crowd;
INSERT INTO opinion (id, authority_id, slip_id, dialogue_id, number, channel, manner, content, field_code, village_id,
		received_at, out_of_scope, ruling, ruled_at, petition_id, version, typed_by,
		stage, told, lead_unit_id, due, on_time, solved)
	SELECT ID(111, i), $authority, ID(000, i), CASE WHEN i % 100 = 7 THEN $dialogue END,
		'ND-' || substr(CAST(year AS text), 3) || '-' ||
			CASE WHEN serial < 10000 THEN substr(CAST(10000 + serial AS text), 2) ELSE CAST(serial AS text) END,
		'portal', 'written', 'Đường thôn ngập nước mỗi khi mưa lớn, đề nghị UBND xã xem xét, trường hợp thứ ' || i || '.',
		CASE WHEN i % 3 = 0 THEN 'dat-dai' ELSE '' END, CASE WHEN i % 2 = 0 THEN $village1 ELSE $village2 END,
		AT(secs), false, ruling,
		CASE WHEN ruling <> '' THEN AT(secs + 600) END, CASE WHEN state <> '' THEN ID(222, i) END, 2,
		CASE WHEN i % 40 = 3 THEN $office END,
		stage, stage NOT IN ('unruled', 'processing', 'submitted', 'returned', 'paused', 'signed'), unit_id,
		CASE WHEN stage IN ('processing', 'submitted', 'returned', 'signed') THEN DAY(AT(secs), 90) END,
		ruling = 'TL-NGAY' OR state = 'answered' AND NOT late, public = 'published' AND i % 3 = 0 AND i % 4 <> 0
	FROM (SELECT c.*, row_number() OVER (PARTITION BY year ORDER BY i) AS serial FROM crowd c) AS numbered;
INSERT INTO counter (authority_id, key, value)
	SELECT $authority, 'register/' || year, count(*)
	FROM crowd
	GROUP BY year;
INSERT INTO counter (authority_id, key, value)
	SELECT $authority, 'figures/on_time/' || year,
		sum(CASE WHEN ruling = 'TL-NGAY' OR state = 'answered' AND NOT late THEN 1 ELSE 0 END)
	FROM crowd
	GROUP BY year;
INSERT INTO counter (authority_id, key, value)
	SELECT $authority, 'figures/solved/' || year,
		sum(CASE WHEN public = 'published' AND i % 3 = 0 AND i % 4 <> 0 THEN 1 ELSE 0 END)
	FROM crowd
	GROUP BY year;
INSERT INTO ruling_text (opinion_id, body, answered_by)
	SELECT ID(111, i), 'Đã trả lời.', ''
	FROM crowd
	WHERE ruling <> '' AND i % 10 = 1;
INSERT INTO petition (id, authority_id, opinion_id, lead_unit_id, state, start_day, term_n, term_unit,
		due, calendar_version, calendar_kept, extended, answered_at, version)
	SELECT ID(222, i), $authority, ID(111, i), unit_id, state, DAY(AT(secs), 1), 20, 'workdays',
		CASE WHEN kind >= 100 THEN DAY(AT(secs), 90) ELSE DAY(AT(secs), 28) END, '$calendar', '', 0,
		CASE WHEN state = 'answered' THEN AT(secs + CASE WHEN late THEN 4000000 ELSE 1200 END) END, 4
	FROM crowd WHERE state <> '';
INSERT INTO answer (petition_id, authority_id, year, body, basis, number, dated, signed_by, signed_for, signed_at)
	SELECT ID(222, i), $authority, CASE WHEN state = 'answered' THEN year END, 'Hồ sơ đã được giải quyết.',
		'Luật Đất đai 2024', CASE WHEN state = 'answered' THEN i || '/UBND' ELSE '' END,
		CASE WHEN state = 'answered' THEN DAY(AT(secs), 1) END, 'Chủ tịch', '', AT(secs + 1200)
	FROM crowd WHERE state IN ('submitted', 'returned', 'signed', 'answered');
INSERT INTO document (subject_id, kind, part, authority_id, opinion_id, number, number_key, series, serial, year,
		dated, state, claims)
	SELECT ID(111, i), 'reply', 0, $authority, ID(111, i), i || '/UBND', i || '/ubnd', 'ubnd', i, year,
		DAY(AT(secs), 1), 'issued', true
	FROM crowd WHERE state = 'answered';
INSERT INTO document_relay (subject_id, kind, part, authority_id, sent, taken, waits, due, version)
	SELECT ID(111, i), 'reply', 0, $authority, 1, CASE WHEN i % 100 = 3 THEN 0 ELSE 1 END, i % 100 = 3,
		CASE WHEN i % 100 = 3 THEN DAY(AT(secs), 3) END, 1
	FROM crowd WHERE state = 'answered';
INSERT INTO document_recipient (id, subject_id, kind, part, authority_id, unit_id, name, route, detail, state, due,
		sent_at, urged, version)
	SELECT ID(777, i), ID(111, i), 'reply', 0, $authority, unit_id, '', 'system', '',
		CASE WHEN i % 100 = 3 THEN 'sent' ELSE 'acknowledged' END, DAY(AT(secs), 3), AT(secs + 1200), 0, 1
	FROM crowd WHERE state = 'answered' AND unit_id IS NOT NULL;
INSERT INTO publication (opinion_id, authority_id, title, question, answer, state, proposed_by, approved_by,
		published_at, version)
	SELECT ID(111, i), $authority, 'Đường thôn ngập nước', 'Đường thôn ngập nước mỗi khi mưa lớn.', 'Đã xử lý xin'
		|| CASE WHEN i % 50 = 0 THEN ' đất đai' ELSE '' END || CASE WHEN i % 5000 = 11 THEN ' cầu treo' ELSE '' END
		|| ' so' || i || ' nhom' || (i % 997), public, $office, CASE WHEN public = 'published' THEN $chair END,
		CASE WHEN public = 'published' THEN AT(secs + 1800) END, 2
	FROM crowd WHERE public <> '';
INSERT INTO rating (opinion_id, authority_id, solved, satisfied, rated_at)
	SELECT ID(111, i), $authority, CASE WHEN i % 4 = 0 THEN 'no' ELSE 'yes' END, 4, AT(secs + 3600)
	FROM crowd
	WHERE public = 'published' AND i % 3 = 0;
INSERT INTO concerned (id, opinion_id, officer_id, unit_id)
	SELECT ID(333, i), ID(111, i), $justice, $unit1
	FROM crowd
	WHERE i % 500 = 1;
INSERT INTO leaf (n, body, hash) SELECT i * 2 - 2, BIN(64), BIN(32) FROM crowd WHERE i % 10 = 1;
INSERT INTO event (leaf, authority_id, opinion_id, at, actor_id, act, facts)
	SELECT i * 2 + k - 2, $authority, ID(111, i), AT(secs + k * 600),
		CASE WHEN k = 1 THEN CASE WHEN i % 2 = 0 THEN $secretary ELSE $chair END END,
		CASE WHEN k = 0 THEN 'submit_slip' ELSE CASE i % 4 WHEN 0 THEN 'rule_opinion' WHEN 1 THEN 'dispatch_answer'
			WHEN 2 THEN 'view_petitioner' ELSE 'approve_publication' END END, '{}'
	FROM crowd, (SELECT 0 AS k UNION ALL SELECT 1) AS two;
INSERT INTO event_text (leaf, body) SELECT i * 2 - 1, 'Đã trả lời.' FROM crowd WHERE i % 10 = 1;
INSERT INTO leaf_salt (leaf, opinion_id, salts) SELECT i * 2 - 2, ID(111, i), BIN(48) FROM crowd WHERE i % 10 = 1;
INSERT INTO delivery (id, authority_id, slip_id, opinion_id, kind, way, by_hand, state, attempts,
		next_at, created_at, sent_at, version)
	SELECT ID(444, i), $authority, ID(000, i), NULL, 'received', 'email', false,
		CASE WHEN i > $n - 30 THEN 'queued' ELSE 'sent' END, 1,
		AT(secs), AT(secs), CASE WHEN i <= $n - 30 THEN AT(secs) END, 2
	FROM crowd;
INSERT INTO delivery (id, authority_id, slip_id, opinion_id, kind, way, by_hand, state, attempts,
		next_at, created_at, sent_at, version)
	SELECT ID(555, i), $authority, ID(000, i), ID(111, i), 'answered', CASE WHEN i % 3 = 0 THEN 'email' ELSE 'pick_up' END,
		i % 3 <> 0,
		CASE WHEN i % 100 = 13 THEN 'queued' WHEN i % 100 = 16 THEN 'failed' ELSE 'sent' END, 1,
		AT(secs), AT(secs), AT(secs), 2
	FROM crowd WHERE state = 'answered';
INSERT INTO search_document (authority_id, opinion_id)
	SELECT $authority, ID(111, i)
	FROM crowd
	WHERE public = 'published'
	ORDER BY i`

// crowdTokens are the search tokens of what is published: a few words in all, some in few, some in one.
const crowdTokens = `SELECT s.id,
		'duong duong_thon thon thon_ngap ngap ngap_nuoc nuoc nuoc_moi moi moi_khi khi khi_mua mua mua_lon lon'
		|| ' da da_xu xu xu_ly ly xin'
		|| CASE WHEN c.i % 50 = 0 THEN ' dat dat_dai dai' ELSE '' END
		|| CASE WHEN c.i % 5000 = 11 THEN ' cau cau_treo treo' ELSE '' END
		|| ' so' || c.i || ' nhom' || (c.i % 997) || ' $facet'
		|| CASE WHEN c.i % 3 = 0 THEN ' $field' ELSE ' f__' END
		|| CASE WHEN c.i % 100 = 7 THEN ' $meeting' ELSE '' END AS tokens
	FROM crowd c
	JOIN search_document s ON s.opinion_id = ID(111, c.i)`

var (
	liteCrowd     prepared
	liteCrowdFile []byte // 250 MB
	postgresCrowd prepared
	pgCrowded     = pgtest.Template("crowded", func(dsn string) error {
		postgresCrowd.fx, postgresCrowd.err = fillCrowd(dsn)
		return postgresCrowd.err
	})
)

func fillCrowd(dsn string) (fixture, error) {
	fx, err := fill(dsn)
	if err != nil {
		return fx, err
	}
	fx.clock = &clock{now: morning}
	d, write, read, err := connect(dsn)
	if err != nil {
		return fx, err
	}
	if d == dialectSQLite { // nobody needs it after a crash; references are right
		if err = write.Close(); err != nil {
			return fx, err
		}
		write = sql.OpenDB(sqliteConnector{sqliteAddress(dsn) + "?_pragma=journal_mode(OFF)&_pragma=synchronous(OFF)" +
			"&_pragma=temp_store(MEMORY)&_pragma=cache_size(-32768)"})
		write.SetMaxOpenConns(1)
	}
	db, err := open(context.Background(), d, write, read, Options{Now: fx.clock.Now})
	if err != nil {
		return fx, err
	}
	err = crowd(context.Background(), db, &fx, crowded)
	if closed := db.Close(); err == nil {
		err = closed
	}
	return fx, err
}

// crowdOf is a copy of the engine's crowded database.
func crowdOf(t testing.TB, engine string) *fixture {
	t.Helper()
	if engine == "postgres" {
		dsn := pgCrowded.New(t)
		return postgresCrowd.fx.at(dsn)
	}
	liteCrowd.once.Do(func() {
		dir, err := os.MkdirTemp("", "doithoai-crowd-")
		if err != nil {
			liteCrowd.err = err
			return
		}
		defer os.RemoveAll(dir) //nolint:errcheck // a folder of temporary files
		path := filepath.Join(dir, "crowd.db")
		if liteCrowd.fx, liteCrowd.err = fillCrowd("sqlite:" + path); liteCrowd.err != nil {
			return
		}
		liteCrowdFile, liteCrowd.err = os.ReadFile(path)
	})
	if liteCrowd.err != nil {
		t.Fatal(liteCrowd.err)
	}
	path := filepath.Join(t.TempDir(), "crowd.db")
	must(t, os.WriteFile(path, liteCrowdFile, 0o600))
	return liteCrowd.fx.at("sqlite:" + path)
}
