package store

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
	"doithoai/report"
)

// Lengths of texts by what bounds them, in characters.
const (
	codeLength   = 64                 // codes of the program, slugs, versions, numbers of documents
	lineLength   = doithoai.MaxLine   // what forms take in one line
	noteLength   = 5 * lineLength     // bases, notes, what an outside body handles
	matterLength = doithoai.MaxMatter // rulings, questions, reasons
	answerLength = doithoai.MaxAnswer // answers, summaries
	planLength   = 1 << 20            // a plan or a calendar, as JSON: the greatest one seen has 60 kB
)

// longest are the greatest lengths of all columns of free length: of texts and objects in characters, of bytes in
// bytes. A new column needs its own here.
var longest = map[string]map[string]int{
	"authority": {"slug": codeLength, "calendar_version": codeLength, "level": codeLength},
	"authority_name": {
		"name": lineLength, "full_name": lineLength, "superior": lineLength, "place": lineLength, "prefix": codeLength,
		"phone": codeLength, "address": noteLength, "hours": noteLength, "reception": noteLength, "basis": noteLength,
	},
	"parameter": {
		"key": codeLength, "section": codeLength, "label": noteLength, "value": noteLength, "unit": codeLength,
		"basis": noteLength, "basis_key": codeLength, "certainty": codeLength,
	},
	"paper_template": {"kind": codeLength},
	"paper_sentence": {"kind": codeLength, "key": lineLength, "text": doithoai.MaxPaperSentence},
	"legal_basis":    {"key": lineLength, "body": answerLength},
	"field":          {"code": codeLength, "name": lineLength},
	"unit": {"code": codeLength, "name": lineLength, "short": doithoai.MaxShort, "contact": lineLength,
		"phone": codeLength},
	"village": {"name": lineLength},
	"outside_body": {"name": lineLength, "handles": noteLength, "address": noteLength, "phone": codeLength,
		"hours": lineLength},
	"procedure": {"code": codeLength, "name": 500, "field_code": codeLength, "unit_code": codeLength,
		"source": noteLength, "certainty": codeLength},
	"synonym":    {"word": lineLength, "same": noteLength},
	"officer":    {"login": doithoai.MaxLogin, "name": lineLength, "password": lineLength},
	"post":       {"title": lineLength, "roles": noteLength, "paper": lineLength},
	"delegation": {"roles": noteLength, "manner": codeLength, "number": codeLength},
	"account":    {"secret": 64},
	"recovery_code": {
		"code_hash": 32,
	},
	"sign_in_try":  {"outcome": codeLength, "agent": noteLength, "client": lineLength},
	"calendar":     {"version": codeLength, "body": planLength, "note": 2 * lineLength},
	"plan":         {"slug": codeLength},
	"plan_edition": {"state": codeLength, "body": planLength, "reason": matterLength, "note": matterLength},
	"plan_source":  {"name": lineLength, "body": MaxPlanFile},
	"dialogue": {
		"slug": codeLength, "title": lineLength, "venue": lineLength, "chair": lineLength, "kinds": lineLength,
		"form": codeLength, "state": codeLength, "link": lineLength, "villages": planLength, "co_chair": lineLength,
		"secretary": lineLength, "contact": lineLength, "late_reason": matterLength,
	},
	"dialogue_seats": {},
	"invitation": {
		"point_text": answerLength, "name": lineLength, "title": lineLength, "body": lineLength, "capacity": codeLength,
		"state": codeLength, "route": codeLength, "reason": matterLength, "substitute": lineLength,
		"substitute_title": lineLength, "note": matterLength,
	},
	"invitation_contact": {"phone": codeLength, "email": 254},
	"invitation_code":    {"code_hash": 32},
	"procedure_sheet":    {"state": codeLength, "body": planLength, "reason": matterLength},
	"paper_stack":        {"seed": 32},
	"paper_handout":      {"receiver": lineLength},
	"paper_slip":         {"state": codeLength, "reason": matterLength},
	"question": {
		"state": codeLength, "note": matterLength, "reason": matterLength, "body": answerLength, "basis": noteLength,
		"ruling": codeLength,
	},
	"incoming": {
		"sender": lineLength, "number": codeLength, "abstract": lineLength, "asks": plan.MaxReport, "venue": lineLength,
	},
	"task": {
		"slot": noteLength, "body": planLength, "outside": lineLength, "manner": codeLength, "state": codeLength,
		"ended": codeLength,
	},
	"directive":        {"opened_from": codeLength, "figure": lineLength},
	"directive_matter": {},
	"task_step":        {"kind": codeLength, "body": planLength, "told_by": lineLength, "state": codeLength},
	"task_note":        {"told_by": lineLength},
	"notice":           {"slot": noteLength, "kind": codeLength},
	"estimate":         {"state": codeLength, "body": planLength},
	"logistics_item":   {"title": lineLength, "detail": matterLength, "owner": lineLength, "note": matterLength},
	"bulletin":         {"state": codeLength, "body": answerLength},
	"broadcast":        {"state": codeLength, "reader": lineLength, "note": matterLength},
	"relay": {
		"matter": codeLength, "step": codeLength, "ways": lineLength, "place": lineLength, "note": matterLength,
		"reporter": lineLength,
	},
	"relay_urging": {"matter": codeLength, "way": codeLength, "note": matterLength},
	"attendance":   {"name": lineLength, "title": lineLength},
	"presiding":    {"name": lineLength, "reason": matterLength, "paper": lineLength},
	"turn":         {"source": codeLength, "name": lineLength, "state": codeLength, "code_hash": 32},
	"step_run":     {"title": noteLength},
	"screen":       {"question": doithoai.MaxShown, "key": 32},
	"released":     {"question": doithoai.MaxShown},
	"survey_form":  {"kind": codeLength, "source": lineLength, "screening": lineLength},
	"period_form":  {"mark": lineLength, "title": lineLength, "source": lineLength},
	"period_column": {
		"heading": report.MaxPeriodText, "text": report.MaxPeriodText, "origin": codeLength, "about": codeLength,
		"became": codeLength, "time": codeLength, "public": codeLength,
	},
	"survey_question": {"kind": codeLength, "text": lineLength},
	"survey_slip": {
		"kind": codeLength, "subject": 36, "key_hash": 32, "answers": doithoai.MaxSurveyQuestions,
		"comment": doithoai.MaxSurveyComment,
	},
	"survey_tally":      {},
	"survey_stack":      {"kind": codeLength, "subject": 36, "origin": codeLength},
	"survey_paper":      {"answers": doithoai.MaxSurveyQuestions, "comment": doithoai.MaxSurveyComment},
	"survey_correction": {"reason": lineLength, "before": matterLength},
	"programme_step":    {"title": noteLength, "presenter": lineLength},
	"head_count":        {"grp": codeLength},
	"attendance_change": {
		"name": lineLength, "reason": matterLength,
	},
	"minutes": {
		"state": 6, "body": 3 * answerLength, "read_to": lineLength, "objections": matterLength, "hash": 32,
	},
	"minutes_change": {"paragraph": 8, "old": answerLength, "new": answerLength, "reason": matterLength},
	"minutes_leaf":   {"salts": 48},
	"result_report": {
		"prepared": answerLength, "held": answerLength, "survey": answerLength, "lacking": answerLength,
		"proposals": answerLength, "state": codeLength,
	},
	"result_edition":   {"file": report.MaxFile, "reason": matterLength},
	"host_name":        {"host": 253},
	"subordinate":      {"code": doithoai.MaxSlug, "name": lineLength, "site": lineLength},
	"subordinate_key":  {"vkey": lineLength, "compared": lineLength},
	"report_file":      {"slug": lineLength, "file": report.MaxFile},
	"roll_up_dialogue": {"slug": lineLength},
	"roll_up":          {"last_slug": lineLength},
	"roll_up_total":    {},
	"dialogue_move": {
		"act": codeLength, "from_venue": lineLength, "to_venue": lineLength, "reason": matterLength, "paper": codeLength,
	},
	"dialogue_text": {"kind": codeLength, "body": answerLength, "number": codeLength},
	"duty_proof":    {"duty": codeLength, "doer": lineLength, "proof": matterLength},
	"voter_request": {"matter": matterLength, "paper": codeLength},
	"slip":          {"channel": codeLength, "manner": codeLength, "code_hash": 32, "intake_body": 64, "erased": 8},
	"petitioner": {
		"standing": codeLength, "name": lineLength, "organisation": lineLength, "address": lineLength, "ways": lineLength,
		"phone": codeLength, "email": 254, "post_address": lineLength,
	},
	"opinion": {
		"number": 10, "channel": codeLength, "manner": codeLength, "content": matterLength,
		"headline": doithoai.MaxHeadline, "summary": doithoai.MaxShown, "unheard": 0,
		"field_code": codeLength, "ruling": 3, "stage": 9, "kind": 9, "place_elsewhere": doithoai.MaxPlace,
		"outcome": 11,
	},
	"petition_note": {"kind": 12, "with_whom": lineLength, "body": answerLength},
	"hall_note":     {"kind": codeLength, "body": matterLength},
	"hand_sheet":    {"writer": lineLength},
	"hand_line":     {"dropped": lineLength},
	"attachment": {"owner": codeLength, "name": doithoai.MaxFileName, "kind": codeLength, "hash": 32, "shown_hash": 32,
		"reason": codeLength, "alt": doithoai.MaxAlt},
	"ruling_text": {"body": matterLength, "answered_by": lineLength, "to_body": lineLength, "to_address": 300,
		"to_phone": 30, "to_hours": 200, "basis": noteLength},
	"petition":        {"state": 8, "term_unit": codeLength, "calendar_version": codeLength, "calendar_kept": codeLength},
	"paper_signature": {"body": answerLength, "basis": noteLength},
	"answer": {"body": answerLength, "basis": noteLength, "number": 10, "signed_by": lineLength,
		"signed_for": lineLength},
	"answer_correction": {"body": answerLength, "basis": noteLength, "reason": matterLength, "state": 8,
		"doc_number": 10, "signed_by": lineLength, "signed_for": lineLength},
	"answer_replaced": {"body": answerLength, "basis": noteLength, "doc_number": 10, "signed_by": lineLength,
		"signed_for": lineLength, "solved": 3},
	"answer_promise":     {"what": doithoai.MaxPromise},
	"conclusion_promise": {"what": doithoai.MaxPromise},
	"promise_event":      {"act": 10, "facts": 120, "body": matterLength, "salts": 48},
	"document_event": {
		"kind": 12, "number": 10, "act": 10, "facts": 90, "body": doithoai.MaxSignedWhat, "salts": 48,
	},
	"promise": {"what": doithoai.MaxPromise, "state": 4, "said": matterLength},
	"answer_round": {"body": answerLength, "basis": noteLength, "doc_number": 10, "signed_by": lineLength,
		"signed_for": lineLength, "solved": 3},
	"reopening": {"said": matterLength, "channel": codeLength, "state": 7, "ground": codeLength, "basis": noteLength,
		"words": matterLength},
	"initiative_decision": {"why": matterLength},
	"supplement":          {"asked": matterLength, "why": matterLength, "said": matterLength, "channel": codeLength},
	"own_request":         {"kind": 10, "much": 8, "said": matterLength, "state": 7, "words": matterLength},
	"petitioner_change":   {"name": lineLength, "address": lineLength},
	"publication": {"title": doithoai.MaxTitle, "question": matterLength, "answer": answerLength, "state": 8,
		"why": matterLength},
	"publication_correction": {"title": doithoai.MaxTitle, "question": matterLength, "answer": answerLength,
		"why": matterLength, "state": 8, "basis": noteLength, "doc_number": codeLength},
	"guide": {"state": 9, "field_code": codeLength, "procedure": lineLength, "procedure_code": 8,
		"title": doithoai.MaxTitle, "body": answerLength, "basis": noteLength, "why": matterLength},
	"guide_edition": {"field_code": codeLength, "procedure": lineLength, "procedure_code": 8, "title": doithoai.MaxTitle,
		"body": answerLength, "basis": noteLength},
	"guide_event":      {"act": codeLength, "why": matterLength},
	"handed_in":        {},
	"dispute":          {"reason": matterLength},
	"refusal_proposal": {"ground": 9, "basis": noteLength, "words": matterLength},
	"onward_letter": {"kind": 12, "to_body": lineLength, "doc_number": 10, "asked": matterLength, "state": 7,
		"reply_number": 10, "reply_by": lineLength, "gist": matterLength, "reason": matterLength},
	"document":       {"kind": 12, "number": 10, "number_key": 10, "series": 8, "state": 8, "next_kind": 10},
	"document_relay": {"kind": 12},
	"document_recipient": {"kind": 12, "name": lineLength, "route": 7, "detail": lineLength, "state": 12,
		"trouble": 10},
	"document_recipient_step": {"kind": 12, "way": 7, "detail": lineLength, "paper": 10},
	"record_transfer":         {"to_body": lineLength, "doc_number": 10, "agreed": lineLength},
	"body_urging":             {"way": 6, "doc_number": 10, "urged_by": lineLength, "said": matterLength},
	"urging": {
		"rung": 6, "route": 7, "doc_number": codeLength, "taken_by": lineLength, "words": matterLength,
	},
	"urging_reply":       {"cause": matterLength, "told_by": lineLength},
	"extension_proposal": {"reason": matterLength},
	"rating":             {"solved": 3},
	"concerned":          {},
	"explanation":        {"question": doithoai.MaxQuestion, "answer": answerLength},
	"event":              {"act": 10, "facts": 120},
	"event_text":         {"body": answerLength},
	"leaf_salt":          {"salts": 48},
	"audit_entry":        {"act": codeLength, "subject": lineLength, "before": answerLength, "after": answerLength},
	"draft":              {"form": codeLength, "subject": codeLength, "body": MaxImport - 1024},
	"register_view":      {"name": doithoai.MaxRegisterName, "query": codeLength},
	"delivery": {"kind": codeLength, "way": codeLength, "state": codeLength, "receiver": codeLength,
		"trouble": codeLength},
	"counter":    {"key": codeLength},
	"job_run":    {"job": codeLength},
	"tree":       {"origin": 255, "edge": 32}, // the edge grows by a hash with every doubling
	"leaf":       {"body": 200 + codeLength, "hash": 32},
	"tree_hash":  {"hash": 32},
	"checkpoint": {"note": 2 * 255},
	"tree_restart": {
		"old_origin": 255, "salts": 48,
	},

	"slip_paper":        {"scope": 36, "number": doithoai.MaxPaperNumber, "number_key": codeLength},
	"compiled_list":     {"differs": lineLength, "content_key": 32},
	"compiled_point":    {"dropped": lineLength, "point_key": 32},
	"compiled_original": {"body": doithoai.MaxOriginal},
	"opinion_group":     {},
	"co_unit":           {},
}

