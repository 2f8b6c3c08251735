package data

import (
	_ "embed"
	"fmt"
	"strings"
)

// Lighthouse returns an English text of about 5,000 characters, written for this course and under
// its licence. It is enough for a small net if Newton's Opticks is missing.
func Lighthouse() string { return lighthouse }

//go:embed lighthouse.txt
var lighthouse string

// OpticksHash is the SHA-256 of the file that Opticks reads. It is the same in Go 1.22 and Go 1.26.
const OpticksHash = "d4a9ac22462b35e7821a4f2706c211093da678620a8f9997989ee7cf8d507bbd"

// Opticks returns Isaac Newton's Opticks, fourth edition (London 1730), without the lines before
// its title, which credit the transcribers. It reads src/testdata/Isaac.Newton-Opticks.txt in
// GOROOT, a file for Go's own tests: 567,198 bytes, from Project Gutenberg, in the public domain. A
// page that runs cells has a copy of it.
//
// If it fails, the error contains the path. Callers can use Lighthouse instead.
func Opticks() (string, error) {
	text, err := opticks()
	if err != nil {
		return "", fmt.Errorf("data: Opticks: %w", err)
	}
	return text, nil
}

// withoutCredits returns the text of a file from its title on.
func withoutCredits(file, path string) (string, error) {
	text := strings.ReplaceAll(file, "\r\n", "\n")
	begin := strings.Index(text, "OPTICKS:")
	if begin < 0 {
		return "", fmt.Errorf("%s is another text: it does not contain the title", path)
	}
	return text[begin:], nil
}
