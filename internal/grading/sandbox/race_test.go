//go:build race

package sandbox_test

// The race detector needs memory and processor time of its own, more than the limits that some tests
// look at.
func init() { raceDetector = true }
