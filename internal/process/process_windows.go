//go:build windows

package process

import (
	"os/exec"
	"strconv"
	"syscall"
)

// detach gives the program a process group of its own.
func detach(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{CreationFlags: syscall.CREATE_NEW_PROCESS_GROUP}
}

// ask ends the whole tree: a console program without a window cannot be asked.
func ask(cmd *exec.Cmd) {
	_ = exec.Command("taskkill", "/T", "/F", "/PID", strconv.Itoa(cmd.Process.Pid)).Run()
}

func end(p identity) { _ = exec.Command("taskkill", "/T", "/F", "/PID", strconv.Itoa(p.pid)).Run() }

func started(int) string { return "" }

// descendants is not needed: taskkill /T takes the tree.
func descendants(int) []identity { return nil }
