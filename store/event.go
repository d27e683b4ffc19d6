package store

import (
	"context"
	"encoding/json"

	"doithoai"
)

const eventColumns = `leaf, authority_id, opinion_id, at, actor_id, act, facts`

func scanEvent(r row) (e doithoai.Event, err error) {
	var facts []byte
	if err = r.Scan(&e.Leaf, &e.AuthorityID, &e.OpinionID, &e.At, &e.ActorID, &e.Act, &facts); err == nil {
		err = json.Unmarshal(facts, &e.Facts)
	}
	return e, err
}

func eventsOf(ctx context.Context, q querier, opinion doithoai.ID) ([]doithoai.Event, error) {
	return list(ctx, q, scanEvent, `SELECT `+eventColumns+` FROM event WHERE opinion_id = $1 ORDER BY leaf`, opinion)
}
