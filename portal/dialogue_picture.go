package portal

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"strings"
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"

	"doithoai"
	"doithoai/calendar"
	"doithoai/text"
	"doithoai/web"
	"doithoai/web/picture"
)

func picturePath(slug string) string { return dialoguePath(slug) + "/anh.png" }

// maxPictures is how many pictures are kept: an authority has a few dialogues that people pass on.
const maxPictures = 32

// pictures draws what is shared of a page and keeps it by its words. One picture is drawn at a time: many who ask for
// many don't take the machine from those who ask the office something.
type pictures struct {
	mu   sync.Mutex
	kept *simplelru.LRU[string, []byte]
}

func (p *pictures) of(tag string, s picture.Share) ([]byte, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.kept == nil {
		kept, err := simplelru.NewLRU[string, []byte](maxPictures, nil)
		if err != nil {
			return nil, fmt.Errorf("pictures: %w", err)
		}
		p.kept = kept
	}
	if b, ok := p.kept.Get(tag); ok {
		return b, nil
	}
	b, err := s.PNG()
	if err == nil {
		p.kept.Add(tag, b)
	}
	return b, err
}

// picture answers GET /doi-thoai/{slug}/anh.png: the dialogue as a picture of 1200 × 630, which programs show beside
// its link. It is Vietnamese for everybody: who shows it asks in no language. Its tag is made of its words and of the
// version that draws them, so that a dialogue that was moved has another one.
func (s *site) picture(r *web.Request) error {
	d, err := s.DB.DialogueBySlug(r.Context(), r.Authority.ID, r.PathValue("slug"))
	if err != nil {
		return err
	}
	share := shareOf(r.Authority, d)
	words := append([]string{picture.Version, share.Strip, share.Authority, share.Title}, share.Facts...)
	sum := sha256.Sum256([]byte(strings.Join(words, "\x00")))
	tag := `"` + hex.EncodeToString(sum[:12]) + `"`
	h := r.W.Header()
	h.Set("ETag", tag)
	h.Set("Cache-Control", "public, max-age=300, must-revalidate")
	if r.Header.Get("If-None-Match") == tag {
		r.W.WriteHeader(http.StatusNotModified)
		return nil
	}
	b, err := s.pictures.of(tag, share)
	if err != nil {
		return fmt.Errorf("picture of %s: %w", d.Slug, err)
	}
	h.Set("Content-Type", "image/png")
	h.Set("Content-Length", fmt.Sprint(len(b)))
	r.W.WriteHeader(http.StatusOK)
	_, _ = r.W.Write(b) // a reader who went away is nobody's error
	return nil
}

// shareOf is what the picture says: that it is a demo, title, day and hour, place, authority. What has no day any more
// says so instead.
func shareOf(a doithoai.Authority, d doithoai.Dialogue) picture.Share {
	p := text.For("vi")
	s := picture.Share{Authority: a.Name, Title: d.Title}
	if a.Demo {
		s.Strip = p.T("web.demo.mark")
	}
	when := p.T("portal.dialogue.picture.when", "time", p.Time(calendar.Civil(d.StartsAt)),
		"date", p.DateIn(d.StartsAt.Date().Time()))
	if d.State.Dayless() {
		when = p.T("portal.dialogue.picture." + string(d.State))
	}
	s.Facts = []string{when, d.Venue}
	return s
}
