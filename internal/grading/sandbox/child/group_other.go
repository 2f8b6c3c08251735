//go:build !unix

package child

import "os/exec"

func limitOwn(Limits) error { return nil }

// OwnGroup does nothing: this system has no such groups.
func OwnGroup(*exec.Cmd) {}

// KillGroup does nothing.
func KillGroup(int) {}
