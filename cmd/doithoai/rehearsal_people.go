package main

import (
	"context"
	"crypto/rand"
	"time"

	"doithoai"
	"doithoai/plan"
	"doithoai/store"
)

// pretendedSlips are the questions that are registered in every rehearsal. Nobody is called so.
var pretendedSlips = []struct {
	name, matter string
	manner       doithoai.Manner
}{
	{"Nguyễn Thị Tập Dượt", "Đường bê tông trước nhà văn hóa bị nứt, xe máy đi dễ ngã. Đề nghị cho biết khi nào sửa.",
		doithoai.MannerSpeak},
	{"Trần Văn Thử Lời", "Hồ sơ xin xác nhận tạm trú nộp đã ba tuần chưa có kết quả, hỏi thì được hẹn lại.",
		doithoai.MannerSpeak},
	{"Lê Thị Ướm Hỏi", "Nước sinh hoạt yếu vào buổi chiều, nhiều hộ phải thức đêm hứng nước.", doithoai.MannerBoth},
	{"Phạm Văn Diễn Thử", "Đề nghị đặt thêm thùng rác ở chợ và thu gom vào buổi sáng sớm.", doithoai.MannerSpeak},
	{"Hoàng Thị Đóng Vai", "Mức hỗ trợ giống cây sau bão năm nay tính thế nào, đăng ký ở đâu?", doithoai.MannerSpeak},
	{"Vũ Văn Giả Sử", "Xin được trả lời bằng văn bản: thủ tục sang tên đất cho con gồm những giấy tờ gì?",
		doithoai.MannerWritten},
}

// pretendedDelegates are invited to every rehearsal.
var pretendedDelegates = []plan.Invitation{
	{Name: "Đỗ Văn Tập Dượt", Title: "Chủ tịch Hội Nông dân", Capacity: plan.CapacityDelegate},
	{Name: "Bùi Thị Thử Việc", Title: "Chủ tịch Hội Liên hiệp Phụ nữ", Capacity: plan.CapacityDelegate},
	{Name: "Đặng Văn Đóng Vai", Title: "Trưởng thôn", Capacity: plan.CapacityDelegate},
	{Name: "Ngô Thị Diễn Thử", Title: "Bí thư Đoàn TNCS Hồ Chí Minh", Capacity: plan.CapacityDelegate},
}

// pretendedWalkIns are there from the beginning; the first wants to speak, and is the first to.
var pretendedWalkIns = []doithoai.Attendance{
	{Name: "Dương Thị Nói Thử", Speaks: true},
	{Name: "Lý Văn Đến Xem"},
}

// How long before the dialogue pretended people do what they do.
const (
	slipsBefore   = 2 * 24 * time.Hour
	walkInsBefore = 15 * time.Minute
)

// pretend fills a rehearsal by acts of the product, each at its time, and then lets the clock go on from the hour at
// which the dialogue begins. Who does not keep the console finds it begun, with a speaker heard and one speaking.
func pretend(
	ctx context.Context, db *store.DB, clock *rehearsalClock, actor doithoai.Actor, d doithoai.Dialogue,
) error {
	hand := actor // whoever begins it, in the seats of those who would do it
	hand.Seats, hand.Roles = nil, []doithoai.Role{doithoai.RoleOffice, doithoai.RoleSecretary}
	villages, err := db.Villages(ctx, d.AuthorityID)
	if err != nil {
		return err
	}
	village := func(i int) (id doithoai.ID) {
		if len(villages) > 0 {
			id = villages[i%len(villages)].ID
		}
		return id
	}
	clock.set(d.StartsAt.Add(-slipsBefore))
	for i, s := range pretendedSlips {
		p := doithoai.Petitioner{
			Standing: doithoai.StandingPerson, Name: s.name, VillageID: village(i), Ways: []doithoai.Way{doithoai.WayPickUp},
		}
		if p.VillageID == "" {
			p.Address = d.Venue
		}
		if _, err := db.SubmitSlip(ctx, doithoai.Resident(d.AuthorityID), pretendedKey(), doithoai.Slip{
			DialogueID: d.ID, Channel: doithoai.ChannelPortal, Matters: []string{s.matter}, Manner: s.manner, Petitioner: p,
			NoticeRead: true,
		}); err != nil {
			return err
		}
	}
	for _, i := range pretendedDelegates {
		if _, err := db.AddDelegate(ctx, hand, d.ID, plan.Delegate{Invitation: i}); err != nil {
			return err
		}
	}
	clock.set(d.StartsAt.Add(-walkInsBefore))
	for i, a := range pretendedWalkIns {
		a.ID, a.DialogueID, a.VillageID = store.NewID(), d.ID, village(i+1)
		if err := db.CheckIn(ctx, hand, a); err != nil {
			return err
		}
		if !a.Speaks {
			continue
		}
		if err := db.MoveTurn(ctx, hand, d.ID, a.ID, 0, 1); err != nil {
			return err
		}
	}
	clock.set(d.StartsAt)
	if doithoai.MayEver(actor, doithoai.ActRecordOpinion) {
		return nil
	}
	return pretendRunning(ctx, db, hand, d)
}

// pretendRunning begins the dialogue: the first has spoken, their words are taken down, and the next one speaks.
func pretendRunning(ctx context.Context, db *store.DB, hand doithoai.Actor, d doithoai.Dialogue) error {
	if _, err := db.StartDialogue(ctx, hand, d.ID, d.Version, db.Now()); err != nil {
		return err
	}
	run, err := db.Run(ctx, hand, d.ID)
	if err != nil || len(run.Waiting) == 0 {
		return err
	}
	first := run.Waiting[0]
	if err := db.CallTurn(ctx, hand, d.ID, first.ID, first.Version); err != nil {
		return err
	}
	if _, err := db.RecordOpinion(ctx, hand, pretendedKey(), doithoai.Slip{
		DialogueID: d.ID, Matters: []string{"Đèn đường ở xóm tôi tắt đã hai tháng, buổi tối trẻ con đi học về rất tối."},
		Petitioner: doithoai.Petitioner{Standing: doithoai.StandingPerson, Name: first.Name, VillageID: first.VillageID},
		TurnID:     first.ID,
	}); err != nil {
		return err
	}
	_, err = db.CallNext(ctx, hand, d.ID, first.ID)
	return err
}

func pretendedKey() (key doithoai.IntakeKey) {
	_, _ = rand.Read(key[:]) // it never fails
	return key
}