// recorded are the columns of free length that the public record speaks of, in the tables that acts alone fill: what is
// longest in them must come by acts, or nothing would verify.
var recorded = map[string][]string{
	"opinion": {
		"number", "content", "headline", "summary", "ruling", "stage", "unheard", "kind", "place_elsewhere", "outcome",
	},
	"ruling_text": {"body", "answered_by", "to_body", "to_address", "to_phone", "to_hours", "basis"},
	"petition":    {"state"},
	"answer":      {"body", "basis", "number"}, "publication": {"title", "question", "answer", "state", "why"},
	"rating": {"solved"}, "answer_correction": {"body", "basis", "reason", "state", "doc_number"},
	"answer_replaced":        {"body", "basis", "doc_number", "solved"},
	"answer_promise":         {"what"},
	"conclusion_promise":     {"what"},
	"promise":                {"what", "state", "said"},
	"publication_correction": {"title", "question", "answer", "why", "state"},
	"answer_round":           {"body", "basis", "doc_number", "solved"},
	"reopening":              {"said", "state", "basis", "words"},
	"initiative_decision":    {"why"},
	"supplement":             {"asked", "why", "said"},
	"own_request":            {"kind", "much", "said", "state", "words"},
	"handed_in":              {}, "co_unit": {},
	"petition_note": {"kind", "with_whom", "body"}, "dispute": {"reason"},
	"refusal_proposal": {"ground", "basis", "words"},
	"onward_letter":    {"kind", "to_body", "doc_number", "asked", "state", "reply_number", "reply_by", "gist", "reason"},
	"body_urging":      {"way", "doc_number", "urged_by", "said"},
	"record_transfer":  {"to_body", "doc_number", "agreed"},
	"document":         {"kind", "number", "number_key", "series", "state", "next_kind"},
	"urging":           {"rung", "route", "doc_number", "taken_by", "words"}, "urging_reply": {"cause", "told_by"},
	"event": {"act", "facts"}, "event_text": {"body"}, "leaf_salt": {"salts"}, "tree": {"origin", "edge"},
	"leaf": {"body", "hash"}, "tree_hash": {"hash"}, "checkpoint": {"note"}, "tree_restart": {"old_origin", "salts"},
	"minutes":        {"state", "body", "read_to", "objections", "hash"},
	"minutes_change": {"paragraph", "old", "new", "reason"}, "minutes_leaf": {"salts"},
	"promise_event":  {"act", "facts", "body", "salts"},
	"document_event": {"kind", "number", "act", "facts", "body", "salts"},
}

