package store

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"doithoai"
	"doithoai/calendar"
	"doithoai/tlog"
)

// witness is one event with its leaf, and the opinion it is about as everything stands now.
type witness struct {
	event       doithoai.Event
	slug        string // of the authority
	said        string // text kept with the event
	leaf, salts []byte
	note        doithoai.PetitionNote // that the event added, as it stands; the zero one where there is none
	urging      doithoai.Urging       // of which the event is, as it stands; the zero one where there is none
	reply       doithoai.UrgingReply  // the same
	now         standing
}

// standing is what the database says of an opinion now.
type standing struct {
	opinion  doithoai.Opinion
	joinedTo doithoai.RegisterNumber // the number of the opinion that it is
	ruling   sql.NullString          // its text in the form of its event
	petition doithoai.Petition
	hasReply bool
	reply    doithoai.Answer
	summary  doithoai.Publication
	rating   doithoai.Rating
	why      string // what was decided of it as an initiative
	at       place
	coUnits  []doithoai.ID // that coordinate
	disputed bool          // a dispute waits for the chair
	notes    int           // on the petition
	urgings  int           // on the petition
	replies  int           // to them
	told     bool          // the person: how it stands

	partOf, repeats doithoai.RegisterNumber // the opinions that it was split off, and raises again

	correction doithoai.Correction  // of the answer, the last one
	working    doithoai.Publication // the corrected summary, while the public one is outdated
	set        doithoai.ID          // of the opinions that have the same answer
	signer     doithoai.ID          // of the paper, where the answer was signed on one
	signedOn   calendar.Date        // the same

	nextSigner   doithoai.ID   // of the paper of the correction, where it was signed on one
	nextSignedOn calendar.Date // the same
}

