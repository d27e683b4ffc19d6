package plan

import (
	"slices"

	"doithoai"
	"doithoai/calendar"
)

// DutyKey names a duty of the law, or of good practice, that a dialogue brings.
type DutyKey string

const (
	DutyNoticePaper     DutyKey = "notice_paper" // the announcement gets number and day
	DutyNoticeMedia     DutyKey = "notice_media"
	DutyNoticePosting   DutyKey = "notice_posting"
	DutyNoticeVillages  DutyKey = "notice_villages"
	DutyConclusion      DutyKey = "conclusion" // the chair's conclusion is issued as a notice
	DutyResultMedia     DutyKey = "result_media"
	DutyResultPosting   DutyKey = "result_posting"
	DutyResultVillages  DutyKey = "result_villages"
	DutyResultBroadcast DutyKey = "result_broadcast"
	DutyReport          DutyKey = "report" // to the superior
)

// dutyRule is what a duty rests on: parameters, never figures.
type dutyRule struct {
	key   DutyKey
	stage Stage
	term  string // parameter that says by when; before the dialogue's day in StageAnnounce, else after it
	house bool   // the law asks for the term, and not for this way of keeping it
	lasts string // parameter that says for how many days running; empty: it is done at once
}

// dutyRules are all duties, in the order in which they are done.
var dutyRules = []dutyRule{
	{DutyNoticePaper, StageAnnounce, "notice.days", true, ""},
	{DutyNoticeMedia, StageAnnounce, "notice.days", false, ""},
	{DutyNoticePosting, StageAnnounce, "notice.days", true, ""},
	{DutyNoticeVillages, StageAnnounce, "notice.days", true, ""},
	{DutyConclusion, StagePublish, "conclusion.days", false, ""},
	{DutyResultMedia, StagePublish, "result.publish", false, ""},
	{DutyResultPosting, StagePublish, "result.publish", false, "posting.days"},
	{DutyResultVillages, StagePublish, "result.publish", false, ""},
	{DutyResultBroadcast, StagePublish, "result.publish", true, "loudspeaker.days"},
	{DutyReport, StageReport, "report.days", false, ""},
}

// DutyKeys are all duties in their order.
var DutyKeys = func() (keys []DutyKey) {
	for _, r := range dutyRules {
		keys = append(keys, r.key)
	}
	return keys
}()

// Duty is one duty of a dialogue, judged by the law of the dialogue's day.
type Duty struct {
	Key    DutyKey
	Stage  Stage
	Rule   doithoai.Parameter // says by when; without a key where none is in force: then there is no day
	Due    calendar.Date      // as the law counts it; zero without a rule
	Advice calendar.Date      // the working day before or behind it where offices are shut on Due, else Due
	House  bool               // no law asks for it so
	Length doithoai.Parameter // says for how many days running; without a key where it is done at once
	Lasts  int                // those days; 0: it is done at once
	Proofs []Proof            // for the dialogue's present day, those that were taken back left out, by their days
	Opens  calendar.Instant   // before it nothing can have been done; zero: it can't be yet
}

// Proof says that a duty was done: when, by whom, and what shows it.
type Proof struct {
	ID          doithoai.ID
	AuthorityID doithoai.ID
	DialogueID  doithoai.ID
	Duty        DutyKey
	At          calendar.Instant
	Until       calendar.Date // the last day of what lasts; zero: one day, or it still goes on
	Doer        string        // "Đài truyền thanh xã"
	Text        string        // "Phát 3 buổi trên đài, nhật ký số 12"
	ToldMoves   int           // the dialogue's moves when it was done: what told another day is no notice of this one
	Log         ProofLog      // where it is known from, if nobody wrote it down as a proof; it has no id then
	By          doithoai.ID
	RecordedAt  calendar.Instant
	WithdrawnBy doithoai.ID
	WithdrawnAt calendar.Instant
	Files       []doithoai.ID // uploads that come with a new one
}

