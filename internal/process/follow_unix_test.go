//go:build unix

package process

import (
	"context"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// The program must not block, and its exit status must not get lost.
func TestFollowSkipsALineThatIsTooLong(t *testing.T) {
	const long = `echo before; head -c 20971520 /dev/zero | tr '\0' x; echo; echo after; `
	for script, want := range map[string]string{
		long + `exit 0`: "a line of more than",
		long + `exit 3`: "exit status 3",
		`echo before; echo after; head -c 20971520 /dev/zero | tr '\0' x >&2; echo the end >&2; exit 4`: "the end",
	} {
		t.Run(want, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
			defer cancel()
			var got []string
			err := Follow(ctx, exec.Command("sh", "-c", script), func(line []byte) { got = append(got, string(line)) })
			if strings.Join(got, " ") != "before after" {
				t.Errorf("the lines are %.80q, want the lines before and after", got)
			}
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("the error is %.300v, want %q in it", err, want)
			}
			if err != nil && len(err.Error()) > 1<<17 {
				t.Errorf("the error has %d bytes", len(err.Error()))
			}
		})
	}
}

// A kernel inherits the pipes and may outlive the program that started it.
func TestFollowDoesNotWaitForWhatAProgramLeavesBehind(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	var child int
	err := Follow(ctx, exec.Command("sh", "-c", "sleep 120 & echo $!"), func(line []byte) { child, _ = strconv.Atoi(string(line)) })
	if child == 0 {
		t.Fatal("the program printed no process id")
	}
	defer syscall.Kill(child, syscall.SIGKILL)
	if err != nil {
		t.Errorf("the program succeeded, the error is %v", err)
	}
}
