package demo

import (
	"context"
	"fmt"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
)

// meeting is a dialogue of the story: what is known of it when it is prepared, what the office writes of it, and when.
type meeting struct {
	dialogue     doithoai.Dialogue // without its plan and its programme, whose steps are the plan's
	steps        []presented
	announcement string
	houseRules   string
	number       string // of the announcement, given on the day on which it is announced

	prepared, written, issued, announced calendar.Instant
}

// presented is how long a step of the programme takes, and who presents it.
type presented struct {
	minutes   int
	presenter string
}

// autumn is the dialogue of October: prepared on the 1st, its announcement issued as no. 87, and told to everybody on
// the 10th, 15 days ahead.
var autumn = meeting{
	dialogue: dialogue, steps: dialogueSteps, announcement: announcement, houseRules: houseRules, number: "87",
	prepared: october(1, 9, 0), written: october(4, 10, 30), issued: october(10, 8, 30), announced: october(10, 9, 0),
}

// announceAutumn is the chapter in which the dialogue of October comes to be.
func announceAutumn(ctx context.Context, t *teller) []happening {
	return t.announce(ctx, autumn, &t.dialogue)
}

// announce makes a dialogue from the commune's plan, writes its announcement and its house rules, and tells people of
// it. d is the dialogue as it stands then.
func (t *teller) announce(ctx context.Context, m meeting, d *doithoai.Dialogue) []happening {
	office := t.actor(LoginOffice)
	write := func(version int, text plan.Text) error {
		text.DialogueID = d.ID
		if _, err := t.db.WriteText(ctx, office, version, text); err != nil {
			return fmt.Errorf("%s: %w", text.Kind, err)
		}
		return nil
	}
	who := m.dialogue.Slug
	return []happening{
		{m.prepared, who, func() (err error) {
			next := m.dialogue
			next.PlanID = t.plan.PlanID
			for i, step := range t.plan.Plan.Of(plan.KindProgramme)[0].Points {
				next.Programme = append(next.Programme, doithoai.ProgrammeStep{
					Title: step.Text, Minutes: m.steps[i].minutes, Presenter: m.steps[i].presenter,
				})
			}
			*d, err = t.db.PrepareDialogue(ctx, office, next)
			return err
		}},
		{m.written, who, func() error {
			if err := write(0, plan.Text{Kind: plan.TextHouseRules, Body: m.houseRules}); err != nil {
				return err
			}
			return write(0, plan.Text{Kind: plan.TextAnnouncement, Body: m.announcement})
		}},
		{m.issued, who, func() error {
			return write(1, plan.Text{
				Kind: plan.TextAnnouncement, Body: m.announcement, Number: m.number, Dated: m.issued.Date(),
			})
		}},
		{m.announced, who, func() (err error) {
			*d, err = t.db.AnnounceDialogue(ctx, office, d.ID, d.Version, "")
			return err
		}},
	}
}

// proved is a proof of a duty of a dialogue, recorded at a time. shows is what its picture shows, "" where it has none.
type proved struct {
	at    calendar.Instant
	proof plan.Proof
	shows string
}

// prove records what proves the duties of a dialogue.
func (t *teller) prove(ctx context.Context, d *doithoai.Dialogue, proofs []proved) (all []happening) {
	for _, p := range proofs {
		all = append(all, happening{p.at, string(p.proof.Duty), func() (err error) {
			p.proof.DialogueID = d.ID
			if p.shows != "" {
				if p.proof.Files, err = t.simulated(ctx, LoginOffice, p.shows); err != nil {
					return err
				}
			}
			_, err = t.db.RecordDuty(ctx, t.actor(LoginOffice), p.proof)
			return err
		}})
	}
	return all
}

// noticeChapter proves that the announcement of October went out in each way.
func noticeChapter(ctx context.Context, t *teller) (all []happening) {
	return t.prove(ctx, &t.dialogue, []proved{
		{october(10, 17, 40), plan.Proof{
			Duty: plan.DutyNoticeMedia, At: october(10, 17, 0), Doer: "Đài truyền thanh xã",
			Text: "Phát buổi chiều, nhật ký phát thanh số 212",
		}, ""},
		{october(11, 8, 0), plan.Proof{
			Duty: plan.DutyNoticeMedia, At: october(11, 6, 0), Doer: "Đài truyền thanh xã",
			Text: "Phát buổi sáng, nhật ký phát thanh số 213",
		}, ""},
		{october(10, 10, 30), plan.Proof{
			Duty: plan.DutyNoticePosting, At: october(10, 10, 0), Doer: "Bộ phận Văn phòng",
			Text: "Bảng tin trụ sở UBND xã, biên bản niêm yết số 31",
		}, "bảng tin trụ sở"},
		{october(11, 15, 0), plan.Proof{
			Duty: plan.DutyNoticeVillages, At: october(11, 14, 0), Doer: "Văn thư",
			Text: "Sổ chuyển giao văn bản, Trưởng 04 thôn ký nhận",
		}, ""},
	})
}

// announcement is the text of the announcement, as the office wrote it.
const announcement = `Thực hiện Kế hoạch ngày 08/01/2024 của UBND xã Nghĩa Dũng, UBND xã Nghĩa Dũng thông báo tổ ` +
	`chức hội nghị đối thoại với tổ chức, cá nhân về thủ tục hành chính năm 2024 như sau:
1. Thời gian: 08 giờ ngày 25/10/2024 (Thứ Sáu).
Đón tiếp đại biểu và người dân từ 07 giờ 30 phút.
2. Địa điểm: Hội trường UBND xã Nghĩa Dũng.
3. Nội dung:
- Khó khăn, vướng mắc về thủ tục hành chính và việc giải quyết thủ tục hành chính.
- Tinh thần, thái độ phục vụ của cán bộ, công chức.
- Sáng kiến, giải pháp cải cách thủ tục hành chính.
4. Chủ trì: Ông Đặng Văn Giả Định, Chủ tịch UBND xã.
5. Thành phần, đối tượng: mọi tổ chức, cá nhân trên địa bàn xã.
6. Đăng ký câu hỏi: bằng phiếu tại Bộ phận Một cửa hoặc nơi Trưởng thôn.
Hạn nhận phiếu để chuẩn bị trả lời: 16 giờ 30 phút ngày 24/10/2024. Sau hạn này, phiếu và ý kiến phát biểu trực tiếp ` +
	`vẫn được nhận cho đến khi kết thúc hội nghị.
7. Đề nghị Đài truyền thanh xã, Trưởng các thôn thông báo rộng rãi để tổ chức, cá nhân biết và tham dự.
Trên đây là Thông báo về việc tổ chức hội nghị đối thoại./.`

// houseRules are the house rules of the dialogue, as the office wrote them.
const houseRules = `1. Có mặt đúng giờ, trang phục lịch sự; đăng ký tại bàn đón tiếp.
2. Đăng ký phát biểu bằng phiếu hoặc giơ tay; chỉ phát biểu khi được Chủ trì mời; giới thiệu rõ họ tên, thôn.
3. Mỗi lượt phát biểu không quá 3 phút, đúng trọng tâm, không trùng ý kiến đã nêu.
4. Khiếu nại, tố cáo không giải quyết tại buổi đối thoại; người dân được hướng dẫn đến nơi tiếp công dân.
5. Trung thực, chịu trách nhiệm về nội dung đã nêu; không xúc phạm, vu khống.
6. Không mang vũ khí, chất cháy nổ; không sử dụng rượu bia, chất kích thích.
7. Điện thoại để chế độ im lặng.`
