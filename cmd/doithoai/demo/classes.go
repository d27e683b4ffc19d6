package demo

import (
	"context"

	"doithoai"
	"doithoai/calendar"
)

// classes are what the office said of the opinions of tales with their rulings, in the order of their slips. A few it
// has not classified yet.
var classes = map[string][]doithoai.Classification{
	"khai sinh":             {{Kind: doithoai.KindQuestion}},
	"chung thuc trong ngay": {{Kind: doithoai.KindFeedback, Content: 1}},
	"tach thua": {{
		Kind: doithoai.KindQuestion, Elsewhere: "Bộ phận một cửa thành phố Quảng Ngãi",
	}},
	"tro cap nguoi cao tuoi":        {{Kind: doithoai.KindFeedback, Content: 1}},
	"lam viec thu bay":              {{Kind: doithoai.KindQuestion}},
	"quay khong nguoi truc":         {{Kind: doithoai.KindPetition, Content: 1}},
	"dien tich thue dat":            {{Kind: doithoai.KindPetition, Content: 1}},
	"muc phi chung thuc chu ky":     {{Kind: doithoai.KindPetition, Content: 3}},
	"giay xac nhan cua truong thon": {{Kind: doithoai.KindPetition, Content: 1}},
	"xac nhan tinh trang hon nhan":  {{Kind: doithoai.KindFeedback, Content: 1}},
	"niem yet va dien thoai":        {{Kind: doithoai.KindInitiative, Content: 7}},
	"ban sao trich luc":             {{Kind: doithoai.KindFeedback, Content: 1}},
	"nhom chung bon thon":           {{Kind: doithoai.KindInitiative, Content: 7}},

	"giay uy quyen nhan luong huu": {{Kind: doithoai.KindQuestion}},
	"chin ho xom bau":              {{Kind: doithoai.KindPetition, Content: 1}},
	"dang ky lai khai sinh":        {{Kind: doithoai.KindQuestion}},
	"chu dem cua con":              {{Kind: doithoai.KindQuestion}},
	"danh sach thon 3":             {{Kind: doithoai.KindInitiative, Content: 7}, {Kind: doithoai.KindQuestion}},
	"bien dong qua hen":            {{Kind: doithoai.KindFeedback, Content: 1}},
	"ban giay khi nop truc tuyen":  {{Kind: doithoai.KindFeedback, Content: 2}},
	"chot so bao hiem":             {{Kind: doithoai.KindQuestion}},
	"duong ngap":                   {{Kind: doithoai.KindFeedback, Content: 6}},
	"dat lan kenh":                 {{Kind: doithoai.KindPetition, Content: 6}},
	"noi trong khong":              {{Kind: doithoai.KindPetition, Content: 1}},
	"tra di tra lai":               {{Kind: doithoai.KindPetition, Content: 1}},

	"quay mo muon 1":     {{Kind: doithoai.KindFeedback, Content: 1}},
	"nha van hoa khoa 1": {{Kind: doithoai.KindPetition, Content: 1}},
}

// classOf is what the office said of the n-th opinion of a tale, nil where it has said nothing yet.
func classOf(name string, n int) *doithoai.Classification {
	if n >= len(classes[name]) {
		return nil
	}
	return &classes[name][n]
}

// splitOff makes a part of what the tale's person said an opinion of its own.
func splitOff(at calendar.Instant, said string) step {
	return step{at, 0, func(ctx context.Context, t *teller, so *told) error {
		part, err := t.db.SplitOpinion(ctx, t.actor(LoginOffice), so.opinion.ID, so.opinion.Version, said)
		so.got.Opinions[0].Version++
		so.got.Opinions = append(so.got.Opinions, part)
		return err
	}}
}

// raisesAgain links the tale's opinion with the first one of another tale, which was answered before.
func raisesAgain(at calendar.Instant, other string) step {
	return step{at, 0, func(ctx context.Context, t *teller, so *told) error {
		earlier := t.told[other].got.Opinions[0].ID
		so.got.Opinions[0].Version++
		return t.db.LinkRepeat(ctx, t.actor(LoginOffice), so.opinion.ID, so.opinion.Version, earlier)
	}}
}
