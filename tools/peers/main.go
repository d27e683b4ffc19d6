// Command peers serves what others have, to be measured beside this program: PocketBase with a collection for slips, whose
// commits reach the disk as ours do (as shipped, they don't). It prints the address to which a slip's form is posted, serves
// until it is interrupted, and keeps its data in a folder that it throws away.
//
// PocketBase keeps one row for each form: no event, no leaf of a record, no outbox. The comparison is generous to it.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase"
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
)

// fields are those of a slip's form; PocketBase has no hyphens in names.
var fields = []string{
	"khoa",
	"noi_dung",
	"linh_vuc",
	"cach_neu",
	"toi_la",
	"ho_ten",
	"thon",
	"nhan_tra_loi",
	"dien_thoai",
	"thu",
	"dia_chi",
	"da_doc",
}

const collection = "slips"

func main() {
	dir := flag.String("dir", ".", "where the folder of the data is made: on the disk that counts, not in memory")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *dir); err != nil {
		fmt.Fprintln(os.Stderr, "peers:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, dir string) (err error) {
	data, err := os.MkdirTemp(dir, "peers-*")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(data)) }()
	app := pocketbase.NewWithConfig(pocketbase.Config{HideStartBanner: true, DefaultDataDir: data, DBConnect: connect})
	if err := app.Bootstrap(); err != nil {
		return err
	}
	if err := app.RunAllMigrations(); err != nil {
		return err
	}
	if err := prepare(app); err != nil {
		return err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	routes, err := apis.NewRouter(app)
	if err != nil {
		return err
	}
	handler, err := routes.BuildMux()
	if err != nil {
		return err
	}
	s := &http.Server{Handler: handler, ReadHeaderTimeout: time.Minute}
	go func() {
		<-ctx.Done()
		_ = s.Close() // Serve returns
	}()
	fmt.Printf("http://%s/api/collections/%s/records\n", l.Addr(), collection)
	if err := s.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return app.ResetBootstrapState()
}

// connect opens a database as PocketBase does, but for the flush of each commit.
func connect(path string) (*dbx.DB, error) {
	return dbx.Open("sqlite", path+"?"+strings.Join([]string{
		"_pragma=busy_timeout(10000)", "_pragma=journal_mode(WAL)", "_pragma=journal_size_limit(200000000)", "_pragma=synchronous(FULL)",
		"_pragma=foreign_keys(ON)", "_pragma=temp_store(MEMORY)", "_pragma=cache_size(-32000)",
	}, "&"))
}

// prepare makes the collection, which anybody may add to, and turns the log of requests off: it is not part of the work.
func prepare(app core.App) error {
	settings := app.Settings()
	settings.Logs.MaxDays = 0
	if err := app.Save(settings); err != nil {
		return err
	}
	c := core.NewBaseCollection(collection)
	anybody := ""
	c.CreateRule = &anybody
	for _, name := range fields {
		c.Fields.Add(&core.TextField{Name: name})
	}
	return app.Save(c)
}
