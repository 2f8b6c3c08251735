package net

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"rnn101/internal/checkout"
)

// A reader may follow a link to the page as soon as JupyterLab runs. The go command of this test keeps what
// the server would send then, and fails.
func TestAPageStandsInThePlaceOfTheNetUntilItIsMade(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the go command of this test is a shell script")
	}
	folder := filepath.Join(t.TempDir(), "정적 파일")
	repo := &checkout.Checkout{Root: t.TempDir(), GOROOT: t.TempDir()}
	file, seen := filepath.Join(folder, "net.html"), filepath.Join(repo.Root, "seen.html")
	write := func(path, text string, mode os.FileMode) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), mode); err != nil {
			t.Fatal(err)
		}
	}
	write(repo.GoTool(), "#!/bin/sh\ncp '"+file+"' '"+seen+"'\necho no such compiler\nexit 1\n", 0o755)
	fails := func(language string) {
		t.Helper()
		if err := MakeIn(t.Context(), repo, folder, language); err == nil || !strings.Contains(err.Error(), "no such compiler") {
			t.Fatalf("a failed build of the engine is reported as %v", err)
		}
	}
	contains := func(path string, want ...string) {
		t.Helper()
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range want {
			if !strings.Contains(string(data), want) {
				t.Errorf("%s lacks %q:\n%s", filepath.Base(path), want, data)
			}
		}
	}
	fails("en")
	again := "location.reload()"
	contains(seen, again, "is being made")
	contains(file, again, "could not be made")
	if info, err := os.Stat(file); err != nil || time.Since(info.ModTime()) < 24*time.Hour {
		t.Errorf("a server may take the page of the net for the one in its place (%v)", err)
	}
	fails("ko")
	contains(seen, again, "만들고 있습니다")
	contains(file, again, "만들지 못했습니다")

	write(file, "made before", 0o644)
	fails("en")
	contains(seen, "made before")
	contains(file, "made before")
}
