// Package net makes the page of the lecture's net, on which every number says what it is made of: a
// single file that opens from disk and fetches nothing. The folder page holds what it looks like;
// package engine, compiled to WebAssembly, computes all its numbers.
package net

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"rnn101/internal/checkout"
	"rnn101/internal/lang"
	"rnn101/internal/process"
)

var texts = lang.For("net")

//go:embed page
var files embed.FS

// scripts are the files of the page's script, in order. A script before it, start.js, compiles the engine.
var scripts = []string{"names.js", "patch.js", "engine.js", "state.js", "stage.js", "wires.js", "panel.js", "lenses.js", "main.js"}

// Make makes the page, and returns also its size when it is packed by gzip, as servers send it.
// fronts are the addresses of the site's front pages, by language, relative to the page. It builds
// the engine with the toolchain of the checkout, which takes some seconds the first time.
func Make(ctx context.Context, repo *checkout.Checkout, fronts map[string]string) (page []byte, packed int, err error) {
	if page, err = assemble(ctx, repo, fronts, ""); err != nil {
		return nil, 0, err
	}
	small, err := pack(page)
	return page, len(small), err
}

// assemble puts the page together. language is the tag of the language in which it opens, "" for that of
// the browser.
func assemble(ctx context.Context, repo *checkout.Checkout, fronts map[string]string, language string) ([]byte, error) {
	program, err := build(ctx, repo)
	if err != nil {
		return nil, err
	}
	packed, err := pack(program)
	if err != nil {
		return nil, err
	}
	licences, err := licences(ctx, repo)
	if err != nil {
		return nil, err
	}
	runtime, err := os.ReadFile(filepath.Join(repo.GOROOT, "lib", "wasm", "wasm_exec.js"))
	if err != nil {
		return nil, fmt.Errorf("the Go toolchain lacks the script that starts WebAssembly: %w", err)
	}
	content, err := content(fronts, language)
	if err != nil {
		return nil, err
	}
	start, script := string(runtime)+read("start.js"), ""
	for _, name := range scripts {
		script += read(name)
	}
	policy := fmt.Sprintf("default-src 'none'; script-src %s %s 'wasm-unsafe-eval'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'", source(start), source(script))
	page := read("net.html")
	for name, value := range map[string]string{
		"policy": policy, "style": read("net.css"), "start": start, "script": script, "content": content, "licences": licences,
		"engine": base64.StdEncoding.EncodeToString(packed), "title": texts.In(lang.English).Text("title"),
	} {
		mark := "<!--" + name + "-->"
		if !strings.Contains(page, mark) {
			return nil, fmt.Errorf("net.html has no place for the %s", name)
		}
		page = strings.ReplaceAll(page, mark, value)
	}
	return []byte(page), nil
}

// source returns the source of a script for a content security policy.
func source(script string) string {
	sum := sha256.Sum256([]byte(script))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// read returns an embedded file.
func read(name string) string {
	data, err := files.ReadFile("page/" + name)
	if err != nil {
		panic(err.Error()) // they are part of the program
	}
	return string(data)
}

// build compiles the engine. It keeps the result in the environment, so that the next call is fast.
func build(ctx context.Context, repo *checkout.Checkout) ([]byte, error) {
	file := filepath.Join(repo.Venv(), "net", "engine.wasm")
	cmd := exec.CommandContext(ctx, repo.GoTool(), "build", "-trimpath", "-ldflags=-s -w", "-o", file, "./internal/site/net/wasm")
	cmd.Dir = repo.Root
	cmd.Env = repo.Environ("GOOS=js", "GOARCH=wasm", "GOFLAGS=-buildvcs=false")
	var output process.Excerpt
	cmd.Stdout, cmd.Stderr = &output, &output
	if err := process.Run(cmd); err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, fmt.Errorf("building the engine of the page of the net failed (%w):\n%s", err, output.String())
	}
	return os.ReadFile(file)
}

// pack returns the data as small as gzip makes them.
func pack(data []byte) ([]byte, error) {
	var packed bytes.Buffer
	w, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(data); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return packed.Bytes(), nil
}

// licences returns the licences of what the engine contains, which must go with it.
func licences(ctx context.Context, repo *checkout.Checkout) (string, error) {
	cmd := exec.CommandContext(ctx, repo.GoTool(), "list", "-m", "-f", "{{.Path}}\t{{.Dir}}", "gonum.org/v1/gonum", "rsc.io/qr")
	cmd.Dir, cmd.Env = repo.Root, repo.Environ()
	modules, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("cannot find the modules whose licences go with the page: %w", err)
	}
	all := ""
	for _, line := range append(strings.Split(strings.TrimSpace(string(modules)), "\n"), "Go\t"+repo.GOROOT) {
		name, folder, _ := strings.Cut(strings.TrimSpace(line), "\t")
		text, err := os.ReadFile(filepath.Join(folder, "LICENSE"))
		if err != nil {
			return "", err
		}
		all += name + "\n\n" + strings.ReplaceAll(string(text), "<", "&lt;") + "\n"
	}
	return all, nil
}
