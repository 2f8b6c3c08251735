//go:build unix

package child

import (
	"os/exec"
	"syscall"
	"time"
)

// limitOwn sets limits of this process, a child: the last resort if it does not end by itself.
// What it starts may raise them.
func limitOwn(l Limits) error {
	for resource, soft := range map[int]uint64{
		syscall.RLIMIT_CPU:  uint64(l.Time/time.Second) + 5,
		syscall.RLIMIT_DATA: 2*uint64(l.Memory) + 256<<20, // for a test whether the machine has as much again
		syscall.RLIMIT_CORE: 0,
	} {
		var value syscall.Rlimit
		if err := syscall.Getrlimit(resource, &value); err != nil {
			return err
		}
		value.Cur = min(value.Max, soft)
		if err := syscall.Setrlimit(resource, &value); err != nil {
			return err
		}
	}
	return nil
}

// OwnGroup makes a command start in a process group of its own, with all that it starts.
func OwnGroup(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

// KillGroup kills a process group that OwnGroup made: what is left of it.
func KillGroup(pid int) { syscall.Kill(-pid, syscall.SIGKILL) }
