package store

import (
	"context"

	"doithoai"
	"doithoai/calendar"
)

const postColumns = `id, authority_id, officer_id, title, unit_id, village_id, roles, from_day, to_day, paper,
	predecessor_id, version`

func scanPost(r row) (p doithoai.Post, err error) {
	var roles string
	err = r.Scan(&p.ID, &p.AuthorityID, &p.OfficerID, &p.Title, &p.UnitID, &p.VillageID, &roles, &p.From, &p.To, &p.Paper,
		&p.Predecessor, &p.Version)
	p.Roles = splitWords[doithoai.Role](roles)
	return p, err
}

const delegationColumns = `id, authority_id, giver_id, receiver_id, roles, manner, from_day, to_day, number, dated,
	revoked_on, version`

func scanDelegation(r row) (d doithoai.Delegation, err error) {
	var roles string
	err = r.Scan(&d.ID, &d.AuthorityID, &d.GiverID, &d.ReceiverID, &roles, &d.Manner, &d.From, &d.To, &d.Number, &d.Dated,
		&d.RevokedOn, &d.Version)
	d.Roles = splitWords[doithoai.Role](roles)
	return d, err
}

// officersOn returns the officers with the roles and seats that their posts and delegations give them on a day.
func officersOn(
	ctx context.Context, q querier, on calendar.Date, officers []doithoai.Officer,
) ([]doithoai.Officer, error) {
	authorities := map[doithoai.ID]bool{}
	for _, o := range officers {
		authorities[o.AuthorityID] = true
	}
	var posts []doithoai.Post
	var delegations []doithoai.Delegation
	for a := range authorities {
		p, err := list(ctx, q, scanPost, `SELECT `+postColumns+` FROM post WHERE authority_id = $1 ORDER BY id`, a)
		if err != nil {
			return nil, err
		}
		d, err := list(ctx, q, scanDelegation, `SELECT `+delegationColumns+`
			FROM delegation
			WHERE authority_id = $1 AND from_day <= $2 AND to_day >= $2
			ORDER BY id`, a, on)
		if err != nil {
			return nil, err
		}
		posts, delegations = append(posts, p...), append(delegations, d...)
	}
	for i, o := range officers {
		officers[i] = officerOf(on, o, posts, delegations)
	}
	return officers, nil
}

// officerOn returns an officer with the roles and seats that posts and delegations give them on a day.
func officerOn(ctx context.Context, q querier, on calendar.Date, o doithoai.Officer) (doithoai.Officer, error) {
	posts, err := list(ctx, q, scanPost, `SELECT `+postColumns+`
		FROM post
		WHERE officer_id = $1 OR officer_id IN (SELECT giver_id FROM delegation WHERE receiver_id = $1)
		ORDER BY id`, o.ID)
	if err != nil {
		return o, err
	}
	delegations, err := list(ctx, q, scanDelegation, `SELECT `+delegationColumns+`
		FROM delegation
		WHERE receiver_id = $1 AND from_day <= $2 AND to_day >= $2
		ORDER BY id`, o.ID, on)
	return officerOf(on, o, posts, delegations), err
}

// officerOf picks an officer's own posts and what they received.
func officerOf(
	on calendar.Date, o doithoai.Officer, posts []doithoai.Post, delegations []doithoai.Delegation,
) doithoai.Officer {
	of := func(id doithoai.ID) (list []doithoai.Post) {
		for _, p := range posts {
			if p.OfficerID == id {
				list = append(list, p)
			}
		}
		return list
	}
	var received []doithoai.Received
	for _, d := range delegations {
		if d.ReceiverID == o.ID {
			received = append(received, doithoai.Received{Delegation: d, Givers: of(d.GiverID)})
		}
	}
	return o.OnDay(on, of(o.ID), received)
}