// ProofLog is a log of the dialogue from which it is seen that a duty was done, so that nobody enters it twice.
type ProofLog string

const (
	LogBroadcasts ProofLog = "broadcasts" // of the loudspeakers
	LogVillages   ProofLog = "villages"   // what their heads report
)

// LogProofs are what the dialogue's logs prove of its duties: each reading to the end tells of the dialogue in the
// media; that all villages were told shows that the announcement, or the results, reached them, at the time of the last
// one. What told of another day than the present one is left out by [Duties].
func LogProofs(d doithoai.Dialogue, broadcasts []Broadcast, relays map[RelayMatter][]VillageRelay) (list []Proof) {
	for _, b := range broadcasts {
		if b.State == BroadcastAired {
			list = append(list, Proof{
				Duty: DutyNoticeMedia, Log: LogBroadcasts, DialogueID: d.ID, At: b.At(), Doer: b.Reader, ToldMoves: b.Moves,
			})
		}
	}
	for matter, key := range map[RelayMatter]DutyKey{
		RelayAnnouncement: DutyNoticeVillages, RelayResults: DutyResultVillages,
	} {
		rows := relays[matter]
		if len(rows) == 0 || Told(rows) < len(rows) {
			continue
		}
		last := Proof{Duty: key, Log: LogVillages, DialogueID: d.ID, ToldMoves: d.Moves}
		for _, v := range rows {
			if v.Told.At().After(last.At) {
				last.At = v.Told.At()
			}
		}
		list = append(list, last)
	}
	return list
}

// Duties are a dialogue's duties with what was proved of them. paper is the day of the announcement's number, zero
// where it has none.
//
// Each term is a parameter as in force on the dialogue's day, and counts calendar days from or to that day; where it
// ends on a day off, the working day beside it is shown as advice and never moves it. A proof of the notice counts for
// the day of which people were told then. The number and day of the announcement prove its paper. A dialogue without a
// day has no duties left but those that were done.
func Duties(d doithoai.Dialogue, rules doithoai.Rules, proofs []Proof, paper calendar.Date) []Duty {
	list := make([]Duty, 0, len(dutyRules))
	for _, r := range dutyRules {
		duty := Duty{Key: r.key, Stage: r.stage, House: r.house, Opens: opens(r, d, paper)}
		if !d.State.Dayless() {
			duty.set(r, d.StartsAt.Date(), rules)
		}
		for _, p := range proofs {
			if p.Duty == r.key && p.WithdrawnAt.IsZero() && (r.stage != StageAnnounce || p.ToldMoves == d.Moves) {
				duty.Proofs = append(duty.Proofs, p)
			}
		}
		if r.key == DutyNoticePaper && !paper.IsZero() && !paper.Before(duty.Opens.Date()) {
			duty.Proofs = append(duty.Proofs, Proof{Duty: r.key, At: calendar.InstantAt(paper, 0, 0), ToldMoves: d.Moves})
		}
		slices.SortStableFunc(duty.Proofs, func(a, b Proof) int { return a.At.Compare(b.At) })
		list = append(list, duty)
	}
	return list
}

func (d *Duty) set(r dutyRule, day calendar.Date, rules doithoai.Rules) {
	if rule, ok := rules.Parameters.At(r.term, day); ok {
		if term, err := rule.Term(); err == nil {
			d.Rule = rule
			d.House = d.House || rule.HouseDefault()
			if r.stage == StageAnnounce {
				limit := rules.Calendar.LatestBefore(day, term)
				d.Due, d.Advice = limit.Latest, limit.Advised
			} else {
				limit := rules.Calendar.Deadline(day, term)
				d.Due, d.Advice = limit.Due, limit.Rolled
			}
		}
	}
	if length, ok := rules.Parameters.At(r.lasts, day); ok {
		if n, err := length.Int(); err == nil {
			d.Length, d.Lasts = length, n
		}
	}
}

