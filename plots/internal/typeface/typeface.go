// Package typeface holds Course Sans, the font of all charts, and lays text out in
// it. It knows nothing of charts.
//
// The default font of gonum/plot has no Hangul. Course Sans is Pretendard reduced to
// the characters that the course needs: subset.py makes the file, LICENSE.txt is its
// licence.
package typeface

import (
	_ "embed"
	"fmt"
	"sync"

	"golang.org/x/image/font/sfnt"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/text"
)

//go:embed CourseSans.ttf
var file []byte

// Font is Course Sans with no size set.
var Font = font.Font{Typeface: "Course Sans"}

// Handler returns the handler that lays text out in Course Sans.
func Handler() text.Handler { return handler() }

// Only the first chart has to wait while the font is parsed.
var handler = sync.OnceValue(func() text.Plain {
	return text.Plain{Fonts: font.NewCache(font.Collection{{Font: Font, Face: parsed()}})}
})

var parsed = sync.OnceValue(func() *sfnt.Font {
	face, err := sfnt.Parse(file)
	if err != nil {
		panic(fmt.Sprintf("plots: the embedded font: %v", err))
	}
	return face
})

// Missing returns the first character of s that the font lacks, and whether there is
// one. gonum/plot would leave it out without an error.
func Missing(s string) (r rune, missing bool) {
	var buffer sfnt.Buffer
	for _, r := range s {
		if r == '\n' {
			continue
		}
		if glyph, err := parsed().GlyphIndex(&buffer, r); err != nil || glyph == 0 {
			return r, true
		}
	}
	return 0, false
}
