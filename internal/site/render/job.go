// Package render runs the programs that make pages: Python with nbconvert, and by it
// JavaScript with MathJax, both in this folder. It knows the form of a job and of the
// reports on it, and nothing of notebooks or sites.
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

// Job is what render.py reads: which notebooks become which pages, below Folder.
type Job struct {
	Folder  string            `json:"folder"`
	Modules string            `json:"modules"` // what npm has installed
	Assets  map[string]string `json:"assets"`
	Texts   Texts             `json:"texts"`
	Pages   []Page            `json:"pages,omitempty"`
	Fronts  []Front           `json:"fronts,omitempty"`
	Indexes []Index           `json:"indexes,omitempty"`
}

// Texts are what the pages say, by language and key.
type Texts map[string]map[string]string

// A Frame is what all pages have around their content. Addresses begin at the page.
type Frame struct {
	Page         string `json:"page"` // below the site, with slashes
	Root         string `json:"root"` // from the page to the site: "" or "../"
	Lang         string `json:"lang"`
	Site         string `json:"site"`
	Home         string `json:"home,omitempty"`
	Search       string `json:"search,omitempty"`
	Translations []Link `json:"translations,omitempty"`
	Single       bool   `json:"single"`
}

type Link struct {
	Href  string `json:"href"`
	Title string `json:"title,omitempty"`
	Lang  string `json:"lang,omitempty"`
}

type Page struct {
	Frame
	Source         string            `json:"source"`
	Solution       string            `json:"solution,omitempty"`
	SolutionName   string            `json:"solution_name,omitempty"`
	Name           string            `json:"name"`   // of the notebook, below the plan's folder
	Beside         string            `json:"beside"` // the notebook's folder on disk
	Title          string            `json:"title"`
	Kind           string            `json:"kind"`
	Course         bool              `json:"course"`
	Pages          map[string]string `json:"pages"` // notebooks and their pages, for links
	Previous       *Link             `json:"previous,omitempty"`
	Next           *Link             `json:"next,omitempty"`
	Download       string            `json:"download,omitempty"`
	SolutionsAtEnd bool              `json:"solutions_at_end"`
}

type Front struct {
	Frame
	Course bool   `json:"course"`
	Cards  []Card `json:"cards"`
}

// Card is what the front page says of a notebook.
type Card struct {
	Href    string            `json:"href"`
	Title   string            `json:"title"`
	Minutes int               `json:"minutes"`
	Gives   []string          `json:"gives"`
	Needs   string            `json:"needs"`
	Image   map[string]string `json:"image"`
	Glyphs  map[string]string `json:"glyphs"`
}

type Index struct {
	Page      string     `json:"page"`
	Documents []Document `json:"documents"`
}

// Document is a section of a page, as the search knows it.
type Document struct {
	ID      string `json:"id"`
	URL     string `json:"url"`
	Title   string `json:"title"`
	Heading string `json:"heading"`
	Text    string `json:"text"`
	Code    string `json:"code"`
}

// Report is what render.py says of a page.
type Report struct {
	Name     string      `json:"name"`
	Page     string      `json:"page"`
	Problems [][2]string `json:"problems"` // cell and sentence
	Warnings [][2]string `json:"warnings"`
	Links    []PageLink  `json:"links"`
	IDs      []string    `json:"ids"`
	Files    []string    `json:"files"`
	// Files beside the notebook that went into the page, by their names from there (the
	// ledger goes out with the site), with their SHA-256.
	Beside   map[string]string `json:"beside"`
	Sections []struct {
		Heading string `json:"heading"`
		ID      string `json:"id"`
		Text    string `json:"text"`
		Code    string `json:"code"`
	} `json:"sections"`
	Card
	Formulas int     `json:"formulas"`
	Bytes    int     `json:"bytes"`
	Media    int     `json:"media"`
	Seconds  float64 `json:"seconds"`
}

type PageLink struct {
	Page     string `json:"page"`
	Fragment string `json:"fragment"`
	Cell     string `json:"cell"`
	Said     string `json:"said"`
}

// Written is what render.py says of a front page and of an index.
type Written struct {
	Page  string `json:"page"`
	Bytes int    `json:"bytes"`
}

// Run works off a job. page hears of each page that is made, other of each front page and
// index.
func Run(ctx context.Context, repo *checkout.Checkout, o Job, each func(*Report), other func(Written)) error {
	data, err := json.Marshal(o)
	if err != nil {
		return err
	}
	file, err := os.CreateTemp("", "rnn101-render-*.json")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	_, err = file.Write(data)
	if closing := file.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return fmt.Errorf("the render job could not be written: %w", err)
	}
	cmd := exec.Command(repo.Python(), filepath.Join(Folder(repo), "render", "render.py"), file.Name())
	cmd.Env = repo.Environ("PYTHONDONTWRITEBYTECODE=1")
	var unreadable error
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
			unreadable = fmt.Errorf("the answer of render.py cannot be read: %w", err)
		case message.Page != nil:
			each(message.Page)
		case message.Front != nil:
			other(*message.Front)
		case message.Index != nil:
			other(*message.Index)
		}
	})
	if err != nil {
		return fmt.Errorf("the pages could not be made: %w", err)
	}
	return unreadable
}

// Folder is where the programs, the templates and what pages share are: internal/site.
func Folder(repo *checkout.Checkout) string {
	return filepath.Join(repo.Root, "internal", "site")
}
