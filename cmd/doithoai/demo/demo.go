// Package demo makes the data of a commune that does not exist, on a plan that does: its accounts, the dialogue of June
// 2024 with all that was said there, the slips of October and what became of them, and the merger of 2025. Everything
// happens through the acts of the store, on a clock of its own (docs/adr/0005).
package demo

import (
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
	"doithoai/store"
	"doithoai/text"
)

// plan2024 is the real plan of 8 January 2024, word for word. Nothing else in the demo is real.
//
//go:embed plan-2024.json
var plan2024 []byte

// Plan is that plan.
func Plan() (plan.Plan, error) { return plan.Parse(plan2024) }

// Host names the record of a demo: it can't be taken for an office's.
const Host = "mo-phong.doithoai.invalid"

// Password opens every account of a demo. It is printed at start.
const Password = "mo-phong-2024"

// Morning is when the demo's clock begins where no later day is named: Wednesday, 23 October 2024, 08:00 in Viet Nam.
var Morning = calendar.InstantAt(calendar.DateOf(2024, time.October, 23), 8, 0)

// Clock shows the demo's time. While the story is told it stands where it was set; its JSON form goes on from where the
// machine's clock is when it is read.
type Clock struct {
	mu    sync.Mutex
	at    time.Time // zero once it runs
	ahead time.Duration
}

// clockForm is the JSON form of a clock that runs.
type clockForm struct {
	Ahead int64 `json:"ahead_ms"` // of the demo's clock before the machine's; negative
}

// NewClock returns a clock that stands at Morning.
func NewClock() *Clock { return &Clock{at: Morning.Time()} }

// Now returns the demo's time.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.at.IsZero() {
		return time.Now().Add(c.ahead)
	}
	return c.at
}

// set lets the clock stand at an instant.
func (c *Clock) set(i calendar.Instant) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = i.Time()
}

// start lets the clock run from an instant.
func (c *Clock) start(i calendar.Instant) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at, c.ahead = time.Time{}, time.Until(i.Time())
}

// MarshalJSON writes how far a clock that runs is ahead of the machine's.
func (c *Clock) MarshalJSON() ([]byte, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return json.Marshal(clockForm{c.ahead.Milliseconds()})
}

// UnmarshalJSON reads what MarshalJSON wrote; the clock runs.
func (c *Clock) UnmarshalJSON(b []byte) error {
	var f clockForm
	if err := json.Unmarshal(b, &f); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at, c.ahead = time.Time{}, time.Duration(f.Ahead)*time.Millisecond
	return nil
}

// Guide tells a newcomer who can sign in, what each of them sees, a few receipt codes to follow, and where the dialogue
// stands that is over.
func Guide(ctx context.Context, db *store.DB, a doithoai.Authority, p text.Printer) (string, error) {
	officers, err := db.Officers(ctx, a.ID)
	if err != nil {
		return "", err
	}
	byLogin := map[string]doithoai.Officer{}
	for _, o := range officers {
		byLogin[o.Login] = o
	}
	var b strings.Builder
	fmt.Fprintf(&b, "\n%s\n%s\n\n", p.T("demo.guide.title", "date", p.DateTime(calendar.Civil(db.Now()))),
		p.T("demo.guide.accounts", "path", "/noi-bo", "password", Password))
	for _, o := range communeOfficers {
		if there, ok := byLogin[o.Login]; ok && there.Active {
			sees := p.T("demo.guide.sees." + o.Login)
			fmt.Fprintf(&b, "  %-10s %s\n             %s\n", o.Login, there.Name+", "+there.Post, sees)
		}
	}
	fmt.Fprintf(&b, "\n%s\n\n", p.T("demo.guide.codes", "path", "/tra-cuu"))
	for _, t := range slices.Concat(tales, juneTales) {
		if t.hint != "" {
			code := strings.Join(doithoai.NewReceiptCode(Key(t.name)).Groups(), "-")
			fmt.Fprintf(&b, "  %s  %s\n", code, p.T("demo.guide.code."+t.hint))
		}
	}
	fmt.Fprintf(&b, "\n%s\n", p.T("demo.guide.concluded", "date", p.Date(calendar.Civil(summer.dialogue.StartsAt)),
		"path", "/hoi-truong/"+summer.dialogue.Slug+"/tong-hop"))
	return b.String() + "\n", nil
}

// Officers returns the accounts of the commune as the story opens them, without ids.
func Officers() (all []doithoai.Officer) {
	for _, o := range communeOfficers {
		all = append(all, o.Officer)
	}
	return all
}

// Key is the intake key of a slip of the story: known to everybody, so that the guide can print its receipt code.
func Key(tale string) (k doithoai.IntakeKey) {
	sum := sha256.Sum256([]byte("doithoai demo slip\n" + tale))
	copy(k[:], sum[:])
	return k
}
