package office

import (
	"doithoai"
	"doithoai/web"
)

// turns of documents.
const (
	turnReceived       = "received"
	turnUnacknowledged = "unacknowledged"
)

// receivedWork are the documents that came to the officer's units and villages and wait for somebody to say so.
func receivedWork(s *site, r *web.Request) (w deskWork, err error) {
	if !doithoai.MayEver(r.Actor(), doithoai.ActSeeReceived) {
		return w, nil
	}
	all, more, err := s.db.ReceivedDocuments(r.Context(), r.Actor(), true, deskTasks)
	if err != nil {
		return w, err
	}
	w.more = more
	for _, d := range all {
		w.mine = append(w.mine, task{
			Title: r.T("documents.kind."+string(d.Paper.Kind)) + " " + d.Paper.Number, Turn: turnReceived,
			Act: doithoai.ActAcknowledgeDocument, Href: web.ReceivedPath + "/" + string(d.ID), Unit: d.Name,
			Due: d.Recipient.Due, Undated: d.Recipient.Due.IsZero(),
		})
	}
	return w, nil
}

// waitingDocuments says to who urges how many documents have recipients who did not acknowledge them in time.
func waitingDocuments(s *site, r *web.Request) (w deskWork, err error) {
	if !doithoai.MayEver(r.Actor(), doithoai.ActUrgeRecipients) {
		return w, nil
	}
	all, late, err := s.db.WaitingDocuments(r.Context(), r.Actor())
	if err != nil || all == 0 {
		return w, err
	}
	t := task{
		Title: r.T("documents.relay.desk", "count", r.Count(all)), Turn: turnUnacknowledged,
		Act: doithoai.ActUrgeRecipients, Href: web.WaitingPath, Undated: true,
	}
	if late > 0 {
		t.Village = r.T("documents.relay.desk_late", "late", r.Count(late))
	}
	w.mine = append(w.mine, t)
	return w, nil
}
