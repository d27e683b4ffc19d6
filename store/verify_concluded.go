package store

import (
	"encoding/json"

	"doithoai"
)

// keptConcluded are acts on promises of conclusions with the leaf of each.
type keptConcluded struct {
	witness
	promise doithoai.ID
}

// concluded checks every act on promises of conclusions against its leaf, and the promises against these acts and the
// conclusion that was locked.
func (v *verifier) concluded() error {
	all, err := list(v.ctx, v.q, func(r row) (k keptConcluded, err error) {
		e := &k.event
		var facts []byte
		err = r.Scan(&e.Leaf, &e.AuthorityID, &k.promise, &e.At, &e.ActorID, &e.Act, &facts, &k.said, &k.salts, &k.leaf,
			&k.slug, &k.now.opinion.Number)
		if err == nil {
			err = json.Unmarshal(facts, &e.Facts)
		}
		return k, err
	}, `SELECT e.leaf, e.authority_id, e.promise_id, e.at, e.actor_id, e.act, e.facts, e.body, e.salts, l.body,
			coalesce(a.slug, ''), coalesce(d.slug, '')
		FROM promise_event e
		LEFT JOIN leaf l ON l.n = e.leaf
		LEFT JOIN authority a ON a.id = e.authority_id
		LEFT JOIN promise p ON p.id = e.promise_id
		LEFT JOIN dialogue d ON d.id = p.dialogue_id
		ORDER BY e.leaf`)
	if err != nil {
		return err
	}
	lives := life{promises: map[doithoai.ID]promiseLife{}}
	made := map[doithoai.ID]keptConcluded{}
	for _, k := range all {
		v.events++
		v.event(k.witness)
		lives.promise(k.witness)
		if k.event.Act == doithoai.ActLockMinutes {
			made[k.promise] = k
		}
	}
	return v.concludedStand(lives, made)
}

// concludedStand compares promises of conclusions, and the lines of these, with what the acts say.
func (v *verifier) concludedStand(lives life, made map[doithoai.ID]keptConcluded) error {
	lines, err := list(v.ctx, v.q, func(r row) (c concludedLine, err error) {
		err = r.Scan(&c.dialogue, &c.UnitID, &c.What, &c.Due, &c.locked)
		return c, err
	}, `SELECT c.dialogue_id, c.unit_id, c.what, c.due, CASE WHEN m.state = 'locked' THEN 1 ELSE 0 END
		FROM conclusion_promise c
		LEFT JOIN minutes m ON m.dialogue_id = c.dialogue_id
		ORDER BY c.dialogue_id, c.ordinal`)
	if err != nil {
		return err
	}
	binding := map[concludedLine]bool{}
	for _, l := range lines {
		if l.locked {
			binding[l] = true
		}
	}
	kept := v.concludedPromises
	if len(kept) != len(lives.promises) || len(kept) != len(binding) {
		v.find("promise", "conclusions", "there are %d, the acts say %d, the conclusions %d", len(kept),
			len(lives.promises), len(binding))
	}
	for _, p := range kept {
		where := string(made[p.ID].now.opinion.Number) // the dialogue's slug stands for it
		differs := func(what string, isWrong bool, why string) {
			if isWrong {
				v.find(what, where, "%s", why)
			}
		}
		promiseStands(p, lives, differs)
		v.filesStand(p, lives, differs)
		if p.What != made[p.ID].said || !binding[concludedLine{p.DialogueID, p.Promised, true}] {
			v.find("promise", where, "its words are not those of the conclusion")
		}
	}
	return nil
}

// concludedLine is a line of a conclusion.
type concludedLine struct {
	dialogue doithoai.ID
	doithoai.Promised
	locked bool
}
