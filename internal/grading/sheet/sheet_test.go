package sheet

import (
	"encoding/csv"
	"errors"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

// A spreadsheet may split the table at commas, semicolons or tabs: no field then begins a formula.
func TestNoFieldBeginsAFormulaWhateverTheSeparator(t *testing.T) {
	for _, text := range []string{"=1+1", "x;=1+1", "x,+1", "\t=1", "\r=1", "＝1+1", " =1", "\u3000=1", "x\n@SUM(1)", `a";=1`, `";"=1`, "-rf", "'=1", "x;;=1", "%00", "; =1"} {
		data, err := Format{}.Encode([][]string{{"a", Guard(text), "b"}})
		if err != nil {
			t.Fatal(err)
		}
		for _, sign := range ",;\t" {
			for _, lazy := range []bool{false, true} {
				fields := strings.FieldsFunc(string(data), func(r rune) bool { return r == sign || r == '\n' }) // as if quotes meant nothing
				if !lazy {
					r := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(data), "\ufeff")))
					r.Comma, r.FieldsPerRecord, r.LazyQuotes = sign, -1, true
					if rows, err := r.ReadAll(); err == nil {
						fields = nil
						for _, row := range rows {
							fields = append(fields, row...)
						}
					}
				}
				for _, field := range fields {
					if start := strings.TrimLeft(field, " \"\u3000\ufeff"); start != "" && strings.ContainsAny(start[:1], "=+-@\t\r") || strings.HasPrefix(start, "＝") {
						t.Errorf("%q is written as %q; split at %q a field is %q", text, data, sign, field)
					}
				}
			}
		}
		if others := []string{"x", text}; Find(Guard(text), others) != 1 || Find(text, others) != 1 {
			t.Errorf("%q is not found as %q", text, Guard(text))
		}
	}
	for name, want := range map[string]int{Guard("=1"): 1, Guard("'=1"): 0, "=1": 1, norm.NFD.String("박쥐"): 2, "김  하늘 ": 3, "lee": -1} {
		if got := Find(name, []string{"'=1", "=1", norm.NFC.String("박쥐"), "김 하늘"}); got != want {
			t.Errorf("%q is number %d, want %d", name, got, want)
		}
	}
	if got := Guard("김하늘_4411"); got != "김하늘_4411" {
		t.Errorf("%q", got)
	}
}

func TestNumbersFollowTheFormat(t *testing.T) {
	if a, b := (Format{}).Number(2.5), Semicolons.Number(2.5); a != "2.5" || b != "2,5" {
		t.Errorf("%s, %s", a, b)
	}
}

func TestATableIsReadInAnyForm(t *testing.T) {
	columns := Columns{Names: []string{"name", "points", "note"}, Required: []string{"name", "points"}, Aliases: map[string]string{"score": "points"}}
	for content, want := range map[string]string{
		"name,points\nlee,3\n": "2 lee 3", "\ufeffname;points\r\nlee;2,5\r\n": "2 lee 2,5", "points\tname\n3\tlee\n": "2 lee 3", "name,points\rlee,3": "2 lee 3",
		"sep=;\nname;points\nlee;3": "3 lee 3", " Name ,SCORE\n\"l,\"\"ee\",3\n,\n": `2 l,"ee 3`, "name,points,note\nkim,1,\"a\nb\"\nlee,3,\n": "2 kim 1, 4 lee 3",
		"name,points\nlee,2,5\n": `line 2: the row of "lee" has 3 columns, not 2. If a field has a comma, write it in quotes, as in "2,5"`,
		"name,points\nlee\n":     `line 2: the row of "lee" has 1 columns, not 2`,
		"name,what\nlee,3\n":     `line 1: the table does not have a column "what": its columns are name, points, note`,
		"name,note\nlee,3\n":     `line 1: the column "points" is missing`, "name,name,points\n": `line 1: the column "name" is there twice`,
		"": "line 1: there are no columns", "name,points\n\xb1,3\n": "line 2: this is not in UTF-8", "name,points\n\"lee,3\n": "line 2: extraneous or missing",
	} {
		table, err := Read([]byte(content), columns)
		if err != nil {
			if fault := (*Error)(nil); !errors.As(err, &fault) || !strings.HasPrefix(err.Error(), want) {
				t.Errorf("%q: %v; want %s", content, err, want)
			}
			continue
		}
		var rows []string
		for _, row := range table.Rows {
			rows = append(rows, strings.Join([]string{string('0' + rune(row.Line)), row.Fields["name"], row.Fields["points"]}, " "))
		}
		if got := strings.Join(rows, ", "); got != want {
			t.Errorf("%q is read as %q, want %q", content, got, want)
		}
	}
}
