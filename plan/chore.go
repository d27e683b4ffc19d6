package plan

import (
	"doithoai"
	"doithoai/calendar"
)

// ChoreKind is what a chore is of.
type ChoreKind string

const (
	ChoreInvite  ChoreKind = "invite"       // send the invitations, or send them anew
	ChoreFigures ChoreKind = "figures"      // hand in a unit's figures of procedures
	ChoreItem    ChoreKind = "item"         // have an item of the checklist there
	ChoreTell    ChoreKind = "tell_village" // tell the people of a village
)

// Chore is a piece of a dialogue's preparation that is somebody's to do: a unit's, the head's of a village, or where
// neither is named the office's. Tasks of the plan and registered questions have lists of their own.
type Chore struct {
	Kind      ChoreKind
	Dialogue  doithoai.Dialogue // without its programme
	UnitID    doithoai.ID
	VillageID doithoai.ID
	Owner     string        // name of the unit or the village; of an item that neither does, who does it
	ItemID    doithoai.ID   // of an item of the checklist
	Item      string        // its title
	Count     int           // how many invitations
	Due       calendar.Date // zero where no parameter says by when
}

// choreActs are the acts that do a chore.
var choreActs = map[ChoreKind]doithoai.Act{
	ChoreInvite:  doithoai.ActInviteDelegates,
	ChoreFigures: doithoai.ActSubmitFigures,
	ChoreItem:    doithoai.ActFinishLogistics,
	ChoreTell:    doithoai.ActTellVillage,
}

// Of reports whether the chore is the actor's own: they may do it, and hold a post of its unit or village; where it has
// neither, one of the office.
func (c Chore) Of(a doithoai.Actor) bool {
	if doithoai.Can(a, choreActs[c.Kind], doithoai.Subject{
		AuthorityID: c.Dialogue.AuthorityID, LeadUnitID: c.UnitID, PreparerID: c.UnitID, VillageID: c.VillageID,
	}) != nil {
		return false
	}
	for _, seat := range a.Seats {
		switch {
		case c.UnitID != "":
			if seat.UnitID == c.UnitID {
				return true
			}
		case c.VillageID != "":
			if seat.VillageID == c.VillageID {
				return true
			}
		case seat.Role == doithoai.RoleOffice:
			return true
		}
	}
	return false
}

// Late reports whether the chore is late on a day.
func (c Chore) Late(today calendar.Date) bool { return !c.Due.IsZero() && today.After(c.Due) }

// Preparation is what there is of a dialogue's preparation, from which its chores follow.
type Preparation struct {
	Dialogue    doithoai.Dialogue
	Units       []doithoai.Unit
	Invitations []Invitation
	Sheets      []Sheet
	Items       []LogisticsItem
	Villages    []VillageRelay // of the announcement
}

// Chores are what is left to do of the preparation of a dialogue that is to come and has a day.
func (p Preparation) Chores(rules doithoai.Rules) (list []Chore) {
	d := p.Dialogue
	if !d.State.Coming() || d.State.Dayless() || d.StartsAt.IsZero() {
		return nil
	}
	add := func(c Chore) {
		c.Dialogue = d
		list = append(list, c)
	}
	if h := HeadsOf(d, p.Invitations); h.Draft+h.Stale > 0 {
		add(Chore{Kind: ChoreInvite, Count: h.Draft + h.Stale, Due: InviteDue(rules, d)})
	}
	handedIn := map[doithoai.ID]bool{}
	for _, s := range p.Sheets {
		handedIn[s.UnitID] = s.State == SheetSubmitted
	}
	due, _ := QuestionDue(rules, d, d.Announced.Date())
	names := map[doithoai.ID]string{}
	for _, u := range p.Units {
		names[u.ID] = u.ShortName()
		if !handedIn[u.ID] {
			add(Chore{Kind: ChoreFigures, UnitID: u.ID, Owner: u.ShortName(), Due: due})
		}
	}
	for _, i := range p.Items {
		if i.State() != StepWaits {
			continue
		}
		c := Chore{
			Kind: ChoreItem, UnitID: i.UnitID, Owner: i.Owner, ItemID: i.ID, Item: i.Title,
			Due: i.By(rules, d.StartsAt.Date()),
		}
		if i.UnitID != "" {
			c.Owner = names[i.UnitID]
		}
		add(c)
	}
	if RelayAnnouncement.Open(d) {
		due := RelayDue(d, rules)
		for _, v := range p.Villages {
			if v.Told == nil {
				add(Chore{Kind: ChoreTell, VillageID: v.Village.ID, Owner: v.Village.Name, Due: due})
			}
		}
	}
	return list
}
