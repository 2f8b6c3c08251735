// Command architecture draws the structure of the checkout that it is called in: which
// of its rooms imports which, as docs/architecture.svg.
//
//	go run ./tools/architecture
//
// A room is a folder that a reader thinks of as one thing. Arrows point at what is
// imported; one that follows from two others is left out. What a room imports is above
// nothing that it is imported by: the deepest rooms are at the bottom.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"html"
	"log"
	"maps"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"rnn101/internal/atomicfile"
	"rnn101/internal/checkout"
	"rnn101/internal/notebook"
)

func main() {
	log.SetFlags(0)
	out := flag.String("out", filepath.Join("docs", "architecture.svg"), "write the picture to `FILE`, below the checkout")
	flag.Parse()
	repo, err := checkout.Find()
	if err != nil {
		log.Fatal(err)
	}
	picture, err := Picture(repo)
	if err != nil {
		log.Fatal(err)
	}
	if err := atomicfile.WriteFile(filepath.Join(repo.Root, *out), picture, 0o666); err != nil {
		log.Fatal(err)
	}
}

// Picture returns the drawing of a checkout, an SVG.
func Picture(repo *checkout.Checkout) ([]byte, error) {
	imports, err := roomImports(repo)
	if err != nil {
		return nil, err
	}
	return draw(levels(imports), reduce(imports)), nil
}

// room is the name of the room that a package is in: internal/NAME, or the folder in the
// root.
func room(path string) string {
	first, rest, _ := strings.Cut(path, "/")
	second, _, _ := strings.Cut(rest, "/")
	switch {
	case first == "internal" && slices.Contains([]string{"atomicfile", "process", "progress", "checkout"}, second):
		return "internal/checkout, process,\nprogress, atomicfile"
	case first == "internal":
		return "internal/" + second
	}
	return first
}

// roomImports returns what each room imports of the others. The notebooks are a room:
// their cells import.
func roomImports(repo *checkout.Checkout) (map[string]map[string]bool, error) {
	list := exec.Command(repo.GoTool(), "list", "-f", `{{.ImportPath}}{{range .Imports}} {{.}}{{end}}`, "./...")
	list.Dir = repo.Root
	said, err := list.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	all := map[string]map[string]bool{}
	add := func(from, to string) {
		if all[from] == nil {
			all[from] = map[string]bool{}
		}
		if to != "" && to != from {
			all[from][to] = true
		}
	}
	for _, line := range strings.Split(strings.TrimSpace(string(said)), "\n") {
		fields := strings.Fields(line)
		from := room(strings.TrimPrefix(fields[0], checkout.Module+"/"))
		if from == "tools" { // makes and checks, and nobody imports it
			continue
		}
		add(from, "")
		for _, path := range fields[1:] {
			if own, ok := strings.CutPrefix(path, checkout.Module+"/"); ok {
				add(from, room(own))
			}
		}
	}
	for what, names := range map[string]func() ([]string, error){"notebooks": repo.Notebooks, "assignments": repo.Assignments} {
		files, err := names()
		if err != nil {
			return nil, err
		}
		for _, file := range files {
			nb, err := notebook.Read(file)
			if err != nil {
				return nil, err
			}
			for _, c := range nb.Cells {
				for _, i := range c.Imports() {
					if own, ok := strings.CutPrefix(i.Path, checkout.Module+"/"); ok {
						add(what, room(own))
					}
				}
			}
		}
	}
	return all, nil
}

// levels puts each room one level above the highest that it imports.
func levels(imports map[string]map[string]bool) [][]string {
	level := map[string]int{}
	var height func(string) int
	height = func(name string) int {
		if n, ok := level[name]; ok {
			return n
		}
		n := 0
		for to := range imports[name] {
			n = max(n, height(to)+1)
		}
		level[name] = n
		return n
	}
	var rows [][]string
	for _, name := range slices.Sorted(maps.Keys(imports)) {
		n := height(name)
		for len(rows) <= n {
			rows = append(rows, nil)
		}
		rows[n] = append(rows[n], name)
	}
	slices.Reverse(rows) // the highest first, as on the page
	return rows
}

