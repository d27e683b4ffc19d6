package bench

import (
	"context"
	"errors"
	"fmt"
	"time"

	"doithoai"
	"doithoai/calendar"
)

// announce makes a dialogue a quarter, each a month before its day. The last one is still to come when all is filled.
func (f *filler) announce(ctx context.Context) error {
	office, plan, year := f.actor(loginOffice), doithoai.ID(""), 0
	const quarter, fortnight = 91 * 24 * time.Hour, 14 * 24 * time.Hour
	for at := f.end.Add(-fortnight - f.end.Sub(f.begin)/quarter*quarter); at.Before(f.end); at = at.Add(quarter) {
		if at.Before(f.begin) {
			continue
		}
		day := calendar.InstantOf(at).Date()
		f.clock.set(calendar.InstantOf(at))
		if day.Year != year {
			var err error
			issued, err := f.db.TakeOverPlan(ctx, office, planOf(day))
			if err != nil {
				return fmt.Errorf("plan of %d: %w", day.Year, err)
			}
			plan = issued.PlanID
			year = day.Year
		}
		held := day.AddDays(30)
		d, err := f.db.AnnounceNewDialogue(ctx, office, doithoai.Dialogue{
			PlanID: plan, Slug: held.String(),
			Title: fmt.Sprintf("Hội nghị đối thoại quý %d năm %d", (int(held.Month)+2)/3, held.Year),
			Kinds: []doithoai.DialogueKind{doithoai.KindProcedures}, Form: doithoai.FormDirect,
			StartsAt: calendar.InstantAt(held, 8, 0), DoorsAt: calendar.InstantAt(held, 7, 30),
			SlipsUntil: calendar.InstantAt(held.AddDays(-1), 16, 30),
			Venue:      "Hội trường UBND xã Đo Lường", Chair: "Ông Đặng Văn Giả Định, Chủ tịch UBND xã",
			Programme: []doithoai.ProgrammeStep{
				{Title: "Đón tiếp", Minutes: 30, Presenter: "Văn phòng"},
				{Title: "Đối thoại", Minutes: 120, Presenter: "Chủ tịch UBND xã"},
			},
		})
		if err != nil {
			return fmt.Errorf("dialogue of %s: %w", held, err)
		}
		f.dialogues = append(f.dialogues, d)
	}
	f.clock.set(calendar.InstantOf(f.begin))
	return nil
}

// conclude brings the dialogues that are over to their end, as far as their opinions let them.
func (f *filler) conclude(ctx context.Context) error {
	for _, d := range f.dialogues {
		if !d.StartsAt.Add(hallTime).Time().Before(f.end) {
			continue
		}
		if err := f.hold(ctx, d); err != nil {
			return fmt.Errorf("dialogue of %s: %w", d.Slug, err)
		}
	}
	f.clock.set(calendar.InstantOf(f.end))
	return nil
}

// hold holds a dialogue, and brings it to its end. It stays closed where an opinion of it has no ruling.
func (f *filler) hold(ctx context.Context, d doithoai.Dialogue) error {
	office, closed := f.actor(loginOffice), d.StartsAt.Add(hallTime)
	f.clock.set(closed)
	d, err := f.db.StartDialogue(ctx, office, d.ID, d.Version, d.StartsAt)
	if err != nil {
		return err
	}
	if d, err = f.db.CloseDialogue(ctx, office, d.ID, d.Version, closed); err != nil {
		return err
	}
	if err := f.promise(ctx, d); err != nil {
		return err
	}
	results := closed.Add(9 * 24 * time.Hour)
	if err := f.survey(ctx, d); err != nil || results.Time().After(f.end) {
		return err
	}
	f.clock.set(results)
	d, err = f.db.PublishResults(ctx, office, d.ID, d.Version, results)
	if doithoai.KindOf(err) == doithoai.Invalid { // an opinion of it has no ruling
		return nil
	}
	if err == nil {
		_, err = f.db.ReportDialogue(ctx, office, d.ID, d.Version, results)
	}
	return errors.Join(err, f.keep(ctx, d))
}

// promise concludes a dialogue with promises, and locks its minutes, with which they bind.
func (f *filler) promise(ctx context.Context, d doithoai.Dialogue) error {
	secretary, day := f.actor(loginSecretary), d.StartsAt.Date()
	var all []doithoai.Promised
	for i := range f.promises {
		all = append(all, doithoai.Promised{
			UnitID: f.units[i%len(f.units)].ID, What: f.one(f.field().matters),
			Due: f.rules.Calendar.AsKnown().Roll(day.AddDays(20 + 10*i)),
		})
	}
	if _, err := f.db.WriteConclusion(
		ctx, secretary, d.ID, 0, "Ghi nhận các ý kiến, giao các đơn vị thực hiện.", all...,
	); err != nil {
		return err
	}
	m, err := f.db.ComposeMinutes(ctx, secretary, d.ID, 0)
	if err != nil {
		return err
	}
	back := doithoai.ReadBack{At: f.db.Now(), To: "Chủ trì và người dự còn ở lại"}
	if m, err = f.db.ReadMinutes(ctx, secretary, d.ID, m.Version, back); err != nil {
		return err
	}
	_, err = f.db.LockMinutes(ctx, secretary, d.ID, m.Version)
	return err
}

// survey has people answer the survey of a dialogue on the day after.
func (f *filler) survey(ctx context.Context, d doithoai.Dialogue) error {
	f.clock.set(d.StartsAt.Add(24 * time.Hour))
	of := doithoai.DialogueSurvey(d.ID)
	for range f.surveySlips {
		level := string(rune('2' + f.IntN(4)))
		said := doithoai.SurveySlip{Answers: doithoai.ParseSurveyDigits(level + "450304" + level)}
		if err := f.db.AnswerSurvey(
			ctx, doithoai.Resident(f.authority.ID), of, doithoai.SurveyKeyOf(newKey(), of), said,
		); err != nil {
			return err
		}
	}
	return nil
}

// keep keeps what was promised, each a week before its day, but for the last promise of several, which is never kept.
func (f *filler) keep(ctx context.Context, d doithoai.Dialogue) error {
	all, err := f.db.PromisesOfDialogue(ctx, f.authority.ID, d.ID)
	if err != nil {
		return err
	}
	for i, p := range all {
		done := p.Due.AddDays(-7)
		at := calendar.InstantAt(done, 9, 0)
		if i > 0 && i == len(all)-1 || at.Time().After(f.end) {
			continue
		}
		f.clock.set(at)
		if err := f.db.KeepPromise(
			ctx, f.actor(loginOffice), p.ID, p.Version, done, "Đã thực hiện xong theo kết luận.",
		); err != nil {
			return err
		}
	}
	return nil
}
