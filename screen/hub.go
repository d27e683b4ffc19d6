package screen

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/a-h/templ"

	"doithoai"
	"doithoai/calendar"
	"doithoai/text"
	"doithoai/web"
)

// kind is for whom a state is drawn.
type kind int

const (
	forPeople    kind = iota // names nobody
	forProjector             // names who speaks, as the room hears it
)

// view is one of the ways in which a dialogue is drawn.
type view struct {
	kind kind
	lang string
}

// Hub draws each dialogue once a change and sends the same bytes to all who watch it. The store calls Tell after each
// commit, of this node or of another one; Missed where changes may have gone unheard; Close, which ends all streams,
// comes before the server shuts down.
//
// The first change after a quiet moment is drawn at once, those that follow within gap of it together: a burst costs
// one drawing a gap, and none waits longer than that. A watcher gets the newest state only; who can't take one within
// patience is dropped, and comes back by itself.
type Hub struct {
	load func(ctx context.Context, authority, dialogue doithoai.ID) (doithoai.Live, error)
	draw func(r *web.Reader, l doithoai.Live, k kind) templ.Component
	now  func() calendar.Instant
	log  *slog.Logger

	gap, ping, life, patience time.Duration
	most                      int // watchers of this node

	ending chan struct{}
	once   sync.Once
	pings  sync.Once

	mu       sync.Mutex
	rooms    map[doithoai.ID]*room
	watching int
}

// room is one dialogue. Its fields are guarded by the hub's lock, but for drawing, which is held while it is read and
// drawn.
type room struct {
	hub       *Hub
	authority doithoai.Authority
	dialogue  doithoai.ID
	changes   uint64 // how often something changed, from 1
	working   bool   // a goroutine draws what changed
	states    map[view]state
	watchers  map[view]map[*watcher]struct{}

	drawing sync.Mutex
}

// state is how a dialogue looks after a number of changes: as a part of a page, and as an event of a stream.
type state struct {
	live        doithoai.Live // as the view may know it
	html, frame []byte
	of          uint64
}

// NewHub makes a hub without watchers.
func NewHub(
	load func(ctx context.Context, authority, dialogue doithoai.ID) (doithoai.Live, error), now func() calendar.Instant,
	log *slog.Logger,
) *Hub {
	return &Hub{
		load: load, draw: drawing, now: now, log: log,
		gap: 50 * time.Millisecond, ping: 15 * time.Second, life: time.Hour, patience: 10 * time.Second, most: 40_000,
		ending: make(chan struct{}), rooms: map[doithoai.ID]*room{},
	}
}

// drawing is a dialogue as its watchers see it. People get nobody's name.
func drawing(r *web.Reader, l doithoai.Live, k kind) templ.Component {
	if k == forProjector {
		return projected{r, l}.view()
	}
	return followed{r, l.Unnamed()}.view()
}

// Tell says that a topic changed. It never waits.
func (h *Hub) Tell(topic string) {
	id, ok := strings.CutPrefix(topic, "dialogue/")
	if !ok {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if r := h.rooms[doithoai.ID(id)]; r != nil {
		r.wake()
	}
}

// Missed has everything drawn anew.
func (h *Hub) Missed() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, r := range h.rooms {
		r.wake()
	}
}

// wake counts a change, and has the room drawn where somebody watches.
func (r *room) wake() {
	r.changes++
	if len(r.behind()) > 0 && !r.working {
		r.working = true
		go r.work()
	}
}

// behind are the views that somebody watches and that are not drawn as things stand.
func (r *room) behind() (views []view) {
	for v, watchers := range r.watchers {
		if len(watchers) > 0 && r.states[v].of != r.changes {
			views = append(views, v)
		}
	}
	return views
}

// work draws and sends until nothing is left to draw.
func (r *room) work() {
	for wait := time.Duration(0); ; wait = r.hub.gap {
		select {
		case <-time.After(wait):
		case <-r.hub.ending:
			return
		}
		r.hub.mu.Lock()
		views := r.behind()
		if len(views) == 0 {
			r.working = false
			r.hub.mu.Unlock()
			return
		}
		r.hub.mu.Unlock()
		if err := r.redraw(views); err != nil {
			r.hub.log.Error("screens are not drawn", "error", err)
			time.Sleep(r.hub.gap * 10) // and tried again
		}
	}
}

