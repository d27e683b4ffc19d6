package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"doithoai"
	"doithoai/plan"
	"doithoai/search"
)

// A PendingDocument is a paper that has no number yet: it stands in the data of its own matter.
type PendingDocument struct {
	Kind doithoai.DocumentKind
	Life doithoai.DocumentLife
	Back bool // it came back to who wrote it, or waits to be read back

	Opinion    doithoai.RegisterNumber // one of these: an opinion, a dialogue, an edition of a plan
	Unit       string                  // that writes it; "": the office
	DialogueID doithoai.ID
	PlanID     doithoai.ID
	Edition    int
	PlanYear   int

	Title string // what it is about
	said  string // what else is searched
}

// maxPending bounds the papers of a life that are listed.
const maxPending = 100

// pendingStages are the stages at which the answer to an opinion stands in a life.
var pendingStages = map[doithoai.DocumentLife]doithoai.Stage{
	doithoai.LifeDraft: doithoai.StageReturned, doithoai.LifeSubmitted: doithoai.StageSubmitted,
	doithoai.LifeSigned: doithoai.StageSigned,
}

// pendingAnswers are the walks to opinions whose answer, or what replaces it, is in a life.
func pendingAnswers(a doithoai.Actor, life doithoai.DocumentLife, bind func(any) string) (w walks) {
	w.order = `@.id`
	stage := pendingStages[life]
	all := ranges(a, []doithoai.Stage{stage}, bind)
	if len(all) == 0 {
		return w
	}
	states := []doithoai.CorrectionState{correctionsAt[stage]}
	if life == doithoai.LifeDraft {
		states = []doithoai.CorrectionState{doithoai.CorrectionReturned, doithoai.CorrectionWithdrawn}
	}
	for _, r := range append(all, correctionsIn(a, states, bind)) {
		w.each = append(w.each, walk{r.where, `o.id`})
	}
	return w
}

// PendingDocuments lists the papers of a life before their number that the actor may see and the query takes, those of
// opinions by what was raised first; more reports that there are others. Nothing about a denunciation is in it.
func (db *DB) PendingDocuments(
	ctx context.Context, actor doithoai.Actor, life doithoai.DocumentLife, q DocumentQuery,
) (all []PendingDocument, more bool, err error) {
	if err := may(actor, doithoai.ActSeeDocuments); err != nil {
		return nil, false, err
	}
	if pendingStages[life] == "" {
		return nil, false, doithoai.Refuse(doithoai.Invalid, "error.invalid")
	}
	if q.Year != 0 && q.Year != db.Now().Date().Year || q.Waiting || q.Ended {
		return nil, false, nil // it has no day yet, and went to nobody
	}
	if all, err = db.pendingPapers(ctx, actor, life); err != nil {
		return nil, false, err
	}
	args := []any{actor.AuthorityID}
	bind := binder(&args)
	w := pendingAnswers(actor, life, bind)
	hidden := ""
	if q.Dialogue != "" {
		if err := checkID(q.Dialogue); err != nil {
			return nil, false, err
		}
		hidden = ` AND o.dialogue_id = ` + bind(q.Dialogue)
	}
	hidden += notConcerned(actor, db.Now().Date(), bind)
	if len(w.each) > 0 { // what is bound for no query has no type on PostgreSQL
		rows, err := db.rows(ctx, w, hidden, bind(maxPending+1), args)
		if err != nil {
			return nil, false, err
		}
		more = len(rows) > maxPending // what is behind them was not looked at
		for _, r := range rows {
			all = append(all, pendingAnswer(r, life))
		}
	}
	all = slices.DeleteFunc(all, func(d PendingDocument) bool { return !d.taken(q) })
	if len(all) > maxPending {
		all, more = all[:maxPending], true
	}
	return all, more, nil
}

// pendingAnswer is the answer to the opinion of a row, or what replaces one that went out.
func pendingAnswer(r Row, life doithoai.DocumentLife) PendingDocument {
	d := PendingDocument{
		Kind: doithoai.DocumentReply, Life: life, Back: life == doithoai.LifeDraft, Opinion: r.Opinion.Number,
		Unit: r.Unit, DialogueID: r.Opinion.DialogueID, Title: r.Title(), said: r.Opinion.Content,
	}
	if r.Petition != nil && r.Petition.State == doithoai.PetitionAnswered {
		d.Kind = doithoai.DocumentCorrection
	}
	return d
}

// taken reports whether a query takes the paper.
func (d PendingDocument) taken(q DocumentQuery) bool {
	if q.Kind != "" && q.Kind != d.Kind || q.Dialogue != "" && q.Dialogue != d.DialogueID {
		return false
	}
	if q.Typed == "" {
		return true
	}
	return slices.ContainsFunc(readings(search.QueryWords(q.Typed), q.Called), func(r documentReading) bool {
		of := len(r.kinds) == 0 || slices.Contains(r.kinds, d.Kind)
		return of && (len(r.kinds) > 0 || !r.everything()) && r.within(string(d.Opinion), d.Title, d.said)
	})
}