// livesQuery walks over the events opinion by opinion, with all that hangs on them.
const livesQuery = `SELECT e.authority_id, e.opinion_id, e.at, e.actor_id, e.act, e.facts, e.leaf,
	coalesce(au.slug, ''), coalesce(t.body, ''), l.body, s.salts,
	coalesce(o.number, ''), coalesce(o.content, ''), coalesce(o.headline, ''), coalesce(o.summary, ''),
	coalesce(o.ruling, ''), o.out_of_scope, coalesce(o.unheard, ''),
	o.joined_to, coalesce(j.number, ''),
	CASE WHEN rt.answered_by = '' THEN rt.body ELSE rt.answered_by || ': ' || rt.body END ||
	CASE WHEN rt.to_body = '' THEN ''
		ELSE ' → ' || rt.to_body || CASE WHEN rt.to_address = '' THEN '' ELSE '; ' || rt.to_address END ||
			CASE WHEN rt.to_phone = '' THEN '' ELSE '; ' || rt.to_phone END ||
			CASE WHEN rt.to_hours = '' THEN '' ELSE '; ' || rt.to_hours END END ||
	CASE WHEN rt.basis = '' THEN '' ELSE ' [' || rt.basis || ']' END,
	coalesce(p.state, ''), p.lead_unit_id, p.officer_id, p.due, coalesce(p.missed, false), coalesce(p.handed_over, 0),
	coalesce(p.round, 0), coalesce(p.round_missed, false), coalesce(p.asked, false),
	a.petition_id IS NOT NULL, coalesce(a.body, ''), coalesce(a.basis, ''), coalesce(a.number, ''), a.dated,
	coalesce(pu.state, ''), coalesce(pu.title, ''), coalesce(pu.question, ''), coalesce(pu.answer, ''),
	coalesce(r.solved, ''), coalesce(r.satisfied, 0),
	coalesce(o.stage, ''), o.lead_unit_id, o.officer_id, o.due, coalesce(o.on_time, false), coalesce(o.solved, false),
	coalesce((SELECT string_agg(CAST(c.unit_id AS text), ' ') FROM co_unit c WHERE c.opinion_id = o.id), ''),
	pu.why, coalesce(ac.number, 0), coalesce(ac.state, ''), coalesce(ac.body, ''), coalesce(ac.basis, ''),
	coalesce(ac.reason, ''), coalesce(ac.doc_number, ''), ac.dated,
	coalesce(pc.number, 0), coalesce(pc.state, ''), coalesce(pc.title, ''), coalesce(pc.question, ''),
	coalesce(pc.answer, ''), coalesce(pc.why, ''),
	CASE WHEN EXISTS (SELECT 1 FROM dispute x WHERE x.opinion_id = o.id AND x.waits) THEN 1 ELSE 0 END,
	(SELECT count(*) FROM petition_note pn WHERE pn.opinion_id = o.id),
	coalesce(o.kind, ''), coalesce(o.content_code, 0), o.place_village_id, coalesce(o.place_elsewhere, ''),
	coalesce((SELECT w.number FROM opinion w WHERE w.id = o.part_of), ''),
	coalesce((SELECT b.number FROM opinion b WHERE b.id = o.repeats), ''),
	n.id, coalesce(n.kind, ''), n.unit_id, coalesce(n.with_whom, ''), n.held_at, coalesce(n.body, ''), n.written_by,
	n.written_at, a.set_id, ac.set_id,
	(SELECT count(*) FROM urging uc WHERE uc.opinion_id = o.id),
	(SELECT count(*) FROM urging_reply uc WHERE uc.opinion_id = o.id), coalesce(o.told, false),
	coalesce(ug.number, 0), coalesce(ug.rung, ''), ug.due, ug.unit_id, coalesce(ug.route, ''),
	coalesce(ug.doc_number, ''), ug.dated, ug.held_at, coalesce(ug.taken_by, ''), coalesce(ug.words, ''), ug.urged_by,
	ug.urged_at, coalesce(ur.number, 0), coalesce(ur.cause, ''), ur.until_day, coalesce(ur.told_by, ''), ur.replied_by,
	ur.replied_at, a.signed_at, ps.signer_id, ps.signed_on, coalesce(o.outcome, ''), coalesce(ide.why, ''),
	ac.signed_at, cs.signer_id, cs.signed_on
	FROM event e
	LEFT JOIN authority au ON au.id = e.authority_id
	LEFT JOIN event_text t ON t.leaf = e.leaf
	LEFT JOIN leaf l ON l.n = e.leaf
	LEFT JOIN leaf_salt s ON s.leaf = e.leaf
	LEFT JOIN opinion o ON o.id = e.opinion_id
	LEFT JOIN opinion j ON j.id = o.joined_to
	LEFT JOIN ruling_text rt ON rt.opinion_id = o.id
	LEFT JOIN petition p ON p.opinion_id = o.id
	LEFT JOIN answer a ON a.petition_id = p.id
	LEFT JOIN paper_signature ps ON ps.id = a.paper_id
	LEFT JOIN publication pu ON pu.opinion_id = o.id
	LEFT JOIN rating r ON r.opinion_id = o.id
	LEFT JOIN publication_correction pc ON pc.opinion_id = o.id
	LEFT JOIN initiative_decision ide ON ide.opinion_id = o.id
	LEFT JOIN answer_correction ac ON ac.petition_id = p.id
		AND ac.number = (SELECT max(x.number) FROM answer_correction x WHERE x.petition_id = p.id)
	LEFT JOIN paper_signature cs ON cs.id = ac.paper_id
	LEFT JOIN petition_note n ON n.opinion_id = e.opinion_id AND CAST(n.id AS text) = e.facts ->> 'note'
	LEFT JOIN urging ug ON ug.opinion_id = e.opinion_id AND ug.number = CAST(e.facts ->> 'unit_urging' AS integer)
	LEFT JOIN urging_reply ur ON ur.opinion_id = e.opinion_id AND ur.urging = CAST(e.facts ->> 'unit_urging' AS integer)
		AND ur.number = CAST(e.facts ->> 'unit_reply' AS integer)
	ORDER BY e.opinion_id, e.leaf`

