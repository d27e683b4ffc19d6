package store

import (
	"context"
	"slices"
	"strings"

	"doithoai"
	"doithoai/text"
)

// TopicAuthority is told when a host name leads elsewhere.
const TopicAuthority = "authority"

// AuthorityAt is the authority of a host name in its normal form ([text.HostName]), as it is called today; the first of
// the installation where nobody has the name.
func (db *DB) AuthorityAt(ctx context.Context, host string) (doithoai.Authority, error) {
	return one(ctx, db.reader(), scanAuthority, authorityOn+` WHERE a.id = coalesce(
		(SELECT authority_id FROM host_name WHERE host = $2), (SELECT id FROM authority ORDER BY id LIMIT 1))`,
		db.Now().Date(), host)
}

// HostNames are the names under which an authority's sites are reached, that of its links first.
func (db *DB) HostNames(ctx context.Context, authority doithoai.ID) ([]string, error) {
	return hostNames(ctx, db.reader(), authority)
}

func hostNames(ctx context.Context, q querier, authority doithoai.ID) ([]string, error) {
	return list(ctx, q, column[string], `SELECT host
		FROM host_name
		WHERE authority_id = $1
		ORDER BY ordinal LIMIT $2`, authority, doithoai.MaxHosts)
}

// SetHostNames says under which names the authority's sites are reached, in their normal form, that of links first.
// under is the one by which the actor came: it can't be taken away. What stands already is no change. version is the
// authority's.
func (db *DB) SetHostNames(
	ctx context.Context, actor doithoai.Actor, version int, names []string, under string,
) error {
	return db.act(ctx, func(tx *Tx) error {
		c, err := tx.openOrganisation(ctx, actor, doithoai.ActSetHosts)
		if err != nil {
			return err
		}
		a := c.Names[len(c.Names)-1]
		if err := sameVersion(a.Version, version); err != nil {
			return err
		}
		before, err := hostNames(ctx, tx, a.ID)
		if err != nil {
			return err
		}
		taken, err := tx.takenHosts(ctx, a.ID, names)
		if err != nil {
			return err
		}
		if err := doithoai.RefuseForm(doithoai.HostProblems(names, before, taken, under)); err != nil {
			return err
		}
		if slices.Equal(before, names) {
			return nil
		}
		if err := tx.execOne(ctx, `UPDATE authority SET version = version + 1
			WHERE id = $1 AND version = $2`, a.ID, version); err != nil {
			return err
		}
		if err := tx.exec(ctx, `DELETE FROM host_name WHERE authority_id = $1`, a.ID); err != nil {
			return err
		}
		if err := tx.addHosts(ctx, a.ID, names); err != nil {
			return err
		}
		return c.save(ctx, a.Slug, strings.Join(before, " "), strings.Join(names, " "))
	})
}

// takenHosts are those of the names that lead to another authority.
func (tx *Tx) takenHosts(ctx context.Context, authority doithoai.ID, names []string) ([]string, error) {
	if len(names) == 0 || len(names) > doithoai.MaxHosts {
		return nil, nil
	}
	args := []any{authority, doithoai.MaxHosts}
	in := inList(binder(&args), names)
	return list(ctx, tx, column[string], `SELECT host
		FROM host_name
		WHERE host IN `+in+` AND authority_id <> $1
		ORDER BY host LIMIT $2`, args...)
}

// addHosts gives an authority that has none its host names.
func (tx *Tx) addHosts(ctx context.Context, authority doithoai.ID, names []string) error {
	for i, name := range names {
		if normal, ok := text.HostName(name); !ok || normal != name {
			return doithoai.RefuseForm([]doithoai.Problem{
				{Field: "ten-mien", Key: "organisation.problem.host", Args: []any{"name", name}},
			})
		}
		if err := tx.exec(ctx, `INSERT INTO host_name (host, authority_id, ordinal) VALUES ($1, $2, $3)`,
			name, authority, i); err != nil {
			return err
		}
	}
	tx.touch(TopicAuthority)
	return nil
}
