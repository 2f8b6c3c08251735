package notebook

import (
	"fmt"
	"regexp"
)

// seedConstant is how a notebook names the seed of all that is random in it.
var seedConstant = regexp.MustCompile(`(?m)^const seed = \d+$`)

// HasSeed tells whether a code cell declares the constant seed.
func (nb *Notebook) HasSeed() bool {
	for _, c := range nb.Cells {
		if c.Kind == "code" && seedConstant.MatchString(c.Source) {
			return true
		}
	}
	return false
}

// SetSeed writes another number into the declaration of the constant seed.
func (nb *Notebook) SetSeed(seed int) {
	for _, c := range nb.Cells {
		if c.Kind == "code" {
			c.Source = seedConstant.ReplaceAllString(c.Source, fmt.Sprintf("const seed = %d", seed))
		}
	}
}