func scanWitness(r row) (w witness, err error) {
	var facts []byte
	var outOfScope sql.NullBool
	var coUnits string
	var why sql.NullString
	c, wp, u, ur := &w.now.correction, &w.now.working, &w.urging, &w.reply
	e, o, p, a, pu, n := &w.event, &w.now.opinion, &w.now.petition, &w.now.reply, &w.now.summary, &w.note
	err = r.Scan(&e.AuthorityID, &e.OpinionID, &e.At, &e.ActorID, &e.Act, &facts, &e.Leaf,
		&w.slug, &w.said, &w.leaf, &w.salts,
		&o.Number, &o.Content, &o.Headline, &o.Summary, &o.Ruling, &outOfScope, &o.Unheard, &o.JoinedTo, &w.now.joinedTo,
		&w.now.ruling,
		&p.State, &p.LeadUnitID, &p.OfficerID, &p.Due, &p.Missed, &p.HandedOver, &p.Round, &p.RoundMissed, &p.Asked,
		&w.now.hasReply, &a.Body, &a.Basis, &a.Number, &a.Dated,
		&pu.State, &pu.Title, &pu.Question, &pu.Answer,
		&w.now.rating.Solved, &w.now.rating.Satisfied,
		&w.now.at.stage, &w.now.at.lead, &w.now.at.officer, &w.now.at.due, &w.now.at.onTime, &w.now.at.solved,
		&coUnits, &why, &c.Number, &c.State, &c.Answer.Body, &c.Answer.Basis, &c.Reason, &c.Answer.Number, &c.Answer.Dated,
		&wp.Correction, &wp.State, &wp.Title, &wp.Question, &wp.Answer, &wp.Why,
		&w.now.disputed, &w.now.notes,
		&o.Kind, &o.ContentCode, &o.PlaceVillageID, &o.PlaceElsewhere, &w.now.partOf, &w.now.repeats,
		&n.ID, &n.Kind, &n.UnitID, &n.With, &n.HeldAt, &n.Body, &n.WrittenBy, &n.WrittenAt,
		&w.now.set, &c.Set, &w.now.urgings, &w.now.replies, &w.now.told,
		&u.Number, &u.Rung, &u.Due, &u.UnitID, &u.Route, &u.DocNumber, &u.Dated, &u.HeldAt, &u.TakenBy, &u.Words, &u.By,
		&u.At, &ur.Number, &ur.Cause, &ur.Until, &ur.From, &ur.By, &ur.At, &a.SignedAt, &w.now.signer, &w.now.signedOn,
		&o.Outcome, &w.now.why, &c.Answer.SignedAt, &w.now.nextSigner, &w.now.nextSignedOn)
	if err != nil {
		return w, err
	}
	o.ID, o.OutOfScope = e.OpinionID, outOfScope.Bool
	pu.Why = why.String
	w.now.coUnits = splitWords[doithoai.ID](coUnits)
	err = json.Unmarshal(facts, &e.Facts)
	return w, err
}

// lives checks every event against its leaf, and what stands now of each opinion against its events.
func (v *verifier) lives() error {
	if err := v.loadReplaced(); err != nil {
		return err
	}
	if err := v.loadLetters(); err != nil {
		return err
	}
	if err := v.loadTransfers(); err != nil {
		return err
	}
	if err := v.loadPromises(); err != nil {
		return err
	}
	if err := v.loadReopenings(); err != nil {
		return err
	}
	if err := v.loadOwn(); err != nil {
		return err
	}
	rows, err := v.q.query(v.ctx, livesQuery)
	if err != nil {
		return fmt.Errorf("events: %w", err)
	}
	defer rows.Close() //nolint:errcheck // reading only; rows.Err is checked
	var life life
	for rows.Next() {
		w, err := scanWitness(rows)
		if err != nil {
			return fmt.Errorf("event: %w", err)
		}
		v.events++
		if v.events%toldEvery == 0 {
			v.tell(StepEvents, v.events)
		}
		if life.now.opinion.ID != w.event.OpinionID {
			v.standing(life)
			life = newLife(w)
		}
		life.add(w)
		v.event(w)
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("events: %w", err)
	}
	v.tell(StepEvents, v.events)
	v.standing(life)
	if err := v.countFigures(); err != nil {
		return err
	}
	if err := v.sharedNumbers(); err != nil {
		return err
	}
	if err := v.unregisteredNumbers(); err != nil {
		return err
	}
	silent, err := list(v.ctx, v.q, column[string], `SELECT number
		FROM opinion o
		WHERE NOT EXISTS (SELECT 1 FROM event e WHERE e.opinion_id = o.id)
		ORDER BY id`)
	for _, number := range silent {
		v.find("opinion", number, "has no event")
	}
	if err != nil {
		return err
	}
	astray, err := list(v.ctx, v.q, column[string], rootless)
	for _, number := range astray {
		v.find("repeat", number, "does not lead to the first one of its row")
	}
	return err
}

