package jupyter

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"rnn101/internal/checkout"
)

func TestAPortInUseIsRefused(t *testing.T) {
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

// The other server may have exited meanwhile: then only Jupyter's message shows it.
func TestAPortLostToAnotherServerIsNoticed(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := l.Addr().(*net.TCPAddr).Port
	if !lostPort(port, errors.New("ended")) {
		t.Error("a port in use is not noticed")
	}
	l.Close()
	message := fmt.Sprintf("ERROR: the Jupyter server could not be started because port %d is not available.", port)
	if !lostPort(port, errors.New(message)) {
		t.Error("Jupyter's message about the port is not noticed")
	}
	if lostPort(port, errors.New("ModuleNotFoundError: No module named 'jupyterlab'")) {
		t.Error("another failure counts as a lost port and would be retried for ever")
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
		t.Errorf("both servers have the address %s", servers[0].Address)
	}
}

func TestServeServesAFolderWithSpacesAndKoreanLetters(t *testing.T) {
	if os.Getenv("RNN101_SETUP") != "1" {
		t.Skip("needs the set-up: call go run ./course test")
	}
	repo, err := checkout.Find()
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(t.TempDir(), "내 노트 1")
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	const name = "첫 번째 노트.ipynb"
	if err := os.WriteFile(filepath.Join(folder, name), []byte(`{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}`), 0o644); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	static := filepath.Join(t.TempDir(), "더 1")
	if err := os.Mkdir(static, 0o755); err != nil {
		t.Fatal(err)
	}
	s, err := Serve(ctx, repo, Options{Folder: folder, Start: name, Static: static, Locale: "ko_KR"})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Stop(10 * time.Second)
	// Notebooks link to a page that course lab makes while the server is running.
	if err := os.WriteFile(filepath.Join(static, "net.html"), []byte("<!doctype html>"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, address := range []string{s.URL(), s.Address + "/static/net.html", s.Address + "/api/contents/" + url.PathEscape(name) + "?content=0&token=" + s.Token} {
		if parsed, err := url.Parse(address); err != nil || parsed.String() != address {
			t.Errorf("%s is not an address as a browser writes it (%v)", address, err)
		}
		get(t, address)
	}
	for path, want := range map[string]string{
		"settings/@jupyterlab/translation-extension:plugin": `"default": "ko_KR"`,
		"settings/@jupyterlab/notebook-extension:tracker":   `"default": "none"`, // the course's own settings stay
		"translations/ko_KR":                                `"language": "ko-KR"`,
	} {
		if body := get(t, s.Address+"/lab/api/"+path+"?token="+s.Token); !strings.Contains(body, want) {
			t.Errorf("%s: no %s in %.300s", path, want, body)
		}
	}
}

// get returns what an address holds. It must exist.
func get(t *testing.T, address string) string {
	t.Helper()
	response, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	if response.StatusCode != http.StatusOK {
		t.Errorf("%s: status %s", address, response.Status)
	}
	return string(body)
}
