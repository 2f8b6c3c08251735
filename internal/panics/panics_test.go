package panics

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestAPanicHasItsStack(t *testing.T) {
	index := 3
	caught := Catch(func() { index = []int{0}[index] })
	if caught == nil || caught.Error() != "panic: runtime error: index out of range [3] with length 1" {
		t.Fatalf("%v", caught)
	}
	for _, folder := range []string{filepath.Join(t.TempDir(), "new"), ""} {
		file, err := caught.Save(folder, "lee.txt")
		if err != nil {
			t.Fatal(err)
		}
		if folder == "" {
			defer os.Remove(file)
		} else if file != filepath.Join(folder, "lee.txt") {
			t.Errorf("the file is %s", file)
		}
		data, err := os.ReadFile(file)
		if err != nil || !strings.Contains(string(data), "index out of range [3]") || !strings.Contains(string(data), "TestAPanicHasItsStack") {
			t.Errorf("%s, %v", data, err)
		}
	}
}

func TestCatchReturnsNilWithoutAPanic(t *testing.T) {
	called := false
	if caught := Catch(func() { called = true }); caught != nil || !called {
		t.Errorf("%v, called: %v", caught, called)
	}
}

// The value of a panic may quote a file.
func TestTheMessageIsShort(t *testing.T) {
	caught := Catch(func() { panic(strings.Repeat("박", 1<<20)) })
	if text := caught.Error(); len(text) > 700 || !utf8.ValidString(text) {
		t.Errorf("%d bytes: %.100q", len(text), text)
	}
}
