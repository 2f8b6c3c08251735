// Package sheet reads and writes tables that people open in a spreadsheet.
//
// Spreadsheets take a field for a formula or a date, split it at another separator, and save a table
// in the way of their country. So what is written is guarded, and what is read may have any of their
// forms. An error names the line and the column.
package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"rnn101/internal/plain"
)

// Format is how a table is written. The zero value has commas, and points in numbers.
type Format struct {
	// Comma separates the fields: ',', ';' or a tab; 0 is ','. Where spreadsheets expect semicolons,
	// they expect a comma in a number, too: they take 2.5 for a date.
	Comma rune
}

// Semicolons is the format for countries where people write 2,5.
var Semicolons = Format{Comma: ';'}

// Number formats a number without rounding.
func (f Format) Number(x float64) string {
	text := strconv.FormatFloat(x, 'f', -1, 64)
	if f.Comma == ';' {
		return strings.Replace(text, ".", ",", 1)
	}
	return text
}

const mark = "\ufeff" // the byte-order mark, by which spreadsheets recognize UTF-8

// Encode encodes a table as CSV in UTF-8.
func (f Format) Encode(rows [][]string) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(mark)
	w := csv.NewWriter(&b)
	if f.Comma != 0 {
		w.Comma = f.Comma
	}
	err := w.WriteAll(rows)
	return b.Bytes(), err
}

// formulaSigns begin a formula, in some spreadsheets also in their wide form.
const formulaSigns = "=+-@＝＋－＠"

// Guard makes a text safe as a field: characters that are not shown are written out, and wherever a
// spreadsheet may begin a field, with any separator, a formula gets a ' before it.
func Guard(text string) string {
	text = plain.Text(strings.ReplaceAll(text, "\r\n", "\n"))
	var b strings.Builder
	begins := true // only a separator and spaces are before this
	for i, r := range text {
		if begins && strings.ContainsRune(formulaSigns, r) || i == 0 && (r == '\'' || r == '\t') { // a ' not to be taken for one of these
			b.WriteByte('\'')
		}
		b.WriteRune(r)
		begins = strings.ContainsRune(";,\t\n\"", r) || begins && unicode.IsSpace(r)
	}
	return b.String()
}

// Find returns the index of the text that a field stands for: as Guard writes it or, if there is none,
// the text itself, in any form in which a person or a spreadsheet may have written it. It returns -1
// if there is none.
func Find(field string, texts []string) int {
	form := func(s string) string { return strings.Join(strings.Fields(norm.NFC.String(s)), " ") }
	field = form(field)
	guarded := func(text string) bool { return form(Guard(text)) == field }
	if i := slices.IndexFunc(texts, guarded); i >= 0 {
		return i
	}
	return slices.IndexFunc(texts, func(text string) bool { return form(text) == field })
}

// Table is a table that was read.
type Table struct {
	Rows   []Row
	Format Format
}

// Row is a row of a table.
type Row struct {
	Line   int // in the file, from 1
	Fields map[string]string
}

// Error is a fault in a table.
type Error struct {
	Line   int
	Column string // its name, or ""
	Err    error
}

func (e *Error) Error() string {
	if e.Column != "" {
		return fmt.Sprintf("line %d, column %s: %v", e.Line, e.Column, e.Err)
	}
	return fmt.Sprintf("line %d: %v", e.Line, e.Err)
}

func (e *Error) Unwrap() error { return e.Err }

// Columns are the columns of a table, by which it is read.
type Columns struct {
	Names    []string
	Required []string
	Aliases  map[string]string // other names that the columns had
}

// Read reads a table whose first row has the names of the columns, in any order. Its error is an
// *Error.
func Read(data []byte, columns Columns) (*Table, error) {
	for i, line := range bytes.Split(data, []byte("\n")) {
		if !utf8.Valid(line) {
			return nil, &Error{i + 1, "", errors.New("this is not in UTF-8")}
		}
	}
	data = bytes.TrimPrefix(data, []byte(mark))
	if !bytes.ContainsRune(data, '\n') {
		data = bytes.ReplaceAll(data, []byte("\r"), []byte("\n")) // "CSV (Macintosh)"
	}
	skipped := 0
	t := &Table{}
	first, rest, _ := bytes.Cut(data, []byte("\n"))
	if sign, ok := bytes.CutPrefix(bytes.TrimSpace(first), []byte("sep=")); ok && len(sign) == 1 && bytes.ContainsAny(sign, ",;\t") {
		skipped, data = 1, rest
		first, _, _ = bytes.Cut(data, []byte("\n"))
	}
	for _, sign := range ";\t" {
		if !bytes.ContainsRune(first, ',') && bytes.ContainsRune(first, sign) {
			t.Format.Comma = sign
		}
	}
	r := csv.NewReader(bytes.NewReader(data))
	r.FieldsPerRecord = -1
	if t.Format.Comma != 0 {
		r.Comma = t.Format.Comma
	}
	var header []string
	for {
		fields, err := r.Read()
		var parse *csv.ParseError
		switch {
		case errors.As(err, &parse):
			return nil, &Error{parse.StartLine + skipped, "", parse.Err}
		case err == io.EOF && header == nil:
			return nil, &Error{1, "", fmt.Errorf("there are no columns %s", strings.Join(columns.Names, ", "))}
		case err == io.EOF:
			return t, nil
		case err != nil:
			return nil, &Error{1, "", err}
		}
		line, _ := r.FieldPos(0)
		line += skipped
		if header == nil {
			if header, err = columns.header(fields); err != nil {
				return nil, &Error{line, "", err}
			}
			continue
		}
		if !slices.ContainsFunc(fields, func(s string) bool { return strings.TrimSpace(s) != "" }) {
			continue // spreadsheets leave empty rows
		}
		if len(fields) != len(header) {
			err := fmt.Errorf("the row of %q has %d columns, not %d", fields[0], len(fields), len(header))
			if len(fields) > len(header) && r.Comma == ',' {
				err = fmt.Errorf("%w. If a field has a comma, write it in quotes, as in \"2,5\"", err)
			}
			return nil, &Error{line, "", err}
		}
		row := Row{line, map[string]string{}}
		for i, name := range header {
			row.Fields[name] = fields[i]
		}
		t.Rows = append(t.Rows, row)
	}
}

// header returns the names of the columns in the first row.
func (c Columns) header(fields []string) ([]string, error) {
	var names []string
	for _, field := range fields {
		name := strings.ToLower(strings.TrimSpace(field))
		if alias, ok := c.Aliases[name]; ok {
			name = alias
		}
		switch {
		case !slices.Contains(c.Names, name):
			return nil, fmt.Errorf("the table does not have a column %q: its columns are %s", field, strings.Join(c.Names, ", "))
		case slices.Contains(names, name):
			return nil, fmt.Errorf("the column %q is there twice", field)
		}
		names = append(names, name)
	}
	for _, name := range c.Required {
		if !slices.Contains(names, name) {
			return nil, fmt.Errorf("the column %q is missing: the columns are %s", name, strings.Join(c.Names, ", "))
		}
	}
	return names, nil
}
