package hall

import (
	"strings"

	"doithoai"
	"doithoai/web"
)

// topicOf is the store's topic of everything that happens in a dialogue.
func topicOf(dialogue doithoai.ID) string { return "dialogue/" + string(dialogue) }

// mayListen lets an officer listen to the dialogues of the own authority whose opinions the officer takes down.
func (s *site) mayListen(r *web.Request, topic string) error {
	if err := doithoai.Can(r.Actor(), doithoai.ActRecordOpinion, doithoai.Subject{AuthorityID: r.Authority.ID}); err != nil {
		return err
	}
	_, err := s.db.DialogueByID(r.Context(), r.Authority.ID, doithoai.ID(strings.TrimPrefix(topic, "dialogue/")))
	return err
}
