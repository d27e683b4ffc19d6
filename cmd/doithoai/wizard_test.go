package main

import (
	"strings"
	"testing"
)

// The screen of a commune's server speaks Vietnamese first, and the link stands alone on its line.
func TestStartWords(t *testing.T) {
	lines := strings.Split(startWords("http://localhost:8080/thiet-lap?ma=x"), "\n")
	if len(lines) != 4 || !strings.HasPrefix(lines[0], "Đối Thoại chưa được thiết lập") ||
		!strings.HasPrefix(lines[1], "Đối Thoại is not set up yet") || lines[2] != "http://localhost:8080/thiet-lap?ma=x" {
		t.Errorf("%q", lines)
	}
}
