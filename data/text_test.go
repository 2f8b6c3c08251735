package data

import (
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func goroot(t *testing.T) string {
	t.Helper()
	out, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}

func TestOpticksIsTheFileThatTheCommentDescribes(t *testing.T) {
	file, err := os.ReadFile(filepath.Join(goroot(t), "src", "testdata", "Isaac.Newton-Opticks.txt"))
	if err != nil {
		t.Skip(err)
	}
	if len(file) != 567198 {
		t.Errorf("the file has %d bytes", len(file))
	}
	if got := fmt.Sprintf("%x", sha256.Sum256(file)); got != OpticksHash {
		t.Errorf("its hash is %s", got)
	}
	text, err := Opticks()
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(text, "OPTICKS:") || !strings.Contains(text, "Refrangibility") {
		t.Errorf("the text begins with %q", text[:40])
	}
}

func TestTheErrorOfOpticksContainsThePath(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "src", "testdata", "Isaac.Newton-Opticks.txt")
	if _, err := opticksFrom(folder); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("without the file: %v", err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("Another text"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := opticksFrom(folder); err == nil || !strings.Contains(err.Error(), "another text") {
		t.Errorf("with another text: %v", err)
	}
}

func TestLighthouseIsPlainText(t *testing.T) {
	if n := len(Lighthouse()); n < 4000 {
		t.Errorf("the text has %d characters, want at least 4000", n)
	}
	for i, r := range Lighthouse() {
		if r != '\n' && (r < ' ' || r > '~') {
			t.Fatalf("character %d is %q, want ASCII, which is the same in every checkout and vocabulary", i, r)
		}
	}
}
