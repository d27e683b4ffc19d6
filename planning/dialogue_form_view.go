package planning

import (
	"strconv"

	"doithoai"
	"doithoai/web"
	"doithoai/web/docfile"
	"doithoai/web/ui"
)

func (p dialogueFormPage) field(name, key, hint string) ui.Field {
	return web.Field(p.Reader, p.Problems, name, p.T("planning.form."+key), hint)
}

func (p dialogueFormPage) dayInput(name, key, value string) ui.Input {
	return ui.Input{
		Field: p.field(name, key, p.T("planning.form.day_hint")), Value: value, InputMode: "numeric",
		Autocomplete: "off", Width: 10,
	}
}

func (p dialogueFormPage) clockInput(name, key, value string) ui.Input {
	return ui.Input{
		Field: p.field(name, key, p.T("planning.form.hour_hint")), Value: value, Autocomplete: "off", Width: 5,
	}
}

func (p dialogueFormPage) planOptions() (list []ui.Option) {
	for _, of := range p.Plans {
		list = append(list, ui.Option{
			Value: string(of.ID), Text: p.T("planning.form.plan_of", "year", of.Year),
		})
	}
	return list
}

func (p dialogueFormPage) kindChoices() (list []ui.Choice) {
	for _, k := range doithoai.DialogueKinds {
		list = append(list, ui.Choice{Value: string(k), Text: p.T("plan.dialogue.kind." + string(k))})
	}
	return list
}

// requestChoices are the requests of voters that the dialogue may be held for; the value names the version that was
// read.
func (p dialogueFormPage) requestChoices() (list []ui.Choice) {
	for _, v := range p.Requests {
		list = append(list, ui.Choice{
			Value: string(v.ID) + "/" + strconv.Itoa(v.Version), Text: v.Matter,
			Hint: ui.Hint{Text: p.Date(v.On) + " · " + p.T("planning.request.share", "asked", p.Text.Number(v.Asked),
				"voters", p.Text.Number(v.Voters), "share", v.ShareWords())},
		})
	}
	return list
}

func (p dialogueFormPage) formChoices() (list []ui.Choice) {
	for _, f := range doithoai.DialogueForms {
		list = append(list, ui.Choice{Value: string(f), Text: p.T("plan.dialogue.form." + string(f))})
	}
	return list
}

func (p dialogueFormPage) villageChoices() (list []ui.Choice) {
	for _, v := range p.Villages {
		list = append(list, ui.Choice{Value: string(v.ID), Text: v.Name})
	}
	return list
}

func (p dialogueFormPage) front() []string {
	if p.Form.Front {
		return []string{"true"}
	}
	return nil
}

// place is where the dialogue is held: a hall, or an address to open.
func (p dialogueFormPage) place() string { return placeOf(p.Dialogue) }

func placeOf(d doithoai.Dialogue) string {
	if d.Venue == "" {
		return d.Link
	}
	return d.Venue
}

func (p dialogueFormPage) moveWords(m doithoai.DialogueMove) string { return moveWords(p.Reader, m) }

// moveWords say what became of a dialogue's day: "Đổi từ 08 giờ ngày 25/10/2024, Hội trường, sang … Lý do: …".
func moveWords(r *web.Reader, m doithoai.DialogueMove) string {
	words := r.T("planning.move.words."+string(m.Act),
		"from", r.DateTime(m.FromStart), "from_venue", m.FromVenue, "to", r.DateTime(m.ToStart), "to_venue", m.ToVenue,
		"day", r.Date(m.At.Date()), "reason", m.Reason)
	if m.Paper != "" {
		words += " " + r.T("planning.move.paper", "number", m.Paper)
	}
	return words
}

// reasonFields are the fields of a reason on the page of moves.
func (p dialogueFormPage) reasonFields(act doithoai.Act) (reason, paper ui.Field, typed dialogueForm) {
	reason, paper = p.field("ly-do", "reason", p.T("planning.form.reason_hint")),
		docfile.NumberField{
			Name: "so-van-ban", Label: p.T("planning.form.paper"), Hint: p.T("planning.form.paper_hint"),
			Symbol: doithoai.DocumentMoved.Symbol(), Optional: true,
		}.Input(p.Reader, p.Problems, p.Numbering).Field
	if p.Moving == act || p.Moving == "" && act == doithoai.ActMoveDialogue {
		return reason, paper, p.Form
	}
	reason.ID, reason.Error = "ly-do-"+string(act), ui.ErrorMessage{}
	paper.ID, paper.Error = "so-"+string(act), ui.ErrorMessage{}
	return reason, paper, dialogueForm{}
}
