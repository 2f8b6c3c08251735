package notebook

import (
	"fmt"
	"regexp"
)

// seedConstant matches the declaration of the seed of all random numbers in a notebook.
var seedConstant = regexp.MustCompile(`(?m)^const seed = \d+$`)

// HasSeed reports whether a code cell declares the constant seed.
func (nb *Notebook) HasSeed() bool {
	for _, c := range nb.Cells {
		if c.Kind == "code" && seedConstant.MatchString(c.Source) {
			return true
		}
	}
	return false
}

// SetSeed changes the value of the constant seed.
func (nb *Notebook) SetSeed(seed int) {
	for _, c := range nb.Cells {
		if c.Kind == "code" {
			c.Source = seedConstant.ReplaceAllString(c.Source, fmt.Sprintf("const seed = %d", seed))
		}
	}
}
