// Package live makes what pages need whose cells the reader can run: their script and style, and the
// files that they load when a cell is run or edited for the first time: the engine, which is a Go
// interpreter in WebAssembly, the program that typesets what cells show, and the editor. The folder
// page holds the scripts. The package knows nothing of notebooks.
package live

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"rnn101/internal/checkout"
	"rnn101/internal/lang"
	"rnn101/internal/progress"
	"rnn101/internal/site"
)

var texts = lang.For("live")

//go:embed page
var files embed.FS

// Make makes them. It builds the engine, which takes a minute the first time.
func Make(ctx context.Context, repo *checkout.Checkout) (*site.Live, error) {
	engine, err := BuildEngine(ctx, repo)
	if err != nil {
		return nil, err
	}
	return assemble(ctx, repo, engine)
}

// MakeOrSay returns what does as Make, but if the engine cannot be built says so and returns nil: the
// pages are made without it, for they have everything else. ixgo knows some versions of Go only.
func MakeOrSay(report *progress.Reporter) func(context.Context, *checkout.Checkout) (*site.Live, error) {
	return func(ctx context.Context, repo *checkout.Checkout) (*site.Live, error) {
		made, err := Make(ctx, repo)
		if unbuilt, ok := errors.AsType[*EngineError](err); ok {
			report.Line("The cells of these pages cannot be run: %v", unbuilt)
			return nil, nil
		}
		return made, err
	}
}

// assemble makes everything with a given engine.
func assemble(ctx context.Context, repo *checkout.Checkout, engine []byte) (*site.Live, error) {
	packed, err := pack(engine)
	if err != nil {
		return nil, err
	}
	made := &site.Live{Files: map[string][]byte{}, Load: map[string]string{}, Packed: len(packed), Unpacked: len(engine)}
	add := func(key, extension string, data []byte) {
		sum := sha256.Sum256(data)
		name := fmt.Sprintf("assets/%s-%s%s", key, hex.EncodeToString(sum[:])[:12], extension)
		made.Files[name] = data
		made.Load[key+extension] = name
	}
	add("engine", ".wasm", engine)
	add("engine", ".js", fmt.Appendf(nil, "var rnn101Engine = %q;\n", base64.StdEncoding.EncodeToString(packed)))
	worker, err := worker(repo)
	if err != nil {
		return nil, err
	}
	add("worker", ".js", worker)
	b, err := newBundler(repo)
	if err != nil {
		return nil, err
	}
	defer b.remove()
	for _, name := range []string{"typeset", "editor"} {
		script, err := b.bundle(ctx, name+"/"+name+".js")
		if err != nil {
			return nil, err
		}
		add(name, ".js", script)
		if name == "typeset" { // it comes with the engine
			if packed, err = pack(script); err != nil {
				return nil, err
			}
			made.Packed += len(packed)
		}
	}
	if made.Script, err = b.bundle(ctx, "main.js"); err != nil {
		return nil, err
	}
	spoken, err := json.Marshal(allTexts())
	if err != nil {
		return nil, err
	}
	made.Script = append(fmt.Appendf(nil, "var rnn101LiveTexts = %s;\n", spoken), made.Script...)
	if made.Style, err = files.ReadFile("page/live.css"); err != nil {
		return nil, err
	}
	licences, err := b.licences(repo)
	if err != nil {
		return nil, err
	}
	ofEngine, err := engineLicences(ctx, repo)
	if err != nil {
		return nil, err
	}
	add("licences", ".txt", append(licences, ofEngine...))
	return made, nil
}

// worker returns a script that holds the worker's script as a text: from disk a page cannot read a
// file, and only a script that it has as a text can become a worker.
func worker(repo *checkout.Checkout) ([]byte, error) {
	runtime, err := os.ReadFile(filepath.Join(repo.GOROOT, "lib", "wasm", "wasm_exec.js"))
	if err != nil {
		return nil, fmt.Errorf("the Go toolchain lacks the script that starts WebAssembly: %w", err)
	}
	own, err := files.ReadFile("page/worker.js")
	if err != nil {
		return nil, err
	}
	text, err := json.Marshal(string(runtime) + "\n" + string(own))
	return fmt.Appendf(nil, "var rnn101Worker = %s;\n", text), err
}

// allTexts returns the texts of the scripts, by language.
func allTexts() map[string]map[string]string {
	all := map[string]map[string]string{}
	for _, l := range lang.Languages() {
		all[l.Tag] = texts.In(l.Tag).All()
	}
	return all
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
	err = w.Close()
	return packed.Bytes(), err
}
