// Package jupyter runs JupyterLab, executes notebooks and times cells. It stops everything
// that it starts, including kernels and their children. It knows the checkout and notebooks
// and needs a completed set-up.
package jupyter

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"rnn101/internal/atomicfile"
	"rnn101/internal/checkout"
	"rnn101/internal/process"
)

// Options are the options of [Serve].
type Options struct {
	Folder string   // root folder of the server
	Start  string   // notebook in Folder to open first; "" for the list of files
	Port   int      // 0 for the first free one from 8888
	Open   bool     // open a browser
	Static string   // folder of more files to serve below /static; "": none
	Locale string   // language of JupyterLab's menus, such as ko_KR; "": that of the system
	Env    []string // additional environment, as "NAME=value"
}

// Server is a running JupyterLab server.
type Server struct {
	*process.Tree
	Address string // such as http://127.0.0.1:8888
	Token   string
	Log     string // path of its log file
	page    string // path that it shows first
}

// Serve starts JupyterLab on the loopback interface and returns when it responds.
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
		exited := s.exited()
		s.Stop(5 * time.Second)
		if o.Port != 0 || !exited || !lostPort(port, err) || ctx.Err() != nil {
			return nil, err
		}
	}
}

// start starts JupyterLab on a port without waiting for it.
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
		s.page = (&url.URL{Path: "/lab/tree/" + o.Start}).EscapedPath()
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
	if o.Static != "" {
		args = append(args, "--ServerApp.extra_static_paths="+o.Static)
	}
	if o.Locale != "" {
		settings, err := settingsIn(repo, o.Locale)
		if err != nil {
			return nil, err
		}
		args = append(args, "--LabApp.app_settings_dir="+settings)
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
		return nil, fmt.Errorf("starting JupyterLab: %w. Call: go run ./course setup", err)
	}
	return s, nil
}

// settingsIn returns a folder with the settings of the environment and the language as defaults. What
// users have chosen in the menu of JupyterLab comes before both.
func settingsIn(repo *checkout.Checkout, locale string) (folder string, err error) {
	const name = "overrides.json"
	lab := filepath.Join(repo.Venv(), "share", "jupyter", "lab")
	data, err := os.ReadFile(filepath.Join(lab, "settings", name))
	if err != nil {
		return "", fmt.Errorf("%w. Call: go run ./course setup", err)
	}
	settings := map[string]any{}
	if err := json.Unmarshal(data, &settings); err != nil {
		return "", fmt.Errorf("the settings of JupyterLab cannot be read (%w). Remove .venv and call: go run ./course setup", err)
	}
	settings["@jupyterlab/translation-extension:plugin"] = map[string]string{"locale": locale}
	if data, err = json.MarshalIndent(settings, "", " "); err != nil {
		return "", err
	}
	folder = filepath.Join(lab, "settings-"+locale)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return "", err
	}
	return folder, atomicfile.WriteFile(filepath.Join(folder, name), data, 0o666)
}

// exited reports whether the server has exited.
func (s *Server) exited() bool {
	select {
	case <-s.Done():
		return true
	default:
		return false
	}
}

// URL returns the address to open in a browser.
func (s *Server) URL() string { return s.Address + s.page + "?token=" + s.Token }

// waitReady waits until the server responds.
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
			return fmt.Errorf("JupyterLab exited (%v). The end of its log:\n%s", s.Err(), lastLines(s.Log, 15))
		case <-deadline:
			return fmt.Errorf("JupyterLab does not respond after two minutes. The end of its log:\n%s", lastLines(s.Log, 15))
		}
	}
}

// lastLines returns the last lines of a file, indented.
func lastLines(path string, n int) string {
	data, err := os.ReadFile(path)
	if err != nil {
		return err.Error()
	}
	return process.Indent(process.LastLines(string(data), n))
}

// freePort returns the requested port if it is free, or the first free one if it is 0.
func freePort(requested int) (int, error) {
	if requested != 0 {
		if !free(requested) {
			return 0, fmt.Errorf("port %d is in use. Choose another: go run ./course lab --port %d", requested, requested+1)
		}
		return requested, nil
	}
	for port := 8888; port < 8988; port++ {
		if free(port) {
			return port, nil
		}
	}
	return 0, errors.New("no port from 8888 to 8987 is free. Stop a server, or choose a port: go run ./course lab --port 9000")
}

// lostPort reports whether a server exited because another took its port first: the port
// is still in use, or Jupyter reported that it was.
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
