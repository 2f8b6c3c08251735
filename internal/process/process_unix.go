//go:build unix

package process

import (
	"os/exec"
	"strconv"
	"strings"
	"syscall"
)

// newProcessGroup makes the program start in a process group of its own.
func newProcessGroup(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

func terminate(cmd *exec.Cmd) { _ = cmd.Process.Signal(syscall.SIGTERM) }

// kill kills a process unless its number belongs to another process by now.
func kill(p identity) {
	if p.start != "" && startTime(p.pid) == p.start {
		_ = syscall.Kill(p.pid, syscall.SIGKILL)
	}
}

// startTime returns when a process started, or "" if it does not exist.
func startTime(pid int) string {
	out, err := exec.Command("ps", "-o", "lstart=", "-p", strconv.Itoa(pid)).Output()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(out))
}

// descendants returns the children of a process, their children, and so on.
func descendants(root int) []identity {
	out, err := exec.Command("ps", "-A", "-o", "pid=,ppid=").Output()
	if err != nil {
		return nil
	}
	children := map[int][]int{}
	for _, line := range strings.Split(string(out), "\n") {
		fields := strings.Fields(line)
		if len(fields) != 2 {
			continue
		}
		pid, _ := strconv.Atoi(fields[0])
		parent, _ := strconv.Atoi(fields[1])
		children[parent] = append(children[parent], pid)
	}
	var all []identity
	for queue := children[root]; len(queue) > 0; queue = queue[1:] {
		all = append(all, identity{queue[0], startTime(queue[0])})
		queue = append(queue, children[queue[0]]...)
	}
	return all
}
