package store

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/go-faster/jx"

	"doithoai"
	"doithoai/calendar"
)

// columnKind is the type of a column under the name that the migrations use.
type columnKind string

// archiveColumn is how a column's values get into an archive and out of it. NULL is null in both directions.
type archiveColumn struct {
	write func(*jx.Writer, any) error // what an engine gave
	read  func(*jx.Decoder) (any, error)
}

var archiveColumns = map[columnKind]archiveColumn{
	"text":        {writeText, readText},
	"uuid":        {writeText, readID},
	"integer":     {writeInt, readInt},
	"bigint":      {writeInt, readInt},
	"boolean":     {writeBool, func(d *jx.Decoder) (any, error) { return d.Bool() }},
	"bytea":       {writeBytes, func(d *jx.Decoder) (any, error) { return d.Base64() }},
	"jsonb":       {writeObject, readObject},
	"timestamptz": {writeInstant, readInstant},
	"date":        {writeDate, readDate},
}

func writeText(w *jx.Writer, v any) error {
	switch v := v.(type) {
	case string:
		w.Str(v)
	case []byte:
		w.ByteStr(v)
	default:
		return fmt.Errorf("text of %T", v)
	}
	return nil
}

func readText(d *jx.Decoder) (any, error) {
	s, err := d.Str()
	if err == nil && !storable(s) {
		err = errors.New("invalid text")
	}
	return s, err
}

func readID(d *jx.Decoder) (any, error) {
	s, err := d.Str()
	if err == nil && !wellFormed(doithoai.ID(s)) {
		err = errors.New("malformed id")
	}
	return doithoai.ID(s), err
}

func writeInt(w *jx.Writer, v any) error {
	n, ok := v.(int64)
	if !ok {
		return fmt.Errorf("integer of %T", v)
	}
	w.Int64(n)
	return nil
}

func readInt(d *jx.Decoder) (any, error) { return d.Int64() }

// writeBool takes SQLite's numbers too.
func writeBool(w *jx.Writer, v any) error {
	switch v := v.(type) {
	case bool:
		w.Bool(v)
	case int64:
		w.Bool(v != 0)
	default:
		return fmt.Errorf("boolean of %T", v)
	}
	return nil
}

func writeBytes(w *jx.Writer, v any) error {
	b, ok := v.([]byte)
	if !ok {
		return fmt.Errorf("bytes of %T", v)
	}
	w.Buf = append(w.Buf, '"')
	w.Buf = base64.StdEncoding.AppendEncode(w.Buf, b)
	w.Buf = append(w.Buf, '"')
	return nil
}

// writeObject puts an object within the row's object, spelled as the engine has it, on one line.
func writeObject(w *jx.Writer, v any) error {
	var b []byte
	switch v := v.(type) {
	case string:
		b = []byte(v)
	case []byte:
		b = v
	default:
		return fmt.Errorf("object of %T", v)
	}
	if bytes.IndexByte(b, '\n') >= 0 {
		var line bytes.Buffer
		if err := json.Compact(&line, b); err != nil {
			return err
		}
		b = line.Bytes()
	}
	w.Raw(b)
	return nil
}

func readObject(d *jx.Decoder) (any, error) {
	if d.Next() != jx.Object {
		return nil, errors.New("not a JSON object")
	}
	b, err := d.Raw()
	if err == nil && !storable(string(b)) {
		err = errors.New("invalid text")
	}
	return string(b), err
}

// writeInstant spells out again only what isn't in the form that acts write.
func writeInstant(w *jx.Writer, v any) error {
	if s, ok := v.(string); ok && len(s) == len("2026-10-20T02:42:00.000Z") && s[len(s)-1] == 'Z' && s[10] == 'T' {
		w.Str(s)
		return nil
	}
	var i calendar.Instant
	if err := i.Scan(v); err != nil {
		return err
	}
	w.Str(i.String())
	return nil
}

func readInstant(d *jx.Decoder) (any, error) {
	s, err := d.StrBytes()
	if err != nil {
		return nil, err
	}
	return calendar.ParseInstant(string(s))
}

func writeDate(w *jx.Writer, v any) error {
	var d calendar.Date
	if err := d.Scan(v); err != nil {
		return err
	}
	w.Str(d.String())
	return nil
}

func readDate(d *jx.Decoder) (any, error) {
	s, err := d.StrBytes()
	if err != nil {
		return nil, err
	}
	return calendar.ParseDate(string(s))
}

// table is one table as the database has it.
type table struct {
	name, order string
	columns     []string
	kinds       []archiveColumn
}

func (t *table) add(name string, kind columnKind) error {
	k, ok := archiveColumns[kind]
	if !ok {
		return fmt.Errorf("column %s.%s is of kind %s, which backups do not know", t.name, name, kind)
	}
	t.columns, t.kinds = append(t.columns, name), append(t.kinds, k)
	return nil
}

// writeRow adds a row's line.
func (t table) writeRow(w *jx.Writer, values []any) error {
	for i, v := range values {
		if i == 0 {
			w.RawStr(`{"`)
		} else {
			w.RawStr(`,"`)
		}
		w.RawStr(t.columns[i])
		w.RawStr(`":`)
		if v == nil {
			w.Null()
			continue
		}
		if err := t.kinds[i].write(w, v); err != nil {
			return fmt.Errorf("column %s: %w", t.columns[i], err)
		}
	}
	w.RawStr("}\n")
	return nil
}

// readRow reads a row's line: an object with exactly the table's columns in their order.
func (t table) readRow(d *jx.Decoder, values []any) error {
	i := 0
	err := d.ObjBytes(func(d *jx.Decoder, key []byte) (err error) {
		if i == len(t.columns) {
			return fmt.Errorf("there is no column %q behind the last", key)
		}
		if string(key) != t.columns[i] {
			return fmt.Errorf("column %s is missing, column %q stands in its place", t.columns[i], key)
		}
		if d.Next() == jx.Null {
			values[i], err = nil, d.Null()
		} else {
			values[i], err = t.kinds[i].read(d)
		}
		if err != nil {
			return fmt.Errorf("column %s: %w", t.columns[i], err)
		}
		i++
		return nil
	})
	if err != nil {
		return err
	}
	if i < len(t.columns) {
		return fmt.Errorf("column %s is missing", t.columns[i])
	}
	if d.Next() != jx.Invalid {
		return errors.New("something stands behind the row")
	}
	return nil
}
