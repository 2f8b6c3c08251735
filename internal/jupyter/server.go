// Package jupyter runs Jupyter's programs for the course: the server for lab and for
// the browser test, and the execution of notebooks. Whatever it starts it also ends,
// kernels and their helpers included.
package jupyter

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"rnn101/internal/checkout"
	"rnn101/internal/process"
)

// Options of a server.
type Options struct {
	Folder string   // what it serves
	Start  string   // the notebook in it that is shown first, or "" for the list of files
	Port   int      // 0: the first free one from 8888
	Open   bool     // open the reader's browser
	Env    []string // more environment, as in "NAME=value"
}

// Server is a running JupyterLab.
type Server struct {
	*process.Tree
	Address string // http://127.0.0.1:8888
	Token   string
	Log     string // the file that it writes to
	page    string // what it shows first
}

// Serve starts JupyterLab on the loopback interface and returns when it answers.
func Serve(ctx context.Context, repo *checkout.Checkout, o Options) (*Server, error) {
	for {
		port, err := freePort(o.Port)
		if err != nil {
			return nil, err
		}
		s, err := start(repo, o, port)
		if err != nil {
			return nil, err
		}
		if err = s.waitReady(ctx); err == nil {
			return s, nil
		}
		ended := s.exited()
		s.Stop(5 * time.Second)
		if o.Port != 0 || !ended || !lostPort(port, err) || ctx.Err() != nil {
			return nil, err
		}
	}
}

// start starts JupyterLab on a port and does not wait for it.
func start(repo *checkout.Checkout, o Options, port int) (*Server, error) {
	secret := make([]byte, 24)
	if _, err := rand.Read(secret); err != nil {
		return nil, err
	}
	s := &Server{
		Address: "http://127.0.0.1:" + strconv.Itoa(port),
		Token:   hex.EncodeToString(secret),
		Log:     filepath.Join(repo.Venv(), "lab-"+strconv.Itoa(port)+".log"),
		page:    "/lab",
	}
	if o.Start != "" {
		s.page = "/lab/tree/" + o.Start
	}
	log, err := os.OpenFile(s.Log, os.O_CREATE|os.O_TRUNC|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	defer log.Close()
	args := []string{
		"-m", "jupyterlab", "--ServerApp.ip=127.0.0.1", "--ServerApp.port=" + strconv.Itoa(port), "--ServerApp.port_retries=0",
		"--ServerApp.root_dir=" + o.Folder, "--LabApp.default_url=" + s.page,
		"--ServerApp.terminals_enabled=False", "--LabApp.news_url=None",
	}
	if !o.Open {
		args = append(args, "--no-browser")
	}
	if os.Geteuid() == 0 {
		args = append(args, "--allow-root")
	}
	cmd := exec.Command(repo.Python(), args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = o.Folder, log, log
	cmd.Env = repo.Environ(append(o.Env, "JUPYTER_TOKEN="+s.Token)...)
	if s.Tree, err = process.StartTree(cmd); err != nil {
		return nil, fmt.Errorf("JupyterLab cannot be started: %w. Call: go run ./course setup", err)
	}
	return s, nil
}

// exited tells whether the server has ended by itself.
func (s *Server) exited() bool {
	select {
	case <-s.Done():
		return true
	default:
		return false
	}
}

// URL is what to open in a browser.
func (s *Server) URL() string { return s.Address + s.page + "?token=" + s.Token }

// answers waits until the server does.
func (s *Server) waitReady(ctx context.Context) error {
	deadline := time.After(2 * time.Minute)
	for {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.Address+"/api/status?token="+s.Token, nil)
		if err != nil {
			return err
		}
		if response, err := http.DefaultClient.Do(request); err == nil {
			response.Body.Close()
			if response.StatusCode == http.StatusOK {
				return nil
			}
		}
		select {
		case <-time.After(100 * time.Millisecond):
		case <-ctx.Done():
			return ctx.Err()
		case <-s.Done():
			return fmt.Errorf("JupyterLab ended at once (%v). Its last words:\n%s", s.Err(), lastLines(s.Log, 15))
		case <-deadline:
			return fmt.Errorf("JupyterLab does not answer after two minutes. Its last words:\n%s", lastLines(s.Log, 15))
		}
	}
}

func lastLines(path string, n int) string {
	data, err := os.ReadFile(path)
	if err != nil {
		return err.Error()
	}
	return process.Indent(process.LastLines(string(data), n))
}

// freePort returns the port asked for if it is free, or the first free one.
func freePort(wanted int) (int, error) {
	if wanted != 0 {
		if !free(wanted) {
			return 0, fmt.Errorf("port %d is in use. Choose another: go run ./course lab --port %d", wanted, wanted+1)
		}
		return wanted, nil
	}
	for port := 8888; port < 8988; port++ {
		if free(port) {
			return port, nil
		}
	}
	return 0, errors.New("no port from 8888 to 8987 is free. End a server, or choose a port: go run ./course lab --port 9000")
}

// lostTo tells whether a server ended because another was quicker to take the port that
// was free: the port is taken still, or was when Jupyter said its last words.
func lostPort(port int, err error) bool {
	return !free(port) || strings.Contains(err.Error(), "port "+strconv.Itoa(port)+" is ")
}

func free(port int) bool {
	l, err := net.Listen("tcp", "127.0.0.1:"+strconv.Itoa(port))
	if err != nil {
		return false
	}
	l.Close()
	return true
}
