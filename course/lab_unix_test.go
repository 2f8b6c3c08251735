//go:build unix

package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// descendants returns the running descendants of a process with their command lines.
func descendants(t *testing.T, ancestor int) map[int]string {
	t.Helper()
	out, err := exec.Command("ps", "-A", "-o", "pid=,ppid=,stat=,args=").Output()
	if err != nil {
		t.Fatal(err)
	}
	parents, commands := map[int]int{}, map[int]string{}
	for _, line := range strings.Split(string(out), "\n") {
		fields := strings.Fields(line)
		if len(fields) < 4 || strings.HasPrefix(fields[2], "Z") {
			continue
		}
		pid, _ := strconv.Atoi(fields[0])
		parents[pid], _ = strconv.Atoi(fields[1])
		commands[pid] = strings.Join(fields[3:], " ")
	}
	found := map[int]string{}
	for pid := range parents {
		for up := parents[pid]; up > 1; up = parents[up] {
			if up == ancestor {
				found[pid] = commands[pid]
				break
			}
		}
	}
	return found
}

// alive returns the processes that still run the same command.
func alive(t *testing.T, processes map[int]string) []string {
	t.Helper()
	var left []string
	for pid, command := range processes {
		out, err := exec.Command("ps", "-o", "stat=,args=", "-p", strconv.Itoa(pid)).Output()
		if err != nil {
			continue
		}
		state, now, _ := strings.Cut(strings.TrimSpace(string(out)), " ")
		if !strings.HasPrefix(state, "Z") && strings.Join(strings.Fields(now), " ") == command {
			left = append(left, strconv.Itoa(pid)+" "+command)
		}
	}
	return left
}

var address = regexp.MustCompile(`(http://127\.0\.0\.1:\d+)/lab/tree/(?:ko/)?00_start_here\.ipynb\?token=([0-9a-f]+)`)

// request calls JupyterLab's REST API and decodes the response.
func request(t *testing.T, method, url, token, body string, answer any) {
	t.Helper()
	request, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "token "+token)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode >= 300 {
		t.Fatalf("%s %s: status %d (%v): %s", method, url, response.StatusCode, err, data)
	}
	if err := json.Unmarshal(data, answer); err != nil {
		t.Fatalf("%s %s: %v: %s", method, url, err, data)
	}
}

// JupyterLab with a running Go kernel.
func TestLabStopsAllItsProcesses(t *testing.T) {
	needsSetup(t)
	for name, with := range map[string]struct {
		system, option string // languages
		opens          string // the first notebook
		end            func(*exec.Cmd) error
	}{
		"Ctrl-C in the terminal": {"ko_KR.UTF-8", "", "ko/00_start_here.ipynb", func(cmd *exec.Cmd) error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGINT) }},
		"TERM to the program":    {"ko_KR.UTF-8", "en", "00_start_here.ipynb", func(cmd *exec.Cmd) error { return cmd.Process.Signal(syscall.SIGTERM) }},
	} {
		t.Run(name, func(t *testing.T) {
			args := []string{"lab", "--no-browser"}
			if with.option != "" {
				args = append(args, "--lang", with.option)
			}
			cmd := course(t, root(t), args...)
			cmd.Env = append(cmd.Environ(), "LC_ALL="+with.system)
			cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // as a shell does
			var errs bytes.Buffer
			cmd.Stderr = &errs
			out, err := cmd.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			defer cmd.Process.Kill()
			var where []string
			for lines := bufio.NewScanner(out); where == nil && lines.Scan(); {
				where = address.FindStringSubmatch(lines.Text())
			}
			if where == nil {
				t.Fatalf("lab exited without an address:\n%s", errs.String())
			}
			if !strings.Contains(where[0], "/lab/tree/"+with.opens+"?") {
				t.Errorf("with the language %q of the system and --lang %q the address is %s, want the notebook %s", with.system, with.option, where[0], with.opens)
			}
			startKernel(t, where[1], where[2])
			processes := descendants(t, cmd.Process.Pid)
			if !anyContains(processes, "jupyterlab") || !anyContains(processes, "gonb") {
				t.Fatalf("JupyterLab and the kernel are not among %v: this test would prove nothing", processes)
			}

			if err := with.end(cmd); err != nil {
				t.Fatal(err)
			}
			ended := make(chan error, 1)
			go func() { ended <- cmd.Wait() }()
			select {
			case err := <-ended:
				if err != nil {
					t.Errorf("lab ended with %v, want status 0", err)
				}
			case <-time.After(30 * time.Second):
				t.Fatal("lab has not ended after 30 seconds")
			}
			deadline := time.Now().Add(5 * time.Second) // until the system has reaped them
			for left := alive(t, processes); len(left) > 0; left = alive(t, processes) {
				if time.Now().After(deadline) {
					t.Fatalf("still running: %v", left)
				}
				time.Sleep(100 * time.Millisecond)
			}
		})
	}
}

// startKernel starts a Go kernel and waits until it is connected.
func startKernel(t *testing.T, server, token string) {
	t.Helper()
	var kernel struct {
		ID, Name       string
		ExecutionState string `json:"execution_state"`
	}
	request(t, http.MethodPost, server+"/api/kernels", token, `{"name": "gonb"}`, &kernel)
	if kernel.Name != "gonb" {
		t.Fatalf("the kernel is %q", kernel.Name)
	}
	var content struct{ Name string }
	request(t, http.MethodGet, server+"/api/contents/00_start_here.ipynb?content=0", token, "", &content)
	if content.Name != "00_start_here.ipynb" {
		t.Fatalf("the notebook that lab opens is %q", content.Name)
	}
	time.Sleep(time.Second) // gonb starts gopls
}

func anyContains(processes map[int]string, part string) bool {
	for _, command := range processes {
		if strings.Contains(command, part) {
			return true
		}
	}
	return false
}
