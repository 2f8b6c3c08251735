package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"rnn101/course/environment"
	"rnn101/course/jupyter"
)

const setupHelp = `usage: go run ./course setup [--teacher [DIR]]

Makes everything ready that lab, run and test need, in the folder .venv of the
checkout: JupyterLab, the Go kernel and its registration, a warm build cache. It
needs Go, Python 3.10 or newer, and a network the first time (two to five minutes).
Called again it does what is left to do. To begin anew, remove .venv.

  --teacher      install nbgrader as well, which needs Python 3.11 or newer
  --teacher DIR  and make the folder a course of nbgrader's with the assignments; what is
                 there already stays. Open it with: go run ./course lab --folder DIR
`

func setup(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("setup", flag.ContinueOnError)
	teacher := flags.Bool("teacher", false, "")
	names, err := parse(flags, args, setupHelp)
	if err != nil {
		return err
	}
	var steps []environment.Extra
	switch {
	case !*teacher && len(names) > 0:
		return usage("setup takes no names, but got %q", names[0])
	case len(names) > 1:
		return usage("--teacher takes one folder, but got %q too", names[1])
	case *teacher:
		steps = append(steps, environment.Teacher)
	}
	for i, name := range names { // before anything takes time
		if names[i], err = filepath.Abs(name); err != nil {
			return err
		}
	}
	place, _, err := ready(ctx, steps...)
	if err != nil {
		return err
	}
	if err := place.CheckKernel(ctx); err != nil {
		return err
	}
	if len(names) == 0 {
		fmt.Println("Ready. Open the notebooks with: go run ./course lab")
		return nil
	}
	if err := teacherFolder(place, names[0]); err != nil {
		return err
	}
	fmt.Printf("Ready. Open your course with: go run ./course lab --folder %q\n", names[0])
	return nil
}

const labHelp = `usage: go run ./course lab [--no-browser] [--port N] [--folder DIR]

Opens the notebooks in JupyterLab, after the set-up if that is still to do. Ctrl-C
ends it, with everything that it started.

  --no-browser   print the address and open nothing
  --port N       the port to use (default: the first free one from 8888)
  --folder DIR   open another folder than the notebooks of the course
`

func lab(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("lab", flag.ContinueOnError)
	quiet := flags.Bool("no-browser", false, "")
	port := flags.Int("port", 0, "")
	folder := flags.String("folder", "", "")
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
	if *folder != "" {
		if info, err := os.Stat(*folder); err != nil || !info.IsDir() {
			return fmt.Errorf("%s is no folder that can be opened", *folder)
		}
		if *folder, err = filepath.Abs(*folder); err != nil {
			return err
		}
	}
	place, _, err := ready(ctx)
	if err != nil {
		return err
	}
	if err := place.CheckKernel(ctx); err != nil {
		return err
	}
	o := jupyter.Options{Folder: filepath.Join(place.Root, "notebooks"), Start: "00_start_here.ipynb", Port: *port, Open: !*quiet}
	if *folder != "" {
		o.Folder, o.Start = *folder, ""
	}
	server, err := jupyter.Serve(ctx, place, o)
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