// opens is the moment before which a duty can't have been done: for the notice, the day on which people were first told
// of the present day, or that of the announcement's number; for the rest, the hour at which the dialogue was closed.
// Zero where its cause is still to come.
func opens(r dutyRule, d doithoai.Dialogue, paper calendar.Date) calendar.Instant {
	if r.stage != StageAnnounce {
		return d.ClosedAt
	}
	if !d.Public() {
		return calendar.Instant{}
	}
	told := d.Noticed.Date()
	if !paper.IsZero() && paper.Before(told) && d.Moves == 0 {
		told = paper
	}
	return calendar.InstantAt(told, 0, 0)
}

// Step is the duty as a line of the workspace. What lasts is done once it has lasted long enough; whether it is late
// goes by the day on which it began.
func (d Duty) Step() Step {
	s := Step{Stage: d.Stage, Due: d.Due, ByLaw: !d.House && d.Rule.Key != "", State: StepWaits}
	if d.Opens.IsZero() {
		s.State = StepLater
	}
	if len(d.Proofs) == 0 {
		return s
	}
	s.State, s.DoneOn = StepDone, d.Proofs[0].At.Date()
	if d.Running() < d.Lasts {
		s.State = StepDoing
		if !s.DoneOn.After(s.Due) {
			s.Due = calendar.Date{} // it began in time: now it only has to last
		}
	}
	return s
}

// Running is the greatest number of days running that the proofs show.
func (d Duty) Running() (most int) {
	var end calendar.Date
	n := 0
	for _, p := range d.Proofs {
		from, to := p.At.Date(), p.Until
		if to.IsZero() {
			to = from
		}
		switch {
		case n > 0 && !to.After(end): // within what went before
		case n > 0 && !from.After(end.AddDays(1)):
			n, end = n+end.DaysUntil(to), to
		default:
			n, end = from.DaysUntil(to)+1, to
		}
		most = max(most, n)
	}
	return most
}

// Lasted is the last day until which what began must last at least; zero where it was done at once or has not begun.
func (d Duty) Lasted() calendar.Date {
	if d.Lasts == 0 || len(d.Proofs) == 0 {
		return calendar.Date{}
	}
	return d.Proofs[0].At.Date().AddDays(d.Lasts - 1)
}

// Late reports whether the duty was missed on a day, or done late: that stays.
func (d Duty) Late(today calendar.Date) bool { return d.Step().Late(today) }

// ProofProblems are the reasons why a proof can't be recorded now: its cause has not come; it was done in the future,
// or before its cause; what lasts ends before it begins or after today; nobody did it, or nothing shows it.
func (d Duty) ProofProblems(p Proof, now calendar.Instant) []doithoai.Problem {
	var list []doithoai.Problem
	add := func(field, key string, args ...any) {
		list = append(list, doithoai.Problem{Field: field, Key: "plan.duty.problem." + key, Args: args})
	}
	switch {
	case d.Opens.IsZero():
		add("ngay", "early")
	case p.At.IsZero():
		add("ngay", "day")
	case p.At.After(now):
		add("ngay", "future")
	case p.At.Before(d.Opens):
		add("ngay", "before", "date", d.Opens.Date().Words())
	}
	switch {
	case p.Until.IsZero():
	case d.Lasts == 0:
		add("den-ngay", "at_once")
	case p.Until.After(now.Date()):
		add("den-ngay", "until_future")
	case p.Until.Before(p.At.Date()):
		add("den-ngay", "until_before")
	}
	list = append(list, lineProblems("nguoi-lam", "plan.duty.problem.doer", p.Doer)...)
	return append(list, NoteProblems("minh-chung", "plan.duty.problem.proof", p.Text)...)
}

// lineProblems are those of a line that must be there.
func lineProblems(field, key, s string) []doithoai.Problem {
	switch {
	case s == "":
		return []doithoai.Problem{{Field: field, Key: key}}
	case len([]rune(s)) > doithoai.MaxLine:
		return []doithoai.Problem{{Field: field, Key: "error.problem.too_long", Args: []any{"max", doithoai.MaxLine}}}
	}
	return nil
}
