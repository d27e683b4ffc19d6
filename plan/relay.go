package plan

import (
	"slices"

	"doithoai"
	"doithoai/calendar"
)

// RelayMatter is what a village is told of.
type RelayMatter string

const (
	RelayAnnouncement RelayMatter = "announcement" // that the dialogue will be held
	RelayResults      RelayMatter = "results"      // what came of it
)

// RelayMatters in their order.
var RelayMatters = []RelayMatter{RelayAnnouncement, RelayResults}

// Open reports whether villages can be told of the matter: of the dialogue once it is announced, of its results once it
// is over.
func (m RelayMatter) Open(d doithoai.Dialogue) bool {
	switch m {
	case RelayAnnouncement:
		return d.Public() && d.State != doithoai.DialogueCancelled
	case RelayResults:
		return d.State == doithoai.DialogueClosed || d.State == doithoai.DialoguePublished ||
			d.State == doithoai.DialogueReported
	}
	return false
}

// RelayStep is what a village's head does with a matter.
type RelayStep string

const (
	RelayTold   RelayStep = "told"   // the people were told
	RelayPosted RelayStep = "posted" // the paper hangs at a public place
)

// RelayWay is how the people of a village were told.
type RelayWay string

// RelayWays in the order of the forms.
var RelayWays = []RelayWay{"loudspeaker", "meeting", "message", "visit"}

// Relay is what was done in a village with a matter: told, or posted. One of each holds; it is written anew where it
// was wrong, or where the dialogue has moved.
type Relay struct {
	DialogueID  doithoai.ID
	VillageID   doithoai.ID
	AuthorityID doithoai.ID
	Matter      RelayMatter
	Step        RelayStep
	Day         calendar.Date
	Clock       calendar.Clock
	Ways        []RelayWay // of telling
	Place       string     // of posting
	Note        string
	Reporter    string // whose word it is, where the office entered it: "Trưởng thôn 4, qua điện thoại lúc 09 giờ"
	Moves       int    // how often the dialogue had moved by then
	RecordedBy  doithoai.ID
	RecordedAt  calendar.Instant
	Version     int
	Files       []doithoai.ID // uploads that come with a new entry
}

// At is the moment at which it was done.
func (r Relay) At() calendar.Instant {
	return r.Clock.On(r.Day)
}

// Problems are the reasons why it can't be kept: its moment lies between the announcement and now; telling has a way,
// posting a place; what the office enters for somebody names whose word it is.
func (r Relay) Problems(since, now calendar.Instant, forSomebody bool) (list []doithoai.Problem) {
	switch {
	case !r.Day.Valid() || r.Clock < 0:
		list = append(list, doithoai.Problem{Field: "ngay", Key: "relay.problem.moment"})
	case r.At().After(now):
		list = append(list, doithoai.Problem{Field: "ngay", Key: "relay.problem.future"})
	case r.Day.Before(since.Date()):
		list = append(list, doithoai.Problem{Field: "ngay", Key: "relay.problem.before"})
	}
	if r.Step == RelayTold && (len(r.Ways) == 0 ||
		slices.ContainsFunc(r.Ways, func(w RelayWay) bool { return !slices.Contains(RelayWays, w) })) {
		list = append(list, doithoai.Problem{Field: "cach", Key: "relay.problem.ways"})
	}
	if r.Step == RelayPosted && r.Place == "" {
		list = append(list, doithoai.Problem{Field: "noi", Key: "relay.problem.place"})
	}
	list = long(list, "noi", r.Place, doithoai.MaxLine)
	list = long(list, "ghi-chu", r.Note, maxNote)
	if forSomebody && r.Reporter == "" {
		list = append(list, doithoai.Problem{Field: "nguoi-bao", Key: "relay.problem.reporter"})
	}
	return long(list, "nguoi-bao", r.Reporter, doithoai.MaxLine)
}

