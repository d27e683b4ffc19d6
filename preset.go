package doithoai

import (
	"fmt"
	"slices"

	"doithoai/calendar"
)

// UnitPreset is the usual organisation of a commune under one law: what a new authority chooses its units from.
type UnitPreset struct {
	Preset    string             `json:"preset"` // "2025"
	Name      string             `json:"name"`
	Source    string             `json:"source"`
	Certainty calendar.Certainty `json:"certainty"`
	Kinds     []string           `json:"kinds"` // of communes under that law: "xã", "phường"
	Hours     string             `json:"hours"` // usual office hours, in words
	Units     []PresetUnit       `json:"units"`
}

// PresetUnit is a unit of a preset. Kinds are the communes that have it; none means all.
type PresetUnit struct {
	Code   string   `json:"code"`
	Name   string   `json:"name"`
	Short  string   `json:"short,omitempty"`
	Office bool     `json:"office,omitempty"`
	Kinds  []string `json:"kinds,omitempty"`
}

// ParseUnitPreset reads a preset from JSON. It refuses one without source, units or kinds, codes that are malformed or
// come twice, and one whose first unit is not its one office.
func ParseUnitPreset(b []byte) (UnitPreset, error) {
	var p UnitPreset
	if err := DecodeStrict(b, &p); err != nil {
		return p, fmt.Errorf("preset of units: %w", err)
	}
	if p.Preset == "" || p.Name == "" || p.Source == "" || p.Hours == "" || len(p.Kinds) == 0 || len(p.Units) == 0 ||
		!p.Certainty.Known() {
		return p, fmt.Errorf("preset of units %q is incomplete", p.Preset)
	}
	codes := map[string]bool{}
	for i, u := range p.Units {
		if !slugForm.MatchString(u.Code) || u.Name == "" || codes[u.Code] || u.Office != (i == 0) {
			return p, fmt.Errorf("preset of units %q: unit %q is malformed, twice, or not in its place", p.Preset, u.Code)
		}
		for _, k := range u.Kinds {
			if !slices.Contains(p.Kinds, k) {
				return p, fmt.Errorf("preset of units %q: unit %q is of an unknown kind %q", p.Preset, u.Code, k)
			}
		}
		codes[u.Code] = true
	}
	return p, nil
}

// For are the units of a commune of a kind; all, where the preset doesn't know the kind.
func (p UnitPreset) For(kind string) []Unit {
	var units []Unit
	for _, u := range p.Units {
		if len(u.Kinds) == 0 || !slices.Contains(p.Kinds, kind) || slices.Contains(u.Kinds, kind) {
			units = append(units, Unit{Code: u.Code, Name: u.Name, Short: u.Short, Office: u.Office})
		}
	}
	return units
}