// awkward is a text of n characters, of those that JSON, SQL and terminals treat in ways of their own.
func awkward(n int) string {
	signs := []rune("🙂\"\\\u2028<\n\t\u0001\u007fệ'$1,\r{}&\ufeff ")
	s := make([]rune, n)
	for i := range s {
		s[i] = signs[i%len(signs)]
	}
	return string(s)
}

// smiles is the longest text of n characters that forms take.
func smiles(n int) string { return strings.Repeat("🙂", n) }

// longRecord brings opinions through all acts with the longest texts, under the longest names, restarts the record and
// signs it.
func longRecord(t testing.TB, db *DB, fx *fixture) (verify func(*DB)) {
	t.Helper()
	ctx := ctxOf(t)
	origin := func(first string) string { return strings.Repeat(first, 240) + ".test/sodoichun" }
	must(t, db.act(ctx, func(tx *Tx) error {
		if err := tx.exec(ctx, `UPDATE tree SET origin = $1`, origin("a")); err != nil {
			return err
		}
		return tx.exec(ctx, `UPDATE authority SET slug = $1 WHERE id = $2`, strings.Repeat("x", codeLength), fx.authority.ID)
	}))
	var matters []string
	for range doithoai.MaxMatters {
		matters = append(matters, smiles(matterLength))
	}
	r := fx.submit(t, db, 1, matters...)
	id := r.Opinions[0].ID
	_, err := db.RuleOpinion(ctx, fx.secretary, r.Opinions[1].ID, 1,
		doithoai.Ruling{Code: doithoai.RulingOnTheSpot, Text: smiles(matterLength), AnsweredBy: smiles(lineLength)})
	must(t, err)
	_, err = db.RuleOpinion(ctx, fx.secretary, r.Opinions[3].ID, 1, doithoai.Ruling{
		Code: doithoai.RulingOtherBody, Text: smiles(matterLength), AnsweredBy: smiles(lineLength),
		Body: doithoai.OutsideBody{
			Name: smiles(lineLength), Address: smiles(300), Phone: smiles(30), Hours: smiles(200),
		},
	})
	must(t, err)
	must(t, db.TransferRecord(ctx, fx.office, r.Opinions[3].ID, 2, doithoai.RecordTransfer{
		To: smiles(lineLength), Number: "920004/UBND-VP", Dated: db.Now().Date(), Agreed: smiles(lineLength),
	}))
	not := doithoai.Refusal{Ground: doithoai.RefusedElsewhere, Basis: smiles(noteLength)}
	must(t, db.ProposeRefusal(ctx, fx.office, r.Opinions[9].ID, 1,
		doithoai.RefusalProposal{Refusal: not, Words: smiles(matterLength)}))
	must(t, second(db.RuleOpinion(ctx, fx.chair, r.Opinions[9].ID, 2, doithoai.Ruling{
		Code: doithoai.RulingNotAccepted, Text: smiles(matterLength), AnsweredBy: smiles(lineLength), Refusal: not,
	})))
	later := fx.later()
	later.CoUnits = []doithoai.ID{fx.units["dia-chinh"].ID}
	_, err = db.RuleOpinion(ctx, fx.secretary, id, 1, later)
	must(t, err)
	_, err = db.RuleOpinion(ctx, fx.secretary, r.Opinions[2].ID, 1, fx.later())
	must(t, err)
	must(t, db.DisputePetition(ctx, fx.justice, r.Opinions[2].ID, 1,
		doithoai.Dispute{Unit: fx.land.UnitID, Reason: smiles(matterLength)}))
	near := fx.later()
	near.Due, err = dueTomorrow(ctx, db, fx)
	must(t, err)
	must(t, second(db.RuleOpinion(ctx, fx.secretary, r.Opinions[4].ID, 1, near)))
	must(t, db.UrgePetition(ctx, fx.office, r.Opinions[4].ID, 0, doithoai.Urging{
		Route: doithoai.RoutePhone, HeldAt: db.Now(), TakenBy: smiles(lineLength), Words: smiles(matterLength),
	}))
	must(t, db.UrgePetition(ctx, fx.office, r.Opinions[4].ID, 1, doithoai.Urging{
		Route: doithoai.RoutePaper, DocNumber: "9/" + strings.Repeat("Đ", 38), Dated: db.Now().Date(), Words: "Gấp.",
	}))
	must(t, db.UrgePetition(ctx, fx.office, r.Opinions[4].ID, 2, doithoai.Urging{
		Route: doithoai.RouteMessage, HeldAt: db.Now(), Words: "Gấp.",
	}))
	must(t, db.ReplyUrging(ctx, fx.office, r.Opinions[4].ID, 1, 0, doithoai.UrgingReply{
		Cause: smiles(matterLength), Until: db.Now().Date(), From: smiles(lineLength),
	}))
	answer := doithoai.Answer{Body: smiles(answerLength), Basis: smiles(noteLength)}
	must(t, db.SetHeadline(ctx, fx.justice, id, 2, smiles(doithoai.MaxHeadline)))
	must(t, db.SummariseOpinion(ctx, fx.secretary, id, 3, smiles(doithoai.MaxShown)))
	must(t, db.ClassifyOpinion(ctx, fx.secretary, id, 4, doithoai.Classification{
		Kind: doithoai.KindInitiative, Content: 8, Elsewhere: smiles(doithoai.MaxPlace),
	}))
	must(t, db.DecideInitiative(ctx, fx.chair, id, 5, doithoai.InitiativeDecision{
		Outcome: doithoai.InitiativeNotApplied, Why: smiles(matterLength),
	}))
	must(t, db.AddNote(ctx, fx.justice, id, doithoai.PetitionNote{
		ID: newID(), Kind: doithoai.NoteContact, With: smiles(lineLength), HeldAt: db.Now(), Body: smiles(matterLength),
	}))
	must(t, db.AddNote(ctx, fx.justice, id, doithoai.PetitionNote{
		ID: newID(), Kind: doithoai.NoteVerification, Body: smiles(matterLength),
	}))
	longLetters(t, db, fx, id)
	var promises []doithoai.Promised
	for i := range doithoai.MaxPromises {
		due := calendar.DateOf(2027, 3, 1).AddDays(i)
		promises = append(promises, doithoai.Promised{UnitID: fx.land.UnitID, What: smiles(doithoai.MaxPromise), Due: due})
	}
	answer.Promises = doithoai.PromisesOf(promises...)
	must(t, db.SubmitAnswer(ctx, fx.justice, id, 1, answer))
	must(t, db.SignAnswer(ctx, fx.chair, id, 2))
	number := string(r.Opinions[0].Number)[6:] + "/UBND-VP"
	must(t, db.DispatchAnswer(ctx, fx.office, id, 3, number, calendar.DateOf(2026, 10, 1)))
	must(t, db.ProposePublication(ctx, fx.office, id, 0,
		doithoai.Publication{Title: smiles(doithoai.MaxTitle), Question: smiles(matterLength), Answer: smiles(answerLength)}))
	must(t, db.ApprovePublication(ctx, fx.chair, id, 1))
	longest := doithoai.GuideText{
		Title: smiles(doithoai.MaxTitle), FieldCode: "dat-dai", Procedure: smiles(lineLength), ProcedureCode: "1.012756",
		Body: smiles(answerLength), Basis: smiles(noteLength), UnitID: fx.justice.UnitID,
	}
	page, err := db.DraftGuide(ctx, fx.office, newID(), 0, id, longest)
	must(t, err)
	must(t, db.PublishGuide(ctx, fx.office, page.ID, 1))
	must(t, db.WithdrawGuide(ctx, fx.office, page.ID, 2, smiles(matterLength)))
	must(t, db.RateAnswer(ctx, fx.resident, r.Code, r.Opinions[0].Number,
		doithoai.Rating{Solved: doithoai.SolvedYes, Satisfied: 5}))
	f, err := db.OpinionFile(ctx, fx.office, id)
	must(t, err)
	must(t, db.KeepPromise(ctx, fx.land, f.Promises[0].ID, 1, db.Now().Date(), smiles(matterLength)))
	longCorrections(t, db, fx, id)
	must(t, db.RateAnswer(ctx, fx.resident, r.Code, r.Opinions[0].Number,
		doithoai.Rating{Solved: doithoai.SolvedYes, Satisfied: 5, Answer: 2}))
	longReopening(t, db, fx, r, answer)
	longRequests(t, db, fx, r)
	for n := 2; n < 28; n++ { // more than one tile
		fx.submit(t, db, n, matters...)
	}
	longMinutes(t, db, fx)
	size, err := db.RecordSize(ctx)
	must(t, err)
	must(t, db.ReopenRecord(ctx, origin("b"), size+1))
	signer, verifier := keysOf(t, origin("b"))
	sign(t, db, signer)
	return func(db *DB) { t.Helper(); wantClean(t, db, verifier) }
}

