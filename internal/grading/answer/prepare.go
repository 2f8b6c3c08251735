//go:build !js

package answer

import (
	"context"

	"rnn101/internal/grading/sandbox"
)

// common are the packages that most answers import, or that those import.
var common = []string{"errors", "fmt", "maps", "math", "math/rand", "slices", "sort", "strings"}

// Prepare compiles what every program needs, so that no student's budget pays for it.
func Prepare(ctx context.Context, builder *sandbox.Builder) error {
	return builder.Prepare(ctx, map[string]string{"caller/caller.go": callerSource, sandbox.GuestFile: sandbox.Guest}, common)
}
