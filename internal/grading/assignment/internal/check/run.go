//go:build !js

package check

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"rnn101/internal/grading/answer"
	"rnn101/internal/grading/assignment/internal/reference"
	"rnn101/internal/grading/sandbox"
)

// taskRun is a task with the cases of all its checks, in their order, and their results.
type taskRun struct {
	Task
	unanswered bool
	counts     []int // of the cases of each check
	cases      []Case
	results    []CaseResult
}

// full reports whether all results are right.
func (t *taskRun) full() bool {
	return !slices.ContainsFunc(t.results, func(v CaseResult) bool { return v.Kind != Right })
}

// Run calls the functions of a compiled program and compares the results with those
// expected. unchanged has the IDs of the answer cells that the student left unchanged. An
// error means that the sandbox could not be used, and must not become a grade.
//
// A task that lost points and calls functions of earlier tasks that are wrong is run again in
// a further program, in which the functions of the reference are in their place, and the better
// result counts. A function that does nothing gets some cases right: they count only if the task
// has a right result that such a function does not get.
func Run(ctx context.Context, tasks []Task, program *answer.Compiled, unchanged map[string]bool, assignment string, key []byte) ([]Result, error) {
	runs := make([]*taskRun, len(tasks))
	for i, task := range tasks {
		t := &taskRun{Task: task, unanswered: unchanged[task.ID]}
		runs[i] = t
		for _, check := range task.Checks {
			drawn := check.Cases(newRand(key, assignment, check.ID))
			t.counts, t.cases = append(t.counts, len(drawn)), append(t.cases, drawn...)
		}
		for _, c := range t.cases {
			v, err := t.run(ctx, program, c)
			if err != nil {
				return nil, err
			}
			t.results = append(t.results, v)
		}
	}
	if err := followThrough(ctx, program, runs); err != nil {
		return nil, err
	}
	var all []Result
	for _, t := range runs {
		t.dropEasy()
		results := t.results
		for i, check := range t.Checks {
			n := t.counts[i]
			o := Result{Task: t.ID, Check: check.ID, Of: check.Points, Hidden: check.Hidden, Cases: results[:n:n], Common: common(results[:n], t.results)}
			results = results[n:]
			shares := 0.0
			for _, v := range o.Cases {
				shares += v.Share
			}
			o.Points = check.Points * shares / float64(n)
			all = append(all, o)
		}
	}
	return all, nil
}

// common returns the traits of all cases of a check that are not right, but for those that a right case
// of the task has. Without a right case they would say nothing.
func common(ofCheck, ofTask []CaseResult) (traits []string) {
	right := slices.IndexFunc(ofTask, CaseResult.IsRight) >= 0
	wrong := slices.DeleteFunc(slices.Clone(ofCheck), CaseResult.IsRight)
	if !right || len(wrong) == 0 {
		return nil
	}
	for _, trait := range wrong[0].Traits {
		has := func(v CaseResult) bool { return slices.Contains(v.Traits, trait) }
		lacks := func(v CaseResult) bool { return !has(v) }
		if !slices.ContainsFunc(wrong, lacks) && !slices.ContainsFunc(ofTask, func(v CaseResult) bool { return v.IsRight() && has(v) }) {
			traits = append(traits, trait)
		}
	}
	return traits
}