// longReopening has an answer looked at again with the longest words, and the chair refuse to do so once more.
func longReopening(t testing.TB, db *DB, fx *fixture, r Received, answer doithoai.Answer) {
	t.Helper()
	ctx := ctxOf(t)
	id, number := r.Opinions[5].ID, r.Opinions[5].Number
	_, err := db.RuleOpinion(ctx, fx.secretary, id, 1, fx.later())
	must(t, err)
	for n := range 2 {
		must(t, db.SubmitAnswer(ctx, fx.justice, id, 4*n+1, answer))
		must(t, db.SignAnswer(ctx, fx.chair, id, 4*n+2))
		must(t, db.DispatchAnswer(ctx, fx.office, id, 4*n+3, fmt.Sprintf("91000%d/UBND-VP", n), db.Now().Date()))
		must(t, db.RateAnswer(ctx, fx.resident, r.Code, number,
			doithoai.Rating{Solved: doithoai.SolvedYes, Satisfied: 5, Answer: n}))
		must(t, db.ReopenByCode(ctx, fx.resident, r.Code, number,
			doithoai.Reopening{Said: smiles(matterLength), NewFacts: n > 0, Answer: n}))
	}
	must(t, db.RefuseReopening(ctx, fx.chair, id, 9, doithoai.ReopeningDecision{
		Ground: doithoai.GroundNoNewFacts, Basis: smiles(noteLength), Words: smiles(matterLength),
	}))
}

