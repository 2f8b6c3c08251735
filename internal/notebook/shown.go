package notebook

import (
	"maps"
	"strings"

	"rnn101/internal/notebook/terminal"
)

// Shown returns the output with the texts that a reader sees: a terminal's in the end, the traceback
// of an error.
func (o Output) Shown() Output {
	switch {
	case o.Kind == "stream":
		o.Text = terminal.Text(o.Text)
		return o
	case o.Kind == "error":
		return Output{Kind: "stream", Name: "stderr", Text: terminal.Text(o.Traceback())}
	}
	o.Data = maps.Clone(o.Data)
	for mime, text := range o.Data {
		switch {
		case mime == "text/plain":
			o.Data[mime] = terminal.Text(text)
		case strings.HasPrefix(mime, "text/"):
			o.Data[mime] = Printable(text)
		}
	}
	return o
}

// Printable returns a text without control characters. Its lines end in \n.
func Printable(text string) string {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	return strings.Map(func(r rune) rune {
		if !terminal.Printable(r) {
			return -1
		}
		return r
	}, text)
}
