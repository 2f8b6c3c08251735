package show

import (
	"encoding/base64"
	"fmt"
	"html"
	"math"

	"rnn101/internal/lang"
)

// Picture is what Chart can show; a figure of package plots is one. One that also has a method
// GIF, as an animation of package plots has, is shown as that GIF.
type Picture interface {
	Alt() string                   // a description of the picture
	PNG() ([]byte, error)          // the image
	Size() (width, height float64) // in CSS pixels
}

// animated is a picture that moves.
type animated interface {
	GIF() ([]byte, error) // the animation, which plays once; PNG returns its last frame
}

// Chart shows a picture with its alternative text. It takes an error too, so that a call of a
// function of package plots can be its argument:
//
//	show.Chart(plots.Bars(words, p1, p2))
//
//	show.Chart(plots.Animate(frames, 3))
//
// It panics if err is not nil or the alternative text is empty.
func Chart(p Picture, err error) {
	if err != nil {
		panic(fmt.Sprintf("show: Chart: %v", err))
	}
	tag, err := image(p)
	if err != nil {
		panic(fmt.Sprintf("show: Chart: %v", err))
	}
	send("text/html", tag, p.Alt())
}

// image returns an img element that contains the picture.
func image(p Picture) (string, error) {
	if p.Alt() == "" {
		return "", fmt.Errorf("the picture has no alternative text")
	}
	kind, encode := "png", p.PNG
	if a, ok := p.(animated); ok {
		kind, encode = "gif", a.GIF
	}
	data, err := encode()
	if err != nil {
		return "", err
	}
	width, _ := p.Size()
	return fmt.Sprintf(`<img lang="%s" alt="%s" width="%d" src="data:image/%s;base64,%s">`, lang.Tag(),
		html.EscapeString(p.Alt()), int(math.Round(width)), kind, base64.StdEncoding.EncodeToString(data)), nil
}
