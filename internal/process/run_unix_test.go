//go:build unix

package process

import (
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

func TestRunDoesNotWaitForWhatAProgramLeavesBehind(t *testing.T) {
	for script, fails := range map[string]bool{"sleep 120 & echo $!": false, "sleep 120 & echo $!; exit 3": true} {
		var said Excerpt
		cmd := exec.Command("sh", "-c", script)
		cmd.Stdout, cmd.Stderr = &said, &said
		err := Run(cmd)
		child, failure := strconv.Atoi(strings.TrimSpace(said.String()))
		if failure != nil {
			t.Fatal(failure)
		}
		if syscall.Kill(child, syscall.SIGKILL) != nil {
			t.Errorf("%s: its child had ended already, it was waited for", script)
		}
		if (err != nil) != fails {
			t.Errorf("%s: the error is %v", script, err)
		}
	}
}