// Urging is one time at which a village's head was reminded.
type Urging struct {
	DialogueID  doithoai.ID
	VillageID   doithoai.ID
	AuthorityID doithoai.ID
	Matter      RelayMatter
	Number      int // the first is 1
	Way         UrgingWay
	Note        string
	By          doithoai.ID
	At          calendar.Instant
}

// UrgingWay is how a village's head was reminded.
type UrgingWay string

// UrgingWays in the order of the forms.
var UrgingWays = []UrgingWay{"call", "message", "visit"}

// Problems are the reasons why it can't be kept.
func (u Urging) Problems() (list []doithoai.Problem) {
	if !slices.Contains(UrgingWays, u.Way) {
		list = append(list, doithoai.Problem{Field: "cach", Key: "relay.problem.urging_way"})
	}
	return long(list, "ghi-chu", u.Note, maxNote)
}

// VillageRelay is how far a village is with a matter.
type VillageRelay struct {
	Village doithoai.Village
	Told    *Relay // nil: not yet, or only before the dialogue moved
	Posted  *Relay
	Again   bool // it was told before the dialogue moved
	Urgings []Urging
	// The versions of the entries, those of before a move too; 0 where there is none.
	ToldVersion, PostedVersion int
}

// Villages are the villages of a dialogue: its own, or else all that there are on its day.
func Villages(d doithoai.Dialogue, all []doithoai.Village) (list []doithoai.Village) {
	for _, v := range all {
		if slices.Contains(d.Villages, v.ID) || len(d.Villages) == 0 && calendar.Within(d.StartsAt.Date(), v.From, v.To) {
			list = append(list, v)
		}
	}
	return list
}

// RelayOf puts together how far each village is with a matter. What was told of another day, hour or venue does not
// count any more.
func RelayOf(
	d doithoai.Dialogue, villages []doithoai.Village, matter RelayMatter, relays []Relay, urgings []Urging,
) (list []VillageRelay) {
	for _, v := range villages {
		row := VillageRelay{Village: v}
		for _, r := range relays {
			if r.VillageID != v.ID || r.Matter != matter {
				continue
			}
			holds := matter != RelayAnnouncement || r.Moves == d.Moves
			if r.Step == RelayTold {
				if row.ToldVersion, row.Again = r.Version, !holds; holds {
					row.Told = &r
				}
			} else if row.PostedVersion = r.Version; holds {
				row.Posted = &r
			}
		}
		for _, u := range urgings {
			if u.VillageID == v.ID && u.Matter == matter {
				row.Urgings = append(row.Urgings, u)
			}
		}
		list = append(list, row)
	}
	return list
}

// Told counts the villages that were told.
func Told(list []VillageRelay) (n int) {
	for _, v := range list {
		if v.Told != nil {
			n++
		}
	}
	return n
}

// RelayDue is the day by which the villages are to be told of the dialogue: so long after it was announced, or last
// moved (parameter "relay.within"), but before its day. Zero where it is not announced, or no parameter is in force.
func RelayDue(d doithoai.Dialogue, rules doithoai.Rules) calendar.Date {
	if !d.Public() {
		return calendar.Date{}
	}
	told := d.Announced
	if d.Noticed.After(told) {
		told = d.Noticed
	}
	due := rules.DueOf("relay.within", told.Date())
	if last := d.StartsAt.Date().AddDays(-1); due.After(last) {
		return last
	}
	return due
}

// RelayProgress is how far a dialogue's villages are with being told of it. It blocks nothing before the dialogue is
// announced: until then nobody could tell them.
func RelayProgress(d doithoai.Dialogue, list []VillageRelay, due calendar.Date) Step {
	step := Step{Stage: StageAnnounce, State: StepLater, Due: due, Blocks: d.Public() && d.State.Coming()}
	told := Told(list)
	switch {
	case !d.Public():
	case told == len(list):
		step.State = StepDone
		for _, v := range list {
			if step.DoneOn.IsZero() || v.Told.Day.After(step.DoneOn) {
				step.DoneOn = v.Told.Day
			}
		}
	case told > 0:
		step.State = StepDoing
	default:
		step.State = StepWaits
	}
	return step
}
