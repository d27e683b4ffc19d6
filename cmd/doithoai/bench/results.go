package bench

import (
	"context"
	"errors"
	"fmt"
	"time"

	"doithoai"
	reports "doithoai/report"
	"doithoai/store"
)

// Results measures what becomes of dialogues at a filled database of many communes: the head's board, the report of the
// result of a dialogue with its papers, its public pages, and the sums of the province.
type Results struct {
	Place
	Rounds int           `default:"5" help:"How often each page is measured, in turns."`
	Time   time.Duration `default:"1s" help:"How long each measurement lasts."`
}

// reportP99 is how long the slowest hundredth of the page of a report may take, in ms. What its papers may take is the
// bench of documents' to say: here they are read as well.
const reportP99 = 50

// Run measures and prints every page with its budget.
func (cmd Results) Run(ctx context.Context, p Program) (err error) {
	of := Rounds{cmd.Rounds, cmd.Time}
	if err := of.check(); err != nil {
		return err
	}
	s, err := p.Serve(ctx, cmd.Place)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Stop()) }()
	staff, err := muster(ctx, s.DB)
	if err != nil {
		return err
	}
	c, err := newClients(s.URL, 1)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	b := resultsBench{Results: cmd, server: s, clients: c}
	if err := errors.Join(b.listCommune(ctx, staff), b.listProvince(ctx)); err != nil {
		return err
	}
	if err := measurePages(ctx, of, b.pages, c); err != nil {
		return err
	}
	return b.print(ctx, p)
}

type resultsBench struct {
	Results
	server   *Server
	clients  *clients
	pages    []*pageOf
	opinions int // of the dialogue that is reported
	communes int // of the province
}

func (b *resultsBench) add(reader string, r request, most float64) {
	b.pages = append(b.pages, newPage(reader, r, b.bounded(most)))
}

// listCommune adds the board, and the pages of the last dialogue whose results are public.
func (b *resultsBench) listCommune(ctx context.Context, s staff) error {
	cookie, err := b.clients.signIn(ctx, loginChair)
	if err != nil {
		return err
	}
	b.add(loginChair, request{path: "/noi-bo/dieu-hanh", cookie: cookie}, pageP99)
	all, err := b.server.DB.Dialogues(ctx, s.authority.ID)
	if err != nil {
		return err
	}
	for _, d := range overLast(all) {
		f, err := b.server.DB.ResultReport(ctx, s.actor(loginChair), d.ID)
		if err != nil {
			return err
		}
		b.opinions = f.Result.Book.Received()
		path := "/noi-bo/doi-thoai/" + string(d.ID) + "/bao-cao"
		public := "/doi-thoai/" + d.Slug
		b.add(loginChair, request{path: path, cookie: cookie}, reportP99)
		b.add(loginChair, request{path: path + ".docx", cookie: cookie}, 0)
		b.add(loginChair, request{path: path + ".pdf", cookie: cookie}, 0)
		b.add("public", request{path: public}, pageP99)
		b.add("public", request{path: public + "/y-kien"}, pageP99)
	}
	b.add("public", request{path: "/cam-ket"}, pageP99)
	return nil
}

// listProvince adds what the province sees of its communes, where there is one.
func (b *resultsBench) listProvince(ctx context.Context) error {
	all, err := b.server.DB.Authorities(ctx)
	if err != nil {
		return err
	}
	for _, a := range all {
		if a.Slug == province.Slug {
			return b.listRollUp(ctx, a)
		}
	}
	return nil
}

func (b *resultsBench) listRollUp(ctx context.Context, a doithoai.Authority) error {
	officers, err := b.server.DB.Officers(ctx, a.ID)
	if err != nil {
		return err
	}
	sums, err := b.server.DB.RollUp(ctx, officers[0].Actor(), store.RollUpQuery{
		Year: b.server.DB.Now().Date().Year, Period: reports.WholeYear, After: -1, Limit: 1,
	})
	if err != nil {
		return err
	}
	b.communes = sums.Total.Communes
	cookie, err := b.clients.signInAt(ctx, provinceHost, loginProvince)
	if err != nil {
		return err
	}
	const rollUp = "/noi-bo/tong-hop"
	add := func(path string) {
		b.add(loginProvince, request{path: path, host: provinceHost, cookie: cookie}, pageP99)
	}
	for _, query := range []string{"", "?loc=late", "?loc=none", fmt.Sprintf("?sau=%d", b.communes/2)} {
		add(rollUp + query)
	}
	add(rollUp + "/xa/" + slug)
	b.pages = append(b.pages, newPage(loginProvince, request{
		path: rollUp + ".csv", host: provinceHost, cookie: cookie,
	}, 0))
	return nil
}

func (b *resultsBench) print(ctx context.Context, p Program) error {
	size, err := b.server.DB.RecordSize(ctx)
	if err != nil {
		return err
	}
	var out report
	out.line("doithoai %s bench report: %s with %d leaves, %d rounds of %s in turns, one client",
		p.Version, b.engine(), size, b.Rounds, b.Time)
	out.line("a dialogue with %d opinions; a province of %d communes", b.opinions, b.communes)
	out.pages(b.pages)
	return out.print(p)
}
