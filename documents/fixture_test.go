package documents

import (
	"testing"

	"doithoai/office"
	"doithoai/planning"
	"doithoai/store"
	"doithoai/web"
	"doithoai/web/stafftest"
)

func newFixture(t testing.TB) *stafftest.Fixture {
	t.Helper()
	return stafftest.New(t,
		func(db *store.DB) web.Site { return New(Config{DB: db}) },
		func(db *store.DB) web.Site { return office.New(office.Config{DB: db}) },
		func(db *store.DB) web.Site { return planning.New(planning.Config{DB: db}) })
}
