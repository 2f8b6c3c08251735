package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"rnn101/course/jupyter"
)

const setupHelp = `usage: go run ./course setup

Makes everything ready that lab, run and test need, in the folder .venv of the
checkout: JupyterLab, the Go kernel and its registration, a warm build cache. It
needs Go, Python 3.10 or newer, and a network the first time (two to five minutes).
Called again it does what is left to do. To begin anew, remove .venv.
`

func setup(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("setup", flag.ContinueOnError)
	extra, err := parse(flags, args, setupHelp)
	if err != nil {
		return err
	}
	if len(extra) > 0 {
		return usage("setup takes no names, but got %q", extra[0])
	}
	place, _, err := ready(ctx)
	if err != nil {
		return err
	}
	if err := place.CheckKernel(ctx); err != nil {
		return err
	}
	fmt.Println("Ready. Open the notebooks with: go run ./course lab")
	return nil
}

const labHelp = `usage: go run ./course lab [--no-browser] [--port N]

Opens the notebooks in JupyterLab, after the set-up if that is still to do. Ctrl-C
ends it, with everything that it started.

  --no-browser   print the address and open nothing
  --port N       the port to use (default: the first free one from 8888)
`

func lab(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("lab", flag.ContinueOnError)
	quiet := flags.Bool("no-browser", false, "")
	port := flags.Int("port", 0, "")
	extra, err := parse(flags, args, labHelp)
	if err != nil {
		return err
	}
	if len(extra) > 0 {
		return usage("lab takes no names, but got %q", extra[0])
	}
	if *port < 0 || *port > 65535 {
		return usage("--port takes a number from 1 to 65535, not %d", *port)
	}
	place, _, err := ready(ctx)
	if err != nil {
		return err
	}
	if err := place.CheckKernel(ctx); err != nil {
		return err
	}
	server, err := jupyter.Serve(ctx, place, jupyter.Options{
		Folder: filepath.Join(place.Root, "notebooks"), Port: *port, Open: !*quiet,
	})
	if err != nil {
		return err
	}
	fmt.Printf("JupyterLab is at\n\n    %s\n\nCtrl-C ends it.\n", server.URL())
	select {
	case <-ctx.Done():
		fmt.Fprintln(os.Stderr, "\nEnding JupyterLab and its kernels …")
		server.Stop(10 * time.Second)
		return nil
	case <-server.Done():
		return fmt.Errorf("JupyterLab has ended by itself (%v); kernels that it left may still run. Its log is %s", server.Err(), server.Log)
	}
}
