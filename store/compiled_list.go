package store

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"slices"
	"strings"

	"doithoai"
	"doithoai/calendar"
	"doithoai/text"
)

// CompiledRow is a village's list as lists of them show it.
type CompiledRow struct {
	doithoai.CompiledList
	Village string
}

// CompiledFile is everything on the page of a village's list, which is its receipt.
type CompiledFile struct {
	CompiledRow
	TypedBy  string
	Points   []CompiledEntry // in the order of the list
	Original string          // as it was pasted, for who recorded it alone: it may hold names
	Repeated bool            // these opinions were recorded before: nothing was recorded now
}

// CompiledEntry is one point of a list: the opinion that it became, or why it was dropped.
type CompiledEntry struct {
	Opinion doithoai.Opinion     // zero where the point was dropped, or has become nobody's business here
	Code    doithoai.ReceiptCode // known to who has the key of the list's form alone
	Line    int64                // of its receipt in the public record, as people count: from 1
	Dropped string
}

// Opinions counts the opinions of the list that the reader may see.
func (f CompiledFile) Opinions() (n int) {
	for _, p := range f.Points {
		if p.Opinion.ID != "" {
			n++
		}
	}
	return n
}

// RecordList takes in a village's compiled list: each point that was not dropped becomes a slip with one opinion and a
// receipt code of its own, derived from the key of the form. original is the list as it was pasted.
//
// The same opinions of the same village for the same dialogue, in whatever order and spelling, are recorded once: then
// the first list is returned, Repeated, and nothing is written. The same key with other opinions is a Conflict
// ("slip.problem.sent_already").
func (db *DB) RecordList(
	ctx context.Context, actor doithoai.Actor, key doithoai.IntakeKey, l doithoai.CompiledList,
	points []doithoai.CompiledPoint, original string,
) (CompiledFile, error) {
	seat, err := doithoai.SeatFor(actor, doithoai.ActRecordList,
		doithoai.Subject{AuthorityID: actor.AuthorityID, VillageID: l.VillageID})
	if err != nil {
		return CompiledFile{}, err
	}
	if err := doithoai.RefuseForm(l.Problems(points)); err != nil {
		return CompiledFile{}, err
	}
	if !storableList(l, points, original) {
		return CompiledFile{}, doithoai.Refuse(doithoai.Invalid, "error.invalid")
	}
	var id doithoai.ID
	var repeated bool
	record := func(tx *Tx) (err error) {
		id, repeated, err = tx.recordList(ctx, actor, seat, key, l, points, original)
		return err
	}
	err = db.act(ctx, record)
	if doithoai.KindOf(err) == doithoai.Conflict { // the same list at the same time: its first receipt stands now
		err = db.act(ctx, record)
	}
	if err != nil {
		return CompiledFile{}, err
	}
	f, err := db.CompiledList(ctx, actor, id, key)
	f.Repeated = repeated
	return f, err
}

// storableList refuses texts that no engine keeps.
func storableList(l doithoai.CompiledList, points []doithoai.CompiledPoint, original string) bool {
	texts := []string{l.Differs, original}
	for _, p := range points {
		texts = append(texts, p.Content, p.Name, p.Address, p.Dropped)
	}
	return !slices.ContainsFunc(texts, func(s string) bool { return !storable(s) })
}

