package data

import (
	"fmt"
	"strconv"
	"strings"

	"rnn101/internal/lang/tag"
)

// Melody is the tune of a song.
type Melody struct {
	Name        string
	Origin      string  // country or composer
	BeatsPerBar float64 // a beat is a quarter note
	Notes       []Note
}

// Note is a pitch as a MIDI number (60 is middle C) and a length in quarter notes.
type Note struct {
	Pitch  int
	Length float64
}

// Label returns the name of the song and where it comes from, in the language of show.Language.
func (m Melody) Label() (name, origin string) {
	if translated, ok := koreanLabels[m.Name]; ok && tag.Current() == tag.Korean {
		return translated[0], translated[1]
	}
	return m.Name, m.Origin
}

// koreanLabels holds the Korean name and origin of each melody.
var koreanLabels = map[string][2]string{
	"Arirang":                  {"아리랑", "경기 민요"},
	"Ode to Joy":               {"환희의 송가", "루트비히 판 베토벤, “합창” 교향곡, 1824년"},
	"Ah! vous dirai-je, maman": {"아! 어머니께 말씀드릴게요", "프랑스 민요, 18세기(작은 별)"},
	"Frère Jacques":            {"자크 형제", "프랑스 민요, 18세기"},
	"Au clair de la lune":      {"달빛 아래서", "프랑스 민요, 18세기"},
	"London Bridge":            {"런던 다리", "영국 민요, 19세기. 노랫말은 더 오래되었습니다"},
	"Mary had a little lamb":   {"메리의 어린 양", "미국 동요, 19세기"},
}

// Bars returns the notes of the first n bars. It panics unless the song has so many, the last of
// them with a note that ends with it.
func (m Melody) Bars(n int) []Note {
	left := float64(n) * m.BeatsPerBar // lengths are multiples of a half: the sum is exact
	for i, note := range m.Notes {
		if left == 0 {
			return m.Notes[:i:i]
		}
		left -= note.Length
	}
	if left != 0 {
		panic(fmt.Sprintf("data: Melody: %s has no %d full bars", m.Name, n))
	}
	return m.Notes
}

// Melodies returns melodies in the public domain, in C or G major: folk songs, and a theme by
// Beethoven, who died in 1827. Folk songs have many versions; these are common ones.
func Melodies() []Melody {
	all := make([]Melody, len(songs))
	for i, s := range songs {
		notes, err := parseNotes(s.bars)
		if err != nil {
			panic(fmt.Sprintf("data: %s: %v", s.name, err))
		}
		all[i] = Melody{s.name, s.origin, s.beats, notes}
	}
	return all
}

// Arirang returns the Korean folk song, in the version known since the film of 1926.
func Arirang() Melody { return Melodies()[0] }

// songs holds the melodies. A note is a letter and an octave, then a colon and the length in
// eighth notes. A bar ends with |.
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
	{"London Bridge", "English, 19th century; its words are older", 4, `
		G4:3 A4:1 G4:2 F4:2 | E4:2 F4:2 G4:4 | D4:2 E4:2 F4:4 | E4:2 F4:2 G4:4 |
		G4:3 A4:1 G4:2 F4:2 | E4:2 F4:2 G4:4 | D4:4 G4:4 | E4:2 C4:6 |`},
	{"Mary had a little lamb", "American, 19th century", 4, `
		E4:2 D4:2 C4:2 D4:2 | E4:2 E4:2 E4:4 | D4:2 D4:2 D4:4 | E4:2 G4:2 G4:4 |
		E4:2 D4:2 C4:2 D4:2 | E4:2 E4:2 E4:2 E4:2 | D4:2 D4:2 E4:2 D4:2 | C4:8 |`},
}

// semitones are the distances from C.
var semitones = map[byte]int{'C': 0, 'D': 2, 'E': 4, 'F': 5, 'G': 7, 'A': 9, 'B': 11}

// parseNotes parses notes as in songs.
func parseNotes(bars string) ([]Note, error) {
	var notes []Note
	for _, word := range strings.Fields(bars) {
		if word == "|" {
			continue
		}
		name, eighths, ok := strings.Cut(word, ":")
		length, err := strconv.Atoi(eighths)
		if !ok || err != nil || len(name) != 2 {
			return nil, fmt.Errorf("%q is not a note: want a pitch and a length, as in C4:2", word)
		}
		tone, known := semitones[name[0]]
		if !known {
			return nil, fmt.Errorf("%q is not a note: the letters are A to G", word)
		}
		notes = append(notes, Note{12*(int(name[1]-'0')+1) + tone, float64(length) / 2})
	}
	return notes, nil
}
