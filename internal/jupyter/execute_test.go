package jupyter

import (
	"testing"

	"rnn101/internal/notebook"
)

func TestACellThatAsksForInputIsSeenBeforeItRuns(t *testing.T) {
	for _, c := range []struct{ source, want string }{
		{"%with_inputs\n%%\nfmt.Println()", "%with_inputs"},
		{"%%\nvar s string\nfmt.Scanln(&s)", "fmt.Scanln"},
		{"%%\nscanner := bufio.NewScanner(os . Stdin)", "os.Stdin"},
		{"func main() {\n\tfmt.Scanf(\"%d\", &n)\n}", "fmt.Scanf"},
		{"%%\nname, err := gonbui.RequestInput(\"name\", false)", "gonbui.RequestInput"},
		{"%%\nfmt.Println(\"fmt.Scanln\") // os.Stdin", ""},
		{"func read() { fmt.Scanln(&s) }", ""},
		{"%%\nfmt.Sscan(line, &x)", ""},
	} {
		if got := input(&notebook.Cell{Kind: "code", Source: c.source}); got != c.want {
			t.Errorf("%q asks for input with %q, want %q", c.source, got, c.want)
		}
	}
}