// addPost keeps a post of an officer of the authority; unit and village, where there are any, are its own.
func (tx *Tx) addPost(ctx context.Context, p doithoai.Post) error {
	if p.UnitID != "" {
		if _, err := one(ctx, tx, column[doithoai.ID], `SELECT id
			FROM unit
			WHERE id = $1 AND authority_id = $2`, p.UnitID, p.AuthorityID); err != nil {
			return err
		}
	}
	if p.VillageID != "" {
		if _, err := one(ctx, tx, column[doithoai.ID], `SELECT id
			FROM village
			WHERE id = $1 AND authority_id = $2`, p.VillageID, p.AuthorityID); err != nil {
			return err
		}
	}
	return tx.exec(ctx, `INSERT INTO post (`+postColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1)`,
		newID(), p.AuthorityID, p.OfficerID, p.Title, p.UnitID, p.VillageID, joinWords(p.Roles), p.From, p.To, p.Paper,
		p.Predecessor)
}

// OfficerPosts are an officer with all posts, those that are over too, the newest first.
type OfficerPosts struct {
	Officer doithoai.Officer // with the roles of today
	Posts   []doithoai.Post
}

// Posts lists the officers of the actor's authority with their posts, by login.
func (db *DB) Posts(ctx context.Context, actor doithoai.Actor) ([]OfficerPosts, error) {
	if err := may(actor, doithoai.ActSeeSettings); err != nil {
		return nil, err
	}
	officers, err := db.Officers(ctx, actor.AuthorityID)
	if err != nil {
		return nil, err
	}
	posts, err := list(ctx, db.reader(), scanPost, `SELECT `+postColumns+`
		FROM post
		WHERE authority_id = $1
		ORDER BY id DESC`, actor.AuthorityID)
	if err != nil {
		return nil, err
	}
	all := make([]OfficerPosts, len(officers))
	for i, o := range officers {
		all[i].Officer = o
		for _, p := range posts {
			if p.OfficerID == o.ID {
				all[i].Posts = append(all[i].Posts, p)
			}
		}
	}
	return all, nil
}

// Post finds a post of the actor's authority.
func (db *DB) Post(ctx context.Context, actor doithoai.Actor, id doithoai.ID) (doithoai.Post, error) {
	if err := may(actor, doithoai.ActSeeSettings); err != nil {
		return doithoai.Post{}, err
	}
	return postByID(ctx, db.reader(), actor.AuthorityID, id)
}

func postByID(ctx context.Context, q querier, authority, id doithoai.ID) (doithoai.Post, error) {
	if err := checkID(id); err != nil {
		return doithoai.Post{}, err
	}
	return one(ctx, q, scanPost, `SELECT `+postColumns+` FROM post WHERE id = $1 AND authority_id = $2`, id, authority)
}

// Delegations lists the delegations of the actor's authority, the newest first.
func (db *DB) Delegations(ctx context.Context, actor doithoai.Actor) ([]doithoai.Delegation, error) {
	if err := may(actor, doithoai.ActSeeSettings); err != nil {
		return nil, err
	}
	return list(ctx, db.reader(), scanDelegation, `SELECT `+delegationColumns+`
		FROM delegation
		WHERE authority_id = $1
		ORDER BY id DESC`, actor.AuthorityID)
}

// AddPost gives an officer of the authority another post.
func (db *DB) AddPost(ctx context.Context, actor doithoai.Actor, p doithoai.Post) error {
	p.AuthorityID = actor.AuthorityID
	return db.act(ctx, func(tx *Tx) error {
		if err := doithoai.Can(actor, doithoai.ActAddPost,
			doithoai.Subject{AuthorityID: actor.AuthorityID, OfficerID: p.OfficerID}); err != nil {
			return err
		}
		if err := doithoai.RefuseForm(p.Problems()); err != nil {
			return err
		}
		o, err := officerByID(ctx, tx, actor.AuthorityID, p.OfficerID, tx.Now.Date())
		if err != nil {
			return err
		}
		if err := tx.addPost(ctx, p); err != nil {
			return err
		}
		return tx.audit(ctx, actor, doithoai.ActAddPost, o.Login, "", postWords(p))
	})
}

// postHolder loads the officer whom an act on posts concerns, and asks Can.
func (tx *Tx) postHolder(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, officer doithoai.ID,
) (doithoai.Officer, error) {
	if err := doithoai.Can(actor, act, doithoai.Subject{AuthorityID: actor.AuthorityID, OfficerID: officer}); err != nil {
		return doithoai.Officer{}, err
	}
	return officerByID(ctx, tx, actor.AuthorityID, officer, tx.Now.Date())
}

// postWords are a post as the audit keeps it.
func postWords(p doithoai.Post) string {
	words := p.Title + " (" + joinWords(p.Roles) + ")"
	if !p.From.IsZero() {
		words += " " + p.From.String()
	}
	if !p.To.IsZero() {
		words += " – " + p.To.String()
	}
	if p.Paper != "" {
		words += ", " + p.Paper
	}
	return words
}

// EndPost ends a post with a last day. version is the post's.
func (db *DB) EndPost(
	ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int, last calendar.Date, paper string,
) error {
	return db.act(ctx, func(tx *Tx) error {
		p, o, err := tx.loadPost(ctx, actor, doithoai.ActEndPost, id)
		if err != nil {
			return err
		}
		next, err := p.End(last, paper)
		if err != nil {
			return err
		}
		if err := tx.savePost(ctx, next, version); err != nil {
			return err
		}
		if err := tx.passWork(ctx, p.AuthorityID); err != nil { // a post that ended before today
			return err
		}
		return tx.audit(ctx, actor, doithoai.ActEndPost, o.Login, postWords(p), postWords(next))
	})
}

func (tx *Tx) loadPost(
	ctx context.Context, actor doithoai.Actor, act doithoai.Act, id doithoai.ID,
) (doithoai.Post, doithoai.Officer, error) {
	p, err := postByID(ctx, tx, actor.AuthorityID, id)
	if err != nil {
		return p, doithoai.Officer{}, err
	}
	o, err := tx.postHolder(ctx, actor, act, p.OfficerID)
	return p, o, err
}

func (tx *Tx) savePost(ctx context.Context, p doithoai.Post, version int) error {
	return tx.execOne(ctx, `UPDATE post SET to_day = $1, paper = $2, version = version + 1
		WHERE id = $3 AND version = $4`, p.To, p.Paper, p.ID, version)
}

// HandOverPost gives a post from a day on to another officer of the authority. The work stays with the unit and the
// post; what the one who leaves has drafted for it, and works on, goes on that day to the one who takes over. version
// is the post's.
func (db *DB) HandOverPost(
	ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int, to doithoai.ID, day calendar.Date,
	paper string,
) error {
	return db.act(ctx, func(tx *Tx) error {
		p, o, err := tx.loadPost(ctx, actor, doithoai.ActHandOverPost, id)
		if err != nil {
			return err
		}
		left, taken, err := p.HandOver(to, day, paper)
		if err != nil {
			return err
		}
		heir, err := tx.postHolder(ctx, actor, doithoai.ActHandOverPost, to)
		if err != nil {
			return err
		}
		if err := tx.savePost(ctx, left, version); err != nil {
			return err
		}
		if err := tx.addPost(ctx, taken); err != nil {
			return err
		}
		if err := tx.passWork(ctx, p.AuthorityID); err != nil { // a post that began before today
			return err
		}
		return tx.audit(ctx, actor, doithoai.ActHandOverPost, o.Login, postWords(left), heir.Login+": "+postWords(taken))
	})
}

// passing is a draft that goes from who left a post to who took it over.
type passing struct {
	from, to doithoai.ID
	form     string
	subject  string
}

// draftsToPass are drafts of answers, of what replaces them and of summaries, on petitions that a unit leads, of those
// who left a post there, once the new post has begun, and where who took it over has none of their own.
func draftsToPass(ctx context.Context, q querier, authority doithoai.ID, on calendar.Date) ([]passing, error) {
	type candidate struct {
		passing
		unit doithoai.ID
	}
	found, err := list(ctx, q, func(r row) (c candidate, err error) {
		err = r.Scan(&c.from, &c.to, &c.form, &c.subject, &c.unit)
		return c, err
	}, `SELECT d.officer_id, taken.officer_id, d.form, d.subject, gone.unit_id
		FROM post taken
		JOIN post gone ON gone.id = taken.predecessor_id
		JOIN draft d ON d.officer_id = gone.officer_id AND d.form IN ($2, $3, $5)
		WHERE taken.authority_id = $1 AND gone.unit_id IS NOT NULL
			AND taken.from_day <= $4 AND (taken.to_day IS NULL OR taken.to_day >= $4)
			AND NOT EXISTS (
				SELECT 1
				FROM draft own
				WHERE own.officer_id = taken.officer_id AND own.form = d.form AND own.subject = d.subject
			)
			AND NOT EXISTS (
				SELECT 1
				FROM post other
				WHERE other.officer_id = gone.officer_id AND other.unit_id = gone.unit_id
					AND (other.from_day IS NULL OR other.from_day <= $4) AND (other.to_day IS NULL OR other.to_day >= $4)
			)`,
		authority, DraftAnswer, DraftPublication, on, DraftCorrection)
	var all []passing
	for _, c := range found {
		if !wellFormed(doithoai.ID(c.subject)) {
			continue
		}
		led, err := one(ctx, q, column[int], `SELECT count(*)
			FROM opinion
			WHERE id = $1 AND lead_unit_id = $2`, doithoai.ID(c.subject), c.unit)
		if err != nil {
			return nil, err
		}
		if led > 0 {
			all = append(all, c.passing)
		}
	}
	return all, err
}

// passWork gives what is to pass today to who took a post over: drafts, and the petitions on which they worked.
func (tx *Tx) passWork(ctx context.Context, authority doithoai.ID) error {
	if err := tx.passDrafts(ctx, authority); err != nil {
		return err
	}
	return tx.passPetitions(ctx, authority)
}

func (tx *Tx) passDrafts(ctx context.Context, authority doithoai.ID) error {
	found, err := draftsToPass(ctx, tx, authority, tx.Now.Date())
	if err != nil {
		return err
	}
	for _, p := range found {
		if err := tx.exec(ctx, `UPDATE draft SET officer_id = $1
			WHERE officer_id = $2 AND form = $3 AND subject = $4`, p.to, p.from, p.form, p.subject); err != nil {
			return err
		}
	}
	return nil
}

// Delegate keeps that an officer lets another have roles for a time, by a paper.
func (db *DB) Delegate(ctx context.Context, actor doithoai.Actor, d doithoai.Delegation) error {
	return db.act(ctx, func(tx *Tx) error {
		if err := doithoai.Can(actor, doithoai.ActDelegate,
			doithoai.Subject{AuthorityID: actor.AuthorityID, OfficerID: d.ReceiverID}); err != nil {
			return err
		}
		var posts [2][]doithoai.Post
		for i, officer := range []doithoai.ID{d.GiverID, d.ReceiverID} {
			var err error
			if posts[i], err = list(ctx, tx, scanPost, `SELECT `+postColumns+`
				FROM post
				WHERE officer_id = $1 AND authority_id = $2
				ORDER BY id`, officer, actor.AuthorityID); err != nil {
				return err
			}
		}
		if err := doithoai.RefuseForm(d.Problems(posts[0], posts[1], tx.Now.Date())); err != nil {
			return err
		}
		giver, err := officerByID(ctx, tx, actor.AuthorityID, d.GiverID, d.From)
		if err != nil {
			return err
		}
		receiver, err := officerByID(ctx, tx, actor.AuthorityID, d.ReceiverID, d.From)
		if err != nil {
			return err
		}
		if err := tx.exec(ctx, `INSERT INTO delegation (`+delegationColumns+`)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, NULL, 1)`,
			newID(), actor.AuthorityID, d.GiverID, d.ReceiverID, joinWords(d.Roles), d.Manner, d.From, d.To, d.Number,
			d.Dated); err != nil {
			return err
		}
		return tx.audit(ctx, actor, doithoai.ActDelegate, receiver.Login, "", delegationWords(giver.Login, d))
	})
}

// delegationWords are a delegation as the audit keeps it.
func delegationWords(giver string, d doithoai.Delegation) string {
	return giver + ": " + joinWords(d.Roles) + " (" + string(d.Manner) + "), " + d.From.String() + " – " + d.To.String() +
		", " + d.Number + " " + d.Dated.String()
}

// RevokeDelegation ends a delegation today. version is the delegation's.
func (db *DB) RevokeDelegation(ctx context.Context, actor doithoai.Actor, id doithoai.ID, version int) error {
	if err := checkID(id); err != nil {
		return err
	}
	return db.act(ctx, func(tx *Tx) error {
		d, err := one(ctx, tx, scanDelegation, `SELECT `+delegationColumns+`
			FROM delegation
			WHERE id = $1 AND authority_id = $2`, id, actor.AuthorityID)
		if err != nil {
			return err
		}
		if err := doithoai.Can(actor, doithoai.ActRevokeDelegation,
			doithoai.Subject{AuthorityID: d.AuthorityID, OfficerID: d.ReceiverID}); err != nil {
			return err
		}
		next, err := d.Revoke(tx.Now.Date())
		if err != nil {
			return err
		}
		if err := tx.execOne(ctx, `UPDATE delegation SET revoked_on = $1, version = version + 1
			WHERE id = $2 AND version = $3`, next.RevokedOn, id, version); err != nil {
			return err
		}
		giver, err := officerByID(ctx, tx, d.AuthorityID, d.GiverID, tx.Now.Date())
		if err != nil {
			return err
		}
		receiver, err := officerByID(ctx, tx, d.AuthorityID, d.ReceiverID, tx.Now.Date())
		if err != nil {
			return err
		}
		return tx.audit(ctx, actor, doithoai.ActRevokeDelegation, receiver.Login, delegationWords(giver.Login, d),
			next.RevokedOn.String())
	})
}
