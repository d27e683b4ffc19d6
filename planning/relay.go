package planning

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"doithoai"
	"doithoai/calendar"
	docform "doithoai/doc/form"
	"doithoai/plan"
	"doithoai/store"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/ui"
)

func (s *site) relayRoutes() []web.Route {
	at := web.DialoguesPath + "/{id}" + web.RelayPart
	return append(s.printedRoutes(at+"/{village}"+packAt, doithoai.ActSeeDialogues, s.villagePack), []web.Route{
		{Pattern: "GET " + web.VillagesPath, Act: doithoai.ActSeeOwnVillage, Do: s.ownVillages},
		{Pattern: "GET " + at, Act: doithoai.ActSeeDialogues, Do: s.villages},
		{Pattern: "GET " + at + "/{village}", Act: doithoai.ActTellVillage, Do: s.village},
		{Pattern: "POST " + at + "/{village}/thong-bao", Act: doithoai.ActTellVillage, Do: s.tellVillage},
		{Pattern: "POST " + at + "/{village}/niem-yet", Act: doithoai.ActPostInVillage, Do: s.postInVillage},
		{Pattern: "POST " + at + "/{village}/nhac", Act: doithoai.ActUrgeVillage, Do: s.urgeVillage},
	}...)
}

// villagesPage shows how far the villages of a dialogue are.
type villagesPage struct {
	dialoguePage
	Matters []matterRows
}

// matterRows are the villages with one matter.
type matterRows struct {
	Matter plan.RelayMatter
	Rows   []plan.VillageRelay
	Due    calendar.Date
}

// loadVillages loads the matters that villages can be told of; of a dialogue that is not announced yet, how they will
// stand.
func (s *site) loadVillages(r *web.Request) (p villagesPage, err error) {
	if p.dialoguePage, err = s.ofDialogue(r); err != nil {
		return p, err
	}
	rules, err := s.db.Rules(r.Context(), r.Authority.ID)
	if err != nil {
		return p, err
	}
	var done []store.EvidenceAt
	for _, m := range plan.RelayMatters {
		if m != plan.RelayAnnouncement && !m.Open(p.Dialogue) {
			continue
		}
		rows, err := s.db.Relay(r.Context(), r.Actor(), p.Dialogue.ID, m)
		if err != nil {
			return p, err
		}
		of := matterRows{Matter: m, Rows: rows}
		if m == plan.RelayAnnouncement {
			of.Due = plan.RelayDue(p.Dialogue, rules)
		}
		p.Matters = append(p.Matters, of)
		done = append(done, doneIn(rows...)...)
	}
	p.Shown, err = s.db.EvidenceCounts(r.Context(), r.Actor(), done...)
	return p, err
}

// doneIn is what was done in villages, as its files are named.
func doneIn(rows ...plan.VillageRelay) (all []store.EvidenceAt) {
	for _, v := range rows {
		for _, r := range []*plan.Relay{v.Told, v.Posted} {
			if r != nil {
				all = append(all, store.RelayEvidence(*r))
			}
		}
	}
	return all
}

func (s *site) villages(r *web.Request) error {
	p, err := s.loadVillages(r)
	if err != nil {
		return err
	}
	return r.Page(http.StatusOK, p.view())
}

// relayForm are the fields of the forms of a village, as they were typed.
type relayForm struct {
	Version  int      `form:"phien-ban"`
	Matter   string   `form:"viec" line:"true"`
	Day      string   `form:"ngay" line:"true" day:"true"`
	Clock    string   `form:"gio" line:"true"`
	Ways     []string `form:"cach"`
	Urging   string   `form:"cach-nhac" line:"true"`
	Place    string   `form:"noi" line:"true"`
	Note     string   `form:"ghi-chu"`
	Reporter string   `form:"nguoi-bao" line:"true"`
	filesForm
}

// villagePage is one village with one matter: what was done, and the forms of what is to be done. Its head sees it on a
// telephone; the office enters what it hears from there.
type villagePage struct {
	dialoguePage
	Matter plan.RelayMatter
	Row    plan.VillageRelay
	Due    calendar.Date
	Form   relayForm
	Part   evidencePart
	Act    doithoai.Act // of the form that came back
	Head   bool         // the officer is the village's head
}

