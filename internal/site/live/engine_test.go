package live

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rnn101/internal/checkout"
	"rnn101/internal/progress"
)

// With a version of Go that cannot build the engine the pages are made all the same.
func TestPagesAreMadeWithoutAnEngineThatCannotBeBuilt(t *testing.T) {
	root := t.TempDir()
	module := filepath.Join(root, "internal", "live")
	if err := os.MkdirAll(module, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(module, "go.mod"), []byte("module later\n\ngo 99.1\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	said, err := os.Create(filepath.Join(root, "said"))
	if err != nil {
		t.Fatal(err)
	}
	defer said.Close()
	own, err := checkout.Find()
	if err != nil {
		t.Fatal(err)
	}
	repo := &checkout.Checkout{Root: root, GOROOT: own.GOROOT}
	made, err := MakeOrSay(progress.New(said))(context.Background(), repo)
	if made != nil || err != nil {
		t.Errorf("got %v, %v, want neither", made, err)
	}
	if _, err := Make(context.Background(), repo); err == nil {
		t.Error("Make returns no error")
	}
	text, err := os.ReadFile(said.Name())
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"cannot be run", "go.mod requires go >= 99.1"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the message lacks %q:\n%s", want, text)
		}
	}
}
