package doithoai

import "slices"

// Actor is who acts. The store checks that subject and actor belong to one authority.
type Actor struct {
	ID          ID // empty for residents and the system
	AuthorityID ID
	UnitID      ID // of the first post
	Name        string
	Roles       []Role // on the day: of the posts in force, and by delegation
	Seats       []Seat // where each role holds; a role without a seat holds in UnitID
}

// Seat is a role on a day and where it holds: by a post of the actor's own, or for somebody else by a delegation.
type Seat struct {
	Role      Role
	PostID    ID // the post that carries the role
	UnitID    ID
	VillageID ID
	Title     string        // of that post
	For       ID            // the officer who delegated the role; empty: the actor's own
	Manner    SigningManner // how the actor signs for them
	Own       string        // title of the actor's own post by which they do
}

// Resident is the actor of everything done on the public site of an authority.
func Resident(authority ID) Actor {
	return Actor{AuthorityID: authority, Roles: []Role{RoleResident}}
}

// Has reports whether the actor holds the role, or one that includes it.
func (a Actor) Has(r Role) bool {
	return slices.ContainsFunc(a.Roles, func(held Role) bool { return held.Includes(r) })
}

// seats are all roles of the actor with where they hold, own ones first.
func (a Actor) seats() []Seat {
	var own, delegated []Seat
	for _, r := range a.Roles {
		found := false
		for _, s := range a.Seats {
			if s.Role != r {
				continue
			}
			found = true
			if s.For == "" {
				own = append(own, s)
			} else {
				delegated = append(delegated, s)
			}
		}
		if !found {
			own = append(own, Seat{Role: r, UnitID: a.UnitID})
		}
	}
	return append(own, delegated...)
}

// UnitIDs are the units in which the actor works on the day, for others too.
func (a Actor) UnitIDs() []ID {
	var ids []ID
	add := func(id ID) {
		if id != "" && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	add(a.UnitID)
	for _, s := range a.Seats {
		add(s.UnitID)
	}
	return ids
}
