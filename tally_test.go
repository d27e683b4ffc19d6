package doithoai

import (
	"math/rand/v2"
	"testing"
)

// tallyModel is a dialogue of which each opinion is known: what the sum is held against.
type tallyModel struct {
	opinions  []Tallied
	into      map[int]int // which one is joined to which
	told      int         // lines of lists that nobody has typed
	submitted int         // printed slips that came back
}

// tally counts as the store does: either side by itself.
func (m *tallyModel) tally() (t Tally) {
	for _, o := range m.opinions {
		t.Receive(o, 1)
	}
	for i := len(m.opinions) - 1; i >= 0; i-- {
		t.Settle(m.opinions[i], 1)
	}
	t.Missing(UnkeyedLines, m.told)
	t.Missing(UnkeyedSlips, m.submitted)
	return t
}

// any is one of the opinions, or none.
func (m *tallyModel) any(r *rand.Rand) int {
	if len(m.opinions) == 0 {
		return -1
	}
	return r.IntN(len(m.opinions))
}

// step does one act at random.
func (m *tallyModel) step(r *rand.Rand) {
	channels := []Channel{ChannelPortal, ChannelOffice, ChannelPhone, ChannelVillage, ChannelPaper, ChannelZalo}
	turns := []TurnSource{"", TurnBySlip, TurnAtReception, TurnByHand, TurnByPhone}
	i := m.any(r)
	switch r.IntN(10) {
	case 0: // registered, or handed in at the hall
		m.opinions = append(m.opinions, Tallied{Channel: channels[r.IntN(len(channels))], Early: r.IntN(2) == 0})
	case 1: // spoken
		m.opinions = append(m.opinions, Tallied{
			Channel: ChannelHall, Turn: turns[r.IntN(len(turns))], Unnamed: r.IntN(3) == 0,
		})
	case 2: // a village's list: some of its lines typed, some told only
		for range r.IntN(4) {
			m.opinions = append(m.opinions, Tallied{Channel: ChannelVillage, Listed: true, Early: r.IntN(2) == 0})
		}
		m.told += r.IntN(3)
	case 3:
		if m.told > 0 { // a line is typed after all
			m.told--
			m.opinions = append(m.opinions, Tallied{Channel: ChannelVillage, Listed: true})
		}
	case 4:
		if m.submitted > 0 { // a slip too
			m.submitted--
			m.opinions = append(m.opinions, Tallied{Channel: ChannelPaper})
		} else {
			m.submitted += r.IntN(3)
		}
	case 5, 6: // ruled, also anew, also a denunciation
		if i >= 0 && !m.opinions[i].Joined {
			m.opinions[i].Ruling = RulingRules[r.IntN(len(RulingRules))].Code
		}
	case 7: // withdrawn, or not heard
		if i >= 0 && !m.opinions[i].Joined {
			m.opinions[i].Ruling = RulingCode(OutcomeWithdrawn)
			if r.IntN(2) == 0 {
				m.opinions[i].Ruling, m.opinions[i].Unheard = RulingLater, UnheardNotReached
			}
		}
	case 8: // joined to another, which is joined to none, and has none joined to it
		if j := m.any(r); i >= 0 && i != j && m.opinions[i].Ruling == "" && m.free(i) && m.free(j) {
			m.opinions[i].Joined, m.into[i] = true, j
		}
	case 9: // and separated
		if i >= 0 {
			m.opinions[i].Joined = false
			delete(m.into, i)
		}
	}
}

// free reports whether an opinion is joined to none and none to it.
func (m *tallyModel) free(i int) bool {
	for from, to := range m.into {
		if from == i || to == i {
			return false
		}
	}
	return true
}

// TestTallyAdds tries ten thousand acts in whatever order: after each, both sides are the same, and they are what the
// opinions are, each once.
func TestTallyAdds(t *testing.T) {
	for seed := range uint64(50) {
		r := rand.New(rand.NewPCG(seed, 9))
		m := tallyModel{into: map[int]int{}}
		for step := range 200 {
			m.step(r)
			sum := m.tally()
			counted, open := m.told+m.submitted, m.told+m.submitted
			for _, o := range m.opinions {
				if !o.Joined {
					counted++
					if o.Ruling == "" {
						open++
					}
				}
			}
			if sum.Received() != counted || sum.Open() != open || sum.Ruled() != counted-open || !sum.Adds() ||
				sum.Balanced() != (open == 0) || len(sum.Problems("")) > 1 || (len(sum.Problems("")) == 0) != (open == 0) {
				t.Fatalf("seed %d, step %d: received %d, ruled %d, open %d; there are %d, %d of them open", seed, step,
					sum.Received(), sum.Ruled(), sum.Open(), counted, open)
			}
			if sum.Joined != len(m.into) {
				t.Fatalf("seed %d, step %d: %d joined, want %d", seed, step, sum.Joined, len(m.into))
			}
			listed := 0
			for _, o := range Outcomes {
				listed += sum.Outcomes[o]
			}
			if listed != sum.Ruled()+sum.Outcomes[OutcomeNone] {
				t.Fatalf("seed %d, step %d: the page lists %d outcomes of %v", seed, step, listed, sum.Outcomes)
			}
		}
	}
}

func TestTallied(t *testing.T) {
	for _, tt := range []struct {
		o       Tallied
		source  TallySource
		outcome Outcome
	}{
		{Tallied{Channel: ChannelPortal, Early: true}, TallySource{TallyRegistered, "portal"}, OutcomeNone},
		{Tallied{Channel: ChannelPortal, Early: true, Ruling: RulingLater, Unheard: UnheardAbsent},
			TallySource{TallyRegistered, "portal"}, OutcomeAbsent},
		{Tallied{Channel: ChannelPaper, Ruling: RulingLater, Unheard: UnheardNotReached},
			TallySource{TallyWritten, "paper"}, OutcomeNotReached},
		{Tallied{Channel: ChannelPaper, Unheard: UnheardNotReached}, TallySource{TallyWritten, "paper"}, OutcomeNone},
		{Tallied{Channel: ChannelHall, Turn: TurnByPhone, Ruling: RulingLater}, TallySource{TallySpoken, "phone"},
			Outcome(RulingLater)},
		{Tallied{Channel: ChannelHall, Early: true, Ruling: RulingDenunciation}, TallySource{TallySpoken, ""},
			Outcome(RulingDenunciation)},
		{Tallied{Channel: ChannelVillage, Early: true, Ruling: "RUT"}, TallySource{TallyRegistered, "village"},
			OutcomeWithdrawn},
		{Tallied{Channel: ChannelVillage, Early: true, Listed: true, Ruling: RulingOtherBody, Unheard: UnheardAbsent},
			TallySource{TallyListed, ""}, Outcome(RulingOtherBody)},
	} {
		if got := tt.o.Source(); got != tt.source {
			t.Errorf("%+v came as %v, want %v", tt.o, got, tt.source)
		}
		if got := tt.o.Outcome(); got != tt.outcome {
			t.Errorf("%+v became %q, want %q", tt.o, got, tt.outcome)
		}
	}
	// The sides may only differ where something is lost; then nothing may rest on them.
	var lost Tally
	lost.Receive(Tallied{Channel: ChannelPaper}, 2)
	lost.Settle(Tallied{Ruling: RulingOnTheSpot}, 1)
	if lost.Balanced() || len(lost.Problems("luc")) != 1 || lost.Problems("luc")[0].Key != "tally.problem.differs" {
		t.Errorf("a sum that lost one is taken: %v", lost.Problems("luc"))
	}
}
