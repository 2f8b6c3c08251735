package class

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"testing"
)

// watcher watches the system calls of a command and its children with strace: the files that
// they write, their connections, and the processes that they leave behind.
type watcher struct {
	strace string // "" if there is none
	log    string
	out    string // where the command may write
	root   string // the checkout
}

// watch returns a watcher for one command. Without strace it watches nothing, unless
// RNN101_REQUIRE_WATCH is set: then the test fails.
func watch(t *testing.T, base, out string) *watcher {
	t.Helper()
	w := &watcher{log: filepath.Join(base, "calls"), out: out}
	var err error
	if w.root, err = filepath.Abs(repo.Root); err != nil {
		t.Fatal(err)
	}
	if w.strace, err = exec.LookPath("strace"); err != nil || runtime.GOOS != "linux" {
		if os.Getenv("RNN101_REQUIRE_WATCH") != "" {
			t.Fatal("strace is needed to watch the grader: apt-get install strace")
		}
		t.Log("there is no strace: the system calls are not checked")
		w.strace = ""
	}
	return w
}

// watched are the system calls with effects outside of a process.
const watched = "trace=open,openat,openat2,creat,truncate,mkdir,mkdirat,mknod,mknodat,rename,renameat,renameat2,unlink,unlinkat,rmdir," +
	"link,linkat,symlink,symlinkat,chmod,fchmodat,chown,lchown,fchownat,utimensat,setxattr,mount,socket,connect,bind,listen,accept,accept4,sendto,sendmsg,ptrace,kill,tkill,tgkill"

func (w *watcher) command(program string, args ...string) *exec.Cmd {
	if w.strace != "" {
		args = append([]string{"-f", "-y", "--seccomp-bpf", "-s", "4096", "-e", watched, "-o", w.log, program}, args...)
		program = w.strace
	}
	cmd := exec.Command(program, args...)
	cmd.Dir = repo.Root
	cmd.Env = os.Environ()
	return cmd
}

var (
	watchedCall = regexp.MustCompile(`^(\d+) +(\w+)\((.*)\) += (-?\d+|\?)`)
	watchedEnd  = regexp.MustCompile(`^(\d+) +\+\+\+ (exited|killed)`)
	calledPath  = regexp.MustCompile(`(?:(?:AT_FDCWD|\d+)<([^>]*)>, )?"((?:[^"\\]|\\.)*)"`)
)

// check checks the system calls.
func (w *watcher) check(t *testing.T) {
	t.Helper()
	if w.strace == "" {
		return
	}
	f, err := os.Open(w.log)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 16<<20)
	first, ended, written, processes := "", false, 0, map[string]bool{}
	complain := func(what, line string) {
		t.Helper()
		t.Errorf("%s: %.300s", what, line)
	}
	unfinished := map[string]string{}
	for lines.Scan() {
		line := lines.Text()
		pid, rest, _ := strings.Cut(line, " ")
		if first == "" {
			first = pid
		}
		processes[pid] = true
		if ended {
			complain("a process is still running after the command has ended", line)
			break
		}
		if m := watchedEnd.FindStringSubmatch(line); m != nil {
			ended = m[1] == first
			continue
		}
		// A call that another process interrupts is on two lines.
		if begin, ok := strings.CutSuffix(line, " <unfinished ...>"); ok {
			unfinished[pid] = begin
			continue
		}
		if _, end, ok := strings.Cut(rest, " resumed>"); ok {
			line = unfinished[pid] + end
			delete(unfinished, pid)
		}
		m := watchedCall.FindStringSubmatch(line)
		if m == nil || strings.HasPrefix(m[4], "-") { // failed: it has no effect
			continue
		}
		switch call, args := m[2], m[3]; call {
		case "socket", "connect", "bind", "listen", "accept", "accept4", "sendto", "sendmsg":
			complain("a connection", line)
		case "ptrace":
			complain("ptrace", line)
		case "kill", "tkill", "tgkill": // the runtime's signals to its own threads, and kills of children
		case "open", "openat", "openat2", "creat":
			if call != "creat" && !regexp.MustCompile(`O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND`).MatchString(args) {
				continue
			}
			fallthrough
		default:
			paths := calledPath.FindAllStringSubmatch(args, -1)
			if call == "link" || call == "linkat" {
				paths = paths[max(0, len(paths)-1):] // the file itself stays as it is
			}
			for _, p := range paths {
				folder, file := unescaped(p[1]), unescaped(p[2])
				if !filepath.IsAbs(file) {
					file = filepath.Join(folder, file)
				}
				// The grader first asks the go command for its root and its caches. That command
				// counts such calls.
				if strings.Contains(file, "/go/telemetry/local/go@") && folder == w.root {
					continue
				}
				if within := file == w.out || strings.HasPrefix(file, w.out+"/"); !within && file != os.DevNull {
					complain("a write outside of the output folder", line)
				}
				written++
			}
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	if !ended {
		t.Error("strace has not seen the end of the command")
	}
	// The watcher must have seen the work itself.
	if written < len(hostileSubmissions) || len(processes) < len(hostileSubmissions) {
		t.Errorf("only %d writes by %d processes were seen", written, len(processes))
	}
	t.Logf("%d writes by %d processes and threads were seen", written, len(processes))
}

var escaped = regexp.MustCompile(`\\(?:[0-7]{1,3}|.)`)

// unescaped returns a name that strace has escaped: non-ASCII bytes are in octal.
func unescaped(text string) string {
	return escaped.ReplaceAllStringFunc(text, func(e string) string {
		if b, err := strconv.ParseUint(e[1:], 8, 8); err == nil {
			return string([]byte{byte(b)})
		}
		if i := strings.IndexByte("ntrfv", e[1]); i >= 0 {
			return "\n\t\r\f\v"[i : i+1]
		}
		return e[1:]
	})
}

func TestNamesInTheOutputOfStraceAreUnescaped(t *testing.T) {
	for from, want := range map[string]string{`/tmp/\355\225\234 x`: "/tmp/한 x", `a\nb\"c\\d`: "a\nb\"c\\d", `\0`: "\x00", "plain": "plain"} {
		if got := unescaped(from); got != want {
			t.Errorf("%s: %q, want %q", from, got, want)
		}
	}
}
