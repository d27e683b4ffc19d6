package store

import (
	"context"
	"database/sql"
	"encoding/json"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
)

// documentSchema is the one with the register of documents sent.
const documentSchema = 63

// migrateDocuments makes the register of documents sent, and puts into it what was numbered before. The numbers of
// answers were compared among answers alone; now those of all documents are.
func (db *DB) migrateDocuments(ctx context.Context, sqlTx *sql.Tx) error {
	tx := &Tx{tx: sqlTx, db: db}
	for _, s := range []string{
		`CREATE TABLE document (
			subject_id uuid NOT NULL,
			kind text NOT NULL,
			part integer NOT NULL,
			authority_id uuid NOT NULL REFERENCES authority (id),
			plan_id uuid REFERENCES plan (id),
			dialogue_id uuid REFERENCES dialogue (id),
			opinion_id uuid REFERENCES opinion (id),
			number text NOT NULL,
			number_key text NOT NULL,
			series text NOT NULL,
			serial integer NOT NULL,
			year integer NOT NULL,
			dated date NOT NULL,
			state text NOT NULL,
			claims boolean NOT NULL,
			PRIMARY KEY (subject_id, kind, part))`,
		`CREATE UNIQUE INDEX document_number ON document (authority_id, year, number_key) WHERE claims`,
		`CREATE INDEX document_series ON document (authority_id, year, series, serial)`,
		`CREATE INDEX document_key ON document (authority_id, number_key)`,
		`CREATE INDEX document_list ON document (authority_id, dated, subject_id, part, kind)`,
		`CREATE INDEX document_kind ON document (authority_id, kind, dated, subject_id, part)`,
		`CREATE INDEX document_dialogue ON document (dialogue_id) WHERE dialogue_id IS NOT NULL`,
		`CREATE INDEX document_opinion ON document (opinion_id) WHERE opinion_id IS NOT NULL`,
		`CREATE INDEX document_plan ON document (plan_id) WHERE plan_id IS NOT NULL`,
		`DROP INDEX answer_number`,
		`DROP INDEX answer_replaced_number`,
		`DROP INDEX answer_round_number`,
	} {
		if err := tx.exec(ctx, s); err != nil {
			return err
		}
	}
	return tx.takeOverNumbers(ctx)
}

// takeOverNumbers puts everything that has a number into the register.
func (tx *Tx) takeOverNumbers(ctx context.Context) error {
	if err := tx.takeOverPlans(ctx); err != nil {
		return err
	}
	if err := tx.takeOverBodyUrgings(ctx); err != nil {
		return err
	}
	for _, old := range numberedBefore {
		if err := tx.takeOverDocuments(ctx, old.kind, old.query); err != nil {
			return err
		}
	}
	return nil
}

// numberedBefore reads what had a number, those of a subject in their order: subject, dialogue, opinion, authority,
// number, day, whether it stands, whether the number is its own.
var numberedBefore = []struct {
	kind  doithoai.DocumentKind
	query string
}{
	{doithoai.DocumentAnnouncement, `SELECT dialogue_id, dialogue_id, NULL, authority_id,
			CASE WHEN number LIKE '%/%' THEN number ELSE number || '/TB-UBND' END, dated, true, true
		FROM dialogue_text
		WHERE kind = 'announcement' AND number <> '' AND dated IS NOT NULL
		ORDER BY dialogue_id`},
	{doithoai.DocumentReply, answersBefore + `NOT ` + correctsBefore},
	{doithoai.DocumentCorrection, answersBefore + correctsBefore},
	{doithoai.DocumentEscalation, onwardBefore + `'escalation' ORDER BY id`},
	{doithoai.DocumentCoordination, onwardBefore + `'coordination' ORDER BY id`},
	{doithoai.DocumentTransfer, `SELECT opinion_id, NULL, opinion_id, authority_id, doc_number, dated, true, true
		FROM record_transfer
		WHERE doc_number <> ''
		ORDER BY opinion_id`},
	{doithoai.DocumentUrging, `SELECT opinion_id, NULL, opinion_id, authority_id, doc_number, dated, true, true
		FROM urging
		WHERE doc_number <> '' AND dated IS NOT NULL
		ORDER BY opinion_id, number`},
}

// answersBefore are the answers that went out, in their order; correctsBefore says that one was a correction.
const (
	answersBefore = `SELECT x.opinion_id, NULL, x.opinion_id, x.authority_id, x.number, x.dated, x.stands, x.carries
		FROM (
			SELECT petition_id, opinion_id, authority_id, doc_number AS number, dated, true AS stands, carries, sent_at AS at,
				0 AS last
			FROM answer_round
			UNION ALL
			SELECT r.petition_id, p.opinion_id, r.authority_id, r.doc_number, r.dated, false, r.carries, r.sent_at, 0
			FROM answer_replaced r
			JOIN petition p ON p.id = r.petition_id
			UNION ALL
			SELECT a.petition_id, p.opinion_id, a.authority_id, a.number, a.dated, true, a.carries, a.signed_at, 1
			FROM answer a
			JOIN petition p ON p.id = a.petition_id
			WHERE a.number <> '' AND a.dated IS NOT NULL
		) x
		WHERE `
	correctsBefore = `EXISTS (SELECT 1
			FROM answer_correction c
			WHERE c.petition_id = x.petition_id AND c.doc_number = x.number AND c.dated = x.dated)
		ORDER BY x.opinion_id, x.last, x.at`
)

const onwardBefore = `SELECT id, NULL, opinion_id, authority_id, doc_number, dated, true, true
	FROM onward_letter
	WHERE doc_number <> '' AND kind = `

