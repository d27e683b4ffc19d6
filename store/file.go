package store

import (
	"context"
	"fmt"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
)

// OpinionIDByNumber finds the opinion of a register number of the actor's authority, typed with Đ or D. Whether the
// actor may open it, OpinionFile decides.
func (db *DB) OpinionIDByNumber(
	ctx context.Context, actor doithoai.Actor, number doithoai.RegisterNumber,
) (doithoai.ID, error) {
	return byNumber(ctx, db, actor.AuthorityID, number, db.opinionID)
}

func (db *DB) opinionID(
	ctx context.Context, authority doithoai.ID, number doithoai.RegisterNumber,
) (doithoai.ID, error) {
	return one(ctx, db.reader(), column[doithoai.ID], `SELECT id
		FROM opinion
		WHERE authority_id = $1 AND number = $2`, authority, number)
}

// OpinionFile is everything on the page of one opinion.
type OpinionFile struct {
	FollowedOpinion
	Submitted   doithoai.Answer             // the answer as it stands, also before it is dispatched
	Publish     *doithoai.Publication       // that is worked on: while the public one is outdated, the corrected one
	Correction  doithoai.Correction         // of the answer, the last one; the zero one where there is none
	Proposed    *doithoai.ExtensionProposal // the extension that waits
	Dispute     *doithoai.Dispute           // the last one on the petition, nil where there was none
	NotTaken    *doithoai.RefusalProposal   // the proposal not to accept it that waits, nil where none does
	Village     string
	Ways        []doithoai.Way
	TypedBy     string
	Given       *doithoai.Given         // when the person gave it, where it was typed later
	People      map[doithoai.ID]string  // names of officers in events
	CoUnits     []doithoai.Unit         // that coordinate with the lead
	Notes       []doithoai.PetitionNote // the oldest first, for whom they are
	Urgings     []doithoai.Urging       // of its unit, the oldest first, for the same
	StatusTold  bool                    // who raised it: how it stands, or is being told
	Texts       map[int64]string        // free text by event
	Units       map[doithoai.ID]string  // names of units in events
	Deliveries  []doithoai.Delivery
	Requests    []doithoai.OwnRequest     // of who raised it, the first first
	SlipNumbers []doithoai.RegisterNumber // the other opinions of the same slip, but for PartOf and Parts
	Runs        *doithoai.Petition        // the clock that it carries on, nil where none ran
	Locked      bool                      // the minutes of its dialogue are
	Subject     doithoai.Subject          // what permission depends on, but for the publication

	// Promised is what the answer that stands promises as it was handed in, NextPromised what its last correction does.
	Promised, NextPromised []doithoai.Promised

	Numbered []doithoai.Document // its papers whose number the register alone has, and those that ended

	Explanations []doithoai.Explanation // asked of officers whom it is about

	Paper    string                           // the number printed on the paper slip
	List     doithoai.ID                      // the village's list that it came with
	JoinedTo doithoai.RegisterNumber          // the opinion that this one is, of a slip that came before
	Came     []Came                           // the slips that are joined to this one's
	With     map[doithoai.RegisterNumber]bool // the other opinions that events name, as far as the actor may see them
	Prepared *plan.Question                   // the answer that a unit prepared before the dialogue, nil where none has it
}

// PaperNumber is the number that a paper of the opinion has, of those of its kind the one that can be made now; the
// zero one where it has none.
func (f OpinionFile) PaperNumber(kind doithoai.DocumentKind) doithoai.Document {
	turn, there := doithoai.OpinionPaper(kind, f.Opinion, f.Petition, f.Events)
	for _, d := range f.Numbered {
		if there && d.Kind == kind && d.Turn == turn && d.State == doithoai.DocumentIssued {
			return d
		}
	}
	return doithoai.Document{}
}

// OpinionFile opens an opinion's page.
func (db *DB) OpinionFile(ctx context.Context, actor doithoai.Actor, id doithoai.ID) (OpinionFile, error) {
	return db.openFile(ctx, actor, doithoai.ActSeeOpinions, id)
}

// openFile reads everything on an opinion, for an act of seeing it, as it stands at one moment.
func (db *DB) openFile(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, id doithoai.ID,
) (f OpinionFile, err error) {
	err = db.snapshot(ctx, func(q querier) error {
		f, err = readFile(ctx, q, actor, act, id, db.Now().Date())
		return err
	})
	return f, err
}

// whose names the unit that leads in a refusal, to officers who work on such things themselves, and never of an opinion
// on conduct.
func (f OpinionFile) whose(actor doithoai.Actor, err error) error {
	if doithoai.KindOf(err) != doithoai.NotAllowed || f.Unit.Name == "" || f.Subject.Conduct ||
		!doithoai.MayEver(actor, doithoai.ActSeeOpinions) {
		return err
	}
	const key = "error.not_allowed_led"
	return &doithoai.Error{
		Kind: doithoai.NotAllowed, Key: key, Cause: err,
		Problems: []doithoai.Problem{{Key: key, Args: []any{"unit", f.Unit.Name}}},
	}
}