// pendingPapers are the plans and the papers of dialogues of a life.
func (db *DB) pendingPapers(
	ctx context.Context, actor doithoai.Actor, life doithoai.DocumentLife,
) (all []PendingDocument, err error) {
	states := map[doithoai.DocumentLife][]plan.State{
		doithoai.LifeDraft: {plan.StateDraft, plan.StateReturned}, doithoai.LifeSubmitted: {plan.StateSubmitted},
		doithoai.LifeSigned: {plan.StateSigned},
	}[life]
	if doithoai.MayEver(actor, doithoai.ActSeePlans) {
		args := []any{actor.AuthorityID}
		bind := binder(&args)
		if all, err = list(ctx, db.reader(), func(r row) (d PendingDocument, err error) {
			var state plan.State
			d.Kind, d.Life = doithoai.DocumentPlan, life
			err = r.Scan(&d.PlanID, &d.Edition, &state, &d.PlanYear, &d.Title)
			d.Back, d.said = state == plan.StateReturned, fmt.Sprintf("kế hoạch đối thoại năm %d", d.PlanYear)
			return d, err
		}, `SELECT e.plan_id, e.number, e.state, p.year, coalesce(e.body ->> 'abstract', '')
			FROM plan_edition e
			JOIN plan p ON p.id = e.plan_id
			WHERE e.authority_id = $1 AND e.state IN `+inList(bind, states)+`
			ORDER BY e.plan_id, e.number LIMIT `+bind(plansShown), args...); err != nil {
			return nil, err
		}
	}
	query := pendingOfDialogue[life]
	if query == "" || !doithoai.MayEver(actor, doithoai.ActSeeMinutes) {
		return all, nil
	}
	papers, err := list(ctx, db.reader(), func(r row) (d PendingDocument, err error) {
		d.Life = life
		err = r.Scan(&d.DialogueID, &d.Kind, &d.Title, &d.Back)
		return d, err
	}, query, actor.AuthorityID, maxPending)
	return append(all, papers...), err
}

// pendingOfDialogue reads the papers of dialogues, $1, that have words and no number: an announcement is being written,
// the conclusion and the minutes are signed once the minutes are locked.
var pendingOfDialogue = map[doithoai.DocumentLife]string{
	doithoai.LifeDraft: `SELECT t.dialogue_id, t.kind, g.title, false
		FROM dialogue g
		JOIN dialogue_text t ON t.dialogue_id = g.id AND t.number = ''
		LEFT JOIN minutes m ON m.dialogue_id = g.id
		WHERE g.authority_id = $1 AND g.state <> 'cancelled'
			AND (t.kind = 'announcement' OR t.kind = 'conclusion' AND coalesce(m.state, '') <> 'locked')` +
		unnumbered("t.dialogue_id", "t.kind") + `
		UNION ALL
		SELECT m.dialogue_id, 'minutes', g.title, m.state = 'draft'
		FROM minutes m
		JOIN dialogue g ON g.id = m.dialogue_id
		WHERE m.authority_id = $1 AND m.state <> 'locked'` + unnumbered("m.dialogue_id", "'minutes'") + `
		ORDER BY 1 DESC, 2 LIMIT $2`,
	doithoai.LifeSigned: `SELECT m.dialogue_id, k.kind, g.title, false
		FROM minutes m
		JOIN dialogue g ON g.id = m.dialogue_id
		CROSS JOIN (SELECT 'minutes' AS kind UNION ALL SELECT 'conclusion') k
		WHERE m.authority_id = $1 AND m.state = 'locked'` + unnumbered("m.dialogue_id", "k.kind") + `
			AND (k.kind = 'minutes' OR EXISTS (SELECT 1
				FROM dialogue_text t
				WHERE t.dialogue_id = m.dialogue_id AND t.kind = 'conclusion'))
		ORDER BY 1 DESC, 2 LIMIT $2`,
}

// unnumbered is the condition that no paper of a dialogue stands in the register: after one that was withdrawn, the
// next waits for its number.
func unnumbered(dialogue, kind string) string {
	return `
			AND NOT EXISTS (SELECT 1
				FROM document d
				WHERE d.subject_id = ` + dialogue + ` AND d.kind = ` + kind + ` AND d.state = 'issued')`
}

// DocumentCounts are how many papers stand in each life, as far as the actor sees them.
func (db *DB) DocumentCounts(
	ctx context.Context, actor doithoai.Actor,
) (counts map[doithoai.DocumentLife]doithoai.Count, err error) {
	if err := may(actor, doithoai.ActSeeDocuments); err != nil {
		return nil, err
	}
	args := []any{actor.AuthorityID}
	bind := binder(&args)
	hidden := notConcerned(actor, db.Now().Date(), bind)
	// The opinion of each is looked up by itself: joined, PostgreSQL would read them all to count a thousand.
	registered := func(among string) string {
		return fmt.Sprintf(`(SELECT count(*) FROM (SELECT 1
			FROM document d
			WHERE d.authority_id = $1%s AND (d.opinion_id IS NULL
				OR (SELECT 1 FROM opinion o WHERE o.id = d.opinion_id AND %s) = 1)
			LIMIT %d) AS counted)`, among, mattersReach(actor, db.Now().Date(), bind), doithoai.MaxCount+1)
	}
	each := []string{registered(""), registered(" AND " + endedDocument)}
	for _, life := range doithoai.PendingLives {
		each = append(each, pendingAnswers(actor, life, bind).count(hidden, true))
	}
	found := make([]doithoai.Count, len(each))
	dest := make([]any, len(each))
	for i := range found {
		dest[i] = &found[i]
	}
	if err := db.reader().queryRow(ctx, `SELECT `+strings.Join(each, ", "), args...).Scan(dest...); err != nil {
		return nil, fmt.Errorf("count documents: %w", err)
	}
	counts = map[doithoai.DocumentLife]doithoai.Count{doithoai.LifeIssued: found[0], doithoai.LifeEnded: found[1]}
	for i, life := range doithoai.PendingLives {
		papers, err := db.pendingPapers(ctx, actor, life)
		if err != nil {
			return nil, err
		}
		counts[life] = found[i+2] + doithoai.Count(len(papers))
	}
	return counts, nil
}
