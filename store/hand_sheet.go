package store

import (
	"context"
	"slices"

	"doithoai"
	"doithoai/calendar"
)

const handSheetColumns = `id, authority_id, dialogue_id, number, writer, told, made, dropped, received_at, typed_by,
	version`

func scanHandSheet(r row) (s doithoai.HandSheet, err error) {
	err = r.Scan(&s.ID, &s.AuthorityID, &s.DialogueID, &s.Number, &s.Writer, &s.Told, &s.Made, &s.Dropped, &s.ReceivedAt,
		&s.TypedBy, &s.Version)
	return s, err
}

// HandEntry is a line of a sheet: the opinion that it became, or why it is none.
type HandEntry struct {
	Opinion doithoai.Opinion // zero where the line was dropped, or has become nobody's business here
	Name    string
	Village string
	Clock   calendar.Clock // when it was said; negative: the sheet does not say
	Dropped string
}

// HandSheetFile is everything on the page of a sheet.
type HandSheetFile struct {
	doithoai.HandSheet
	TypedByName string
	Lines       []HandEntry // in the order in which they were typed
	Scans       int
	Repeated    bool // these lines were recorded before: nothing was recorded now
}

// SheetTaken refuses a sheet whose number was typed before, at its field.
func SheetTaken(number int) error {
	return doithoai.RefuseForm([]doithoai.Problem{{
		Field: doithoai.FieldSheetNumber, Key: "sheet.problem.taken", Args: []any{"number", number},
	}})
}

// RecordSheet types a hand-record sheet of a dialogue, or more lines of one. Each line that was not dropped becomes an
// opinion of the dialogue, said at its hour, with a receipt code derived from the form's key; scans are uploads of the
// actor. All are recorded or none.
//
// A sheet without an ID is a new one: where its number was typed before, it is refused at its number
// ([SheetTaken]), and nothing doubles. One with an ID goes on with that sheet, of s.Version; its number, writer and
// count stay. The same form sent twice returns what it recorded first, Repeated.
func (db *DB) RecordSheet(
	ctx context.Context, actor doithoai.Actor, key doithoai.IntakeKey, s doithoai.HandSheet,
	lines []doithoai.HandLine, scans []doithoai.ID,
) (HandSheetFile, error) {
	seat, err := doithoai.SeatFor(actor, doithoai.ActRecordSheet, doithoai.Subject{AuthorityID: actor.AuthorityID})
	if err != nil {
		return HandSheetFile{}, err
	}
	if !storableSheet(s, lines) {
		return HandSheetFile{}, doithoai.Refuse(doithoai.Invalid, "error.invalid")
	}
	dialogue, repeated := s.DialogueID, false
	record := func(tx *Tx) (err error) {
		w := sheetWork{tx: tx, actor: actor, seat: seat, key: key, sheet: s, lines: lines, scans: scans}
		w.sheet.DialogueID = dialogue
		repeated, err = w.record(ctx)
		s.Number = w.sheet.Number
		return err
	}
	err = db.act(ctx, record)
	if doithoai.KindOf(err) == doithoai.Conflict && s.ID == "" { // the same number at the same time: it stands now
		err = db.act(ctx, record)
	}
	if err != nil {
		return HandSheetFile{}, err
	}
	f, err := db.HandSheet(ctx, actor, dialogue, s.Number)
	f.Repeated = repeated
	return f, err
}

// storableSheet refuses texts that no engine keeps.
func storableSheet(s doithoai.HandSheet, lines []doithoai.HandLine) bool {
	texts := []string{s.Writer}
	for _, l := range lines {
		texts = append(texts, l.Content, l.Name, l.Dropped)
	}
	return !slices.ContainsFunc(texts, func(s string) bool { return !storable(s) })
}

// sheetWork is a sheet under the act that types it.
type sheetWork struct {
	tx       *Tx
	actor    doithoai.Actor
	seat     doithoai.Seat
	key      doithoai.IntakeKey
	dialogue doithoai.Dialogue
	sheet    doithoai.HandSheet
	lines    []doithoai.HandLine
	scans    []doithoai.ID
	before   int // lines that were typed before
}

