package store

import (
	"context"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
	"doithoai/report"
)

// PublicPapers is what everybody may know of how a dialogue that is over was held and published: nothing of what was
// raised there.
type PublicPapers struct {
	Presided []string // who did in turn; none: nobody took the chair's place
	Papers   []PublicPaper
	Due      calendar.Date // by when its results were to be public; zero where no rule says
}

// PublicPaper is a paper about a dialogue: its number and day, and the signed file where everybody may read it.
type PublicPaper struct {
	Kind doithoai.DocumentKind
	report.Paper
	Signed *PublicSigned // nil: there is none, or not for everybody
	// Of what is posted: from when until when; Until is zero while it hangs.
	From, Until calendar.Date
}

// PublicPapers reads the conclusion, the minutes and the posting of a dialogue of an authority that is over. The
// conclusion is there once the results are public, the minutes once they are locked; their text names who spoke, so it
// is for nobody else. A dialogue that is not over is NotFound.
func (db *DB) PublicPapers(ctx context.Context, authority, dialogue doithoai.ID) (p PublicPapers, err error) {
	if err := checkID(dialogue); err != nil {
		return p, err
	}
	err = db.snapshot(ctx, func(q querier) error {
		d, err := dialogueOf(ctx, q, authority, dialogue, "")
		if err != nil {
			return err
		}
		if !d.State.Over() || !d.Public() {
			return doithoai.Refuse(doithoai.NotFound, "error.not_found")
		}
		return p.read(ctx, q, d)
	})
	return p, err
}

func (p *PublicPapers) read(ctx context.Context, q querier, d doithoai.Dialogue) error {
	presided, err := presidingOf(ctx, q, d.AuthorityID, d.ID)
	if err != nil {
		return err
	}
	for _, of := range presided {
		p.Presided = append(p.Presided, of.Name)
	}
	documents, err := list(ctx, q, scanDocument, `SELECT `+documentColumns+`
		FROM document d
		WHERE `+inAuthority("d")+` AND d.dialogue_id = $2 AND d.state = $3 AND d.kind IN ($4, $5, $6)
			AND `+publicDocument+`
		ORDER BY d.dated, d.kind, d.part LIMIT $7`, d.AuthorityID, d.ID, doithoai.DocumentIssued,
		doithoai.DocumentConclusion, doithoai.DocumentMinutes, doithoai.DocumentPosting, maxOthers)
	if err != nil {
		return err
	}
	by := map[doithoai.DocumentKind]PublicPaper{}
	for _, of := range documents {
		paper := PublicPaper{Kind: of.Kind, Paper: report.Paper{Number: of.Number, Dated: of.Dated}}
		if paper.Signed, err = publicSigned(ctx, q, of); err != nil {
			return err
		}
		by[of.Kind] = paper
	}
	minutes, err := minutesOf(ctx, q, d, "")
	if err != nil {
		return err
	}
	if m, numbered := by[doithoai.DocumentMinutes]; !minutes.LockedAt.IsZero() {
		if !numbered {
			m.Kind, m.Dated = doithoai.DocumentMinutes, minutes.LockedAt.Date()
		}
		by[m.Kind] = m
	} else {
		delete(by, doithoai.DocumentMinutes)
	}
	duties, err := dutiesOf(ctx, q, d)
	if err != nil {
		return err
	}
	for _, duty := range duties {
		if duty.Key == plan.DutyResultMedia {
			p.Due = duty.Due
		}
		if duty.Key == plan.DutyResultPosting && len(duty.Proofs) > 0 {
			posted := by[doithoai.DocumentPosting]
			posted.Kind, posted.From = doithoai.DocumentPosting, duty.Proofs[0].At.Date()
			posted.Until = duty.Proofs[len(duty.Proofs)-1].Until
			by[posted.Kind] = posted
		}
	}
	for _, kind := range []doithoai.DocumentKind{
		doithoai.DocumentConclusion, doithoai.DocumentMinutes, doithoai.DocumentPosting,
	} {
		if paper, there := by[kind]; there {
			p.Papers = append(p.Papers, paper)
		}
	}
	return nil
}

// PublicPromisesOfDialogue lists what the conclusion of a dialogue promised and what the public answers to its opinions
// did, but for what others replaced, by their days. Of a dialogue that has more of them than anybody reads, the first.
func (db *DB) PublicPromisesOfDialogue(
	ctx context.Context, authority, dialogue doithoai.ID,
) ([]PromiseRow, error) {
	if err := checkID(dialogue); err != nil {
		return nil, err
	}
	return list(ctx, db.reader(), scanPromiseRow, `SELECT `+promiseRowColumns+`
		FROM promise pr`+promiseRowJoins+`
		WHERE pr.authority_id = $2 AND pr.state <> 'replaced' AND (pr.dialogue_id = $1 OR pr.opinion_id IN (
			SELECT q.id FROM opinion q WHERE q.dialogue_id = $1 AND q.ruling <> 'TC'))`+publicPromise(nil)+`
		ORDER BY pr.due, pr.id LIMIT $3`, dialogue, authority, maxWork)
}
