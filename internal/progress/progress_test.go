package progress

import (
	"strings"
	"testing"
)

func TestWithoutATerminalEachStepIsALine(t *testing.T) {
	var out strings.Builder
	r := &Reporter{out: &out}
	r.Step(1, 2, "building the Go kernel")
	r.Line("✓ %s", "ready")
	r.Step(0, 0, "waiting")
	r.Done()
	if got, want := out.String(), "[1/2] building the Go kernel\n✓ ready\nwaiting\n"; got != want {
		t.Errorf("it writes %q, want %q", got, want)
	}
}

func TestOnATerminalTheBarMovesAndIsRemoved(t *testing.T) {
	var out strings.Builder
	r := &Reporter{out: &out, interactive: true}
	r.Step(1, 4, "one")
	if got, want := out.String(), "["+strings.Repeat("·", 24)+"] 1/4 one"; got != want {
		t.Errorf("at the first of four steps it writes %q, want %q", got, want)
	}
	out.Reset()
	r.Step(3, 4, "three")
	if got := out.String(); !strings.HasPrefix(got, "\r") || !strings.HasSuffix(got, "["+strings.Repeat("█", 12)+strings.Repeat("·", 12)+"] 3/4 three") {
		t.Errorf("at the third of four steps it writes %q, want the line cleared and half a bar", got)
	}
	out.Reset()
	r.Line("✗ a notebook")
	if got := out.String(); !strings.HasPrefix(got, "\r") || !strings.HasSuffix(got, "\r✗ a notebook\n") {
		t.Errorf("a line above the bar is written as %q", got)
	}
	out.Reset()
	r.Done()
	if got := out.String(); got != "" {
		t.Errorf("without a bar Done writes %q", got)
	}
}

func TestALongLineStaysOnOneLine(t *testing.T) {
	var out strings.Builder
	r := &Reporter{out: &out, interactive: true}
	r.Step(1, 1, strings.Repeat("long ", 40))
	if n := len([]rune(out.String())); n > 78 {
		t.Errorf("the line has %d characters, and a terminal may have 80 columns", n)
	}
}

// What is printed may have the name of a student's file.
func TestNamesDoNotCommandTheTerminal(t *testing.T) {
	const evil = "lee\x1b[2J\r\u202e02 fo 02\n! kim"
	var out strings.Builder
	r := &Reporter{out: &out}
	r.Step(1, 2, evil)
	r.Line("%s needs a human", evil)
	if got := out.String(); strings.ContainsAny(got, "\x1b\r\u202e") || strings.Count(got, "\n") != 3 {
		t.Errorf("it writes %q", got)
	}
}
