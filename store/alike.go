package store

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"doithoai"
	"doithoai/search"
	"doithoai/text"
)

// AlikeRow is an opinion that says much of what another one says.
type AlikeRow struct {
	Row
	Likeness float64 // 1: the same words
}

const (
	// maxAlike is how many alike opinions are looked at before it is asked which of them the actor may see.
	maxAlike = 60
	// maxAsked bounds the words of a text by which older ones are looked for, in characters.
	maxAsked = 400
)

// Alike finds opinions, of this dialogue and earlier ones, that say much of what was said, as far as the actor may see
// them: the likest first, limit at most. It looks where [DB.OpinionsSaying] looks. except are left out.
func (db *DB) Alike(
	ctx context.Context, actor doithoai.Actor, said string, except []doithoai.ID, limit int,
) ([]AlikeRow, error) {
	if !doithoai.MayEver(actor, doithoai.ActSeeOpinions) || strings.TrimSpace(said) == "" {
		return nil, nil
	}
	strips := stripsOf(actor)
	likes, err := db.likes(ctx, actor.AuthorityID, said, func(d search.Scope) bool {
		return slices.ContainsFunc(strips, func(s strip) bool { return s.sees(d) })
	})
	if err != nil {
		return nil, err
	}
	likes = slices.DeleteFunc(likes, func(l search.Like) bool { return slices.Contains(except, doithoai.ID(l.Key)) })
	return db.alikeRows(ctx, actor, likes, limit)
}

// likes finds the keys of opinions that are alike, in memory those that are seen, and among older ones that are
// published.
func (db *DB) likes(
	ctx context.Context, authority doithoai.ID, said string, sees func(search.Scope) bool,
) ([]search.Like, error) {
	public, err := db.searched(ctx, authority)
	if err != nil {
		return nil, err
	}
	held, err := db.saidNow(ctx, authority)
	if err != nil {
		return nil, err
	}
	likes := held.index.Alike(said, sees, search.LeastAlike, maxAlike)
	if held.whole {
		return likes, nil
	}
	q := held.index.Ask(string([]rune(said)[:min(utf8.RuneCountInString(said), maxAsked)]), public.synonyms)
	older, err := db.olderDocuments(ctx, authority, q, search.Scope{}, math.MaxInt64, nil)
	if err != nil {
		return nil, err
	}
	for _, d := range older {
		l := search.Like{Key: d.Key, Likeness: held.index.Likeness(said, d.Question)}
		have := slices.ContainsFunc(likes, func(have search.Like) bool { return have.Key == l.Key })
		if l.Likeness >= search.LeastAlike && !have {
			likes = append(likes, l)
		}
	}
	slices.SortStableFunc(likes, func(l, r search.Like) int { return cmp.Compare(r.Likeness, l.Likeness) })
	return likes, nil
}

// alikeRows reads the opinions that the actor may see, the likest first.
func (db *DB) alikeRows(
	ctx context.Context, actor doithoai.Actor, likes []search.Like, limit int,
) (all []AlikeRow, err error) {
	if len(likes) == 0 {
		return nil, nil
	}
	likeness := map[doithoai.ID]float64{}
	var ids []doithoai.ID
	for _, l := range likes {
		ids = append(ids, doithoai.ID(l.Key))
		likeness[doithoai.ID(l.Key)] = l.Likeness
	}
	rows, err := db.visible(ctx, actor, ids)
	for _, r := range rows {
		all = append(all, AlikeRow{r, likeness[r.Opinion.ID]})
	}
	slices.SortStableFunc(all, func(l, r AlikeRow) int { return cmp.Compare(r.Likeness, l.Likeness) })
	return all[:min(len(all), limit)], err
}

// visible reads those of some opinions that the actor may see in lists, the newest first.
func (db *DB) visible(ctx context.Context, actor doithoai.Actor, ids []doithoai.ID) ([]Row, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	args := []any{actor.AuthorityID}
	bind := binder(&args)
	w := walks{order: `@.id DESC`, each: []walk{{ofIDs + inList(bind, ids), `o.id DESC`}}}
	hidden := reachOf(actor, bind) + notConcerned(actor, db.Now().Date(), bind)
	return db.rows(ctx, w, hidden, bind(len(ids)), args)
}

// SameSlip is a slip that may be one which is being typed, or has come by another channel.
type SameSlip struct {
	Opinion doithoai.Opinion // the first of its opinions that is alike, or of all
	// Paper: it bears the same printed number. Phone, Name: who raised it has the same telephone, the same name in the
	// same place.
	Paper, Phone, Name bool
}

const (
	// maxSame is how many slips are proposed.
	maxSame = 3
	// leastNamed is how alike what was said must be where only the name is the same: people raise several things.
	leastNamed = 0.4
)