func (s *site) loadVillage(r *web.Request, matter plan.RelayMatter) (p villagePage, err error) {
	all, err := s.loadVillages(r)
	if err != nil {
		return p, err
	}
	if p.Part, err = s.evidencePart(r); err != nil {
		return p, err
	}
	p.dialoguePage, p.Matter = all.dialoguePage, plan.RelayAnnouncement
	if matter != "" {
		p.Matter = matter
	}
	id := doithoai.ID(r.PathValue("village"))
	for _, m := range all.Matters {
		i := slices.IndexFunc(m.Rows, func(v plan.VillageRelay) bool { return v.Village.ID == id })
		if m.Matter == p.Matter && i >= 0 {
			p.Row, p.Due = m.Rows[i], m.Due
			p.Head = headOf(r.Actor(), id)
			p.Form = relayForm{
				Matter: string(p.Matter), Day: p.Date(p.Today()), Clock: clockOf(p.Now).String(), Ways: []string{"loudspeaker"},
			}
			return p, nil
		}
	}
	return p, doithoai.Refuse(doithoai.NotFound, "error.not_found")
}

// headOf reports whether the actor is the head of a village.
func headOf(a doithoai.Actor, village doithoai.ID) bool {
	return slices.ContainsFunc(a.Seats, func(s doithoai.Seat) bool {
		return s.Role == doithoai.RoleVillageHead && s.VillageID == village
	})
}

// mayHere reports whether the officer may do an act to the page's village.
func (p villagePage) mayHere(act doithoai.Act) bool {
	return p.Matter.Open(p.Dialogue) && doithoai.Can(p.Actor(), act,
		doithoai.Subject{AuthorityID: p.Authority.ID, VillageID: p.Row.Village.ID}) == nil
}

func (s *site) village(r *web.Request) error {
	p, err := s.loadVillage(r, plan.RelayMatter(r.URL.Query().Get("viec")))
	if err == nil {
		err = doithoai.Can(r.Actor(), doithoai.ActTellVillage,
			doithoai.Subject{AuthorityID: r.Authority.ID, VillageID: p.Row.Village.ID})
	}
	if err != nil {
		return err
	}
	return r.Page(http.StatusOK, p.view())
}

// postedRelay reads a form of a village and loads its page; do then does what the form asks for. A head goes back to
// the own page, the office to the list.
func (s *site) postedRelay(
	r *web.Request, act doithoai.Act, do func(p *villagePage, files []doithoai.ID) error,
) error {
	var f relayForm
	b, err := s.formWithFiles(r, &f, &f.filesForm)
	if err != nil {
		return err
	}
	p, err := s.loadVillage(r, plan.RelayMatter(f.Matter))
	if err != nil {
		return err
	}
	p.Form, p.Act = f, act
	err = b.do(func() error { return do(&p, b.IDs) })
	if b.done(err) {
		if p.Head {
			return r.Redirect(web.VillagesPath + "?xong=" + string(act))
		}
		return r.Redirect(p.done(web.RelayPart, act))
	}
	if err != nil && !p.refused(atForm(err, suffixOf[act])) {
		return err
	}
	if p.Part.Kept, err = s.db.Uploads(r.Context(), r.Actor(), b.IDs); err != nil {
		return err
	}
	return r.Page(p.status(), p.view())
}

// suffixOf tells the fields of the page's forms apart.
var suffixOf = map[doithoai.Act]string{
	doithoai.ActTellVillage: "", doithoai.ActPostInVillage: "-niem-yet", doithoai.ActUrgeVillage: "-nhac",
}

// atForm names the fields of one form of the page for what its rule says.
func atForm(refusal error, suffix string) error {
	list := slices.Clone(doithoai.ProblemsOf(refusal))
	if len(list) == 0 {
		return refusal
	}
	for i := range list {
		list[i].Field += suffix
	}
	return doithoai.RefuseForm(list)
}

func (s *site) tellVillage(r *web.Request) error {
	return s.postedRelay(r, doithoai.ActTellVillage, func(p *villagePage, files []doithoai.ID) error {
		return s.db.TellVillage(r.Context(), r.Actor(), p.Form.Version, p.entered(files))
	})
}

func (s *site) postInVillage(r *web.Request) error {
	return s.postedRelay(r, doithoai.ActPostInVillage, func(p *villagePage, files []doithoai.ID) error {
		return s.db.PostInVillage(r.Context(), r.Actor(), p.Form.Version, p.entered(files))
	})
}

