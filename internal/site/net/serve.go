package net

import (
	"context"
	"errors"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"time"

	"rnn101/internal/atomicfile"
	"rnn101/internal/checkout"
)

// MakeIn makes the page in a folder that a server serves, as net.html. It opens in the given language.
// The first time this takes up to a minute. Until then, and if it fails, a page in its place says so and loads
// itself again, with the state in its address. A page that was made before is kept until there is a new one.
func MakeIn(ctx context.Context, repo *checkout.Checkout, folder, language string) error {
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return err
	}
	file := filepath.Join(folder, "net.html")
	info, err := os.Stat(file)
	made := err == nil && !info.ModTime().Equal(longAgo)
	if !made {
		if err := writeInPlace(file, language, "waiting.making"); err != nil {
			return err
		}
	}
	page, err := assemble(ctx, repo, nil, language)
	if err == nil {
		return atomicfile.WriteFile(file, page, 0o666)
	}
	if !made && ctx.Err() == nil {
		err = errors.Join(err, writeInPlace(file, language, "waiting.failed"))
	}
	return err
}

// longAgo is the time of a page that stands in the place of the page of the net. A server that compares times by
// the second does not take the one for the other.
var longAgo = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// writeInPlace writes a page that stands in the place of the page of the net.
func writeInPlace(file, language, key string) error {
	texts := texts.In(language)
	page := fmt.Sprintf(`<!doctype html>
<html lang="%s">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>%[2]s</title>
<body style="font: 1.1rem/1.5 system-ui, sans-serif; margin: 4rem auto; max-width: 34rem; padding: 0 1rem; word-break: keep-all">
<h1 style="font-size: 1.4rem">%[2]s</h1>
<p>%s</p>
<script>setTimeout(() => location.reload(), 1500); // a refresh would not load an address with a state again</script>
</html>
`, language, html.EscapeString(texts.Text("title")), html.EscapeString(texts.Text(key)))
	if err := atomicfile.WriteFile(file, []byte(page), 0o666); err != nil {
		return err
	}
	return os.Chtimes(file, longAgo, longAgo)
}
