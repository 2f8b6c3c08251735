package data

import (
	"math"
	"strings"
	"testing"
	"unicode"

	"rnn101/internal/lang/tag"
)

// An error in a melody usually gives a bar of the wrong length.
func TestEveryBarIsFull(t *testing.T) {
	for _, s := range songs {
		for i, bar := range strings.Split(strings.TrimSuffix(strings.TrimSpace(s.bars), "|"), "|") {
			notes, err := parseNotes(bar)
			if err != nil {
				t.Fatalf("%s: %v", s.name, err)
			}
			length := 0.0
			for _, n := range notes {
				length += n.Length
			}
			if math.Abs(length-s.beats) > 1e-9 {
				t.Errorf("%s: bar %d has %v beats, want %v: %s", s.name, i+1, length, s.beats, bar)
			}
		}
	}
}

func TestBarsAreCountedByTheirBeats(t *testing.T) {
	arirang := Arirang()
	for bars, notes := range map[int]int{0: 0, 1: 4, 4: 17, 8: 30, 16: 57} {
		if got := len(arirang.Bars(bars)); got != notes {
			t.Errorf("%d bars have %d notes, want %d", bars, got, notes)
		}
	}
	for _, bars := range []int{-1, 17} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%d bars: no panic", bars)
				}
			}()
			arirang.Bars(bars)
		}()
	}
	across := Melody{Name: "across", BeatsPerBar: 2, Notes: []Note{{60, 1}, {60, 2}, {60, 1}}}
	defer func() {
		if recover() == nil {
			t.Error("a note across the bar line: no panic")
		}
	}()
	across.Bars(1)
}

// Arirang uses only the notes sol, la, do, re, mi, here on G.
func TestArirangIsPentatonic(t *testing.T) {
	for i, n := range Arirang().Notes {
		switch n.Pitch % 12 {
		case 2, 4, 7, 9, 11: // D E G A B
		default:
			t.Errorf("note %d has the pitch %d", i+1, n.Pitch)
		}
	}
}

func TestMiddleCIs60(t *testing.T) {
	notes, err := parseNotes("C4:1 A4:2 | B3:8")
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []Note{{60, 0.5}, {69, 1}, {59, 4}} {
		if notes[i] != want {
			t.Errorf("note %d is %v, want %v", i+1, notes[i], want)
		}
	}
	for _, bad := range []string{"C4", "H4:1", "C4:x", "C:1"} {
		if _, err := parseNotes(bad); err == nil || !strings.Contains(err.Error(), bad) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestEveryMelodyHasAKoreanLabel(t *testing.T) {
	tag.Set(tag.Korean)
	defer tag.Set(tag.English)
	for _, m := range Melodies() {
		name, origin := m.Label()
		for _, text := range []string{name, origin} {
			if !strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Hangul, r) }) {
				t.Errorf("%s: %q is not Korean", m.Name, text)
			}
		}
	}
}
