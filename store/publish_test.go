package store

import (
	"context"
	"testing"

	"doithoai"
)

func TestProposePublication(t *testing.T) {
	propose := func(change func(*doithoai.Publication)) actOn {
		return func(ctx context.Context, db *DB, _ *fixture, a doithoai.Actor, id doithoai.ID, version int) error {
			p := testSummary
			change(&p)
			return db.ProposePublication(ctx, a, id, version, p)
		}
	}
	opinionAct{
		act: doithoai.ActProposePublication, from: dispatched, version: 0, actor: office, denied: all(chair, secretary, land),
		wrong: []stage{received, ruled, submitted, signed, published},
		do:    propose(func(*doithoai.Publication) {}),
		invalid: map[string]actOn{
			"tieu-de":  propose(func(p *doithoai.Publication) { p.Title = "" }),
			"tieu-de*": propose(func(p *doithoai.Publication) { p.Title = long(doithoai.MaxTitle + 1) }),
			"cau-hoi":  propose(func(p *doithoai.Publication) { p.Question = "Bà NGUYỄN  THỊ MINH HỌA hỏi" }),
			"tom-tat":  propose(func(p *doithoai.Publication) { p.Answer = "Gửi nguyen thi minh hoa." }),
			"tom-tat*": propose(func(p *doithoai.Publication) { p.Answer = "Gửi thư minhhoa@example.vn" }),
		},
	}.test(t)
}

func TestApprovePublication(t *testing.T) {
	opinionAct{
		act: doithoai.ActApprovePublication, from: proposed, version: 1, actor: chair,
		denied: all(office, secretary, justice, land), // the office proposed it
		wrong:  []stage{received, ruled, submitted, signed, dispatched, published},
		do: func(ctx context.Context, db *DB, _ *fixture, a doithoai.Actor, id doithoai.ID, version int) error {
			return db.ApprovePublication(ctx, a, id, version)
		},
	}.test(t)
}

func TestReturnPublication(t *testing.T) {
	opinionAct{
		act: doithoai.ActReturnPublication, from: proposed, version: 1, actor: chair, denied: all(secretary, justice, land),
		wrong: []stage{received, ruled, submitted, signed, dispatched, published},
		do: func(ctx context.Context, db *DB, _ *fixture, a doithoai.Actor, id doithoai.ID, version int) error {
			return db.ReturnPublication(ctx, a, id, version, "Còn nêu tên.")
		},
		invalid: map[string]actOn{
			"ly-do": func(ctx context.Context, db *DB, _ *fixture, a doithoai.Actor, id doithoai.ID, version int) error {
				return db.ReturnPublication(ctx, a, id, version, "")
			},
		},
	}.test(t)
}

// A returned summary is proposed again and published under its next versions.
func TestProposePublicationAgain(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		id := fx.bring(t, db, 1, proposed).Opinions[0].ID
		must(t, db.ReturnPublication(ctx, fx.chair, id, 1, "Ngắn hơn."))
		wantKind(t, db.ProposePublication(ctx, fx.office, id, 1, testSummary), doithoai.Conflict, "")
		must(t, db.ProposePublication(ctx, fx.office2, id, 2, testSummary))
		must(t, db.ApprovePublication(ctx, fx.office, id, 3))
		wantClean(t, db)
	})
}

// Approvals of different summaries at once don't hinder each other.
func TestApprovePublicationAtOnce(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		const n = 8
		var ids []doithoai.ID
		for i := range n {
			ids = append(ids, fx.bring(t, db, i, proposed).Opinions[0].ID)
		}
		errs := make(chan error)
		for _, id := range ids {
			go func() { errs <- db.ApprovePublication(ctx, fx.chair, id, 1) }()
		}
		for range ids {
			must(t, <-errs)
		}
		found, err := db.Search(ctx, fx.authority.ID, Search{Query: "đất đai", Limit: n - 1})
		must(t, err)
		if len(found.Answers) != n-1 || !found.More || found.Total != n {
			t.Fatalf("%d found, more %v", len(found.Answers), found.More)
		}
		rest, err := db.Search(ctx, fx.authority.ID, Search{Query: "đất đai", Limit: n - 1, Page: 1})
		must(t, err)
		if len(rest.Answers) != 1 || rest.More || rest.Answers[0].Row >= found.Answers[n-2].Row {
			t.Fatalf("second page %+v", rest)
		}
	})
}

func TestSearch(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		fx.bring(t, db, 1, published)
		fx.bring(t, db, 2, proposed) // not public
		for query, want := range map[string]int{
			"": 1, "đất đai": 1, "dat dai": 1, "dat": 1, "đai đất": 1, "bến tàu": 0, "???": 0, `"`: 0, `tokens:dat`: 1,
			"dat* OR 1": 1, "'; DROP TABLE opinion": 0, "\x00": 0, "\xff": 0,
		} {
			found, err := db.Search(ctx, fx.authority.ID, Search{Query: query, Limit: 5})
			must(t, err)
			if len(found.Answers) != want {
				t.Errorf("search %q found %d, want %d", query, len(found.Answers), want)
			}
			found, err = db.Search(ctx, fx.other.ID, Search{Query: query, Limit: 5})
			must(t, err)
			if len(found.Answers) != 0 {
				t.Errorf("search %q found another authority's", query)
			}
		}
		found, err := db.Search(ctx, fx.authority.ID, Search{Query: "đất", Field: "dat-dai", Limit: 5})
		must(t, err)
		if len(found.Answers) != 0 {
			t.Errorf("found %d in a field that it is not of", len(found.Answers))
		}
	})
}

// A change of ruling takes a proposed summary back, and is refused where the summary is public.
func TestRuleOpinionWithPublication(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		id := fx.submit(t, db, 1, "Ai trả lời?").Opinions[0].ID
		onTheSpot := doithoai.Ruling{
			Code: doithoai.RulingOnTheSpot, Text: "Chúng tôi.", AnsweredBy: "Ông Giả Định", Agreement: doithoai.AgreementYes,
		}
		_, err := db.RuleOpinion(ctx, fx.secretary, id, 1, onTheSpot)
		must(t, err)
		must(t, db.ProposePublication(ctx, fx.office, id, 0, testSummary))
		onTheSpot.Text = "Chính chúng tôi."
		_, err = db.RuleOpinion(ctx, fx.secretary, id, 2, onTheSpot)
		must(t, err)
		wantKind(t, db.ApprovePublication(ctx, fx.chair, id, 1), doithoai.Conflict, "")
		must(t, db.ProposePublication(ctx, fx.office, id, 2, testSummary))
		must(t, db.ApprovePublication(ctx, fx.chair, id, 3))
		_, err = db.RuleOpinion(ctx, fx.secretary, id, 3, onTheSpot)
		wantKind(t, err, doithoai.Conflict, "petition.ruling.problem.published")
		wantClean(t, db)
	})
}