func readFile(
	ctx context.Context, q querier, actor doithoai.Actor, act doithoai.Act, id doithoai.ID, today calendar.Date,
) (f OpinionFile, err error) {
	o, err := opinionByID(ctx, q, id)
	if err != nil {
		return f, err
	}
	if f.FollowedOpinion, err = followOpinion(ctx, q, o); err != nil {
		return f, err
	}
	if f.Subject, _, err = subjectOf(ctx, q, o, today); err != nil {
		return f, err
	}
	if err := doithoai.Can(actor, act, f.Subject); err != nil {
		return f, f.whose(actor, err)
	}
	if f.Publish, err = workingPublication(ctx, q, id); err != nil {
		return f, err
	}
	if f.Petition != nil {
		if f.Correction, err = correctionOf(ctx, q, f.Petition.ID); err != nil {
			return f, err
		}
	}
	if f.Proposed, err = proposalOf(ctx, q, id); err != nil {
		return f, err
	}
	if f.NotTaken, err = refusalProposalOf(ctx, q, id); err != nil {
		return f, err
	}
	if f.Dispute, err = disputeOf(ctx, q, id); err != nil {
		return f, err
	}
	if f.Petition != nil {
		f.Submitted, err = one(ctx, q, scanAnswer, `SELECT `+answerColumns+`
			FROM answer
			WHERE petition_id = $1`, f.Petition.ID)
		if err != nil && doithoai.KindOf(err) != doithoai.NotFound {
			return f, err
		}
		if err := f.loadPromised(ctx, q); err != nil {
			return f, err
		}
	}
	if f.CoUnits, err = coUnitsOf(ctx, q, id); err != nil {
		return f, err
	}
	if err := f.loadNotes(ctx, q, actor); err != nil {
		return f, err
	}
	if f.Numbered, err = list(ctx, q, scanDocument, `SELECT `+documentColumns+`
		FROM document
		WHERE opinion_id = $1 AND (version > 0 OR state <> 'issued')
		ORDER BY kind, part`, f.Opinion.ID); err != nil {
		return f, err
	}
	if err := f.loadUrgings(ctx, q, actor); err != nil {
		return f, err
	}
	if f.Explanations, err = explanationsOf(ctx, q, id); err != nil {
		return f, err
	}
	if f.Prepared, err = questionOf(ctx, q, id); err != nil {
		return f, err
	}
	if err := f.loadSlip(ctx, q, actor, today); err != nil {
		return f, err
	}
	if f.People, err = pairs[doithoai.ID](ctx, q, `SELECT id, name
		FROM officer
		WHERE authority_id = $1`, o.AuthorityID); err != nil {
		return f, err
	}
	if f.Units, err = pairs[doithoai.ID](ctx, q, `SELECT id, name
		FROM unit
		WHERE authority_id = $1`, o.AuthorityID); err != nil {
		return f, err
	}
	if f.Texts, err = pairs[int64](ctx, q, `SELECT t.leaf, t.body
		FROM event_text t
		JOIN event e ON e.leaf = t.leaf
		WHERE e.opinion_id = $1`, id); err != nil {
		return f, err
	}
	if doithoai.Can(actor, doithoai.ActSeeNotes, f.Subject) != nil {
		f.hideNotes()
		f.hideWords()
	} else if f.Letters, err = lettersOf(ctx, q, id); err != nil {
		return f, err
	}
	requests, err := ownRequestsOf(ctx, q, o.SlipID)
	if err != nil {
		return f, err
	}
	for _, r := range requests {
		if r.OpinionID == id {
			f.Requests = append(f.Requests, r)
		}
	}
	if err := f.loadJoined(ctx, q, actor, today); err != nil {
		return f, err
	}
	if o.PartOf != "" && len(f.Events) > 0 {
		f.Runs = f.Events[0].Facts.Runs()
	}
	f.Deliveries, err = list(ctx, q, scanDelivery, `SELECT `+deliveryColumns+`
		FROM delivery
		WHERE slip_id = $1 AND (opinion_id IS NULL OR opinion_id = $2)
		ORDER BY id`, o.SlipID, id)
	return f, err
}

func (f *OpinionFile) loadSlip(ctx context.Context, q querier, actor doithoai.Actor, on calendar.Date) error {
	o := f.Opinion
	var ways string
	var typedBy doithoai.ID
	var g given
	if err := q.queryRow(ctx, `SELECT coalesce(v.name, ''), p.ways, s.typed_by, s.given_on, s.given_clock
		FROM slip s
		JOIN petitioner p ON p.slip_id = s.id
		LEFT JOIN village v ON v.id = p.village_id
		WHERE s.id = $1`, o.SlipID).
		Scan(&f.Village, &ways, &typedBy, &g.on, &g.clock); err != nil {
		return fmt.Errorf("slip of opinion: %w", err)
	}
	f.Ways, f.Given = splitWays(ways), g.read()
	if typedBy != "" {
		var err error
		if f.TypedBy, err = one(ctx, q, column[string], `SELECT name FROM officer WHERE id = $1`, typedBy); err != nil {
			return err
		}
	}
	return f.loadParts(ctx, q, actor, on)
}
