package planning

import (
	"testing"

	"doithoai/office"
	"doithoai/settings"
	"doithoai/store"
	"doithoai/web"
	"doithoai/web/stafftest"
)

func newFixture(t testing.TB) *stafftest.Fixture {
	t.Helper()
	return stafftest.New(t,
		func(db *store.DB) web.Site { return New(Config{DB: db}) },
		func(db *store.DB) web.Site { return office.New(office.Config{DB: db}) },
		func(db *store.DB) web.Site { return settings.New(settings.Config{DB: db}) })
}
