package store

import (
	"fmt"
	"sync"
	"testing"

	"doithoai"
)

// An officer keeps views of the register, each name once and no more than the bound, also where two forms come at once.
func TestRegisterViews(t *testing.T) {
	each(t, func(t *testing.T, db *DB, fx *fixture) {
		ctx := ctxOf(t)
		wantKind(t, db.KeepRegisterView(ctx, fx.resident, doithoai.RegisterView{Name: "a", Query: "b"}),
			doithoai.NotAllowed, "")
		wantKind(t, db.KeepRegisterView(ctx, fx.office, doithoai.RegisterView{Query: "b"}), doithoai.Invalid, "")
		must(t, db.KeepRegisterView(ctx, fx.office, doithoai.RegisterView{Name: "Đất", Query: "linh-vuc=dat"}))
		must(t, db.KeepRegisterView(ctx, fx.office, doithoai.RegisterView{Name: "Đất", Query: "linh-vuc=dat-dai"}))
		all, err := db.RegisterViews(ctx, fx.office)
		must(t, err)
		if len(all) != 1 || all[0].Query != "linh-vuc=dat-dai" {
			t.Errorf("kept: %+v", all)
		}
		wantKind(t, db.DropRegisterView(ctx, fx.land, all[0].ID), doithoai.NotFound, "")
		must(t, db.DropRegisterView(ctx, fx.office, all[0].ID))
		wantKind(t, db.DropRegisterView(ctx, fx.office, all[0].ID), doithoai.NotFound, "")

		var wg sync.WaitGroup
		for i := range 2 * doithoai.MaxRegisterViews {
			wg.Go(func() {
				v := doithoai.RegisterView{Name: fmt.Sprint("Bộ lọc ", i), Query: "loc=qua-han"}
				if err := db.KeepRegisterView(ctx, fx.office, v); err != nil && doithoai.KindOf(err) != doithoai.Invalid {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if all, err := db.RegisterViews(ctx, fx.office); err != nil || len(all) != doithoai.MaxRegisterViews {
			t.Errorf("%d views are kept, %v", len(all), err)
		}
	})
}
