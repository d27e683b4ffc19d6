package doithoai

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the table of rights in docs/law.md anew")

// Where the table of rights stands in docs/law.md.
const (
	rightsBegin = "<!-- The table of rights, written by `go test . -run TestRightsTable -update`. -->\n"
	rightsEnd   = "<!-- End of the table of rights. -->\n"
)

// TestRightsTable keeps docs/law.md equal to the table of permissions.
func TestRightsTable(t *testing.T) {
	b, err := os.ReadFile("docs/law.md")
	if err != nil {
		t.Fatal(err)
	}
	before, rest, begins := strings.Cut(string(b), rightsBegin)
	stands, after, ends := strings.Cut(rest, rightsEnd)
	if !begins || !ends {
		t.Fatal("docs/law.md has no place for the table of rights")
	}
	table := rightsTable()
	if *update {
		if err := os.WriteFile("docs/law.md", []byte(before+rightsBegin+table+rightsEnd+after), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if stands != table {
		t.Error("the table of rights in docs/law.md is stale: go test . -run TestRightsTable -update")
	}
}

// rightsTable writes the permissions as a table of acts by roles, and what each letter in it stands for.
func rightsTable() string {
	roles := append(slices.Clone(OfficerRoles), RoleResident, RoleSystem)
	var acts []Act
	for act := range permissions {
		acts = append(acts, act)
	}
	slices.Sort(acts)
	letters := map[string]string{}
	var notes []string
	var b strings.Builder
	b.WriteString("\n| |")
	for _, r := range roles {
		fmt.Fprintf(&b, " %s |", strings.ReplaceAll(string(r), "_", " "))
	}
	b.WriteString("\n|---|" + strings.Repeat(":-:|", len(roles)) + "\n")
	for _, act := range acts {
		fmt.Fprintf(&b, "| %s |", act)
		for _, r := range roles {
			fmt.Fprintf(&b, " %s |", strings.Join(rightCell(act, r, letters, &notes), " "))
		}
		b.WriteString("\n")
	}
	b.WriteString("\n● always. Else only where:\n\n")
	for _, n := range notes {
		b.WriteString("- " + n + "\n")
	}
	return b.String() + "\n"
}

// rightCell is what stands for a role at an act: nothing, ●, or the letters of the conditions, which get their note at their
// first use.
func rightCell(act Act, role Role, letters map[string]string, notes *[]string) (cell []string) {
	for _, g := range permissions[act] {
		if !role.Includes(g.role) {
			continue
		}
		if g.when.name == "" {
			return []string{"●"}
		}
		letter, ok := letters[g.when.name]
		if !ok {
			letter = string(rune('a' + len(letters)))
			letters[g.when.name] = letter
			*notes = append(*notes, fmt.Sprintf("**%s** %s", letter, g.when.words))
		}
		if !slices.Contains(cell, letter) {
			cell = append(cell, letter)
		}
	}
	return cell
}

// Every condition says what it is in words, and is known by a name of its own.
func TestConditionsHaveWords(t *testing.T) {
	words := map[string]string{}
	for act, grants := range permissions {
		for _, g := range grants {
			c := g.when
			if (c.name == "") != (c.words == "") || (c.name == "") != (c.holds == nil) {
				t.Errorf("a condition of %s is incomplete: %+v", act, c)
			}
			if other, ok := words[c.name]; ok && other != c.words {
				t.Errorf("two conditions are called %q", c.name)
			}
			words[c.name] = c.words
			if !slices.Contains(append(slices.Clone(OfficerRoles), RoleResident, RoleSystem), g.role) {
				t.Errorf("%s is granted to %q, which is no role", act, g.role)
			}
		}
	}
}
