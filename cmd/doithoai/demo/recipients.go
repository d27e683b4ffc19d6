package demo

import (
	"context"
	"fmt"

	"doithoai"
	"doithoai/calendar"
	"doithoai/store"
)

// recipientsChapter is to whom documents went, and what came of it: everybody has the announcement of June, the
// superior by another route than the first; of the amended plan one unit has not said anything, though it was asked
// twice, and it did not get through to the Front; the head of the fourth village has opened the announcement of
// October.
func recipientsChapter(ctx context.Context, t *teller) []happening {
	superior := commune.Superior
	june := relaying{ctx: ctx, t: t, at: func() doithoai.DocumentRef { return announcementOf(t.june.ID) }}
	june.send(june14(10, 0), append(t.usual(), toBody(superior, doithoai.ByEOffice, "VB-2024-1187"))...)
	june.take(june14(10, 40), LoginJustice)
	june.take(june14(15, 10), LoginLand)
	june.record(june14(14, 5), superior, doithoai.RecipientFailed, "Trục liên thông báo sai mã định danh nơi nhận")
	june.send(june14(14, 20), toBody(superior, doithoai.ByPaper, "Bưu điện, sổ chuyển giao số 31"))
	june.record(calendar.InstantAt(june14(0, 0).Date().AddDays(3), 9, 0), superior, doithoai.RecipientAcknowledged,
		"Văn thư UBND thành phố, số đến 1204")

	const front = "Ban Thường trực Ủy ban MTTQ Việt Nam xã"
	amended := relaying{ctx: ctx, t: t, at: func() doithoai.DocumentRef {
		return doithoai.DocumentRef{Kind: doithoai.DocumentPlan, Subject: t.plan.PlanID, Part: 1}
	}}
	amended.send(september(12, 10, 30), toUnit(t, unitJustice, doithoai.BySystem), toUnit(t, unitLand, doithoai.BySystem),
		toUnit(t, unitSocial, doithoai.ByPaper), toBody(superior, doithoai.ByEOffice, "VB-2024-1873"),
		toBody(front, doithoai.ByEOffice, "VB-2024-1874"))
	amended.take(september(12, 14, 0), LoginJustice)
	amended.take(september(13, 8, 15), LoginLand)
	amended.record(september(13, 9, 0), superior, doithoai.RecipientAcknowledged, "Trên trục, số đến 1655")
	amended.record(september(13, 9, 5), front, doithoai.RecipientFailed, "Cơ quan chưa nối trục liên thông")
	amended.urge(september(18, 8, 30), "call", "Công chức đi tập huấn, hẹn chiều nhận")
	amended.urge(september(25, 8, 30), "visit", "")

	autumn := relaying{ctx: ctx, t: t, at: func() doithoai.DocumentRef { return announcementOf(t.dialogue.ID) }}
	autumn.send(october(10, 9, 30), append(t.usual(), toBody(superior, doithoai.ByEOffice, "VB-2024-2041"))...)
	autumn.take(october(10, 10, 0), LoginJustice)
	autumn.take(october(10, 10, 30), LoginLand)
	autumn.open(october(11, 19, 0), LoginVillage4)
	autumn.record(october(11, 14, 0), superior, doithoai.RecipientAcknowledged, "Trên trục, số đến 1902")
	autumn.urge(october(15, 8, 20), "call", "Trưởng thôn hẹn xác nhận sau buổi họp thôn")

	letter := relaying{ctx: ctx, t: t, at: func() doithoai.DocumentRef {
		all, _, err := t.db.Documents(ctx, t.actor(LoginOffice),
			store.DocumentQuery{Kind: doithoai.DocumentEscalation, Typed: "72/UBND-VP", Limit: 1})
		if err != nil || len(all) == 0 {
			return doithoai.DocumentRef{}
		}
		return all[0].Ref()
	}}
	letter.send(july(5, 10, 40), toBody("UBND thành phố Quảng Ngãi", doithoai.ByEOffice, "VB-2024-1302"))
	letter.record(july(8, 8, 0), "UBND thành phố Quảng Ngãi", doithoai.RecipientAcknowledged, "Trên trục, số đến 1377")

	var all []happening
	for _, r := range []relaying{june, amended, autumn, letter} {
		all = append(all, r.all...)
	}
	return all
}

func june14(hour, minute int) calendar.Instant { return june(14, hour, minute) }

func announcementOf(dialogue doithoai.ID) doithoai.DocumentRef {
	return doithoai.DocumentRef{Kind: doithoai.DocumentAnnouncement, Subject: dialogue}
}

