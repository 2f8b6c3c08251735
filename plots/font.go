package plots

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"

	"golang.org/x/image/font/sfnt"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/text"
)

// Course Sans is Pretendard cut down to what the course writes. The default font of
// gonum/plot has no
// Hangul. font/subset.py made the file, font/LICENSE.txt is its licence.
//
//go:embed font/CourseSans.ttf
var fontFile []byte

var typeface = font.Font{Typeface: "Course Sans"}

// handler lays text out in our font. Parsing waits for the first chart.
var handler = sync.OnceValue(func() text.Plain {
	return text.Plain{Fonts: font.NewCache(font.Collection{{Font: typeface, Face: parsed()}})}
})

var parsed = sync.OnceValue(func() *sfnt.Font {
	face, err := sfnt.Parse(fontFile)
	if err != nil {
		panic(fmt.Sprintf("plots: the embedded font: %v", err))
	}
	return face
})

// UnwritableError says that the font lacks a character. Drawn all the same, it would
// vanish from the chart silently.
type UnwritableError struct {
	Character rune
	Text      string   // where it stands
	Texts     []string // all texts of the chart and its alternative text
}

func (e *UnwritableError) Error() string {
	return fmt.Sprintf("plots: the font has no character %q (U+%04X), in the text %q", e.Character, e.Character, e.Text)
}

// drawable returns an UnwritableError for the first character that the font lacks.
func drawable(texts []string) error {
	var buffer sfnt.Buffer
	for _, s := range texts {
		for _, r := range s {
			if r == '\n' {
				continue
			}
			if glyph, err := parsed().GlyphIndex(&buffer, r); err != nil || glyph == 0 {
				return &UnwritableError{r, s, texts}
			}
		}
	}
	return nil
}

// subscript writes a number below the line: h₁, x₁₂.
func subscript(n int) string {
	return strings.NewReplacer("0", "₀", "1", "₁", "2", "₂", "3", "₃", "4", "₄",
		"5", "₅", "6", "₆", "7", "₇", "8", "₈", "9", "₉").Replace(fmt.Sprint(n))
}

// superscript writes a number above the line.
func superscript(n int) string {
	return strings.NewReplacer("-", "⁻", "0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴",
		"5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹").Replace(fmt.Sprint(n))
}
