//go:build js

// Program wasm is the engine of a page that runs cells, compiled to WebAssembly. For the worker it defines
// the functions rnn101run(request, display, done) and rnn101complete(request): see Run and Complete of
// package engine for what comes back.
package main

import (
	_ "embed"
	"encoding/json"
	"syscall/js"

	"rnn101/internal/live/engine"
	"rnn101/internal/live/program"
	"rnn101/show"
)

// opticks is a file of the Go toolchain, for data.Opticks. The build puts it beside this file.
//
//go:embed opticks.txt
var opticks string

// names is what the sources say of the names of packages, which the build writes beside this file: see
// Documentation of package engine.
//
//go:embed names.txt
var names string

// request is what the page sends.
type request struct {
	Cells    []program.Cell `json:"cells"`    // all up to the one to run, or to complete
	Language string         `json:"language"` // of the messages
	Before   string         `json:"before"`   // what stands before the cursor in the last cell
}

func main() {
	js.Global().Set("rnn101opticks", js.FuncOf(func(js.Value, []js.Value) any { return opticks }))
	engine.Documentation = names
	engine.Starting = func(source string) { js.Global().Set("rnn101program", source) }
	js.Global().Set("rnn101run", js.FuncOf(func(_ js.Value, args []js.Value) any {
		text, display, done := args[0].String(), args[1], args[2]
		js.Global().Set("rnn101display", display)
		go func() {
			var r request
			reply := engine.Reply{}
			switch err := json.Unmarshal([]byte(text), &r); {
			case err != nil:
				reply.Text = err.Error()
			case len(r.Cells) == 0:
				reply.Text = "the request has no cells"
			default:
				if r.Language != "" {
					show.Language(r.Language)
				}
				reply = engine.Run(r.Cells)
			}
			answer, err := json.Marshal(reply)
			if err != nil {
				panic(err) // it has only texts and numbers
			}
			done.Invoke(string(answer))
		}()
		return nil
	}))
	js.Global().Set("rnn101complete", js.FuncOf(func(_ js.Value, args []js.Value) any {
		var r request
		all := []engine.Suggestion{}
		if err := json.Unmarshal([]byte(args[0].String()), &r); err == nil && len(r.Cells) > 0 {
			all = append(all, engine.Complete(r.Cells, len(r.Before))...)
		}
		answer, err := json.Marshal(all)
		if err != nil {
			panic(err) // it has only texts and numbers
		}
		return string(answer)
	}))
	select {}
}