// takeOverDocuments puts what a query reads into the register, a part of its rows at a time: one connection can't write
// while it reads.
func (tx *Tx) takeOverDocuments(ctx context.Context, kind doithoai.DocumentKind, query string) error {
	const atOnce = 20_000
	for from := 0; ; from += atOnce {
		some, err := list(ctx, tx, func(r row) (d doithoai.Document, err error) {
			var stands bool
			err = r.Scan(&d.Subject, &d.DialogueID, &d.OpinionID, &d.AuthorityID, &d.Number, &d.Dated, &stands, &d.Claims)
			d.Kind, d.State = kind, doithoai.DocumentIssued
			if !stands {
				d.State = doithoai.DocumentReplaced
			}
			return d, err
		}, query+` LIMIT $1 OFFSET $2`, atOnce, from)
		if err != nil {
			return err
		}
		for _, d := range some {
			if d.Part, err = tx.nextPart(ctx, d); err != nil {
				return err
			}
			if err := tx.takeOverDocument(ctx, d); err != nil {
				return err
			}
		}
		if len(some) < atOnce {
			return nil
		}
	}
}

// takeOverDocument puts one in. A number that another one claims it does not claim.
func (tx *Tx) takeOverDocument(ctx context.Context, d doithoai.Document) error {
	n, err := tx.addNumbered(ctx, d)
	if err == nil && n == 0 {
		d.Claims = false
		_, err = tx.addNumbered(ctx, d)
	}
	return err
}

// addNumbered is addDocument with the columns that the register had then.
func (tx *Tx) addNumbered(ctx context.Context, d doithoai.Document) (int64, error) {
	key, series, serial := doithoai.NumberKey(d.Number)
	return tx.execCount(ctx, `INSERT INTO document (authority_id, kind, subject_id, part, plan_id, dialogue_id, opinion_id,
			number, dated, state, claims, number_key, series, serial, year)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
		ON CONFLICT (authority_id, year, number_key) WHERE claims DO NOTHING`,
		d.AuthorityID, d.Kind, d.Subject, d.Part, d.PlanID, d.DialogueID, d.OpinionID, d.Number, d.Dated, d.State, d.Claims,
		key, series, serial, d.Dated.Year)
}

// takeOverPlans puts the editions of plans that were issued into the register: of each plan the last one stands.
func (tx *Tx) takeOverPlans(ctx context.Context) error {
	all, err := list(ctx, tx, func(r row) (d doithoai.Document, err error) {
		var body []byte
		var paper struct {
			Number string        `json:"number"`
			Symbol string        `json:"symbol"`
			Date   calendar.Date `json:"date"`
		}
		if err = r.Scan(&d.Subject, &d.Part, &d.AuthorityID, &body); err == nil {
			err = json.Unmarshal(body, &paper)
		}
		d.Kind, d.PlanID, d.Dated = doithoai.DocumentPlan, d.Subject, paper.Date
		d.Number = doithoai.WithSymbol(paper.Number, planSymbol(plan.Plan{Symbol: paper.Symbol}))
		d.State, d.Claims = doithoai.DocumentIssued, true
		return d, err
	}, `SELECT plan_id, number, authority_id, body
		FROM plan_edition
		WHERE state = 'issued'
		ORDER BY plan_id, number`)
	for i, d := range all {
		if err != nil || d.Number == "" || !d.Dated.Valid() {
			continue
		}
		if i+1 < len(all) && all[i+1].Subject == d.Subject {
			d.State = doithoai.DocumentReplaced
		}
		err = tx.takeOverDocument(ctx, d)
	}
	return err
}

// takeOverBodyUrgings puts the letters by which other bodies were urged into the register.
func (tx *Tx) takeOverBodyUrgings(ctx context.Context) error {
	all, err := list(ctx, tx, func(r row) (d doithoai.Document, err error) {
		var at calendar.Instant
		err = r.Scan(&d.Subject, &d.OpinionID, &d.AuthorityID, &d.Number, &at)
		d.Kind, d.State, d.Claims, d.Dated = doithoai.DocumentBodyUrging, doithoai.DocumentIssued, true, at.Date()
		return d, err
	}, `SELECT id, opinion_id, authority_id, doc_number, urged_at
		FROM body_urging
		WHERE doc_number <> ''
		ORDER BY id`)
	for _, d := range all {
		if err == nil {
			err = tx.takeOverDocument(ctx, d)
		}
	}
	return err
}

// movedSchema is the one with the notices of dialogues that were moved in the register.
const movedSchema = 65

func (db *DB) migrateMoved(ctx context.Context, sqlTx *sql.Tx) error {
	tx := &Tx{tx: sqlTx, db: db}
	return tx.takeOverMoved(ctx)
}

// takeOverMoved puts the notices of dialogues that were moved into the register, as of the day on which that was done.
func (tx *Tx) takeOverMoved(ctx context.Context) error {
	all, err := list(ctx, tx, func(r row) (d doithoai.Document, err error) {
		var at calendar.Instant
		err = r.Scan(&d.Subject, &d.Part, &d.AuthorityID, &d.Number, &at)
		d.Kind, d.State, d.Claims, d.Dated = doithoai.DocumentMoved, doithoai.DocumentIssued, true, at.Date()
		d.DialogueID, d.Number = d.Subject, doithoai.WithSymbol(d.Number, d.Kind.Symbol())
		return d, err
	}, `SELECT dialogue_id, number - 1, authority_id, paper, moved_at
		FROM dialogue_move
		WHERE paper <> ''
		ORDER BY id`)
	for _, d := range all {
		if err == nil && d.Dated.Valid() {
			err = tx.takeOverDocument(ctx, d)
		}
	}
	return err
}
