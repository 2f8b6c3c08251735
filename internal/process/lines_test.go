package process

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"
)

func TestLinesContinuesAfterALongLine(t *testing.T) {
	x := func(n int) string { return strings.Repeat("x", n) }
	for name, c := range map[string]struct {
		text string
		want []string // "long": a line that was skipped
	}{
		"nothing":               {"", nil},
		"an empty line":         {"\n", []string{""}},
		"lines":                 {"one\r\n\ntwo\n", []string{"one", "", "two"}},
		"no newline at the end": {"one\ntwo", []string{"one", "two"}},
		"just short enough":     {x(LongLine) + "\ntwo\n", []string{x(LongLine), "two"}},
		"just too long":         {x(LongLine+1) + "\ntwo\n", []string{"long", "two"}},
		"too long":              {"one\n" + x(20<<20) + "\ntwo\n", []string{"one", "long", "two"}},
		"too long at the end":   {"one\n" + x(20<<20), []string{"one", "long"}},
		"as long as the buffer": {x(4096), []string{x(4096)}},
	} {
		t.Run(name, func(t *testing.T) {
			lines := NewLines(strings.NewReader(c.text))
			var got []string
			for {
				line, err := lines.Next()
				if errors.Is(err, ErrLongLine) {
					got = append(got, "long")
					continue
				}
				if err == io.EOF {
					break
				}
				if err != nil {
					t.Fatal(err)
				}
				got = append(got, string(line))
			}
			if strings.Join(got, "\n") != strings.Join(c.want, "\n") || len(got) != len(c.want) {
				t.Errorf("the lines are %.80q, want %.80q", got, c.want)
			}
		})
	}
}

func TestLinesReturnsTheErrorOfItsReader(t *testing.T) {
	lines := NewLines(io.MultiReader(strings.NewReader("one"), iotest.ErrReader(errors.New("broken"))))
	if line, err := lines.Next(); err != nil || string(line) != "one" {
		t.Errorf("the line is %q (%v), want one", line, err)
	}
	if line, err := lines.Next(); err == nil || err.Error() != "broken" {
		t.Errorf("the line is %q, the error %v, want the reader's", line, err)
	}
}

func TestAnExcerptKeepsTheBeginningAndTheEnd(t *testing.T) {
	for _, piece := range []int{1, 7, 4096, 1 << 20} {
		var e Excerpt
		text := "begin " + strings.Repeat("방망이 ", 100_000) + "end"
		for i := 0; i < len(text); i += piece {
			if n, err := e.Write([]byte(text[i:min(len(text), i+piece)])); err != nil || n == 0 {
				t.Fatal(n, err)
			}
		}
		got := e.String()
		if !strings.HasPrefix(got, "begin 방망이") || !strings.HasSuffix(got, "방망이 end") {
			t.Errorf("in pieces of %d: it is %.20q … %.20q", piece, got, got[len(got)-20:])
		}
		if !utf8.ValidString(got) || len(got) > 2*excerptHalf+100 {
			t.Errorf("in pieces of %d: it has %d bytes (valid: %v)", piece, len(got), utf8.ValidString(got))
		}
		// 1,000,009 bytes, of which twice 32,768 are kept.
		if !strings.Contains(got, "\n… 934473 bytes omitted …\n") {
			t.Errorf("in pieces of %d: it does not say how much was omitted", piece)
		}
		if cap(e.head)+cap(e.tail) > 1<<20 && piece < 1<<20 {
			t.Errorf("in pieces of %d: it holds %d bytes", piece, cap(e.head)+cap(e.tail))
		}
	}
	var e Excerpt
	e.Write([]byte("all "))
	e.Write([]byte("of it"))
	if e.String() != "all of it" {
		t.Errorf("a short text is %q", e.String())
	}
}