// SameSlips finds slips which may be this one: those that bear its printed number; and those of the same person that
// say much of the same. People are the same by name and telephone, or by name and where they live. Only what the actor
// may see and join is proposed; slip itself (its id, where it was taken in) and what came after it are not.
func (db *DB) SameSlips(
	ctx context.Context, actor doithoai.Actor, itself doithoai.ID, s doithoai.Slip,
) (same []SameSlip, err error) {
	if !doithoai.MayEver(actor, doithoai.ActJoinSlip) || !doithoai.MayEver(actor, doithoai.ActSeeOpinions) {
		return nil, nil
	}
	add := func(o doithoai.Opinion, found SameSlip) {
		at := slices.IndexFunc(same, func(have SameSlip) bool { return have.Opinion.SlipID == o.SlipID })
		later := itself != "" && o.SlipID >= itself // ids grow with time
		switch {
		case at >= 0:
			same[at].Phone, same[at].Name = same[at].Phone || found.Phone, same[at].Name || found.Name
		case !later && len(same) < maxSame:
			found.Opinion = o
			same = append(same, found)
		}
	}
	if key := text.PaperKey(s.PaperNumber); key != "" {
		ids, err := list(ctx, db.reader(), column[doithoai.ID], `SELECT o.id
			FROM slip_paper p
			JOIN opinion o ON o.slip_id = p.slip_id
			WHERE p.authority_id = $1 AND p.scope = $2 AND p.number_key = $3 AND p.claims
			ORDER BY o.id`, actor.AuthorityID, string(s.DialogueID), key)
		if err != nil {
			return nil, err
		}
		rows, err := db.visible(ctx, actor, ids)
		if err != nil {
			return nil, err
		}
		for _, r := range slices.Backward(rows) {
			add(r.Opinion, SameSlip{Paper: true})
		}
	}
	for _, matter := range s.Matters {
		alike, err := db.Alike(ctx, actor, matter, nil, maxAlike)
		if err != nil {
			return nil, err
		}
		people, err := db.petitionersOf(ctx, alike)
		if err != nil {
			return nil, err
		}
		for _, r := range alike {
			phone, name := samePerson(people[r.Opinion.SlipID], s.Petitioner)
			if phone || name && r.Likeness >= leastNamed {
				add(r.Opinion, SameSlip{Phone: phone, Name: name})
			}
		}
	}
	return same, nil
}

// petitionersOf reads who raised some opinions, by their slips: to be compared, not shown.
func (db *DB) petitionersOf(ctx context.Context, rows []AlikeRow) (map[doithoai.ID]doithoai.Petitioner, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	slips := make([]doithoai.ID, len(rows))
	for i, r := range rows {
		slips[i] = r.Opinion.SlipID
	}
	people := map[doithoai.ID]doithoai.Petitioner{}
	var args []any
	_, err := list(ctx, db.reader(), func(r row) (slip doithoai.ID, err error) {
		p, err := scanPetitioner(also{r, []any{&slip}})
		people[slip] = p
		return slip, err
	}, `SELECT `+petitionerColumns+`, slip_id
		FROM petitioner
		WHERE slip_id IN `+inList(binder(&args), slips), args...)
	return people, err
}

// samePerson compares two people by telephone, and by name and place, in the normal forms of both. A telephone that two
// people with different names have is a family's, or that of the village's head.
func samePerson(a, b doithoai.Petitioner) (phone, name bool) {
	key := text.PhoneKey(a.Phone)
	called := a.Name == "" || b.Name == "" || text.NearKey(a.Name) == text.NearKey(b.Name)
	phone = key != "" && key == text.PhoneKey(b.Phone) && called
	name = a.Name != "" && text.SameName(a.Name, b.Name) && a.VillageID == b.VillageID &&
		(a.VillageID != "" || text.SameName(a.Address, b.Address))
	return phone, name
}

// SameSlipsOf finds slips that an opinion's slip may be, for the page of the opinion: none where it can't be joined any
// more. Who raised it is compared, and not shown.
func (db *DB) SameSlipsOf(ctx context.Context, actor doithoai.Actor, id doithoai.ID) ([]SameSlip, error) {
	o, subject, err := opinionSubject(ctx, db.reader(), id, db.Now().Date())
	if err != nil {
		return nil, err
	}
	if doithoai.Can(actor, doithoai.ActJoinSlip, subject) != nil || o.JoinedTo != "" || o.Ruling != "" ||
		len(subject.Concerned) > 0 {
		return nil, nil
	}
	s := doithoai.Slip{DialogueID: o.DialogueID}
	if s.Petitioner, err = petitionerOf(ctx, db.reader(), o.SlipID); err != nil {
		return nil, err
	}
	paper, err := paperOf(ctx, db.reader(), o.SlipID)
	if err != nil {
		return nil, err
	}
	s.PaperNumber = paper
	s.Matters = []string{o.Content}
	return db.SameSlips(ctx, actor, o.SlipID, s)
}