// usual are the units and villages that get an announcement, in the program where somebody there can sign in.
func (t *teller) usual() []doithoai.Sending {
	all := []doithoai.Sending{toUnit(t, unitJustice, doithoai.BySystem), toUnit(t, unitLand, doithoai.BySystem)}
	routes := []doithoai.DocumentRoute{doithoai.BySystem, doithoai.ByPaper, doithoai.ByPaper, doithoai.BySystem}
	for i, route := range routes {
		all = append(all, doithoai.Sending{
			To: doithoai.Recipient{VillageID: t.villages[communeVillages[i].Name]}, Route: route,
		})
	}
	return all
}

func toUnit(t *teller, unit string, by doithoai.DocumentRoute) doithoai.Sending {
	return doithoai.Sending{To: doithoai.Recipient{UnitID: t.units[unit].ID}, Route: by}
}

func toBody(name string, by doithoai.DocumentRoute, detail string) doithoai.Sending {
	return doithoai.Sending{To: doithoai.Recipient{Name: name}, Route: by, Detail: detail}
}

// relaying is what happens with the recipients of one document.
type relaying struct {
	ctx context.Context
	t   *teller
	at  func() doithoai.DocumentRef
	all []happening
}

// then lets the office do something with how the recipients stand.
func (r *relaying) then(at calendar.Instant, do func(doithoai.DocumentRef, store.DocumentRelay) error) {
	of, ctx, t := r.at, r.ctx, r.t
	r.all = append(r.all, happening{at, "recipients of a document", func() error {
		ref := of()
		relay, err := t.db.DocumentRelay(ctx, t.actor(LoginOffice), ref)
		if err != nil {
			return err
		}
		return do(ref, relay)
	}})
}

func (r *relaying) send(at calendar.Instant, all ...doithoai.Sending) {
	db, ctx, office := r.t.db, r.ctx, r.t.actor(LoginOffice)
	r.then(at, func(ref doithoai.DocumentRef, relay store.DocumentRelay) error {
		return db.SendDocument(ctx, office, ref, relay.Version, all, func(field string, n int) string {
			return fmt.Sprintf("%s-%d", field, n)
		})
	})
}

func (r *relaying) urge(at calendar.Instant, way doithoai.ChaseWay, note string) {
	db, ctx, office := r.t.db, r.ctx, r.t.actor(LoginOffice)
	r.then(at, func(ref doithoai.DocumentRef, relay store.DocumentRelay) error {
		return db.UrgeRecipients(ctx, office, ref, relay.Version, doithoai.Chase{Way: way, Note: note})
	})
}

func (r *relaying) record(at calendar.Instant, name string, to doithoai.RecipientState, detail string) {
	db, ctx, office := r.t.db, r.ctx, r.t.actor(LoginOffice)
	r.then(at, func(_ doithoai.DocumentRef, relay store.DocumentRelay) error {
		for _, x := range relay.Recipients {
			if x.Name == name {
				return db.RecordRecipient(ctx, office, x.ID, x.Version, to, detail)
			}
		}
		return fmt.Errorf("no recipient %s", name)
	})
}

// open lets an officer open what came to them.
func (r *relaying) open(at calendar.Instant, login string) {
	t, ctx := r.t, r.ctx
	r.then(at, func(ref doithoai.DocumentRef, _ store.DocumentRelay) error {
		_, err := t.opened(ctx, login, ref)
		return err
	})
}

// take lets an officer open it, and say that they have it.
func (r *relaying) take(at calendar.Instant, login string) {
	t, ctx := r.t, r.ctx
	r.then(at, func(ref doithoai.DocumentRef, _ store.DocumentRelay) error {
		d, err := t.opened(ctx, login, ref)
		if err != nil {
			return err
		}
		return t.db.AcknowledgeDocument(ctx, t.actor(login), d.ID, d.Version)
	})
}

// opened is a document that came to an officer, once they have opened it.
func (t *teller) opened(
	ctx context.Context, login string, ref doithoai.DocumentRef,
) (d store.ReceivedDocument, err error) {
	all, _, err := t.db.ReceivedDocuments(ctx, t.actor(login), true, 20)
	if err != nil {
		return d, err
	}
	for _, d := range all {
		if d.Recipient.Document == ref {
			return t.db.OpenReceived(ctx, t.actor(login), d.ID)
		}
	}
	return d, fmt.Errorf("%s did not get %s", login, ref.Kind)
}
