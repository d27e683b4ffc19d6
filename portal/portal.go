// Package portal is the public site: no account, any phone, no script needed.
//
// A resident hands in a slip (gửi ý kiến), gets a receipt, follows it by the receipt code and rates the answer; anyone
// reads plans, dialogues and published answers, and checks the public record.
package portal

import (
	"doithoai/store"
	"doithoai/web"
)

// Config is what the portal needs of the program. All fields must be set.
type Config struct {
	DB *store.DB
	// VerifierKey is the key by which anyone checks the public record; Origin is the record's name.
	VerifierKey func() string
	Origin      func() string
}

// site is the portal with its configuration; its handlers are the pages.
type site struct {
	Config
	settings cache[setting]
	fronts   cache[front]
	books    cache[openBook] // by dialogue
	pictures pictures
}

// New makes the public site.
func New(c Config) web.Site {
	s := &site{Config: c}
	return web.Site{Routes: s.routes()}
}
