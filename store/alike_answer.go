package store

import (
	"cmp"
	"context"
	"slices"

	"doithoai"
)

// AlikeAnswer is an answer that went out to an opinion which says much of what another one says.
type AlikeAnswer struct {
	Row
	Answer doithoai.Answer
	Unit   string // that answered
	Names  bool   // it may tell who was answered: to be read before it is used
}

// maxAlikeAnswers is how many earlier answers are offered to who writes one.
const maxAlikeAnswers = 5

// AlikeAnswers lists answers that were given to opinions alike, for who writes the answer to this one: those of the
// same field first, then the likest, five at most. Only what the actor may see is there: what went out and was neither
// replaced nor is being corrected, never what is on conduct. Nobody who may not write the answer gets any.
func (db *DB) AlikeAnswers(
	ctx context.Context, actor doithoai.Actor, id doithoai.ID,
) (answers []AlikeAnswer, err error) {
	today := db.Now().Date()
	o, s, err := opinionSubject(ctx, db.reader(), id, today)
	if err != nil {
		return nil, err
	}
	if err := doithoai.Can(actor, doithoai.ActSubmitAnswer, s); err != nil || s.Conduct {
		return nil, err
	}
	alike, err := db.Alike(ctx, actor, o.Content, []doithoai.ID{id}, maxAlike)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(alike, func(l, r AlikeRow) int {
		return cmp.Compare(otherField(o, l), otherField(o, r))
	})
	for _, a := range alike {
		if len(answers) == maxAlikeAnswers {
			break
		}
		if a.Petition == nil || a.Petition.State != doithoai.PetitionAnswered {
			continue
		}
		given, found, err := alikeAnswer(ctx, db.reader(), actor, a)
		if err != nil {
			return nil, err
		}
		had := slices.ContainsFunc(answers, func(b AlikeAnswer) bool {
			return b.Answer.Number == given.Answer.Number && b.Answer.Dated == given.Answer.Dated
		})
		if found && !had {
			answers = append(answers, given)
		}
	}
	return answers, nil
}

// otherField is 1 for an opinion of another field, 0 for one of the same.
func otherField(o doithoai.Opinion, a AlikeRow) int {
	if o.FieldCode != "" && a.Opinion.FieldCode == o.FieldCode {
		return 0
	}
	return 1
}

// alikeAnswer reads the answer to an opinion that is alike; found is false where it is not to be used again.
func alikeAnswer(
	ctx context.Context, q querier, actor doithoai.Actor, r AlikeRow,
) (a AlikeAnswer, found bool, err error) {
	o, s, err := opinionSubject(ctx, q, r.Opinion.ID, r.Petition.AnsweredAt.Date())
	if err != nil || s.Conduct || s.Denunciation || doithoai.Can(actor, doithoai.ActSeeOpinions, s) != nil {
		return a, false, err
	}
	correction, err := correctionOf(ctx, q, r.Petition.ID)
	if err != nil || correction.Open() {
		return a, false, err
	}
	a.Row = r.Row
	if a.Answer, err = one(ctx, q, scanAnswer, `SELECT `+answerColumns+`
		FROM answer
		WHERE petition_id = $1`, r.Petition.ID); err != nil {
		return a, false, err
	}
	if r.Petition.LeadUnitID != "" {
		if a.Unit, err = one(ctx, q, column[string], `SELECT name
			FROM unit
			WHERE id = $1`, r.Petition.LeadUnitID); err != nil {
			return a, false, err
		}
	}
	who, err := petitionerOf(ctx, q, o.SlipID)
	a.Names = gateFor(who).Refuses(a.Answer.Body)
	return a, err == nil, err
}

// AlikeAnswer finds one of [DB.AlikeAnswers] by its opinion's number; NotFound where it is none of them.
func (db *DB) AlikeAnswer(
	ctx context.Context, actor doithoai.Actor, id doithoai.ID, number doithoai.RegisterNumber,
) (AlikeAnswer, error) {
	all, err := db.AlikeAnswers(ctx, actor, id)
	if err != nil {
		return AlikeAnswer{}, err
	}
	i := slices.IndexFunc(all, func(a AlikeAnswer) bool { return a.Opinion.Number == number })
	if i < 0 {
		return AlikeAnswer{}, doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	return all[i], nil
}
