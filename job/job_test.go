package job

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"doithoai"
	"doithoai/notify"
	"doithoai/store"
)

// post is a sender that remembers, and fails while it is told to.
type post struct {
	mu   sync.Mutex
	fail error
	sent []notify.Message
}

func (p *post) Send(_ context.Context, m notify.Message) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.fail == nil {
		p.sent = append(p.sent, m)
	}
	return p.fail
}

func (p *post) messages() []notify.Message {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]notify.Message(nil), p.sent...)
}

// office is a store with one authority, a clock that a test moves, and a signal for what is queued.
type office struct {
	db    *store.DB
	now   time.Time
	mu    sync.Mutex
	woken chan struct{}
	who   doithoai.Actor
}

func (o *office) clock() time.Time {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.now
}

func (o *office) forward(d time.Duration) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.now = o.now.Add(d)
}

func newOffice(t *testing.T, gateways ...doithoai.Gateways) *office {
	t.Helper()
	o := &office{now: time.Date(2026, 10, 1, 2, 0, 0, 0, time.UTC), woken: make(chan struct{}, 1)}
	options := store.Options{Now: o.clock, Changed: func(topic string) {
		if topic == store.TopicDelivery {
			select {
			case o.woken <- struct{}{}:
			default:
			}
		}
	}}
	if len(gateways) > 0 {
		options.Gateways = gateways[0]
	}
	var err error
	o.db, err = store.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "job.db"), options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := o.db.Close(); err != nil {
			t.Error(err)
		}
	})
	a, err := o.db.SetUp(t.Context(),
		store.Setup{Authority: doithoai.Authority{Slug: "xa-thu", Name: "UBND xã Thử", Prefix: "TH"}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.db.StartRecord(t.Context(), "thu.test/so-doi-chung"); err != nil {
		t.Fatal(err)
	}
	o.who = doithoai.Resident(a.ID)
	return o
}

// slip hands one in that is to be answered by e-mail.
func (o *office) slip(t *testing.T, n byte) doithoai.RegisterNumber {
	t.Helper()
	return o.slipBy(t, n, doithoai.WayEmail)
}

// slipBy hands one in that is to be answered one way.
func (o *office) slipBy(t *testing.T, n byte, way doithoai.Way) doithoai.RegisterNumber {
	t.Helper()
	got, err := o.db.SubmitSlip(t.Context(), o.who, doithoai.IntakeKey{n}, doithoai.Slip{
		Channel: doithoai.ChannelPortal, Matters: []string{"Nội dung riêng tư."},
		Manner: doithoai.MannerWritten, NoticeRead: true,
		Petitioner: doithoai.Petitioner{
			Standing: doithoai.StandingPerson, Name: "Trần Thị Ví Dụ", Address: "Nơi khác",
			Ways: []doithoai.Way{way}, Email: "vidu@example.com", Phone: "0905123456",
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return got.Opinions[0].Number
}

func worker(o *office, s Sender, log *bytes.Buffer) Worker {
	w := Worker{DB: o.db, Log: slog.New(slog.NewTextHandler(log, nil)), Woken: o.woken}
	if s != nil {
		w.Senders = map[doithoai.Way]Sender{doithoai.WayEmail: s}
	}
	return w
}

// drain sends what waits to go by e-mail.
func drain(t *testing.T, w Worker) {
	t.Helper()
	if s := w.Senders[doithoai.WayEmail]; s != nil {
		w.outbox(t.Context(), doithoai.WayEmail, s)
	}
}

// TestOutbox sends what was queued before and while it runs, each once.
func TestOutbox(t *testing.T) {
	o, p, log := newOffice(t), &post{}, &bytes.Buffer{}
	first := o.slip(t, 1)
	ctx, cancel := context.WithCancel(t.Context())
	var running sync.WaitGroup
	running.Go(func() { worker(o, p, log).Run(ctx) })
	waitFor(t, p, 1)
	second := o.slip(t, 2)
	waitFor(t, p, 2)
	cancel()
	running.Wait()
	for i, want := range []doithoai.RegisterNumber{first, second} {
		m := p.messages()[i]
		if m.To != "vidu@example.com" || !strings.Contains(m.Subject, string(want)) || strings.Contains(m.Body, "riêng tư") ||
			strings.Contains(m.Body, "Trần Thị") {
			t.Errorf("message %d: %+v", i, m)
		}
	}
	if again, err := o.db.ClaimParcels(t.Context(), doithoai.WayEmail, 10); err != nil || len(again) != 0 {
		t.Errorf("%d parcels are still there, %v", len(again), err)
	}
}

func waitFor(t *testing.T, p *post, n int) {
	t.Helper()
	for begin := time.Now(); len(p.messages()) < n; time.Sleep(5 * time.Millisecond) {
		if time.Since(begin) > time.Minute {
			t.Fatalf("%d messages after a minute, want %d", len(p.messages()), n)
		}
	}
}

// TestOutboxTriesAgain: what the mail server refuses stays queued, is tried again later, is logged without an address.
func TestOutboxTriesAgain(t *testing.T) {
	o, p, log := newOffice(t), &post{fail: errors.New("mail server: busy")}, &bytes.Buffer{}
	o.slip(t, 1)
	w := worker(o, p, log)
	drain(t, w)
	drain(t, w) // too early
	if n := strings.Count(log.String(), "was not sent"); n != 1 || strings.Contains(log.String(), "@") {
		t.Errorf("tried %d times:\n%s", n, log)
	}
	p.fail = nil
	o.forward(2 * time.Hour)
	drain(t, w)
	if len(p.messages()) != 1 {
		t.Errorf("%d messages", len(p.messages()))
	}
}

// TestOutboxGivesUp: an address that takes no mail is not tried again.
func TestOutboxGivesUp(t *testing.T) {
	o, log := newOffice(t), &bytes.Buffer{}
	o.slip(t, 1)
	w := worker(o, &post{fail: fmt.Errorf("code 550: %w", notify.ErrRefused)}, log)
	for range 3 {
		drain(t, w)
		o.forward(24 * time.Hour)
	}
	if n := strings.Count(log.String(), "was not sent"); n != 1 {
		t.Errorf("tried %d times:\n%s", n, log)
	}
}

// TestWithoutSender: e-mail waits, unclaimed, for the day on which a sender is named.
func TestWithoutSender(t *testing.T) {
	o, log := newOffice(t), &bytes.Buffer{}
	o.slip(t, 1)
	drain(t, worker(o, nil, log))
	if parcels, err := o.db.ClaimParcels(t.Context(), doithoai.WayEmail, 10); err != nil || len(parcels) != 1 ||
		parcels[0].Delivery.Attempts != 1 {
		t.Errorf("%+v, %v", parcels, err)
	}
}

// TestDaily does the day's work once, whoever comes.
func TestDaily(t *testing.T) {
	o, log := newOffice(t), &bytes.Buffer{}
	w := worker(o, nil, log)
	w.daily(t.Context())
	if did, err := o.db.Purge(t.Context()); err != nil || did {
		t.Errorf("the day's work was left undone: %v %v", did, err)
	}
	o.forward(24 * time.Hour)
	if did, err := o.db.Purge(t.Context()); err != nil || !did {
		t.Errorf("the next day has no work: %v %v", did, err)
	}
	if log.Len() > 0 {
		t.Error(log.String())
	}
}

// TestGateways sends by way of a gateway what people chose to be told by telephone: two workers at once, each message
// once; what the gateway can't take now is tried again under the same id, what it refuses is told by people.
func TestGateways(t *testing.T) {
	var mu sync.Mutex
	status, tries, taken := http.StatusServiceUnavailable, map[string]int{}, map[string]int{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		id := r.Header.Get(notify.IdempotencyHeader)
		if tries[id]++; status == http.StatusOK {
			taken[id]++
		}
		w.WriteHeader(status)
	}))
	defer server.Close()
	answer := func(s int) {
		mu.Lock()
		defer mu.Unlock()
		status = s
	}
	at, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	sender, err := notify.NewGateway(at, "mot-bi-mat-du-dai")
	if err != nil {
		t.Fatal(err)
	}
	o, log := newOffice(t, doithoai.Gateways{SMS: true}), &synced{}
	const n = 30
	for i := range n {
		o.slipBy(t, byte(i), doithoai.WayPhone)
	}
	both := func() {
		var running sync.WaitGroup
		for range 2 {
			w := Worker{DB: o.db, Log: slog.New(slog.NewTextHandler(log, nil))}
			running.Go(func() { w.outbox(t.Context(), doithoai.WaySMS, sender) })
		}
		running.Wait()
	}
	both()
	answer(http.StatusOK)
	both() // too early
	if len(tries) != n || len(taken) > 0 {
		t.Fatalf("%d messages tried, %d taken", len(tries), len(taken))
	}
	o.forward(2 * time.Hour)
	both()
	for id, times := range tries {
		if times != 2 || taken[id] != 1 {
			t.Errorf("%s was tried %d times, taken %d times", id, times, taken[id])
		}
	}
	if len(tries) != n {
		t.Errorf("%d ids for %d messages", len(tries), n)
	}
	answer(http.StatusUnprocessableEntity)
	o.slipBy(t, 200, doithoai.WayPhone)
	both()
	o.forward(24 * time.Hour)
	both()
	if len(tries) != n+1 || strings.Contains(log.String(), "905123456") {
		t.Errorf("%d ids:\n%s", len(tries), log)
	}
	for id, times := range tries {
		if taken[id] == 0 && times != 1 {
			t.Errorf("what was refused was tried %d times", times)
		}
	}
}

// synced is a log to which several workers write.
type synced struct {
	mu sync.Mutex
	bytes.Buffer
}

func (s *synced) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.Buffer.Write(b)
}
