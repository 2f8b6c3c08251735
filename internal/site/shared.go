package site

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"rnn101/internal/site/manifest"
	"rnn101/internal/site/render"
)

// stageAssets stages the style sheet and the scripts. Their names contain their hashes, so that
// browsers can cache them until they change.
func (e *export) stageAssets() error {
	e.assets = map[string]string{}
	if e.Single {
		return nil
	}
	static := filepath.Join(render.Folder(e.repo), "static")
	for _, asset := range []struct {
		key, name string
		parts     []string
	}{
		{"style", "assets/site-%s.css", []string{filepath.Join(static, "site.css")}},
		{"script", "assets/site-%s.js", []string{filepath.Join(static, "site.js")}},
		{"search", "assets/search-%s.js", []string{
			filepath.Join(e.repo.NodeModules(), "minisearch", "dist", "umd", "index.js"), filepath.Join(static, "search.js")}},
	} {
		var all []byte
		if asset.key == "search" { // MiniSearch is distributed with the site, so its licence is too
			licence, err := os.ReadFile(filepath.Join(e.repo.NodeModules(), "minisearch", "LICENSE.txt"))
			if err != nil {
				return err
			}
			all = fmt.Appendf(nil, "/*! MiniSearch\n%s*/\n", licence)
		}
		for _, part := range asset.parts {
			data, err := os.ReadFile(part)
			if err != nil {
				return err
			}
			all = append(append(all, data...), '\n')
		}
		all = append(all, e.live.addition(asset.key)...)
		sum := sha256.Sum256(all)
		name := fmt.Sprintf(asset.name, hex.EncodeToString(sum[:])[:12])
		e.assets[asset.key] = name
		if err := e.stage(name, all); err != nil {
			return err
		}
		e.summary.SharedBytes += int64(len(all))
	}
	return nil
}

// makeShared makes the front pages and the search indexes, which depend on all pages, unless they
// are up to date.
func (e *export) makeShared(ctx context.Context) error {
	job := render.Job{Folder: e.staging, Modules: e.repo.NodeModules(), Assets: e.assets, Texts: e.texts}
	byLang := map[string]*render.Index{}
	for _, pg := range e.plan.pages {
		index := byLang[pg.lang]
		if index == nil {
			index = &render.Index{Page: "assets/search-index-" + pg.lang + ".js", Documents: []render.Document{}}
			byLang[pg.lang] = index
		}
		if pg.isSolution {
			continue // the search finds the exercises in their own notebooks
		}
		r := e.new.Pages[pg.out].Report
		for i, s := range r.Sections {
			index.Documents = append(index.Documents, render.Document{
				ID: fmt.Sprintf("%s %d", pg.out, i), URL: escape(pg.out) + "#" + (&url.URL{Path: s.ID}).EscapedPath(),
				Title: r.Title, Heading: s.Heading, Text: s.Text, Code: s.Code,
			})
		}
	}
	for _, lang := range slices.Sorted(maps.Keys(byLang)) {
		job.Indexes = append(job.Indexes, *byLang[lang])
	}
	for _, lang := range e.plan.languages() {
		frame := e.frame(e.plan.front(lang), lang)
		front := render.Front{Frame: frame, Course: e.Course}
		if e.hasNet() {
			var err error
			if front.Stage, err = e.Net.Stage(frame.Root+NetPage, lang); err != nil {
				return err
			}
		}
		for _, pg := range e.plan.pages {
			if !pg.isSolution && pg.lang == lang {
				front.Runs = front.Runs || e.live != nil && pg.live()
				card := e.new.Pages[pg.out].Report.Card
				card.Href = frame.Root + escape(pg.out)
				front.Add(e.groupOf(pg), card)
			}
		}
		for _, other := range e.plan.languages() {
			if other != lang {
				front.Translations = append(front.Translations, translation(frame.Root+escape(e.plan.front(other)), other))
			}
		}
		job.Fronts = append(job.Fronts, front)
	}
	e.summary.Start = e.plan.pages[0].out
	if front := e.plan.front(e.plan.pages[0].lang); front != "" {
		e.summary.Start = front
	}
	var err error
	if e.new.SharedKey, err = manifest.Key(e.rendererKey, e.texts, job.Fronts, job.Indexes); err != nil {
		return err
	}
	var files []string
	for _, front := range job.Fronts {
		files = append(files, front.Page)
	}
	for _, index := range job.Indexes {
		files = append(files, index.Page)
	}
	e.new.Files = append(e.new.Files, files...)
	if e.new.SharedKey == e.old.SharedKey && allExist(e.Out, files) {
		return nil
	}
	return render.Run(ctx, e.repo, job, nil, func(w render.Written) { e.summary.SharedBytes += int64(w.Bytes) })
}

// makeNet makes the page of the lecture's net.
func (e *export) makeNet(ctx context.Context) error {
	if !e.hasNet() {
		return nil
	}
	fronts := map[string]string{}
	for _, lang := range e.plan.languages() {
		fronts[lang] = escape(e.plan.front(lang))
	}
	data, packed, err := e.Net.Make(ctx, e.repo, fronts)
	if err != nil {
		return err
	}
	e.summary.Net = NetStats{len(data), packed}
	e.new.Files = append(e.new.Files, NetPage)
	return e.stage(NetPage, data)
}

// hasNet reports whether the site has a page of the lecture's net.
func (e *export) hasNet() bool { return e.Net != nil && !e.Single }

// number returns the number that the name of a notebook of the course begins with.
func (p *page) number() string {
	number, _, _ := strings.Cut(path.Base(p.name), "_")
	return number
}

// groups divide the notebooks of the course on the front page. Each ends with the notebook that has
// this number.
var groups = []struct{ last, key string }{
	{"00", "group.start"}, {"08", "group.lecture"}, {"10", "group.time"}, {"14", "group.beyond"}, {"15", "group.check"},
}

// groupOf returns the title of the group of a page on the front page, or "".
func (e *export) groupOf(pg *page) string {
	for _, g := range groups {
		if e.Course && pg.number() <= g.last {
			return texts.In(pg.lang).Text(g.key)
		}
	}
	return ""
}

// isLecture reports whether a page is of the notebooks that derive the lecture's formulas, 01 to 08:
// a reader follows them without their code.
func (e *export) isLecture(pg *page) bool {
	return e.Course && "01" <= pg.number() && pg.number() <= "08"
}

func allExist(folder string, names []string) bool {
	for _, name := range names {
		if _, err := os.Stat(filepath.Join(folder, filepath.FromSlash(name))); err != nil {
			return false
		}
	}
	return true
}
