package doithoai

// DialogueRating is what somebody who was at a dialogue thinks of it, without a name: whether the answers there were
// clear and had a day, and how satisfied they are on the whole.
type DialogueRating struct {
	Clear     int // 1: not clear, 2: in part, 3: clear, with a day
	Satisfied int // 1: not at all, to 5: very
}

// MaxClear and MaxSatisfied are the best answers to the two questions.
const (
	MaxClear     = 3
	MaxSatisfied = 5
)

// Problems are the reasons why a rating can't be taken: both questions are answered.
func (r DialogueRating) Problems() []Problem {
	ps := problems{of: "screen.rating.problem."}
	ps.need(r.Clear >= 1 && r.Clear <= MaxClear, "tra-loi", "clear")
	ps.need(r.Satisfied >= 1 && r.Satisfied <= MaxSatisfied, "hai-long", "satisfied")
	return ps.list
}

// RatingOpen refuses to rate a dialogue that is not over, or over for long: its results were reported.
func (d Dialogue) RatingOpen() error {
	if d.State != DialogueClosed && d.State != DialoguePublished {
		return Refuse(Conflict, "screen.rating.problem.closed")
	}
	return nil
}

// DialogueRatings are how often each answer was given, at its number less one.
type DialogueRatings struct {
	Clear     [MaxClear]int
	Satisfied [MaxSatisfied]int
}

// Count is how many have rated.
func (r DialogueRatings) Count() (n int) {
	for _, given := range r.Satisfied {
		n += given
	}
	return n
}

// Acts of rating a dialogue.
const (
	ActRateDialogue       Act = "rate_dialogue"
	ActSeeDialogueRatings Act = "see_dialogue_ratings"
)

var dialogueRatingActs = []actRow{
	{ActRateDialogue, law{"who was at a dialogue rates it, without a name",
		"plan of 8/1/2024, I.1: satisfaction of the people; QĐ 1001/QĐ-BNV 11/12/2023 (L)", ""},
		[]grant{{RoleResident, always}}},
	{ActSeeDialogueRatings, opening, everyOfficer(always)},
}
