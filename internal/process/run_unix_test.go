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
		var out Excerpt
		cmd := exec.Command("sh", "-c", script)
		cmd.Stdout, cmd.Stderr = &out, &out
		err := Run(cmd)
		child, convErr := strconv.Atoi(strings.TrimSpace(out.String()))
		if convErr != nil {
			t.Fatal(convErr)
		}
		if syscall.Kill(child, syscall.SIGKILL) != nil {
			t.Errorf("%s: Run waited for its child", script)
		}
		if (err != nil) != fails {
			t.Errorf("%s: the error is %v", script, err)
		}
	}
}
