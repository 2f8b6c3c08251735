package lang

import (
	"fmt"
	"regexp"
	"strings"
)

// choice matches forms to choose among, with the argument that they follow and what is between: the
// end of a quotation, of code or of mathematics, a bracket, a space before a noun.
var choice = regexp.MustCompile("(%[-+# 0]*\\d*(?:\\.\\d+)?(?:\\[\\d+\\])?[a-zA-Z][”’\"'\\]*`$)}]* ?)\\{([^{}/\\s]+(?:/[^{}/\\s]+)+)\\}")

// gap stands for a choice while the arguments are formatted, since the form depends on them.
const gap = "\x00"

// sprintf formats as fmt.Sprintf does, and chooses among the forms in the format.
func sprintf(format string, choose func(before string, forms []string) string, args []any) string {
	choices := choice.FindAllStringSubmatch(format, -1)
	if choose == nil || len(choices) == 0 {
		return fmt.Sprintf(format, args...)
	}
	text := fmt.Sprintf(choice.ReplaceAllString(format, "${1}"+gap), args...)
	for _, c := range choices {
		before, after, _ := strings.Cut(text, gap)
		text = before + choose(before, strings.Split(c[2], "/")) + after
	}
	return text
}
