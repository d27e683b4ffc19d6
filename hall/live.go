package hall

import (
	"strings"

	"doithoai"
	"doithoai/web"
)

// topicOf is the store's topic of everything that happens in a dialogue.
func topicOf(dialogue doithoai.ID) string { return "dialogue/" + string(dialogue) }

// mayListen refuses a topic that is no dialogue of the authority, and every topic to whoever may not see what goes on
// in the hall.
func (s *site) mayListen(r *web.Request, topic string) error {
	ours := doithoai.Subject{AuthorityID: r.Authority.ID}
	if err := doithoai.Can(r.Actor(), doithoai.ActSeeQueue, ours); err != nil {
		return err
	}
	_, err := s.db.DialogueByID(r.Context(), r.Authority.ID, doithoai.ID(strings.TrimPrefix(topic, "dialogue/")))
	return err
}