// entered is what the form says.
func (p villagePage) entered(files []doithoai.ID) plan.Relay {
	f := p.Form
	relay := plan.Relay{
		DialogueID: p.Dialogue.ID, VillageID: p.Row.Village.ID, Matter: p.Matter, Day: web.TypedDate(f.Day),
		Clock: typedClock(f.Clock), Place: f.Place, Note: f.Note, Reporter: f.Reporter,
		Files: files,
	}
	for _, w := range f.Ways {
		relay.Ways = append(relay.Ways, plan.RelayWay(w))
	}
	return relay
}

func (s *site) urgeVillage(r *web.Request) error {
	return s.postedRelay(r, doithoai.ActUrgeVillage, func(p *villagePage, _ []doithoai.ID) error {
		return s.db.UrgeVillage(r.Context(), r.Actor(), p.Form.Version, plan.Urging{
			DialogueID: p.Dialogue.ID, VillageID: p.Row.Village.ID, Matter: p.Matter, Way: plan.UrgingWay(p.Form.Urging),
			Note: p.Form.Note,
		})
	})
}

// villagePack is what the head of a village gets on paper: the dialogue's own announcement, programme and house rules,
// what the loudspeakers say, what to do.
func (s *site) villagePack(r *web.Request) (printed, error) {
	v, err := s.loadVillage(r, plan.RelayAnnouncement)
	if err != nil {
		return printed{}, err
	}
	if !v.Dialogue.Public() { // nothing is told ahead of the announcement
		return printed{}, doithoai.Refuse(doithoai.NotFound, "error.not_found")
	}
	all, err := s.db.Bulletins(r.Context(), r.Actor(), v.Dialogue.ID)
	if err != nil {
		return printed{}, err
	}
	spoken := plan.ComposeBulletin(v.Dialogue, r.Authority) // until there is a text that may be read out
	if len(all) > 0 && all[0].Holds(v.Dialogue.Moves) {
		spoken = all[0].Body
	}
	texts, err := s.packTexts(r, v.Dialogue)
	if err != nil {
		return printed{}, err
	}
	pack := docform.VillagePack{
		Village: v.Row.Village.Name, Announcement: texts[plan.TextAnnouncement], Rules: texts[plan.TextHouseRules].Body,
		Script: text.Aloud(spoken), Due: v.Due,
	}
	return v.printed(r.T("relay.pack_title", "village", v.Row.Village.Name),
		web.RelayPart+"/"+string(v.Row.Village.ID)+packAt, "tap-thong-bao",
		pack.Paper(docform.Head{Authority: r.Authority}, v.Dialogue)), nil
}

// packAt is the pack of a village, below its page.
const packAt = "/tap"

// packTexts are the texts of a village's pack: as the dialogue's own pages hold them. What was written down before the
// dialogue moved tells of another day, so that what is composed now stands in its place, without number; so does it
// where nothing was written.
func (s *site) packTexts(r *web.Request, d doithoai.Dialogue) (map[plan.TextKind]plan.Text, error) {
	kept, err := s.db.DialogueTexts(r.Context(), r.Actor(), d.ID)
	if err != nil {
		return nil, err
	}
	c, err := s.composer(r, d)
	if err != nil {
		return nil, err
	}
	texts := map[plan.TextKind]plan.Text{}
	for _, kind := range []plan.TextKind{plan.TextAnnouncement, plan.TextHouseRules} {
		t := kept[kind]
		stale := kind == plan.TextAnnouncement && d.Moves > 0 && t.At.Before(d.Noticed)
		if t.Version == 0 || stale {
			t = plan.Text{DialogueID: d.ID, Kind: kind, Body: c.compose(kind)}
		}
		texts[kind] = t
	}
	return texts, nil
}

// ownPage is the page of a village's head: each dialogue of which the people are to be told, with its two buttons.
type ownPage struct {
	*web.Reader
	Villages []ownVillage
	Done     string
	Received int  // documents that wait for the head to say that they came
	More     bool // than that
}

// ownReceived is how many documents are counted that wait for a village's head.
const ownReceived = 50

// received says how many documents wait for the head to say that they came.
func (p ownPage) received() string {
	switch {
	case p.More:
		return p.T("documents.received.more_count", "count", p.Received)
	case p.Received > 0:
		return p.T("documents.received.count", "count", p.Received)
	}
	return p.T("documents.received.title")
}

// ownVillage is a village with its matters, the next dialogue first.
type ownVillage struct {
	Village doithoai.Village
	Matters []villagePage
}

