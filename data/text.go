package data

import (
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Lighthouse returns an English text of some 5,000 characters that was written for
// this course: enough for a small net where Newton's Opticks is missing. It has the
// course's licence.
func Lighthouse() string { return lighthouse }

//go:embed lighthouse.txt
var lighthouse string

// OpticksHash is the SHA-256 of the file that Opticks reads, the same in Go 1.22 and
// Go 1.26.
const OpticksHash = "d4a9ac22462b35e7821a4f2706c211093da678620a8f9997989ee7cf8d507bbd"

// Opticks returns Isaac Newton's Opticks, fourth edition (London 1730), as every Go
// installation carries it for its own tests: src/testdata/Isaac.Newton-Opticks.txt
// under go env GOROOT, 567,198 bytes, from Project Gutenberg, in the public domain.
// The lines before the title, which name those who typed it, are left out.
//
// The error says where the file was looked for. Callers go on with Lighthouse.
func Opticks() (string, error) {
	out, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return "", fmt.Errorf("data: Opticks: go env GOROOT fails: %w", err)
	}
	return opticksFrom(strings.TrimSpace(string(out)))
}

func opticksFrom(goroot string) (string, error) {
	path := filepath.Join(goroot, "src", "testdata", "Isaac.Newton-Opticks.txt")
	file, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", fmt.Errorf("data: Opticks: this Go installation has no %s", path)
	case err != nil:
		return "", fmt.Errorf("data: Opticks: %w", err)
	}
	text := strings.ReplaceAll(string(file), "\r\n", "\n")
	begin := strings.Index(text, "OPTICKS:")
	if begin < 0 {
		return "", fmt.Errorf("data: Opticks: %s is another text: its title is missing", path)
	}
	return text[begin:], nil
}