func (w *sheetWork) record(ctx context.Context) (repeated bool, err error) {
	if w.dialogue, err = dialogueOf(
		ctx, w.tx, w.actor.AuthorityID, w.sheet.DialogueID, w.tx.db.dialect.forShare(),
	); err != nil {
		return false, err
	}
	if err := w.dialogue.TakesSheets(); err != nil {
		return false, err
	}
	group, err := w.submissions()
	if err != nil {
		return false, err
	}
	if len(group) > 0 {
		before, err := w.tx.keysBefore(ctx, group)
		if err != nil {
			return false, err
		}
		if len(before) > 0 {
			return true, w.repeated(ctx, group[0])
		}
	}
	if err := w.open(ctx); err != nil {
		return false, err
	}
	if err := w.tx.minutesOpen(ctx, w.dialogue); err != nil {
		return false, err
	}
	if err := doithoai.RefuseForm(w.sheet.Problems(w.lines, w.dialogue, w.tx.Now)); err != nil {
		return false, err
	}
	for _, s := range group {
		if err := w.tx.checkBelonging(ctx, s); err != nil {
			return false, err
		}
	}
	w.sheet.Made += len(group)
	w.sheet.Dropped += len(w.lines) - len(group)
	if err := w.keepSheet(ctx); err != nil {
		return false, err
	}
	if err := w.tx.keep(ctx, group); err != nil {
		return false, err
	}
	return false, w.keepLines(ctx, group)
}

// submissions are the lines that become opinions, as the intake keeps them.
func (w *sheetWork) submissions() (group []*submission, err error) {
	for _, l := range w.lines {
		if l.Dropped != "" {
			continue
		}
		s, err := submissionOf(w.actor, w.seat, doithoai.ActRecordSheet, w.key.Of(len(group)), l.Slip(w.dialogue))
		if err != nil {
			return nil, err
		}
		group = append(group, s)
	}
	return group, nil
}

// repeated finds the sheet that the form recorded before. With other words it is a Conflict.
func (w *sheetWork) repeated(ctx context.Context, first *submission) error {
	got, err := w.tx.receivedBefore(ctx, first)
	if err != nil {
		return err
	}
	w.sheet, err = one(ctx, w.tx, scanHandSheet, `SELECT `+columnsOf("s", handSheetColumns)+`
		FROM hand_line l
		JOIN hand_sheet s ON s.id = l.sheet_id
		WHERE l.opinion_id = $1 AND s.authority_id = $2`, got.Opinions[0].ID, w.actor.AuthorityID)
	return err
}

// open reads the sheet that is gone on with, or finds that a new one's number is free.
func (w *sheetWork) open(ctx context.Context) error {
	if w.sheet.ID == "" {
		n, err := one(ctx, w.tx, column[int], `SELECT count(*)
			FROM hand_sheet
			WHERE dialogue_id = $1 AND authority_id = $2 AND number = $3`,
			w.dialogue.ID, w.dialogue.AuthorityID, w.sheet.Number)
		if err == nil && n > 0 {
			err = SheetTaken(w.sheet.Number)
		}
		w.sheet.Made, w.sheet.Dropped = 0, 0
		return err
	}
	if err := checkID(w.sheet.ID); err != nil {
		return err
	}
	version := w.sheet.Version
	there, err := one(ctx, w.tx, scanHandSheet, `SELECT `+handSheetColumns+`
		FROM hand_sheet
		WHERE id = $1 AND dialogue_id = $2 AND authority_id = $3`+w.tx.db.dialect.forUpdate(),
		w.sheet.ID, w.dialogue.ID, w.dialogue.AuthorityID)
	if err != nil {
		return err
	}
	w.sheet, w.before = there, there.Made+there.Dropped
	return sameVersion(there.Version, version)
}

// keepSheet writes the sheet, a new one or its new counts, with its scans.
func (w *sheetWork) keepSheet(ctx context.Context) error {
	s := &w.sheet
	if s.ID == "" {
		s.ID, s.AuthorityID, s.ReceivedAt, s.TypedBy = newID(), w.actor.AuthorityID, w.tx.Now, w.actor.ID
		if err := conflictIfThere(w.tx.exec(ctx, `INSERT INTO hand_sheet (`+handSheetColumns+`)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1)`,
			s.ID, s.AuthorityID, s.DialogueID, s.Number, s.Writer, s.Told, s.Made, s.Dropped, s.ReceivedAt,
			s.TypedBy)); err != nil {
			return err
		}
	} else if err := w.tx.execOne(ctx, `UPDATE hand_sheet
		SET made = $1, dropped = $2, version = version + 1
		WHERE id = $3 AND version = $4`, s.Made, s.Dropped, s.ID, s.Version); err != nil {
		return err
	}
	w.tx.touch("dialogue/" + string(s.DialogueID))
	return w.tx.addEvidence(ctx, w.actor, SheetEvidence(s.ID), w.scans)
}