// followThrough runs again, in one further program, the cases that lost points although the
// student's mistake may be in an earlier task.
func followThrough(ctx context.Context, program *answer.Compiled, runs []*taskRun) error {
	byID := map[string]*taskRun{}
	var variants []answer.Variant
	for _, t := range runs {
		byID[t.ID] = t
		if t.full() || t.unanswered {
			continue
		}
		var given []string
		for _, id := range t.Calls {
			earlier := byID[id]
			if earlier != nil && !earlier.full() && program.Uses(t.Signature.Name, earlier.Signature.Name) {
				given = append(given, earlier.Signature.Name)
			}
		}
		if len(given) > 0 {
			variants = append(variants, answer.Variant{Signature: t.Signature, Given: given})
		}
	}
	if len(variants) == 0 || reference.Source == "" {
		return nil
	}
	further, err := program.WithReference(ctx, reference.Source, variants...)
	if err != nil {
		return err
	}
	defer further.Close()
	wrong := map[string]bool{} // functions that are wrong also with right ones in place of those they call
	for _, t := range runs {
		name := t.Signature.Name
		i := slices.IndexFunc(variants, func(v answer.Variant) bool { return v.Signature.Name == name })
		if i < 0 || further.Unavailable[name] != nil {
			wrong[name] = !t.full()
			continue
		}
		given := slices.DeleteFunc(slices.Clone(variants[i].Given), func(name string) bool { return !wrong[name] })
		for j, own := range t.results {
			if own.Kind == Right {
				continue
			}
			v, err := t.run(ctx, further, t.cases[j])
			if err != nil {
				return err
			}
			names := texts.Text("name", strings.Join(given, texts.Text("name.and")))
			switch {
			case v.Kind == Right:
				v.Given, v.Text = given, texts.Text("given.right", names)
			case v.Share > own.Share:
				v.Given, v.Text = given, texts.Text("given.better", names)+" "+v.Text
			case v.Share < own.Share:
				continue
			default:
				v.Text = texts.Text("given.also", names) + " " + v.Text
			}
			t.results[j] = v
		}
		wrong[name] = !t.full()
	}
	return nil
}

// Score returns what a task earns whose calls return the given results.
func Score(cases []Case, results [][]any) []CaseResult {
	t := &taskRun{cases: cases}
	for i, c := range cases {
		t.results = append(t.results, c.scored(c.Compare(results[i])))
	}
	t.dropEasy()
	return t.results
}

// dropEasy takes the points of the results that a function that does nothing gets right, if the
// task has no other right result.
func (t *taskRun) dropEasy() {
	for i := range t.results {
		v := &t.results[i]
		if v.right == nil {
			continue
		}
		v.easy = t.cases[i].easy()
		for j, right := range v.right {
			if right && !v.easy[j] {
				return
			}
		}
	}
	for i := range t.results {
		if v := &t.results[i]; v.Share > 0 {
			v.Share = 0
			v.Text = strings.TrimSpace(v.Text + " " + texts.Text("easy"))
		}
	}
}

// run calls the task's function for one case.
func (t *taskRun) run(ctx context.Context, program *answer.Compiled, c Case) (CaseResult, error) {
	v, err := t.call(ctx, program, c)
	return c.scored(v), err
}

// scored adds to the result of a call what the case says of it: the share, the description.
func (c Case) scored(v CaseResult) CaseResult {
	v.About = c.About.String()
	for _, trait := range c.Traits {
		v.Traits = append(v.Traits, texts.Text(trait))
	}
	for i, right := range v.right {
		if right {
			v.Share += c.shares()[i].Share
		}
	}
	if v.Kind == Right {
		v.Share = 1 // without rounding
	}
	return v
}

func (t *taskRun) call(ctx context.Context, program *answer.Compiled, c Case) (CaseResult, error) {
	name := t.Signature.Name
	if t.unanswered {
		return CaseResult{Kind: NotAnswered, Text: texts.Text("unchanged", t.ID)}, nil
	}
	if reasons := program.Unavailable[name]; reasons != nil {
		kind := NotCompiled
		if !program.Declared(name) {
			kind = NotAnswered
		}
		return CaseResult{Kind: kind, Text: join(reasons)}, nil
	}
	r, err := program.Call(ctx, name, c.In...)
	if err != nil {
		return CaseResult{}, fmt.Errorf("%s: %w", name, err)
	}
	switch r.Status {
	case sandbox.Panicked:
		return CaseResult{Kind: Panicked, Text: r.Panic.String()}, nil
	case sandbox.Exited:
		return CaseResult{Kind: Exited}, nil
	case sandbox.TimedOut:
		return CaseResult{Kind: TimedOut}, nil
	case sandbox.TooLarge:
		return CaseResult{Kind: OutOfMemory}, nil
	case sandbox.NoResult:
		return CaseResult{Kind: NoResult}, nil
	}
	return t.Judge(c, r.Values, r.Changed), nil
}
