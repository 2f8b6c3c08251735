// Package tag holds the tag of the current language. It stands apart from package lang so that
// package data can ask for the language without linking every text of the course into the engine of
// the net's page.
package tag

import "sync/atomic"

// The tags of the languages of the course.
const (
	English = "en"
	Korean  = "ko"
)

var current atomic.Value // string

// Set sets the current tag. It checks nothing: lang.Set does.
func Set(tag string) { current.Store(tag) }

// Current returns the current tag, at the start English.
func Current() string {
	if tag, ok := current.Load().(string); ok {
		return tag
	}
	return English
}