// keepLines keeps what each line became.
func (w *sheetWork) keepLines(ctx context.Context, group []*submission) error {
	rows := newRows(5)
	for i, l := range w.lines {
		var opinion doithoai.ID
		if l.Dropped == "" {
			opinion, group = group[0].got.Opinions[0].ID, group[1:]
		}
		rows.add(w.sheet.ID, w.before+i, w.sheet.AuthorityID, opinion, l.Dropped)
	}
	return rows.insert(ctx, w.tx, `hand_line (sheet_id, ordinal, authority_id, opinion_id, dropped)`)
}

// HandSheets lists the sheets of a dialogue by their numbers: how many lines were written on each, how many became
// opinions and how many are none. What is left ([doithoai.HandSheet.Open]) is still to be typed.
func (db *DB) HandSheets(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID,
) ([]doithoai.HandSheet, error) {
	if err := db.seesDialogue(ctx, actor, doithoai.ActRecordSheet, dialogue); err != nil {
		return nil, err
	}
	return handSheetsOf(ctx, db.reader(), actor.AuthorityID, dialogue)
}

func handSheetsOf(
	ctx context.Context, q querier, authority, dialogue doithoai.ID,
) ([]doithoai.HandSheet, error) {
	return list(ctx, q, scanHandSheet, `SELECT `+handSheetColumns+`
		FROM hand_sheet
		WHERE dialogue_id = $1 AND authority_id = $2
		ORDER BY number LIMIT $3`, dialogue, authority, doithoai.MaxHandSheets)
}

// HandSheet opens a sheet of a dialogue by its number, with its lines, as far as the actor may see their opinions.
func (db *DB) HandSheet(
	ctx context.Context, actor doithoai.Actor, dialogue doithoai.ID, number int,
) (f HandSheetFile, err error) {
	if err := db.seesDialogue(ctx, actor, doithoai.ActRecordSheet, dialogue); err != nil {
		return f, err
	}
	err = db.snapshot(ctx, func(q querier) error {
		f.HandSheet, err = one(ctx, q, scanHandSheet, `SELECT `+handSheetColumns+`
			FROM hand_sheet
			WHERE dialogue_id = $1 AND authority_id = $2 AND number = $3`, dialogue, actor.AuthorityID, number)
		if err != nil {
			return err
		}
		if f.TypedByName, err = nameOf(ctx, q, `SELECT name FROM officer WHERE id = $1`, f.TypedBy); err != nil {
			return err
		}
		if f.Scans, err = countFiles(ctx, q, actor.AuthorityID, doithoai.FilesOfSheet, f.ID); err != nil {
			return err
		}
		f.Lines, err = handLinesOf(ctx, q, actor, f.ID, db.Now().Date())
		return err
	})
	return f, err
}

func handLinesOf(
	ctx context.Context, q querier, actor doithoai.Actor, sheet doithoai.ID, on calendar.Date,
) (lines []HandEntry, err error) {
	type entry struct {
		HandEntry
		opinion doithoai.ID
		given   given
	}
	all, err := list(ctx, q, func(r row) (e entry, err error) {
		err = r.Scan(&e.opinion, &e.Dropped, &e.Name, &e.Village, &e.given.on, &e.given.clock)
		return e, err
	}, `SELECT l.opinion_id, l.dropped, coalesce(p.name, ''), coalesce(v.name, ''), s.given_on, s.given_clock
		FROM hand_line l
		LEFT JOIN opinion o ON o.id = l.opinion_id
		LEFT JOIN slip s ON s.id = o.slip_id
		LEFT JOIN petitioner p ON p.slip_id = o.slip_id
		LEFT JOIN village v ON v.id = p.village_id
		WHERE l.sheet_id = $1
		ORDER BY l.ordinal LIMIT $2`, sheet, doithoai.MaxHandLines)
	if err != nil {
		return nil, err
	}
	for _, e := range all {
		if e.opinion == "" {
			lines = append(lines, e.HandEntry)
			continue
		}
		o, subject, err := opinionSubject(ctx, q, e.opinion, on)
		if err != nil {
			return nil, err
		}
		if doithoai.Can(actor, doithoai.ActSeeOpinions, subject) != nil {
			lines = append(lines, HandEntry{Clock: -1})
			continue
		}
		e.Opinion, e.Clock = o, -1
		if g := e.given.read(); g != nil {
			e.Clock = g.Clock
		}
		lines = append(lines, e.HandEntry)
	}
	return lines, nil
}

// sheetHidden reports whether a line of a sheet is kept from the actor: then its scan is, too.
func sheetHidden(
	ctx context.Context, q querier, actor doithoai.Actor, sheet doithoai.ID, on calendar.Date,
) (bool, error) {
	lines, err := handLinesOf(ctx, q, actor, sheet, on)
	return slices.ContainsFunc(lines, func(e HandEntry) bool { return e.Opinion.ID == "" && e.Dropped == "" }), err
}
