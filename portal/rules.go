package portal

import (
	"context"
	"errors"
	"maps"
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
	Files    doithoai.FileLimits // zero: none are taken
	// Next is the dialogue that slips are for; nil where none is announced.
	Next *doithoai.Dialogue
	// Checkpoint is the newest of the public record; zero before the first.
	Checkpoint store.SignedCheckpoint
}

// choices is what a slip can choose from.
func (s setting) choices() web.SlipChoices {
	return web.SlipChoices{Villages: s.Villages, Fields: s.Fields, Bases: s.Bases, Dialogue: s.Next, Files: s.Files}
}

// fieldText is the name of a field's code in the reader's language, empty where the code is.
func fieldText(r *web.Reader, s setting, code string) string {
	return r.FieldText(code, s.FieldName(code))
}

// maxKept is how many values a cache keeps: more dialogues than people read about within a moment.
const maxKept = 256

// cache keeps one value for each authority, or for each dialogue, and reads it anew when it is older than believed. One
// reader at a time does so; the others go on with the old value, or wait where there is none yet.
type cache[T any] struct {
	mu   sync.Mutex
	kept map[doithoai.ID]*keptValue[T]
}

type keptValue[T any] struct {
	value   T
	there   bool
	until   time.Time
	reading chan struct{} // closed when the reader is done; nil: nobody reads
}

// get returns the value of an authority. It is shared: nobody may change it. read is handed the old value, the zero one
// at first.
func (c *cache[T]) get(
	ctx context.Context, authority doithoai.ID, read func(context.Context, doithoai.ID, T) (T, error),
) (T, error) {
	c.mu.Lock()
	if c.kept == nil {
		c.kept = map[doithoai.ID]*keptValue[T]{}
	}
	k := c.kept[authority]
	if k == nil {
		if len(c.kept) >= maxKept {
			maps.DeleteFunc(c.kept, func(_ doithoai.ID, k *keptValue[T]) bool { return k.reading == nil })
		}
		k = &keptValue[T]{}
		c.kept[authority] = k
	}
	for !k.there && k.reading != nil { // the first reader is on the way
		reading := k.reading
		c.mu.Unlock()
		select {
		case <-reading:
		case <-ctx.Done():
			var none T
			return none, ctx.Err()
		}
		c.mu.Lock()
	}
	if k.there && (k.reading != nil || time.Now().Before(k.until)) {
		defer c.mu.Unlock()
		return k.value, nil
	}
	old := k.value
	done := make(chan struct{})
	k.reading = done
	c.mu.Unlock()
	value, err := old, error(nil)
	defer func() { // also where read panics
		c.mu.Lock()
		defer c.mu.Unlock()
		if k.reading = nil; err == nil {
			k.value, k.there, k.until = value, true, time.Now().Add(believed)
		}
		close(done)
	}()
	err = errNotRead
	value, err = read(ctx, authority, old)
	return value, err
}

// errNotRead stands until a reader has come back.
var errNotRead = errors.New("the reader did not come back")

// setting reads what is known of the request's authority, at most a moment old.
func (s *site) setting(r *web.Request) (setting, error) {
	return s.settings.get(r.Context(), r.Authority.ID, s.readSetting)
}

func (s *site) readSetting(ctx context.Context, authority doithoai.ID, _ setting) (f setting, err error) {
	if f.Rules, err = s.DB.Rules(ctx, authority); err != nil {
		return f, err
	}
	if limits, err := f.Rules.Parameters.FileLimits(s.DB.Now().Date()); err == nil {
		f.Files = limits // where no rule says how large they may be, none are taken
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
