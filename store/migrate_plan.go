package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"doithoai"
)

// planSchema is the one in which plans are kept section by section.
const planSchema = 15

// oldPlan is a plan as schemas before planSchema kept it: shaped after one paper.
type oldPlan struct {
	Preamble, Closing string
	Aims              struct {
		Heading                oldHeading
		Purposes, Requirements oldList
	}
	Content struct {
		Heading      oldHeading
		Arrangements struct {
			Heading           oldHeading
			Window            struct{ From, To struct{ Year, Quarter int } }
			Time, Venue, Form string
			VenueText         string `json:"venue_text"`
			FormText          string `json:"form_text"`
		}
		Programme, Participants, Topics oldList
	}
	Organisation struct {
		Heading     oldHeading
		Assignments []struct {
			Heading      oldHeading
			EveryUnit    bool `json:"every_unit"`
			Units        []string
			EveryVillage bool `json:"every_village"`
			Tasks        []string
		}
	}
}

type oldHeading struct{ Number, Title string }

type oldList struct {
	Heading oldHeading
	Items   []string
}

// object is a JSON object that is being written.
type object map[string]any

// sections are the old plan's, as they are kept now, and the greatest key given.
func (o oldPlan) sections() (all []object, key int) {
	keyed := func(into object) object {
		key++
		into["key"] = key
		return into
	}
	section := func(kind string, h oldHeading, items []string, dash bool) object {
		s := keyed(object{"kind": kind, "mark": h.Number + ".", "title": h.Title + ":"})
		var points []object
		for _, text := range items {
			points = append(points, keyed(object{"text": text, "dash": dash}))
		}
		s["points"] = points
		return s
	}
	aims := section("text", o.Aims.Heading, nil, false)
	aims["parts"] = []object{
		section("purposes", o.Aims.Purposes.Heading, o.Aims.Purposes.Items, true),
		section("requirements", o.Aims.Requirements.Heading, o.Aims.Requirements.Items, true),
	}
	when := o.Content.Arrangements
	content := section("text", o.Content.Heading, nil, false)
	content["parts"] = []object{
		section("when", when.Heading, []string{when.Time, when.VenueText, when.FormText}, true),
		section("programme", o.Content.Programme.Heading, o.Content.Programme.Items, true),
		section("participants", o.Content.Participants.Heading, o.Content.Participants.Items, true),
		section("topics", o.Content.Topics.Heading, o.Content.Topics.Items, true),
	}
	done := section("text", o.Organisation.Heading, nil, false)
	var parts []object
	for _, a := range o.Organisation.Assignments {
		s := section("assignment", a.Heading, a.Tasks, len(a.Tasks) > 1)
		s["to"] = object{"every_unit": a.EveryUnit, "units": a.Units, "every_village": a.EveryVillage}
		parts = append(parts, s)
	}
	done["parts"] = parts
	return []object{aims, content, done}, key
}

// bySections turns the body of a plan as it was kept into how it is kept now.
func bySections(body []byte) ([]byte, error) {
	var old oldPlan
	now := object{}
	if err := json.Unmarshal(body, &old); err != nil {
		return nil, err
	}
	if err := json.Unmarshal(body, &now); err != nil {
		return nil, err
	}
	when := old.Content.Arrangements
	day := func(year, quarter, month, day int) string {
		return fmt.Sprintf("%04d-%02d-%02d", year, 3*(quarter-1)+month, day)
	}
	from, to := when.Window.From, when.Window.To
	last := map[int]int{1: 31, 2: 30, 3: 30, 4: 31}
	now["when"] = object{"venue": when.Venue, "form": when.Form, "window": object{
		"from": day(from.Year, from.Quarter, 1, 1), "to": day(to.Year, to.Quarter, 3, last[to.Quarter]),
	}}
	now["sections"], now["last_key"] = old.sections()
	now["preamble"], now["closing"] = []string{old.Preamble}, []string{old.Closing}
	for _, gone := range []string{"slug", "aims", "content", "organisation"} {
		delete(now, gone)
	}
	return json.Marshal(now)
}

// migratePlans rewrites the plans that were kept before.
func (db *DB) migratePlans(ctx context.Context, sqlTx *sql.Tx) error {
	tx := &Tx{tx: sqlTx, db: db}
	bodies, err := pairs[doithoai.ID](ctx, tx, `SELECT plan_id, body FROM plan_edition`)
	if err != nil {
		return err
	}
	for id, body := range bodies {
		b, err := bySections([]byte(body))
		if err != nil {
			return fmt.Errorf("plan %s: %w", id, err)
		}
		if err := tx.exec(ctx, `UPDATE plan_edition SET body = $1 WHERE plan_id = $2`, string(b), id); err != nil {
			return err
		}
	}
	return nil
}
