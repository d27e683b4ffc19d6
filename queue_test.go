package doithoai

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"doithoai/calendar"
)

var hallDay = calendar.InstantAt(calendar.DateOf(2024, 10, 25), 8, 0)

// turnsFrom reads "a1 b1 c2*": turns of one letter in villages, in the order in which they joined; * has spoken, ? is
// not there, ! was put first by hand.
func turnsFrom(s string) (all []Turn, away map[ID]bool) {
	away = map[ID]bool{}
	for i, f := range strings.Fields(s) {
		t := Turn{
			ID: ID(f[:2]), Name: f[:1], VillageID: ID(f[1:2]), State: TurnWaiting,
			JoinedAt: hallDay.Add(time.Duration(i) * time.Minute),
		}
		if len(f) > 2 {
			switch f[2] {
			case '*':
				t.State = TurnSpoken
			case '?':
				away[t.ID] = true
			case '!':
				t.Place = 1
			}
		}
		all = append(all, t)
	}
	return all, away
}

func orderOf(queue []Queued) string {
	var ids []string
	for _, q := range queue {
		ids = append(ids, string(q.ID))
	}
	return strings.Join(ids, " ")
}

func TestOrderTurns(t *testing.T) {
	for _, c := range []struct{ name, turns, want string }{
		{"as they joined", "a1 b2 c3", "a1 b2 c3"},
		{"villages in turn", "a1 b1 c1 d2 e2 f3", "a1 d2 f3 b1 e2 c1"},
		{"a village that spoke waits", "x1* y1* a1 b2 c2", "b2 c2 a1"},
		{"who spoke comes after who did not", "a1* a1 b1 c2", "c2 b1 a1"},
		{"who is not there comes last", "a1? b2 c1", "b2 c1 a1"},
		{"by hand before all", "a1 b2 c3!", "c3 a1 b2"},
		{"nobody", "a1*", ""},
	} {
		turns, away := turnsFrom(c.turns)
		got := OrderTurns(turns, func(u Turn) bool { return !away[u.ID] }, func(u Turn) string { return u.Name })
		if orderOf(got) != c.want {
			t.Errorf("%s: %s, want %s", c.name, orderOf(got), c.want)
		}
	}
	turns, _ := turnsFrom("x1* y1* x1 b2 c2")
	got := OrderTurns(turns, func(Turn) bool { return true }, func(u Turn) string { return u.Name })
	if got[0].Village != 0 || got[1].Village != 1 || got[2].Village != 2 || got[2].Before != 1 {
		t.Errorf("why: %+v", got)
	}
}

// Nobody is lost or doubled by being moved, and who was moved stands where they were put, whoever joins.
func TestMoveTo(t *testing.T) {
	draw := rand.New(rand.NewPCG(1, 2))
	for range 500 {
		turns, _ := turnsFrom("a1 b2 c3 d1 e2 f3 g1")
		order := func() []Queued {
			return OrderTurns(turns, func(Turn) bool { return true }, func(u Turn) string { return u.Name })
		}
		for range 4 {
			queue := order()
			id, place := queue[draw.IntN(len(queue))].ID, 1+draw.IntN(len(queue))
			for _, c := range MoveTo(queue, id, place) {
				turns[slices.IndexFunc(turns, func(u Turn) bool { return u.ID == c.ID })] = c
			}
			after := order()
			if len(after) != 7 || after[place-1].ID != id {
				t.Fatalf("%s to %d of %s: %s", id, place, orderOf(queue), orderOf(after))
			}
			// Who was put somewhere before stands before and behind the same of them.
			placed := func(q Queued) bool { return q.ID == id || q.Place == 0 }
			before := slices.DeleteFunc(queue, placed)
			kept := slices.DeleteFunc(after, func(q Queued) bool {
				return !slices.ContainsFunc(before, func(b Queued) bool { return b.ID == q.ID })
			})
			if orderOf(before) != orderOf(kept) {
				t.Fatalf("by hand %s, after %s", orderOf(before), orderOf(kept))
			}
		}
	}
	turns, _ := turnsFrom("a1 b2")
	queue := OrderTurns(turns, func(Turn) bool { return true }, func(u Turn) string { return u.Name })
	if MoveTo(queue, "zz", 1) != nil || len(MoveTo(queue, "a1", 99)) != 2 {
		t.Error("bounds")
	}
}

func TestTurnTimer(t *testing.T) {
	at := func(minutes int) calendar.Instant { return hallDay.Add(time.Duration(minutes) * time.Minute) }
	turn := Turn{State: TurnWaiting, Limit: 3 * time.Minute}
	move := func(act Act, now calendar.Instant) {
		t.Helper()
		var err error
		if turn, err = turn.Move(act, now); err != nil {
			t.Fatal(act, err)
		}
	}
	move(ActCallTurn, at(0))
	if turn.Elapsed(at(5)) != 0 {
		t.Error("the timer runs before anybody speaks")
	}
	turn = turn.Run(at(1)).Run(at(2))
	if turn.Elapsed(at(3)) != 2*time.Minute || turn.Elapsed(at(0)) != 0 {
		t.Error("running", turn.Elapsed(at(3)))
	}
	turn = turn.Pause(at(3)).Pause(at(9))
	turn = turn.Run(at(10))
	move(ActEndTurn, at(11))
	if turn.Elapsed(at(60)) != 3*time.Minute || !turn.Since.IsZero() || turn.EndedAt != at(11) {
		t.Errorf("it runs on for somebody who has left: %+v", turn)
	}
	if _, err := turn.Move(ActTimeTurn, at(12)); KindOf(err) != Conflict {
		t.Error("time for who has spoken")
	}
	move(ActReturnTurn, at(13))
	move(ActCallTurn, at(14))
	turn = turn.Run(at(14))
	move(ActMissTurn, at(15))
	if turn.Elapsed(at(60)) != time.Minute || turn.State != TurnAbsent {
		t.Errorf("%+v", turn)
	}
	if got := (Turn{Limit: 59 * time.Minute}).Lengthen(3 * time.Minute).Limit; got != maxTurn {
		t.Error(got)
	}
}

// Every state is left by some act, and every act of the table is one of the law.
func TestTurnMoves(t *testing.T) {
	for _, s := range []TurnState{TurnWaiting, TurnSpeaking, TurnSpoken, TurnAbsent, TurnWithdrawn} {
		left := false
		for act, m := range turnMoves {
			left = left || Turn{State: s}.May(act) && m.to != "" && m.to != s
		}
		if !left {
			t.Errorf("%s is never left", s)
		}
	}
	d := Dialogue{State: DialogueAnnounced, StartsAt: hallDay}
	if KindOf(d.QueueOpen(ActCallTurn, hallDay)) != Conflict || d.QueueOpen(ActJoinQueue, hallDay) != nil {
		t.Error("before the start nobody is called, and somebody may join")
	}
}
