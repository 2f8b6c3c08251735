package site

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"strings"

	"rnn101/internal/site/content"
)

// Live is what pages need whose cells the reader can run.
type Live struct {
	Script, Style []byte // go with those of the site
	// What the pages load when a cell is run or edited for the first time: the files, by address, and
	// the addresses as the script of the pages calls them.
	Files    map[string][]byte
	Load     map[string]string
	Packed   int // bytes of what is loaded at the first run, as a server packs it
	Unpacked int // bytes of the engine
}

// LiveStats describes what pages load to run cells. Without it all are 0.
type LiveStats struct {
	Page   int   // bytes of script and style, before the reader runs anything
	Engine int   // bytes of what is loaded at the first run, packed by gzip
	Files  int64 // bytes of all the files
}

// makeLive makes what the pages need whose cells can be run.
func (e *export) makeLive(ctx context.Context) error {
	if e.Options.Live == nil || e.Single {
		return nil
	}
	var err error
	if e.live, err = e.Options.Live(ctx, e.repo); err != nil || e.live == nil {
		return err
	}
	e.summary.Live = LiveStats{Page: len(e.live.Script) + len(e.live.Style), Engine: e.live.Packed}
	stage := func(name string, data []byte) error {
		e.summary.Live.Files += int64(len(data))
		return e.stage(name, data)
	}
	for name, data := range e.live.Files {
		if err := stage(name, data); err != nil {
			return err
		}
	}
	for _, pg := range e.plan.pages {
		if !pg.live() {
			continue
		}
		name, data, err := pg.work()
		if err != nil {
			return err
		}
		if err := stage(name, data); err != nil {
			return err
		}
	}
	return nil
}

// addition returns what goes with an asset of the site.
func (l *Live) addition(key string) []byte {
	if l == nil {
		return nil
	}
	return map[string][]byte{"script": l.Script, "style": l.Style}[key]
}

// load returns what the scripts of a page must know to run its cells, or nil if they cannot be run.
func (l *Live) load(pg *page) map[string]any {
	if l == nil || !pg.live() {
		return nil
	}
	root := strings.Repeat("../", strings.Count(pg.out, "/"))
	own := texts.In(pg.lang)
	known := content.Cells(pg.nb)
	known["size"], known["bytes"], known["texts"] = content.Size(l.Packed), l.Unpacked, map[string]string{
		"no_alt": own.Text("no_alt"), "lines": own.Text("lines"), "rows": own.Text("rows"), "scroll": own.Text("scroll"), // of outputs
	}
	for key, name := range l.Load {
		known[key] = root + name
	}
	if name, _, err := pg.work(); err == nil { // makeLive has made it
		known["notebook"] = root + escape(name)
	}
	return known
}

// live reports whether the cells of a page are in Go, so that the engine can run them.
func (p *page) live() bool { return p.nb.KernelName() == "gonb" }

// work returns the notebook as a script, and its address.
func (p *page) work() (name string, script []byte, err error) {
	stem := strings.TrimSuffix(p.out, ".html")
	script, err = content.Work(p.nb, path.Base(stem)+".ipynb")
	sum := sha256.Sum256(script)
	return fmt.Sprintf("assets/notebooks/%s-%s.js", stem, hex.EncodeToString(sum[:])[:12]), script, err
}