// readTimeout bounds reading a dialogue.
const readTimeout = 10 * time.Second

// redraw reads the dialogue, draws it, and sends what looks otherwise than before.
func (r *room) redraw(views []view) error {
	ctx, cancel := context.WithTimeout(context.Background(), readTimeout)
	defer cancel()
	r.drawing.Lock()
	defer r.drawing.Unlock()
	l, of, err := r.read(ctx)
	if err != nil {
		return err
	}
	for _, v := range views {
		before := r.newest(v)
		s, err := r.drawn(ctx, l, v, of)
		if err != nil {
			return err
		}
		if !bytes.Equal(s.html, before.html) {
			send(r.keep(v, s), s)
		} else {
			r.keep(v, s)
		}
	}
	return nil
}

// read reads the dialogue, after so many changes at least.
func (r *room) read(ctx context.Context) (doithoai.Live, uint64, error) {
	r.hub.mu.Lock()
	of := r.changes
	r.hub.mu.Unlock()
	l, err := r.hub.load(ctx, r.authority.ID, r.dialogue)
	return l, of, err
}

// keep keeps a state as the newest of its view, and returns who watches it.
func (r *room) keep(v view, s state) []*watcher {
	r.hub.mu.Lock()
	defer r.hub.mu.Unlock()
	r.states[v] = s
	return slices.Collect(maps.Keys(r.watchers[v]))
}

func (r *room) newest(v view) state {
	r.hub.mu.Lock()
	defer r.hub.mu.Unlock()
	return r.states[v]
}

func (r *room) drawn(ctx context.Context, l doithoai.Live, v view, of uint64) (state, error) {
	reader := &web.Reader{Text: text.For(v.lang), Authority: r.authority, Now: r.hub.now()}
	var b bytes.Buffer
	if err := r.hub.draw(reader, l, v.kind).Render(ctx, &b); err != nil {
		return state{}, fmt.Errorf("draw a dialogue: %w", err)
	}
	html := web.Unbroken(b.Bytes())
	if v.kind == forPeople {
		l = l.Unnamed()
	}
	return state{l, html, event("state", html), of}, nil
}

// event is one event of a stream, of however many lines.
func event(name string, data []byte) []byte {
	b := append([]byte("event: "), name...)
	for line := range bytes.Lines(data) {
		b = append(append(b, "\ndata: "...), bytes.TrimRight(line, "\r\n")...)
	}
	return append(b, "\n\n"...)
}

// room finds the room of a dialogue.
func (h *Hub) room(a doithoai.Authority, dialogue doithoai.ID) *room {
	h.mu.Lock()
	defer h.mu.Unlock()
	r := h.rooms[dialogue]
	if r == nil {
		r = &room{
			hub: h, authority: a, dialogue: dialogue, changes: 1, states: map[view]state{},
			watchers: map[view]map[*watcher]struct{}{},
		}
		h.rooms[dialogue] = r
	}
	return r
}

// state is how a dialogue looks now: drawn where something changed since, and by one reader for all who ask at once.
func (r *room) state(ctx context.Context, v view) (state, error) {
	if s, ok := r.fresh(v); ok {
		return s, nil
	}
	r.drawing.Lock()
	defer r.drawing.Unlock()
	if s, ok := r.fresh(v); ok { // another reader was quicker
		return s, nil
	}
	l, of, err := r.read(ctx)
	if err != nil {
		return state{}, err
	}
	s, err := r.drawn(ctx, l, v, of)
	if err == nil {
		send(r.keep(v, s), s)
	}
	return s, err
}

func (r *room) fresh(v view) (state, bool) {
	r.hub.mu.Lock()
	defer r.hub.mu.Unlock()
	s := r.states[v]
	return s, s.of == r.changes
}
