package data

import (
	"fmt"
	"strconv"
	"strings"
)

// Melody is a song without its words.
type Melody struct {
	Name        string
	Origin      string
	BeatsPerBar float64 // a beat is a quarter note
	Notes       []Note
}

// Note is a pitch as a MIDI number, 60 for middle C, and a length in quarter notes.
type Note struct {
	Pitch  int
	Length float64
}

// Melodies returns songs in the public domain, in C or G major: folk songs, and a theme
// of Beethoven, who died in 1827. They are written down here as they are commonly sung;
// folk songs are sung in many ways.
func Melodies() []Melody {
	all := make([]Melody, len(songs))
	for i, s := range songs {
		notes, err := parse(s.bars)
		if err != nil {
			panic(fmt.Sprintf("data: %s: %v", s.name, err))
		}
		all[i] = Melody{s.name, s.origin, s.beats, notes}
	}
	return all
}

// Arirang returns the Korean folk song, as it has been sung since the film of 1926.
func Arirang() Melody { return Melodies()[0] }

// A note is its letter and octave, and after a colon its length in eighths; | ends a
// bar.
var songs = []struct {
	name, origin string
	beats        float64
	bars         string
}{
	{"Arirang", "Korean folk song (Gyeonggi)", 3, `
		D4:3 E4:1 D4:1 E4:1 | G4:3 A4:1 G4:1 A4:1 | B4:2 A4:1 G4:1 E4:1 D4:1 | G4:3 A4:1 G4:1 A4:1 |
		B4:2 A4:1 G4:1 E4:1 D4:1 | D4:3 E4:1 D4:1 E4:1 | G4:3 A4:1 G4:2 | G4:6 |
		D5:4 D5:2 | D5:2 B4:2 A4:2 | B4:2 A4:1 G4:1 E4:1 D4:1 | G4:3 A4:1 G4:1 A4:1 |
		B4:2 A4:1 G4:1 E4:1 D4:1 | D4:3 E4:1 D4:1 E4:1 | G4:3 A4:1 G4:2 | G4:6 |`},
	{"Ode to Joy", "Ludwig van Beethoven, ninth symphony, 1824", 4, `
		E4:2 E4:2 F4:2 G4:2 | G4:2 F4:2 E4:2 D4:2 | C4:2 C4:2 D4:2 E4:2 | E4:3 D4:1 D4:4 |
		E4:2 E4:2 F4:2 G4:2 | G4:2 F4:2 E4:2 D4:2 | C4:2 C4:2 D4:2 E4:2 | D4:3 C4:1 C4:4 |
		D4:2 D4:2 E4:2 C4:2 | D4:2 E4:1 F4:1 E4:2 C4:2 | D4:2 E4:1 F4:1 E4:2 D4:2 | C4:2 D4:2 G3:4 |
		E4:2 E4:2 F4:2 G4:2 | G4:2 F4:2 E4:2 D4:2 | C4:2 C4:2 D4:2 E4:2 | D4:3 C4:1 C4:4 |`},
	{"Ah! vous dirai-je, maman", "French, 18th century (Twinkle, twinkle)", 4, `
		C4:2 C4:2 G4:2 G4:2 | A4:2 A4:2 G4:4 | F4:2 F4:2 E4:2 E4:2 | D4:2 D4:2 C4:4 |
		G4:2 G4:2 F4:2 F4:2 | E4:2 E4:2 D4:4 | G4:2 G4:2 F4:2 F4:2 | E4:2 E4:2 D4:4 |
		C4:2 C4:2 G4:2 G4:2 | A4:2 A4:2 G4:4 | F4:2 F4:2 E4:2 E4:2 | D4:2 D4:2 C4:4 |`},
	{"Frère Jacques", "French, 18th century", 4, `
		C4:2 D4:2 E4:2 C4:2 | C4:2 D4:2 E4:2 C4:2 | E4:2 F4:2 G4:4 | E4:2 F4:2 G4:4 |
		G4:1 A4:1 G4:1 F4:1 E4:2 C4:2 | G4:1 A4:1 G4:1 F4:1 E4:2 C4:2 | C4:2 G3:2 C4:4 | C4:2 G3:2 C4:4 |`},
	{"Au clair de la lune", "French, 18th century", 4, `
		C4:2 C4:2 C4:2 D4:2 | E4:4 D4:4 | C4:2 E4:2 D4:2 D4:2 | C4:8 |
		C4:2 C4:2 C4:2 D4:2 | E4:4 D4:4 | C4:2 E4:2 D4:2 D4:2 | C4:8 |
		D4:2 D4:2 D4:2 D4:2 | A3:4 A3:4 | D4:2 C4:2 B3:2 A3:2 | G3:8 |
		C4:2 C4:2 C4:2 D4:2 | E4:4 D4:4 | C4:2 E4:2 D4:2 D4:2 | C4:8 |`},
	{"London Bridge", "English, 18th century", 4, `
		G4:3 A4:1 G4:2 F4:2 | E4:2 F4:2 G4:4 | D4:2 E4:2 F4:4 | E4:2 F4:2 G4:4 |
		G4:3 A4:1 G4:2 F4:2 | E4:2 F4:2 G4:4 | D4:4 G4:4 | E4:2 C4:6 |`},
	{"Mary had a little lamb", "American, 19th century", 4, `
		E4:2 D4:2 C4:2 D4:2 | E4:2 E4:2 E4:4 | D4:2 D4:2 D4:4 | E4:2 G4:2 G4:4 |
		E4:2 D4:2 C4:2 D4:2 | E4:2 E4:2 E4:2 E4:2 | D4:2 D4:2 E4:2 D4:2 | C4:8 |`},
}

var semitones = map[byte]int{'C': 0, 'D': 2, 'E': 4, 'F': 5, 'G': 7, 'A': 9, 'B': 11}

func parse(bars string) ([]Note, error) {
	var notes []Note
	for _, word := range strings.Fields(bars) {
		if word == "|" {
			continue
		}
		name, eighths, ok := strings.Cut(word, ":")
		length, err := strconv.Atoi(eighths)
		if !ok || err != nil || len(name) != 2 {
			return nil, fmt.Errorf("%q is not a note", word)
		}
		tone, known := semitones[name[0]]
		if !known {
			return nil, fmt.Errorf("%q has no pitch", word)
		}
		notes = append(notes, Note{12*(int(name[1]-'0')+1) + tone, float64(length) / 2})
	}
	return notes, nil
}
