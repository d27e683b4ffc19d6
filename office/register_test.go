package office

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"doithoai"
	"doithoai/web"
	"doithoai/web/stafftest"
)

// TestRowSaysWhatIsAwaited: the row of an opinion that waits for another body says for whom and how long, beside how
// long the person has waited, in the register and in its file.
func TestRowSaysWhatIsAwaited(t *testing.T) {
	fx := newFixture(t)
	o := fx.Assigned(stafftest.Matter)
	fx.Assigned("Đường thôn 1 ngập nước.")
	fx.Now = fx.Now.Add(48 * time.Hour)
	letter := doithoai.OnwardLetter{
		ID: "01920000-0000-7000-8000-000000000057", Kind: doithoai.OnwardEscalation, To: "UBND tỉnh", Number: "57/UBND-VP",
		Dated: fx.DB.Now().Date(), Asked: "Xin ý kiến.",
	}
	stafftest.Must(t, fx.DB.SendOnwardLetter(t.Context(), fx.Actor("van-phong"), o.ID, letter))
	fx.Now = fx.Now.Add(3 * 24 * time.Hour)
	office := fx.As("van-phong")
	const words = "Chờ UBND tỉnh trả lời 3 ngày · đã 5 ngày từ khi tiếp nhận"
	p := office.Get(web.RegisterPath+"?loc=dang-xu-ly").Says(".dt-list__below", words)
	if n := p.Find(".dt-list__below").Length(); n != 1 {
		t.Errorf("%d rows say that they wait", n)
	}
	file := office.Get(ledgerPath+"?loc=dang-xu-ly").Want(http.StatusOK, "")
	if !strings.Contains(file.Raw, "Đang chờ cơ quan khác") || strings.Count(file.Raw, words) != 1 {
		t.Errorf("the file is %s", file.Raw)
	}
}
