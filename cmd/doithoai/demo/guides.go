package demo

import (
	"context"
	"fmt"

	"doithoai"
	"doithoai/calendar"
	"doithoai/store"
)

// guideTale is a reference page of the demo: from which public answer, found by its title, and what becomes of it.
type guideTale struct {
	at        calendar.Instant
	by        string // who writes it
	answer    string
	title     string
	procedure string
	unit      string

	published bool // at once, by the office
	revised   calendar.Instant
	more      string // what the revision adds
	confirmed calendar.Instant
	withdrawn calendar.Instant
	why       string
}

// guideTales are pages in every state. The answer behind that of the land papers is replaced ten days later, so it is
// to be reviewed.
var guideTales = []guideTale{
	{
		at: july(4, 8, 0), by: LoginOffice, answer: "Giấy ủy quyền nhận lương hưu: chỉ người ủy quyền phải có mặt",
		title: "Làm giấy ủy quyền nhận lương hưu thì ai phải có mặt?", procedure: "Chứng thực chữ ký trên giấy ủy quyền",
		unit: unitJustice, published: true, revised: october(2, 8, 0),
		more: "Mang theo căn cước công dân của người ủy quyền. Ai không đi lại được thì gọi trước để công chức đến nhà.",
	},
	{
		at: july(4, 8, 20), by: LoginOffice, answer: "Nộp phí chứng thực, lệ phí hộ tịch bằng chuyển khoản",
		title: "Nộp phí chứng thực bằng chuyển khoản thế nào?", unit: unitJustice, published: true,
		withdrawn: october(15, 8, 0),
		why:       "Nội dung đã đưa vào bảng niêm yết phí, lệ phí tại bộ phận Một cửa.",
	},
	{
		at: july(12, 8, 0), by: LoginLand,
		answer: "Hồ sơ xác nhận nguồn gốc đất: giấy tờ còn thiếu được ghi hết một lần",
		title:  "Xác nhận nguồn gốc đất cần giấy tờ gì?", unit: unitLand, published: true,
	},
	{
		at: july(19, 8, 0), by: LoginJustice,
		answer: "Đăng ký lại khai sinh khi sổ hộ tịch và bản chính đều không còn",
		title:  "Mất cả bản chính giấy khai sinh và sổ hộ tịch thì làm lại thế nào?", procedure: "Đăng ký lại khai sinh",
		unit: unitJustice, published: true, confirmed: october(18, 8, 0),
	},
	{
		at: october(17, 8, 0), by: LoginJustice,
		answer: "Con sinh ở tỉnh, thành phố khác: đăng ký khai sinh tại xã nơi cha hoặc mẹ cư trú",
		title:  "Con sinh ở tỉnh khác thì đăng ký khai sinh ở đâu?", procedure: "Đăng ký khai sinh", unit: unitJustice,
	},
}

// guideChapter tells what became of the reference pages.
func guideChapter(ctx context.Context, t *teller) (all []happening) {
	for _, tale := range guideTales {
		id := store.NewID()
		all = append(all, happening{tale.at, "a reference page", func() error {
			opinion, text, err := t.guideText(ctx, tale)
			if err != nil {
				return err
			}
			g, err := t.db.DraftGuide(ctx, t.actor(tale.by), id, 0, opinion, text)
			if err != nil || !tale.published {
				return err
			}
			return t.db.PublishGuide(ctx, t.actor(LoginOffice), id, g.Version)
		}})
		later := func(at calendar.Instant, do func(version int) error) {
			if at.IsZero() {
				return
			}
			all = append(all, happening{at, "what becomes of a reference page", func() error {
				rows, _, err := t.db.Guides(ctx, t.actor(LoginOffice), store.GuideFilter{Tab: store.GuidesPublished, Limit: 10})
				if err != nil {
					return err
				}
				for _, g := range rows {
					if g.ID == id {
						return do(g.Version)
					}
				}
				return fmt.Errorf("%q is not public", tale.title)
			}})
		}
		later(tale.revised, func(version int) error {
			_, text, err := t.guideText(ctx, tale)
			if err != nil {
				return err
			}
			text.Body += "\n" + tale.more
			return t.db.ReviseGuide(ctx, t.actor(tale.by), id, version, text)
		})
		later(tale.confirmed, func(version int) error { return t.db.ConfirmGuide(ctx, t.actor(tale.by), id, version) })
		later(tale.withdrawn, func(version int) error {
			return t.db.WithdrawGuide(ctx, t.actor(LoginOffice), id, version, tale.why)
		})
	}
	return all
}

// guideText begins a page with what is public of an answer, as its form does.
func (t *teller) guideText(
	ctx context.Context, tale guideTale,
) (opinion doithoai.ID, text doithoai.GuideText, err error) {
	found, err := t.db.Search(ctx, t.resident.AuthorityID, store.Search{Query: tale.answer, Limit: 1})
	if err != nil {
		return "", text, err
	}
	if len(found.Answers) == 0 || found.Answers[0].Title != tale.answer {
		return "", text, fmt.Errorf("%q is not public", tale.answer)
	}
	p := found.Answers[0]
	opinion, err = t.db.OpinionIDByNumber(ctx, t.actor(tale.by), p.Number)
	return opinion, doithoai.GuideText{
		Title: tale.title, FieldCode: p.FieldCode, Procedure: tale.procedure, Body: p.Answer, Basis: p.Basis,
		UnitID: t.units[tale.unit].ID,
	}, err
}