// reduce leaves out each arrow that a longer way through others stands for.
func reduce(imports map[string]map[string]bool) map[string]map[string]bool {
	var reaches func(from, to string) bool
	reaches = func(from, to string) bool {
		if imports[from][to] {
			return true
		}
		for next := range imports[from] {
			if reaches(next, to) {
				return true
			}
		}
		return false
	}
	kept := map[string]map[string]bool{}
	for from, all := range imports {
		kept[from] = map[string]bool{}
		for to := range all {
			longer := false
			for next := range all {
				longer = longer || next != to && reaches(next, to)
			}
			kept[from][to] = !longer
		}
	}
	return kept
}

// The drawing, in pixels.
const (
	boxWidth  = 190
	boxHeight = 46
	gapX      = 26
	gapY      = 54
	margin    = 20
)

type point struct{ x, y float64 }

func draw(rows [][]string, arrows map[string]map[string]bool) []byte {
	widest := 0
	for _, row := range rows {
		widest = max(widest, len(row))
	}
	order(rows, arrows)
	width := 2*margin + widest*boxWidth + (widest-1)*gapX
	height := 2*margin + len(rows)*boxHeight + (len(rows)-1)*gapY
	at := map[string]point{} // the middle of each box
	for r, row := range rows {
		left := float64(width-len(row)*boxWidth-(len(row)-1)*gapX) / 2
		for i, name := range row {
			at[name] = point{left + float64(i*(boxWidth+gapX)) + boxWidth/2, float64(margin+r*(boxHeight+gapY)) + boxHeight/2}
		}
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" aria-label="The rooms of the course, and which imports which" font-family="sans-serif" font-size="14">`+"\n", width, height, width, height)
	fmt.Fprintln(&b, `<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0L8 4L0 8z" fill="#555"/></marker></defs>`)
	fmt.Fprintln(&b, `<rect width="100%" height="100%" fill="white"/>`)
	for _, from := range slices.Sorted(maps.Keys(arrows)) {
		for _, to := range slices.Sorted(maps.Keys(arrows[from])) {
			if arrows[from][to] {
				p, q := at[from], at[to]
				p.y, q.y = p.y+boxHeight/2, q.y-boxHeight/2
				fmt.Fprintf(&b, `<path d="M%.0f %.0fC%.0f %.0f %.0f %.0f %.0f %.0f" fill="none" stroke="#555" marker-end="url(#tip)"/>`+"\n",
					p.x, p.y, p.x, p.y+gapY*0.7, q.x, q.y-gapY*0.7, q.x, q.y)
			}
		}
	}
	for _, row := range rows {
		for _, name := range row {
			p, fill := at[name], "#dcecf7"
			if strings.HasPrefix(name, "internal/") || name == "course" {
				fill = "#f3ead6"
			}
			fmt.Fprintf(&b, `<rect x="%.0f" y="%.0f" width="%d" height="%d" rx="6" fill="%s" stroke="#555"/>`+"\n", p.x-boxWidth/2, p.y-boxHeight/2, boxWidth, boxHeight, fill)
			lines := strings.Split(name, "\n")
			for i, line := range lines {
				y := p.y + 5 + (float64(i)-float64(len(lines)-1)/2)*17
				fmt.Fprintf(&b, `<text x="%.0f" y="%.0f" text-anchor="middle">%s</text>`+"\n", p.x, y, html.EscapeString(line))
			}
		}
	}
	fmt.Fprintln(&b, "</svg>")
	return b.Bytes()
}

// order moves the rooms of each row below those that import them, so that fewer arrows
// cross: each goes to the mean place of its importers (Sugiyama, Tagawa and Toda 1981).
func order(rows [][]string, arrows map[string]map[string]bool) {
	place := map[string]float64{}
	note := func(row []string) {
		for i, name := range row {
			place[name] = float64(i) - float64(len(row)-1)/2
		}
	}
	note(rows[0])
	for _, row := range rows[1:] {
		mean := map[string]float64{}
		for _, name := range row {
			sum, n := 0.0, 0.0
			for from, to := range arrows {
				if at, placed := place[from]; placed && to[name] {
					sum, n = sum+at, n+1
				}
			}
			if n > 0 {
				mean[name] = sum / n
			}
		}
		slices.SortStableFunc(row, func(a, b string) int {
			if mean[a] != mean[b] {
				if mean[a] < mean[b] {
					return -1
				}
				return 1
			}
			return strings.Compare(a, b)
		})
		note(row)
	}
}
