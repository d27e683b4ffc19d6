package portal

import (
	"context"
	"sync"
	"time"

	"doithoai"
	"doithoai/store"
	"doithoai/web"
)

// believed is how long the pages believe what they read of an authority's rules, figures and record. They change a few
// times an hour, and a slip must not cost six queries before it is even written.
const believed = time.Second

// setting is what most pages need to know of an authority.
type setting struct {
	doithoai.Rules
	Villages []doithoai.Village
	Bases    doithoai.LegalBases
	// Next is the dialogue that slips are for; nil where none is announced.
	Next *doithoai.Dialogue
	// Checkpoint is the newest of the public record; zero before the first.
	Checkpoint store.SignedCheckpoint
}

// choices is what a slip can choose from.
func (s setting) choices() web.SlipChoices {
	return web.SlipChoices{Villages: s.Villages, Fields: s.Fields, Bases: s.Bases, Dialogue: s.Next}
}

// fieldText is the name of a field's code in the reader's language, empty where the code is.
func fieldText(r *web.Request, s setting, code string) string {
	return r.FieldText(code, s.FieldName(code))
}

// cache keeps one value for each authority and reads it anew when it is older than believed. While one reader does so, the
// others go on with the old value.
type cache[T any] struct {
	mu   sync.Mutex
	kept map[doithoai.ID]keptValue[T]
}

type keptValue[T any] struct {
	value T
	until time.Time
}

// get gives the value of an authority. It is shared: nobody changes it.
func (c *cache[T]) get(ctx context.Context, authority doithoai.ID, read func(context.Context, doithoai.ID) (T, error)) (T, error) {
	c.mu.Lock()
	old, ok := c.kept[authority]
	if fresh := ok && time.Now().Before(old.until); fresh {
		c.mu.Unlock()
		return old.value, nil
	}
	if ok { // this reader reads, the others need not
		c.kept[authority] = keptValue[T]{old.value, time.Now().Add(believed)}
	}
	c.mu.Unlock()
	value, err := read(ctx, authority)
	if err != nil {
		return value, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.kept == nil {
		c.kept = map[doithoai.ID]keptValue[T]{}
	}
	c.kept[authority] = keptValue[T]{value, time.Now().Add(believed)}
	return value, nil
}

// setting reads what is known of the request's authority, at most a moment old.
func (s *site) setting(r *web.Request) (setting, error) {
	return s.settings.get(r.Context(), r.Authority.ID, s.readSetting)
}

func (s *site) readSetting(ctx context.Context, authority doithoai.ID) (f setting, err error) {
	if f.Rules, err = s.DB.Rules(ctx, authority); err != nil {
		return f, err
	}
	if f.Villages, err = s.DB.Villages(ctx, authority); err != nil {
		return f, err
	}
	if f.Bases, err = s.DB.LegalBases(ctx, authority); err != nil {
		return f, err
	}
	next, err := s.DB.NextDialogue(ctx, authority)
	if err == nil {
		f.Next = &next
	} else if doithoai.KindOf(err) != doithoai.NotFound {
		return f, err
	}
	if f.Checkpoint, err = s.DB.Checkpoint(ctx); doithoai.KindOf(err) == doithoai.NotFound {
		err = nil
	}
	return f, err
}
