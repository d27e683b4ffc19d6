package doithoai

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write anew what docs/law.md and docs/states.md have from the code")

// TestLawTables keeps docs/law.md equal to the table of acts.
func TestLawTables(t *testing.T) {
	keepPart(t, "docs/law.md", "the table of acts", actsTable())
	keepPart(t, "docs/law.md", "the table of rights", rightsTable())
}

// keepPart holds a part of a page against what it should be, or writes it.
func keepPart(t *testing.T, page, name, part string) {
	t.Helper()
	begin := "<!-- Here begins " + name + ", written by `go test . -run 'Law|States' -update`. -->\n"
	end := "<!-- Here ends " + name + ". -->\n"
	b, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, begins := strings.Cut(string(b), begin)
	stands, after, ends := strings.Cut(rest, end)
	if !begins || !ends {
		t.Fatalf("%s has no place for %s", page, name)
	}
	if *update {
		if err := os.WriteFile(page, []byte(before+begin+part+end+after), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if stands != part {
		t.Errorf("%s is stale in %s: go test . -run 'Law|States' -update", name, page)
	}
}

// actsTable writes all acts in their families, those of one law in one row.
func actsTable() string {
	var b strings.Builder
	b.WriteString("\n| Act | What it is | Rests on | Test |\n|---|---|---|---|\n")
	written := map[law]bool{}
	for _, r := range actRows {
		if written[r.law] {
			continue
		}
		var names []string
		for _, other := range actRows {
			if other.law == r.law && (r.law.test != "" || other.act == r.act) {
				names = append(names, string(other.act))
			}
		}
		written[r.law] = r.law.test != ""
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", strings.Join(names, ", "), r.law.what, r.law.basis, r.test())
	}
	return b.String() + "\n"
}

// test is the name of the test of an act.
func (r actRow) test() string {
	if r.law.test != "" {
		return r.law.test
	}
	name := "Test"
	for word := range strings.SplitSeq(string(r.act), "_") {
		name += strings.ToUpper(word[:1]) + word[1:]
	}
	return name
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

// rightCell is what stands for a role at an act: nothing, ●, or the letters of the conditions, which get their note at
// their first use.
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