// longRequests asks the person for something, and the office, with the longest words.
func longRequests(t testing.TB, db *DB, fx *fixture, r Received) {
	t.Helper()
	ctx := ctxOf(t)
	id, number, words := r.Opinions[4].ID, r.Opinions[4].Number, smiles(matterLength)
	must(t, db.AskSupplement(ctx, fx.office, id, 1, doithoai.Supplement{Asked: words, Why: words}))
	must(t, db.AnswerSupplementByCode(ctx, fx.resident, r.Code, number, 1, words))
	must(t, db.RequestOwn(ctx, fx.resident, r.Code, number,
		doithoai.OwnRequest{Kind: doithoai.OwnWithdrawal, Said: words}, doithoai.Identity{}))
	must(t, db.RefuseOwn(ctx, fx.office, id, 1, words))
	over := fx.submit(t, db, 900, "Việc đã xong.")
	must(t, second(db.RuleOpinion(ctx, fx.secretary, over.Opinions[0].ID, 1,
		doithoai.Ruling{Code: doithoai.RulingOnTheSpot, Text: "Đã xong.", AnsweredBy: "Chủ tịch"})))
	must(t, db.RequestOwn(ctx, fx.resident, over.Code, "",
		doithoai.OwnRequest{Kind: doithoai.OwnErasure, Much: doithoai.ErasureContacts}, doithoai.Identity{}))
}

