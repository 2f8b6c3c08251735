package show

import (
	"encoding/base64"
	"fmt"
	"html"
	"math"

	"rnn101/internal/lang"
)

// Picture is what Chart can show; a figure of package plots is one.
type Picture interface {
	Alt() string                   // a description of the picture
	PNG() ([]byte, error)          // the image
	Size() (width, height float64) // in CSS pixels
}

// Chart shows a picture with its alternative text. It takes an error too, so that a call of a
// function of package plots can be its argument:
//
//	show.Chart(plots.Bars(words, p1, p2))
//
// It panics if err is not nil or the alternative text is empty.
func Chart(p Picture, err error) {
	if err != nil {
		panic(mistake("Chart", "%v", err))
	}
	tag, err := image(p)
	if err != nil {
		panic(mistake("Chart", "%v", err))
	}
	send("text/html", tag, p.Alt())
}

// image returns an img element that contains the picture.
func image(p Picture) (string, error) {
	if p.Alt() == "" {
		return "", fmt.Errorf("the picture has no alternative text")
	}
	png, err := p.PNG()
	if err != nil {
		return "", err
	}
	width, _ := p.Size()
	return fmt.Sprintf(`<img lang="%s" alt="%s" width="%d" src="data:image/png;base64,%s">`, lang.Tag(),
		html.EscapeString(p.Alt()), int(math.Round(width)), base64.StdEncoding.EncodeToString(png)), nil
}