func (s *site) ownVillages(r *web.Request) error {
	own, err := s.db.OwnVillages(r.Context(), r.Actor())
	if err != nil {
		return err
	}
	p := ownPage{Reader: r.Reader}
	if done := "act.done." + r.URL.Query().Get("xong"); r.Text.Has(done) {
		p.Done = r.T(done)
	}
	received, more, err := s.db.ReceivedDocuments(r.Context(), r.Actor(), true, ownReceived)
	if err != nil {
		return err
	}
	p.Received, p.More = len(received), more
	rules, err := s.db.Rules(r.Context(), r.Authority.ID)
	if err != nil {
		return err
	}
	for _, v := range own {
		of, err := s.mattersOf(r, v, rules)
		if err != nil {
			return err
		}
		p.Villages = append(p.Villages, of)
	}
	return r.Page(http.StatusOK, p.view())
}

// mattersOf are the matters of a village's dialogues that can be told of.
func (s *site) mattersOf(r *web.Request, v store.OwnVillage, rules doithoai.Rules) (ownVillage, error) {
	own := ownVillage{Village: v.Village}
	part, err := s.evidencePart(r)
	if err != nil {
		return own, err
	}
	for _, d := range v.Dialogues {
		for _, m := range plan.RelayMatters {
			if !m.Open(d) || m == plan.RelayAnnouncement && !d.State.Coming() {
				continue
			}
			rows, err := s.db.Relay(r.Context(), r.Actor(), d.ID, m)
			if err != nil {
				return own, err
			}
			for _, row := range rows {
				if row.Village.ID == v.Village.ID {
					shown, err := s.db.EvidenceCounts(r.Context(), r.Actor(), doneIn(row)...)
					if err != nil {
						return own, err
					}
					page := villagePage{
						dialoguePage: dialoguePage{Reader: r.Reader, Dialogue: d, Shown: shown}, Matter: m, Row: row, Head: true,
						Part: part,
					}
					if m == plan.RelayAnnouncement {
						page.Due = plan.RelayDue(d, rules)
					}
					own.Matters = append(own.Matters, page)
				}
			}
		}
	}
	return own, nil
}

// relayDuties are the duties of the law that the villages' reports prove.
var relayDuties = map[plan.RelayMatter]plan.DutyKey{
	plan.RelayAnnouncement: plan.DutyNoticeVillages, plan.RelayResults: plan.DutyResultVillages,
}

// relayArea puts the villages on the workspace: the line of telling every household, the one of the results once there
// are any, and at the side how each village stands.
func relayArea(s *site, r *web.Request, p *workspacePage) error {
	d := p.Dialogue
	if d.State == doithoai.DialogueCancelled {
		return nil
	}
	all, err := s.loadVillages(r)
	if err != nil {
		return err
	}
	for _, m := range all.Matters {
		if len(m.Rows) == 0 {
			continue
		}
		step := plan.RelayProgress(d, m.Rows, m.Due)
		if m.Matter == plan.RelayResults {
			step.Stage, step.Blocks = plan.StagePublish, false
		}
		line := workLine{
			Step: step, Title: r.T("relay.work." + string(m.Matter)), Href: web.WorkspacePath(d.ID) + web.RelayPart,
			Owner: r.T("relay.owner", "count", len(m.Rows)),
			Proof: ui.Words{ui.Text(r.T("relay.progress", "done", plan.Told(m.Rows), "all", len(m.Rows)))},
			Block: r.T("relay.block", "villages", missing(m.Rows)),
		}
		if _, ok := p.takeDuty(relayDuties[m.Matter]); ok { // told everywhere is the proof of it
			line.Duty = relayDuties[m.Matter]
		}
		p.Lines = append(p.Lines, line)
		if d.Public() {
			p.Asides = append(p.Asides, relayAside(all, m))
		}
	}
	return nil
}

// missing names the villages that were not told, the first ones where they are many.
func missing(rows []plan.VillageRelay) string {
	const most = 4
	var names []string
	for _, v := range rows {
		if v.Told == nil {
			names = append(names, v.Village.Name)
		}
	}
	if n := len(names); n > most {
		return strings.Join(names[:most], ", ") + " +" + strconv.Itoa(n-most)
	}
	return strings.Join(names, ", ")
}

func relayAside(all villagesPage, m matterRows) templ.Component {
	return ui.Aside{
		ID:    "thon-" + string(m.Matter),
		Title: all.T("relay.aside."+string(m.Matter), "done", plan.Told(m.Rows), "all", len(m.Rows)),
		Body:  all.asideRows(m),
	}
}
