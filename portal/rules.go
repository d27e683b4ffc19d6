package portal

import (
	"context"
	"sync"
	"time"

	"doithoai"
	"doithoai/store"
)

// rulesLife is how long rules, villages and the next dialogue are believed unseen. They change a few times a year, and a
// slip must not cost four queries before it is even written.
const rulesLife = 5 * time.Second

// setting is what most pages need to know of an authority.
type setting struct {
	store.Rules
	Villages []doithoai.Village
	// Next is the dialogue that slips are for; nil where none is announced.
	Next *doithoai.Dialogue
}

// ruleCache keeps the setting of each authority for a few seconds.
type ruleCache struct {
	mu   sync.Mutex
	kept map[doithoai.ID]keptSetting
}

type keptSetting struct {
	setting
	until time.Time
}

// setting reads what is known of an authority, at most a few seconds old. What comes back is shared: nobody changes it.
func (s *site) setting(ctx context.Context, authority doithoai.ID) (setting, error) {
	s.rules.mu.Lock()
	kept, ok := s.rules.kept[authority]
	s.rules.mu.Unlock()
	if ok && time.Now().Before(kept.until) {
		return kept.setting, nil
	}
	fresh, err := s.readSetting(ctx, authority)
	if err != nil {
		return setting{}, err
	}
	s.rules.mu.Lock()
	defer s.rules.mu.Unlock()
	if s.rules.kept == nil {
		s.rules.kept = map[doithoai.ID]keptSetting{}
	}
	s.rules.kept[authority] = keptSetting{fresh, time.Now().Add(rulesLife)}
	return fresh, nil
}

func (s *site) readSetting(ctx context.Context, authority doithoai.ID) (f setting, err error) {
	if f.Rules, err = s.DB.Rules(ctx, authority); err != nil {
		return f, err
	}
	if f.Villages, err = s.DB.Villages(ctx, authority); err != nil {
		return f, err
	}
	next, err := s.DB.NextDialogue(ctx, authority)
	switch doithoai.KindOf(err) {
	case doithoai.NotFound:
		return f, nil
	case 0:
		if err == nil {
			f.Next = &next
		}
	}
	return f, err
}
