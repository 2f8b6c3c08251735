package terminal

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// What xterm shows.
func TestTextIsWhatATerminalShows(t *testing.T) {
	for _, c := range []struct{ name, printed, want string }{
		{"plain", "a\tb\nc\n", "a\tb\nc\n"},
		{"Windows", "a\r\nb\r\n", "a\nb\n"},
		{"a progress bar", "\r 5%\r50%\r100%\ndone\n", "100%\ndone\n"},
		{"a shorter line over a longer one", "training\rok", "okaining"},
		{"a line that is erased", "training\r\x1b[Kok", "ok"},
		{"all of a line erased", "training\x1b[2K\x1b[1Gok", "ok"},
		{"the beginning erased", "abcd\x1b[2D\x1b[1K", "  cd"},
		{"backspace", "abc\b\b\bXYZ", "XYZ"},
		{"bell and nul", "a\x07b\x00c", "abc"},
		{"colours", "\x1b[31mred\x1b[0m \x1b[1mbold\x1b[0m\n", "\x1b[31mred\x1b[0m \x1b[1mbold\x1b[0m\n"},
		{"colour over two lines", "\x1b[31ma\nb\x1b[mc", "\x1b[31ma\nb\x1b[0mc"},
		{"a coloured bar", "\x1b[32m5%\x1b[0m\r\x1b[32m10%\x1b[0m", "\x1b[32m10%\x1b[0m"},
		{"colour that nobody resets", "\x1b[31ma", "\x1b[31ma\x1b[0m"},
		{"a link", "\x1b]8;;http://example.com\x1b\\link\x1b]8;;\x07 end", "link end"},
		{"the cursor hidden", "\x1b[?25lx\x1b[?25h", "x"},
		{"a sequence without end", "x\x1b[38;5", "x"},
		{"Korean", "한글\r가", "가글"},
		{"the cursor far to the right", "\x1b[999999999999G\x1b[5Cx", strings.Repeat(" ", 1000) + "x"},
	} {
		if got := Text(c.printed); got != c.want {
			t.Errorf("%s: %q becomes %q, want %q", c.name, c.printed, got, c.want)
		}
	}
}

func FuzzText(f *testing.F) {
	f.Add("a\r\x1b[2Kb\x1b[31mc\b\x1b]8;;x\x07\n")
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			return
		}
		got := Text(s)
		if strings.Count(got, "\n") != strings.Count(s, "\n") {
			t.Errorf("%q becomes %q: another number of lines", s, got)
		}
		for _, r := range got {
			if !Printable(r) && r != 0x1b {
				t.Errorf("%q becomes %q, with the character %q", s, got, r)
			}
		}
		if again := Text(got); again != got {
			t.Errorf("%q becomes %q, and that %q", s, got, again)
		}
	})
}