func (tx *Tx) recordList(
	ctx context.Context, actor doithoai.Actor, seat doithoai.Seat, key doithoai.IntakeKey, l doithoai.CompiledList,
	points []doithoai.CompiledPoint, original string,
) (id doithoai.ID, repeated bool, err error) {
	kept := doithoai.Kept(points)
	content := contentKey(l, kept)
	id, err = one(ctx, tx, column[doithoai.ID], `SELECT id
		FROM compiled_list
		WHERE authority_id = $1 AND content_key = $2`, actor.AuthorityID, content)
	if err == nil || doithoai.KindOf(err) != doithoai.NotFound {
		return id, true, err
	}
	group := make([]*submission, len(kept))
	for i, p := range kept {
		if group[i], err = submissionOf(actor, seat, doithoai.ActRecordList, key.Of(i), l.Slip(p)); err != nil {
			return "", false, err
		}
		if err := tx.checkBelonging(ctx, group[i]); err != nil {
			return "", false, err
		}
	}
	before, err := tx.keysBefore(ctx, group)
	if err != nil {
		return "", false, err
	}
	if len(before) > 0 {
		return "", false, doithoai.Refuse(doithoai.Conflict, "slip.problem.sent_already")
	}
	l.ID, l.AuthorityID, l.ReceivedAt, l.TypedBy, l.Made = newID(), actor.AuthorityID, tx.Now, actor.ID, len(kept)
	if l.Made == l.Told {
		l.Differs = ""
	}
	if err := tx.exec(ctx, `INSERT INTO compiled_list (`+compiledColumns+`, content_key)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		l.ID, l.AuthorityID, l.DialogueID, l.VillageID, l.ReceivedAt, l.TypedBy, l.Told, l.Made, l.Differs,
		content); err != nil {
		return "", false, err
	}
	if err := tx.exec(ctx, `INSERT INTO compiled_original (list_id, authority_id, body) VALUES ($1, $2, $3)`,
		l.ID, l.AuthorityID, original); err != nil {
		return "", false, err
	}
	if err := tx.keep(ctx, group); err != nil {
		return "", false, err
	}
	return l.ID, false, tx.keepPoints(ctx, l, points, group)
}

// submissionOf is a slip as the intake keeps it.
func submissionOf(
	actor doithoai.Actor, seat doithoai.Seat, act doithoai.Act, key doithoai.IntakeKey, s doithoai.Slip,
) (*submission, error) {
	hash, err := bodyHash(key, s, nil)
	code := doithoai.NewReceiptCode(key)
	return &submission{
		actor: actor, seat: seat, slip: s, act: act, code: code, codeHash: code.Hash(), bodyHash: hash,
	}, err
}

// keepPoints keeps what each point became.
func (tx *Tx) keepPoints(
	ctx context.Context, l doithoai.CompiledList, points []doithoai.CompiledPoint, group []*submission,
) error {
	rows := newRows(6)
	for i, p := range points {
		var opinion doithoai.ID
		if p.Dropped == "" {
			opinion, group = group[0].got.Opinions[0].ID, group[1:]
		}
		rows.add(l.ID, i, l.AuthorityID, opinion, p.Dropped, pointKey(l, p.Content))
	}
	return rows.insert(ctx, tx, `compiled_point (list_id, ordinal, authority_id, opinion_id, dropped, point_key)`)
}

// pointKey is the same for the same words, in whatever case and with whatever signs and marks, of a village for a
// dialogue.
func pointKey(l doithoai.CompiledList, content string) []byte {
	sum := sha256.Sum256([]byte("doithoai point v1\n" + string(l.DialogueID) + "\n" + string(l.VillageID) + "\n" +
		text.NearKey(content)))
	return sum[:]
}

// contentKey is the same for the same points in whatever order.
func contentKey(l doithoai.CompiledList, points []doithoai.CompiledPoint) []byte {
	keys := make([]string, len(points))
	for i, p := range points {
		keys[i] = string(pointKey(l, p.Content)) + text.NameKey(p.Name)
	}
	slices.Sort(keys)
	sum := sha256.Sum256([]byte("doithoai list v1\n" + strings.Join(keys, "\n")))
	return sum[:]
}

const compiledColumns = `id, authority_id, dialogue_id, village_id, received_at, typed_by, told, made, differs`

func scanCompiled(r row) (c CompiledRow, err error) {
	l := &c.CompiledList
	err = r.Scan(&l.ID, &l.AuthorityID, &l.DialogueID, &l.VillageID, &l.ReceivedAt, &l.TypedBy, &l.Told, &l.Made,
		&l.Differs, &c.Village)
	return c, err
}

var compiledQuery = `SELECT ` + columnsOf("l", compiledColumns) + `, v.name
	FROM compiled_list l
	JOIN village v ON v.id = l.village_id
	WHERE l.authority_id = $1`

// CompiledLists lists the lists that came in, the newest first, limit at most: all for who records those of every
// village, those of the own village for its head.
func (db *DB) CompiledLists(ctx context.Context, actor doithoai.Actor, limit int) (all []CompiledRow, err error) {
	var villages []doithoai.ID
	for _, r := range doithoai.Reaches(actor, doithoai.ActRecordList) {
		if r.Condition == "" {
			return list(ctx, db.reader(), scanCompiled, compiledQuery+` ORDER BY l.id DESC LIMIT $2`,
				actor.AuthorityID, limit)
		}
		if id := r.Seat.VillageID; id != "" && !slices.Contains(villages, id) {
			villages = append(villages, id)
		}
	}
	for _, id := range villages {
		some, err := list(ctx, db.reader(), scanCompiled,
			compiledQuery+` AND l.village_id = $3 ORDER BY l.id DESC LIMIT $2`, actor.AuthorityID, limit, id)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	slices.SortFunc(all, func(a, b CompiledRow) int { return strings.Compare(string(b.ID), string(a.ID)) })
	return all[:min(len(all), limit)], nil
}

// CompiledList opens a list with its numbers, as far as the actor may see its opinions: who recorded it, all but those
// that have left as denunciations. With the key of the form that recorded it come the receipt codes; of another key
// they stay hidden, for only their hashes are kept.
func (db *DB) CompiledList(
	ctx context.Context, actor doithoai.Actor, id doithoai.ID, key doithoai.IntakeKey,
) (f CompiledFile, err error) {
	if err := checkID(id); err != nil {
		return f, err
	}
	err = db.snapshot(ctx, func(q querier) error {
		f, err = readCompiled(ctx, q, actor, id, key, db.Now().Date())
		return err
	})
	return f, err
}

func readCompiled(
	ctx context.Context, q querier, actor doithoai.Actor, id doithoai.ID, key doithoai.IntakeKey, on calendar.Date,
) (f CompiledFile, err error) {
	if f.CompiledRow, err = one(ctx, q, scanCompiled, compiledQuery+` AND l.id = $2`, actor.AuthorityID, id); err != nil {
		return f, err
	}
	l := f.CompiledList
	if err := doithoai.Can(actor, doithoai.ActRecordList,
		doithoai.Subject{AuthorityID: l.AuthorityID, VillageID: l.VillageID}); err != nil {
		return f, err
	}
	if f.TypedBy, err = nameOf(ctx, q, `SELECT name FROM officer WHERE id = $1`, l.TypedBy); err != nil {
		return f, err
	}
	hidden := 0
	if f.Points, hidden, err = pointsOf(ctx, q, actor, id, key, on); err != nil {
		return f, err
	}
	if l.TypedBy == actor.ID && hidden == 0 { // the words of what has left this flow stand in the original, too
		f.Original, err = one(ctx, q, column[string], `SELECT body FROM compiled_original WHERE list_id = $1`, id)
	}
	return f, err
}

// pointsOf reads the points of a list; hidden counts those whose opinion the actor may not see.
func pointsOf(
	ctx context.Context, q querier, actor doithoai.Actor, id doithoai.ID, key doithoai.IntakeKey, on calendar.Date,
) (points []CompiledEntry, hidden int, err error) {
	type entry struct {
		CompiledEntry
		opinion doithoai.ID
	}
	all, err := list(ctx, q, func(r row) (e entry, err error) {
		err = r.Scan(&e.opinion, &e.Dropped)
		return e, err
	}, `SELECT opinion_id, dropped FROM compiled_point WHERE list_id = $1 ORDER BY ordinal LIMIT $2`,
		id, doithoai.MaxPoints)
	if err != nil {
		return nil, 0, err
	}
	n := 0 // of opinions
	for _, e := range all {
		if e.opinion != "" {
			shown, err := e.open(ctx, q, actor, e.opinion, key.Of(n), on)
			if err != nil {
				return nil, 0, err
			}
			if !shown {
				hidden++
			}
			n++
		}
		points = append(points, e.CompiledEntry)
	}
	return points, hidden, nil
}

// open reads the opinion of an entry; false where the actor may not see it.
func (e *CompiledEntry) open(
	ctx context.Context, q querier, actor doithoai.Actor, id doithoai.ID, key doithoai.IntakeKey, on calendar.Date,
) (bool, error) {
	o, subject, err := opinionSubject(ctx, q, id, on)
	if err != nil {
		return false, err
	}
	if doithoai.Can(actor, doithoai.ActSeeOpinions, subject) != nil {
		return false, nil
	}
	e.Opinion = o
	if e.Line, err = one(ctx, q, column[int64], `SELECT min(leaf) + 1 FROM event WHERE opinion_id = $1`, id); err != nil {
		return false, err
	}
	kept, err := one(ctx, q, column[[]byte], `SELECT code_hash FROM slip WHERE id = $1`, o.SlipID)
	if code := doithoai.NewReceiptCode(key); err == nil && subtle.ConstantTimeCompare(kept, code.Hash()) == 1 {
		e.Code = code
	}
	return true, err
}

// KnownPoint is an opinion of an earlier list that says the same.
type KnownPoint struct {
	Point  int // its place in the list that is being checked, from 0
	Number doithoai.RegisterNumber
}

// KnownPoints finds which points of a list that is being checked came in with an earlier list of the same village for
// the same dialogue, as far as the actor may see that opinion.
func (db *DB) KnownPoints(
	ctx context.Context, actor doithoai.Actor, l doithoai.CompiledList, points []doithoai.CompiledPoint,
) (known []KnownPoint, err error) {
	if l.VillageID == "" || len(points) == 0 {
		return nil, nil
	}
	var keys [][]byte
	at := map[string][]int{}
	for i, p := range points[:min(len(points), doithoai.MaxPoints)] {
		key := pointKey(l, p.Content)
		keys, at[string(key)] = append(keys, key), append(at[string(key)], i)
	}
	args := []any{actor.AuthorityID}
	bind := binder(&args)
	hidden := notDenounced + reachOf(actor, bind) + notConcerned(actor, db.Now().Date(), bind)
	_, err = list(ctx, db.reader(), func(r row) (number doithoai.RegisterNumber, err error) {
		var key []byte
		err = r.Scan(&key, &number)
		for _, i := range at[string(key)] {
			known = append(known, KnownPoint{i, number})
		}
		return number, err
	}, `SELECT c.point_key, min(o.number)
		FROM compiled_point c
		JOIN opinion o ON o.id = c.opinion_id
		WHERE c.authority_id = $1 AND c.opinion_id IS NOT NULL AND c.point_key IN `+inList(bind, keys)+` AND `+hidden+`
		GROUP BY c.point_key
		ORDER BY min(o.number)`, args...)
	return known, err
}
