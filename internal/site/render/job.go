// Package render runs the programs in this folder that make pages: Python with nbconvert, which
// runs JavaScript with MathJax. It defines the JSON that they exchange, and knows nothing of plans
// or manifests.
package render

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"rnn101/internal/checkout"
	"rnn101/internal/process"
)

// Job is the input of render.py: the pages to write below Folder.
type Job struct {
	Folder  string            `json:"folder"`
	Modules string            `json:"modules"` // folder of the npm packages
	Assets  map[string]string `json:"assets"`  // addresses, by style, script and search
	Texts   Texts             `json:"texts"`
	Pages   []Page            `json:"pages,omitempty"`
	Fronts  []Front           `json:"fronts,omitempty"`
	Indexes []Index           `json:"indexes,omitempty"`
}

// Texts are the texts of the pages, by language and key.
type Texts map[string]map[string]string

// A Frame is what surrounds the content of a page. Addresses are relative to the page.
type Frame struct {
	Page         string `json:"page"` // address in the site, with slashes
	Root         string `json:"root"` // from the page to the site: "" or "../"
	Lang         string `json:"lang"`
	Site         string `json:"site"`             // title of the site
	Home         string `json:"home,omitempty"`   // the front page
	Search       string `json:"search,omitempty"` // the search index, in the site
	Net          string `json:"net,omitempty"`    // the page of the lecture's net
	Translations []Link `json:"translations,omitempty"`
	Single       bool   `json:"single"`            // one file, without links to other pages
	Version      string `json:"version,omitempty"` // of the course, whose licences stand beside it
}

// Link is a link to another page.
type Link struct {
	Href  string `json:"href"`
	Title string `json:"title,omitempty"`
	Lang  string `json:"lang,omitempty"`
}

// Page is a page to make from a notebook and its worked solutions.
type Page struct {
	Frame
	Source         string            `json:"source"`                  // the notebook to read
	Solution       string            `json:"solution,omitempty"`      // the solutions to read
	SolutionName   string            `json:"solution_name,omitempty"` // as Name
	Name           string            `json:"name"`                    // of the notebook, as in links between notebooks
	Beside         string            `json:"beside"`                  // folder of the files that the notebook links to
	Title          string            `json:"title"`                   // if the notebook has no heading
	Kind           string            `json:"kind"`                    // page or sheet: the name of the template
	Strict         bool              `json:"strict"`                  // what a reader should not see is a problem, not a warning
	Pages          map[string]string `json:"pages"`                   // addresses by name of the notebook, for links
	Previous       *Link             `json:"previous,omitempty"`
	Next           *Link             `json:"next,omitempty"`
	Download       string            `json:"download,omitempty"`
	SolutionsAtEnd bool              `json:"solutions_at_end"`
	CodeAside      bool              `json:"code_aside"`     // on a phone the code is hidden until the reader asks for it
	Live           map[string]any    `json:"live,omitempty"` // what the page's scripts must know to run its cells
}

// Front is a front page to make.
type Front struct {
	Frame
	Course bool    `json:"course"`
	Runs   bool    `json:"runs"`            // readers can run the cells of pages
	Stage  string  `json:"stage,omitempty"` // the lecture's net, as HTML
	Groups []Group `json:"groups"`
}

// Group is a group of notebooks on a front page.
type Group struct {
	Title string `json:"title"` // or empty
	Cards []Card `json:"cards"`
}

// Add adds a card to the last group, or to a new one if that has another title.
func (f *Front) Add(group string, card Card) {
	if n := len(f.Groups); n == 0 || f.Groups[n-1].Title != group {
		f.Groups = append(f.Groups, Group{Title: group})
	}
	last := &f.Groups[len(f.Groups)-1]
	last.Cards = append(last.Cards, card)
}

// Card describes a notebook on the front page.
type Card struct {
	Href     string            `json:"href"`
	Title    string            `json:"title"`
	Minutes  int               `json:"minutes"`  // estimate of the time to work through it, without appendices
	Appendix int               `json:"appendix"` // estimate for its appendices, in minutes; 0: none
	Gives    []string          `json:"gives"`    // learning goals, as HTML
	Needs    string            `json:"needs"`    // prerequisites, as HTML
	Image    map[string]string `json:"image"`    // attributes of an img element
	Glyphs   map[string]string `json:"glyphs"`   // SVG paths that Gives and Needs use, by id
}

