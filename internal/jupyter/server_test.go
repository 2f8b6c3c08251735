package jupyter

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"rnn101/internal/checkout"
)

func TestAPortThatIsTakenIsRefusedByNumber(t *testing.T) {
	busy, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := busy.Addr().(*net.TCPAddr).Port
	if _, err := freePort(port); err == nil || !strings.Contains(err.Error(), "is in use") {
		t.Errorf("the error is %v, want that the port is in use", err)
	}
	busy.Close()
	if got, err := freePort(port); err != nil || got != port {
		t.Errorf("the free port %d comes back as %d (%v)", port, got, err)
	}
}

// The other server may have ended before we look: then only Jupyter's words tell.
func TestAPortLostToAServerThatEndedIsNoticed(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := l.Addr().(*net.TCPAddr).Port
	if !lostPort(port, errors.New("ended")) {
		t.Error("a port that is taken is not noticed")
	}
	l.Close()
	said := fmt.Sprintf("ERROR: the Jupyter server could not be started because port %d is not available.", port)
	if !lostPort(port, errors.New(said)) {
		t.Error("what Jupyter says of the port is not noticed")
	}
	if lostPort(port, errors.New("ModuleNotFoundError: No module named 'jupyterlab'")) {
		t.Error("another end is taken for a lost port, and would be tried for ever")
	}
}

// Two labs that start at the same moment see the same port free. Both must run.
func TestServersThatStartTogetherFindPortsOfTheirOwn(t *testing.T) {
	if os.Getenv("RNN101_SETUP") != "1" {
		t.Skip("needs the set-up: call go run ./course test")
	}
	repo, err := checkout.Find()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	var wait sync.WaitGroup
	servers, errs := make([]*Server, 2), make([]error, 2)
	for i := range servers {
		wait.Go(func() {
			servers[i], errs[i] = Serve(ctx, repo, Options{Folder: filepath.Join(repo.Root, "notebooks")})
		})
	}
	wait.Wait()
	for i, s := range servers {
		if errs[i] != nil {
			t.Errorf("server %d: %v", i+1, errs[i])
			continue
		}
		defer s.Stop(10 * time.Second)
	}
	if !t.Failed() && servers[0].Address == servers[1].Address {
		t.Errorf("both say that they are at %s", servers[0].Address)
	}
}