// longCorrections replaces an answer that is public with longest ones, twice; the second time the corrected summary
// waits.
func longCorrections(t testing.TB, db *DB, fx *fixture, id doithoai.ID) {
	t.Helper()
	ctx := ctxOf(t)
	for n := range 2 {
		a := doithoai.Answer{Body: smiles(answerLength - 1 - n), Basis: smiles(noteLength)}
		must(t, db.ProposeCorrection(ctx, fx.justice, id, 3*n, a, smiles(matterLength)))
		must(t, db.SignCorrection(ctx, fx.chair, id, 3*n+1))
		number := fmt.Sprintf("90000%d/UBND-VP", n)
		must(t, db.DispatchCorrection(ctx, fx.office, id, 3*n+2, number, db.Now().Date()))
		f, err := db.OpinionFile(ctx, fx.office, id)
		must(t, err)
		must(t, db.ProposePublication(ctx, fx.office, id, f.Publish.Version, doithoai.Publication{
			Title: smiles(doithoai.MaxTitle), Question: smiles(matterLength), Answer: smiles(answerLength),
			Why: smiles(matterLength),
		}))
		if n == 0 {
			must(t, db.ApprovePublication(ctx, fx.chair, id, f.Publish.Version+1))
		}
	}
}

// longMinutes locks minutes with the longest texts.
func longMinutes(t testing.TB, db *DB, fx *fixture) {
	t.Helper()
	ctx := ctxOf(t)
	d := fx.newDialogue("bien-ban", fx.plan)
	d.StartsAt, d.DoorsAt = db.Now().Add(time.Minute), calendar.Instant{}
	d.SlipsUntil, d.LateReason = d.StartsAt, "Họp ngay vì việc gấp trong ngày"
	d, err := db.AnnounceNewDialogue(ctx, fx.office, d)
	must(t, err)
	text, at, err := fx.writeAnnouncement(ctx, db, d, "9/TB-"+strings.Repeat("Đ", 35))
	must(t, err)
	must(t, db.KeepSigned(ctx, fx.office, at, 0, text.Version, doithoai.KeepingSigned{
		Upload: fx.signedPDF(t, db, fx.office, "dài").ID, Compare: doithoai.ComparedDiffers,
		What: smiles(doithoai.MaxSignedWhat),
	}))
	d, err = db.StartDialogue(ctx, fx.office, d.ID, d.Version, db.Now())
	must(t, err)
	must(t, second(db.CloseDialogue(ctx, fx.office, d.ID, d.Version, db.Now())))
	line := fx.promised(t, db, smiles(doithoai.MaxPromise), 3)
	must(t, second(db.WriteConclusion(ctx, fx.office, d.ID, 0, smiles(answerLength), line)))
	must(t, second(db.ComposeMinutes(ctx, fx.office, d.ID, 0)))
	for i, key := range []string{"dia-diem", "dia-diem"} {
		words := smiles(answerLength - i)
		must(t, second(db.CorrectMinutes(ctx, fx.office, d.ID, 1+i, smiles(matterLength), wording(key, words))))
	}
	read := doithoai.ReadBack{At: db.Now(), To: smiles(lineLength), Objections: smiles(matterLength)}
	must(t, second(db.ReadMinutes(ctx, fx.office, d.ID, 3, read)))
	must(t, second(db.LockMinutes(ctx, fx.office, d.ID, 4)))
	all, err := db.PromisesOfDialogue(ctx, fx.authority.ID, d.ID)
	must(t, err)
	must(t, db.KeepPromise(ctx, fx.land, all[0].ID, 1, db.Now().Date(), smiles(matterLength)))
}