// Index is a search index to make.
type Index struct {
	Page      string     `json:"page"`
	Documents []Document `json:"documents"`
}

// Document is a section of a page in the search index.
type Document struct {
	ID      string `json:"id"`
	URL     string `json:"url"`
	Title   string `json:"title"`
	Heading string `json:"heading"`
	Text    string `json:"text"`
	Code    string `json:"code"`
}

// Report is what render.py reports about a page.
type Report struct {
	Name     string      `json:"name"`
	Page     string      `json:"page"`
	Problems [][2]string `json:"problems"` // pairs of cell and text
	Warnings [][2]string `json:"warnings"`
	Links    []PageLink  `json:"links"`
	IDs      []string    `json:"ids"`
	Files    []string    `json:"files"`
	// SHA-256 of the files beside the notebook that the page contains, by relative name: the
	// manifest is published and must not contain local paths.
	Beside   map[string]string `json:"beside"`
	Sections []struct {
		Heading string `json:"heading"`
		ID      string `json:"id"`
		Text    string `json:"text"`
		Code    string `json:"code"`
	} `json:"sections"`
	Card
	Formulas int     `json:"formulas"`
	Bytes    int     `json:"bytes"` // size without images and sounds
	Media    int     `json:"media"` // size of the images and sounds in bytes
	Seconds  float64 `json:"seconds"`
}

// PageLink is a link to a page of the site.
type PageLink struct {
	Page     string `json:"page"`
	Fragment string `json:"fragment"`
	Cell     string `json:"cell"`
	Href     string `json:"said"` // as written in the notebook
}

// Written is what render.py reports about a front page or an index.
type Written struct {
	Page  string `json:"page"`
	Bytes int    `json:"bytes"`
}

// Run runs a job. It calls page for each page, and shared for each front page and index.
func Run(ctx context.Context, repo *checkout.Checkout, job Job, page func(*Report), shared func(Written)) error {
	data, err := json.Marshal(job)
	if err != nil {
		return err
	}
	file, err := os.CreateTemp("", "rnn101-render-*.json")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	_, err = file.Write(data)
	if closeErr := file.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return fmt.Errorf("cannot write the render job: %w", err)
	}
	cmd := exec.Command(repo.Python(), filepath.Join(Folder(repo), "render", "render.py"), file.Name())
	cmd.Env = repo.Environ("PYTHONDONTWRITEBYTECODE=1")
	var readErr error
	err = process.Follow(ctx, cmd, func(line []byte) {
		if !bytes.HasPrefix(line, []byte("{")) {
			return
		}
		var message struct {
			Page         *Report
			Front, Index *Written
		}
		switch err := json.Unmarshal(line, &message); {
		case err != nil:
			readErr = fmt.Errorf("cannot read the output of render.py: %w", err)
		case message.Page != nil:
			page(message.Page)
		case message.Front != nil:
			shared(*message.Front)
		case message.Index != nil:
			shared(*message.Index)
		}
	})
	if err != nil {
		return fmt.Errorf("rendering the pages failed: %w", err)
	}
	return readErr
}

// Upgrade returns a notebook of an earlier format, nbformat 1 to 3, in nbformat 4.
func Upgrade(ctx context.Context, repo *checkout.Checkout, path string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, repo.Python(), filepath.Join(Folder(repo), "render", "upgrade.py"), path)
	cmd.Env = repo.Environ("PYTHONDONTWRITEBYTECODE=1")
	data, err := cmd.Output()
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, fmt.Errorf("%s has an early notebook format, and it cannot be read. Open it in JupyterLab and save it", path)
	}
	return data, nil
}

// Folder returns the folder of the programs, the templates and the shared files, internal/site.
func Folder(repo *checkout.Checkout) string {
	return filepath.Join(repo.Root, "internal", "site")
}
