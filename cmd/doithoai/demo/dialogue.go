package demo

import (
	"context"
	"fmt"

	"doithoai"
	"doithoai/calendar"
	"doithoai/plan"
)

// holdDialogue makes the commune's dialogue from its plan: prepared on 1 October 2024, its house rules written, its
// announcement issued as no. 87, and told to everybody on the 10th, 15 days ahead.
func (t *teller) holdDialogue(ctx context.Context, clock *Clock, from plan.Edition) error {
	office := t.actor(LoginOffice)
	d := dialogue
	d.PlanID = from.PlanID
	for i, step := range from.Plan.Of(plan.KindProgramme)[0].Points {
		d.Programme = append(d.Programme, doithoai.ProgrammeStep{
			Title: step.Text, Minutes: dialogueSteps[i].minutes, Presenter: dialogueSteps[i].presenter,
		})
	}
	clock.set(october(1, 9, 0))
	d, err := t.db.PrepareDialogue(ctx, office, d)
	if err != nil {
		return fmt.Errorf("dialogue: %w", err)
	}
	clock.set(october(4, 10, 30))
	for kind, body := range map[plan.TextKind]string{
		plan.TextAnnouncement: announcement, plan.TextHouseRules: houseRules,
	} {
		text := plan.Text{DialogueID: d.ID, Kind: kind, Body: body}
		if _, err := t.db.WriteText(ctx, office, 0, text); err != nil {
			return fmt.Errorf("%s: %w", kind, err)
		}
	}
	clock.set(october(10, 8, 30))
	issued := plan.Text{
		DialogueID: d.ID, Kind: plan.TextAnnouncement, Body: announcement, Number: "87",
		Dated: calendar.DateOf(2024, 10, 10),
	}
	if _, err := t.db.WriteText(ctx, office, 1, issued); err != nil {
		return fmt.Errorf("issued: %w", err)
	}
	clock.set(october(10, 9, 0))
	t.dialogue, err = t.db.AnnounceDialogue(ctx, office, d.ID, d.Version, "")
	return err
}

// noticeChapter proves that the announcement went out in each way.
func noticeChapter(ctx context.Context, t *teller) (all []happening) {
	prove := func(at calendar.Instant, key plan.DutyKey, done calendar.Instant, doer, text string) {
		all = append(all, happening{at, string(key), func() error {
			proof := plan.Proof{DialogueID: t.dialogue.ID, Duty: key, At: done, Doer: doer, Text: text}
			if key == plan.DutyNoticePosting {
				var err error
				if proof.Files, err = t.simulated(ctx, LoginOffice, "bảng tin trụ sở"); err != nil {
					return err
				}
			}
			_, err := t.db.RecordDuty(ctx, t.actor(LoginOffice), proof)
			return err
		}})
	}
	prove(october(10, 17, 40), plan.DutyNoticeMedia, october(10, 17, 0), "Đài truyền thanh xã",
		"Phát buổi chiều, nhật ký phát thanh số 212")
	prove(october(11, 8, 0), plan.DutyNoticeMedia, october(11, 6, 0), "Đài truyền thanh xã",
		"Phát buổi sáng, nhật ký phát thanh số 213")
	prove(october(10, 10, 30), plan.DutyNoticePosting, october(10, 10, 0), "Bộ phận Văn phòng",
		"Bảng tin trụ sở UBND xã, biên bản niêm yết số 31")
	prove(october(11, 15, 0), plan.DutyNoticeVillages, october(11, 14, 0), "Văn thư",
		"Sổ chuyển giao văn bản, Trưởng 04 thôn ký nhận")
	return all
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