// fillLargest puts into every table a row that is as long as a row of it can be.
func fillLargest(t testing.TB, db *DB, fx *fixture) {
	t.Helper()
	ctx := ctxOf(t)
	opinion, err := one(ctx, db.reader(), column[string], `SELECT min(CAST(opinion_id AS text)) FROM event`)
	must(t, err)
	rows := map[string]any{"opinion": opinion} // the row of each table that others refer to
	lite := sqliteCopy(t).open(t)
	must(t, db.act(ctx, func(tx *Tx) error {
		for _, b := range backupTables {
			columns := longest[b.name]
			if columns == nil {
				t.Errorf("no largest row of table %s: say in longest what bounds its columns", b.name)
				continue
			}
			kinds, err := kindsOf(ctx, lite, b.name)
			must(t, err)
			refers := map[string]string{}
			_, err = list(ctx, lite.reader(), func(r row) (struct{}, error) {
				var from, to string
				err := r.Scan(&from, &to)
				refers[from] = to
				return struct{}{}, err
			}, `SELECT "from", "table" FROM pragma_foreign_key_list($1)`, b.name)
			must(t, err)
			if kept := recorded[b.name]; kept != nil {
				err = widen(ctx, tx, b.name, kinds, columns, kept)
			} else {
				err = insertLargest(ctx, tx, b.name, kinds, columns, refers, rows)
			}
			if err != nil {
				t.Errorf("%s: %v", b.name, err)
				return err
			}
		}
		return nil
	}))
	file := doithoai.ListFile{Has: []bool{true}}
	cell := smiles(4000)
	row, err := json.Marshal(doithoai.ListRow{Number: 100_000, Cells: []string{cell}})
	must(t, err)
	for n := range (MaxImport - 512) / (len(row) + 1) {
		file.Rows = append(file.Rows, doithoai.ListRow{Number: 100_000 + n, Cells: []string{cell}})
	}
	last, err := json.Marshal(ListImport{File: file})
	must(t, err)
	file.Rows = append(file.Rows, doithoai.ListRow{
		Number: 999_999, Cells: []string{strings.Repeat("x", MaxImport-len(last)-64)},
	})
	must(t, db.KeepImport(ctx, fx.office, doithoai.ListVillages, file, nil))
}

// kindsOf are the columns of a table in their order, with their kinds.
func kindsOf(ctx context.Context, lite *DB, table string) ([][2]string, error) {
	return list(ctx, lite.reader(), func(r row) (c [2]string, err error) {
		err = r.Scan(&c[0], &c[1])
		return c, err
	},
		`SELECT name, lower(type) FROM pragma_table_info($1) ORDER BY cid`, table)
}

