//go:build windows

package process

import (
	"os/exec"
	"strconv"
	"syscall"
)

// newProcessGroup makes the program start in a process group of its own.
func newProcessGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{CreationFlags: syscall.CREATE_NEW_PROCESS_GROUP}
}

// terminate kills the whole tree: Windows cannot ask a console program without a window.
func terminate(cmd *exec.Cmd) {
	_ = exec.Command("taskkill", "/T", "/F", "/PID", strconv.Itoa(cmd.Process.Pid)).Run()
}

func kill(p identity) { _ = exec.Command("taskkill", "/T", "/F", "/PID", strconv.Itoa(p.pid)).Run() }

func startTime(int) string { return "" }

// descendants is not needed: taskkill /T kills the tree.
func descendants(int) []identity { return nil }
