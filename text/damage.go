package text

import (
	"regexp"
	"strings"
)

// Damage is how a text was damaged before it came; "" where no sign of it is seen.
type Damage string

const (
	DamageLost  Damage = "lost"  // letters became U+FFFD, or a question mark: "Th?n"
	DamageTwice Damage = "twice" // UTF-8 was read as a Western code page: "ThÃ´n"
	DamageVNI   Damage = "vni"   // typed with a VNI font: "Thoân"
	DamageTCVN3 Damage = "tcvn3" // typed with a TCVN3 font (.VnTime): "Th«n", "NhÊt"
)

// damages are the signs of each kind, which correct Vietnamese does not have.
var damages = []struct {
	kind Damage
	sign *regexp.Regexp
}{
	{DamageLost, regexp.MustCompile(`\x{FFFD}|\pL\?\p{Ll}`)},
	{DamageTwice, regexp.MustCompile(`Ã[\x{A0}-\x{BF}]|Ãƒ|Ã‚|áº|á»|Ä[‘ƒ]|Æ[°¡]`)},
	// VNI sets a sign after its vowel; the sign is a letter in Latin-1.
	{DamageVNI, regexp.MustCompile(`(?i)[ae][âãàáäåùøûõúéèêëü]|o[âäåùøûõú]|u[ùøûõú]|[öô][ùøûõï]|ñ[aeouöô]`)},
	// TCVN3 has its small letters where Latin-1 has signs, capitals and others.
	{DamageTCVN3, regexp.MustCompile(`[A-Za-z][\x{A8}-\x{AC}\x{AE}\x{AF}\x{B1}\x{B4}-\x{BE}]|` +
		`\p{Ll}[À-Þ×]|[a-z][ßþð÷]|[íìèéýÝ]i`)},
}

// Damaged returns how a short text, such as a name, was damaged: one sign is enough. Text that holds a letter which
// only Vietnamese in Unicode has was typed in Unicode, whatever else it looks like.
func Damaged(s string) Damage { return damage(s, 1) }

// manySigns is how many signs a long text shows that was typed with an old font: a foreign name has one or two.
const manySigns = 4

// Illegible returns with which old font a long text was typed, DamageVNI or DamageTCVN3, or that it is DamageTwice:
// only who has the font can read it.
func Illegible(s string) Damage {
	if strings.ContainsFunc(s, onlyVietnamese) { // nearly every text
		return ""
	}
	d := damage(s, manySigns)
	switch d {
	case DamageLost:
		return ""
	case DamageVNI, DamageTCVN3: // each has a few of the other's signs
		if signs(s, DamageTCVN3) > signs(s, DamageVNI) {
			return DamageTCVN3
		}
	}
	return d
}

// signs counts the signs of a kind of damage.
func signs(s string, kind Damage) int {
	for _, d := range damages {
		if d.kind == kind {
			return len(d.sign.FindAllStringIndex(s, -1))
		}
	}
	return 0
}

func damage(s string, least int) Damage {
	s = address.ReplaceAllString(s, " ")
	vietnamese := strings.ContainsFunc(s, onlyVietnamese)
	for _, d := range damages {
		if vietnamese && d.kind != DamageLost {
			continue
		}
		if len(d.sign.FindAllStringIndex(s, least)) >= least {
			return d.kind
		}
	}
	return ""
}

// address is what a question mark may stand within: that of a page.
var address = regexp.MustCompile(`\S*[/=]\S*`)

// onlyVietnamese reports whether r is a letter which neither a Western language nor the image of an old encoding has.
func onlyVietnamese(r rune) bool {
	return r >= 0x1EA0 && r <= 0x1EF9 || strings.ContainsRune("đĐơƠưƯăĂ", r)
}