// largestValue is the longest value of a column that refers to nothing.
func largestValue(kind string, length int) any {
	switch kind {
	case "text":
		return awkward(length)
	case "jsonb":
		b, err := json.Marshal(map[string]string{"x": awkward(min(length, planLength))})
		if err != nil {
			panic(err)
		}
		return string(b)
	case "bytea":
		return bytes.Repeat([]byte{0xff}, length)
	case "integer":
		return math.MaxInt32
	case "bigint":
		return math.MaxInt64
	case "boolean":
		return true
	case "timestamptz":
		return calendar.InstantOf(time.Date(9999, 12, 31, 23, 59, 59, 999e6, time.UTC))
	case "date":
		return calendar.DateOf(9999, 12, 31)
	case "uuid":
		return newID()
	}
	return nil
}

func isFree(kind string) bool { return kind == "text" || kind == "jsonb" || kind == "bytea" }

func insertLargest(
	ctx context.Context, tx *Tx, table string, kinds [][2]string, columns map[string]int, refers map[string]string,
	rows map[string]any,
) error {
	var names []string
	var values []any
	for _, c := range kinds {
		value := largestValue(c[1], columns[c[0]])
		switch to := refers[c[0]]; {
		case to == table:
			value = nil
		case to != "":
			value = rows[to]
		}
		names, values = append(names, c[0]), append(values, value)
	}
	rows[table] = values[0] // the first column is what others refer to
	return tx.exec(ctx, `INSERT INTO `+table+` (`+strings.Join(names, ", ")+`)
		VALUES `+tx.db.dialect.placeholders(1, len(values)), values...)
}

// widen makes the texts of all rows as long as they can be, except those that the record speaks of.
func widen(ctx context.Context, tx *Tx, table string, kinds [][2]string, columns map[string]int, kept []string) error {
	for _, c := range kinds {
		if c[1] != "text" || strings.Contains(" "+strings.Join(kept, " ")+" ", " "+c[0]+" ") {
			continue
		}
		if err := tx.exec(ctx, `UPDATE `+table+` SET `+c[0]+` = $1`, awkward(columns[c[0]])); err != nil {
			return err
		}
	}
	return nil
}

// wantLargest fails where a table has no row, or a column of free length none that is as long as it can be.
func wantLargest(t testing.TB, db *DB) {
	t.Helper()
	ctx := ctxOf(t)
	lite := sqliteCopy(t).open(t)
	for _, b := range backupTables {
		n, err := one(ctx, db.reader(), column[int64], `SELECT count(*) FROM `+b.name)
		must(t, err)
		if n == 0 {
			t.Errorf("%s has no row", b.name)
		}
		kinds, err := kindsOf(ctx, lite, b.name)
		must(t, err)
		for _, c := range kinds {
			if !isFree(c[1]) {
				continue
			}
			length, ok := longest[b.name][c[0]]
			if !ok {
				t.Errorf("no greatest length of %s.%s: say in longest what bounds it", b.name, c[0])
				continue
			}
			query := `SELECT max(octet_length(` + c[0] + `)) FROM ` + b.name
			if c[1] == "jsonb" {
				query = `SELECT max(octet_length(CAST(` + c[0] + ` AS text))) FROM ` + b.name
			}
			got, err := one(ctx, db.reader(), column[int], query)
			must(t, err)
			if got < length {
				t.Errorf("the longest %s.%s has %d bytes, want at least %d", b.name, c[0], got, length)
			}
		}
	}
}

// TestLargestRowsSurvive takes the largest row of every table from each engine to each, and verifies the record there.
func TestLargestRowsSurvive(t *testing.T) {
	for _, from := range engines {
		fx := from.copy(t)
		db := fx.open(t)
		verify := longRecord(t, db, fx)
		fillLargest(t, db, fx)
		wantLargest(t, db)
		verify(db)
		ctx := ctxOf(t)
		kept, err := db.KeptImport(ctx, fx.office, doithoai.ListVillages)
		must(t, err)
		archive := backup(t, db)
		want := sums(t, archive)
		for _, to := range engines {
			t.Run(from.name+" to "+to.name, func(t *testing.T) {
				dsn := to.bare(t)
				o := Options{Now: fx.clock.Now, Files: t.TempDir()}
				_, err := Restore(ctx, dsn, bytes.NewReader(archive), o)
				must(t, err)
				other := openWith(t, dsn, o)
				wantSame(t, want, sums(t, backup(t, other)))
				wantLargest(t, other)
				verify(other)
				again, err := other.KeptImport(ctx, fx.office, doithoai.ListVillages)
				must(t, err)
				if len(again.File.Rows) != len(kept.File.Rows) ||
					again.File.Rows[len(kept.File.Rows)-1].Cells[0] != kept.File.Rows[len(kept.File.Rows)-1].Cells[0] {
					t.Errorf("a kept file of %d rows came back with %d", len(kept.File.Rows), len(again.File.Rows))
				}
			})
		}
	}
}