// receives reports whether the act is one by which opinions come in: the text of its event is the opinion's content.
func receives(act doithoai.Act) bool {
	return act == doithoai.ActSubmitSlip || act == doithoai.ActRecordOpinion || act == doithoai.ActRecordList ||
		act == doithoai.ActRecordSheet || act == doithoai.ActRecordPart
}

// event checks one event against its leaf.
func (v *verifier) event(w witness) {
	e := w.event
	where := fmt.Sprintf("%s, %s, leaf %d", w.now.opinion.Number, e.Act, e.Leaf)
	if w.leaf == nil {
		v.find("leaf", e.Leaf, "of event %s on %s is missing", e.Act, w.now.opinion.Number)
		return
	}
	leaf, err := tlog.ParseLeaf(w.leaf)
	if err != nil {
		v.find("leaf", e.Leaf, "%v", err)
		return
	}
	if leaf.Authority != w.slug || !leaf.Time.Equal(leafTime(e)) {
		v.find("event", where, "its authority or time is not the leaf's")
	}
	if w.salts == nil {
		v.erased++
		return
	}
	salts, err := tlog.ParseSalts(w.salts)
	if err != nil {
		v.find("salts", where, "%v", err)
		return
	}
	said := w.said
	if receives(e.Act) {
		said = w.now.opinion.Content
	}
	var mismatch *tlog.MismatchError
	err = leaf.Opens(tlog.Opening{
		Act: string(e.Act), Number: string(w.now.opinion.Number), Content: e.Content(said), Salts: salts,
	})
	if !errors.As(err, &mismatch) {
		return
	}
	if len(mismatch.Fields) == 3 {
		v.find("salts", where, "open nothing of the leaf")
		return
	}
	for _, f := range mismatch.Fields {
		switch {
		case f == tlog.FieldContent && receives(e.Act):
			v.find("text", where, "the text of the opinion, or its event, is not what was recorded")
		case f == tlog.FieldContent:
			v.find("event", where, "its content, or the text kept with it, is not what was recorded")
		default:
			v.find("event", where, "its %s is not what was recorded", f)
		}
	}
}

// restarts checks the leaves with which the record went on after a restore, and that every leaf is spoken of.
func (v *verifier) restarts() error {
	type restarted struct {
		Restart
		salts, leaf []byte
	}
	all, err := list(v.ctx, v.q, func(r row) (s restarted, err error) {
		err = r.Scan(&s.Leaf, &s.OldOrigin, &s.Published, &s.At, &s.salts, &s.leaf)
		return s, err
	}, `SELECT r.leaf, r.old_origin, r.published, r.at, r.salts, l.body
		FROM tree_restart r
		JOIN leaf l ON l.n = r.leaf
		ORDER BY r.leaf`)
	if err != nil {
		return err
	}
	if v.events+v.locked+int64(len(all)) != v.leaves {
		v.find("event", v.events, "events, %d minutes and %d restarts do not add up to %d leaves", v.locked, len(all),
			v.leaves)
	}
	for _, s := range all {
		leaf, err := tlog.ParseLeaf(s.leaf)
		if err != nil {
			v.find("leaf", s.Leaf, "%v", err)
			continue
		}
		salts, err := tlog.ParseSalts(s.salts)
		if err == nil {
			err = leaf.Opens(s.opening(salts))
		}
		if err != nil {
			v.find("restart", s.Leaf, "%v", err)
		}
	}
	return nil
}
