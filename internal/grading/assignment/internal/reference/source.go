package reference

import "embed"

// The course for students does not have the file of the functions, so that it cannot be embedded
// by its name.
//
//go:embed *.go
var files embed.FS

// Source is the source of the functions. It is empty in the course for students: there no later
// task is called with right functions in place of wrong ones.
var Source = func() string {
	source, _ := files.ReadFile("reference.go")
	return string(source)
}()
