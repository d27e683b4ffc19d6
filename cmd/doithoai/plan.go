package main

import (
	"encoding/json"
	"os"

	"doithoai/plan/reading"
)

// planCommand is what one does with the text of a plan without a database.
type planCommand struct {
	Read planReadCommand `cmd:"" help:"Print as JSON what is understood of a plan (DOCX, text)."`
}

type planReadCommand struct {
	File string `arg:"" type:"existingfile" help:"The plan, as DOCX or text."`
}

// Run prints the reading. A document that is no plan of dialogues is read too: its kind says so.
func (cmd planReadCommand) Run(c console) error {
	b, err := os.ReadFile(cmd.File)
	if err != nil {
		return err
	}
	got, err := reading.File(b)
	if err != nil {
		return err
	}
	out := json.NewEncoder(c.out)
	out.SetEscapeHTML(false)
	out.SetIndent("", " ")
	return out.Encode(got)
}
