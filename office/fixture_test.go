package office

import (
	"testing"

	"doithoai/settings"
	"doithoai/store"
	"doithoai/web"
	"doithoai/web/stafftest"
)

// fixture is the running staff sites: acts of one are seen on pages of the other.
type fixture struct{ *stafftest.Fixture }

func newFixture(t testing.TB) *fixture {
	t.Helper()
	return &fixture{stafftest.New(t,
		func(db *store.DB) web.Site { return New(Config{DB: db}) },
		func(db *store.DB) web.Site { return settings.New(settings.Config{DB: db}) })}
}
