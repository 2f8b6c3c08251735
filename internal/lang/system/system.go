// Package system finds the language that the user of this machine has chosen, if it is one of the
// course. Modules that do so for all systems were not to be had when it was written; what Windows
// has comes from golang.org/x/sys.
package system

import (
	"strings"

	"rnn101/internal/lang"
)

// Tag returns the tag of the first language of the user's that the course has, or English.
func Tag() string { return choose(preferred()) }

// choose returns the tag of the first locale whose language the course has, or English. A locale is
// named like ko_KR.UTF-8 or ko-KR.
func choose(locales []string) string {
	for _, locale := range locales {
		base := strings.ToLower(locale)
		if i := strings.IndexAny(base, "_-.@"); i >= 0 {
			base = base[:i]
		}
		if lang.Check(base) == nil {
			return base
		}
	}
	return lang.English
}
