package class

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"rnn101/internal/atomicfile"
	"rnn101/internal/grading/assignment"
	"rnn101/internal/grading/collect"
	"rnn101/internal/grading/submission"
	"rnn101/internal/panics"
)

// Run grades the submissions and writes grades.csv and grades.json. A student whose grade
// is in the folder already, of the same file, is not graded again. progress is called after
// each student, with the number of those that are done. Run returns the grades sorted by
// student.
func (c *Class) Run(ctx context.Context, submissions []collect.Submission, progress func(done, total int, student string)) ([]Grade, error) {
	if _, err := c.readByHand(); err != nil { // now, rather than after hours of grading
		return nil, err
	}
	if err := os.MkdirAll(filepath.Join(c.Out, students), 0o700); err != nil {
		return nil, err
	}
	all := make([]Grade, len(submissions))
	var (
		wait  sync.WaitGroup
		mu    sync.Mutex
		errs  []error
		done  int
		queue = make(chan int)
	)
	for range max(1, min(c.Jobs, len(submissions))) {
		wait.Go(func() {
			for i := range queue {
				g, err := c.gradeOne(ctx, submissions[i])
				mu.Lock()
				all[i] = g
				done++
				if err != nil {
					errs = append(errs, err)
				} else if ctx.Err() == nil {
					progress(done, len(submissions), g.Student)
				}
				mu.Unlock()
			}
		})
	}
feed:
	for i := range submissions {
		select {
		case queue <- i:
		case <-ctx.Done():
			break feed
		}
	}
	close(queue)
	wait.Wait()
	if ctx.Err() != nil {
		return nil, errors.New("stopped; call the same command again, it goes on from here")
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	slices.SortFunc(all, func(a, b Grade) int { return strings.Compare(a.Student, b.Student) })
	byHand, err := c.readByHand() // points may have been saved meanwhile
	if err != nil {
		return nil, err
	}
	if err := c.writeByHand(c.merge(all, byHand.Rows), byHand); err != nil {
		return nil, err
	}
	if err := c.writeTable(all); err != nil {
		return nil, err
	}
	return all, removeOtherVersions(c.Out)
}

// gradeOne grades one student. A panic costs this student alone. An error means that the
// grade could not be written.
func (c *Class) gradeOne(ctx context.Context, s collect.Submission) (g Grade, err error) {
	if p := panics.Catch(func() { g, err = c.gradeOrLoad(ctx, s) }); p != nil {
		return c.panicked(s.Student, p), nil
	}
	return g, err
}

// gradeOrLoad loads a student's grade from an earlier run if it is of the same submission,
// or else grades it and saves the grade. A grade is not saved if the grader itself failed:
// the next run tries again.
func (c *Class) gradeOrLoad(ctx context.Context, s collect.Submission) (Grade, error) {
	var (
		sum     [sha256.Size]byte
		problem = s.Problem
	)
	if problem == "" && s.Panic == nil {
		remove, err := s.Unpack()
		if err != nil {
			return c.machineFailed(s.Student, err), nil
		}
		defer remove()
		sum, problem = submission.Sum(s.File)
	}
	hash, err := c.inputHash(s, sum, problem)
	if err != nil {
		return Grade{}, err
	}
	saved := filepath.Join(c.Out, students, hashedName(s.Student)+".json")
	if old, err := readGrade(saved); err == nil && old.Grader == graderVersion && old.InputHash == hash && old.Student == s.Student {
		return old, nil
	}
	var g Grade
	if problem != "" || s.Panic != nil {
		g, _ = c.grade(ctx, s, &submission.File{Problem: problem})
	} else {
		r := c.gradeFile(ctx, s, false)
		if g = r.Grade; r.Sum != sum && (r.Sum != [sha256.Size]byte{} || r.Problem != "") { // another file by then
			if hash, err = c.inputHash(s, r.Sum, r.Problem); err != nil {
				return Grade{}, err
			}
		}
	}
	g.InputHash = hash
	if ctx.Err() != nil || g.failed {
		return g, nil
	}
	data, err := json.MarshalIndent(g, "", " ")
	if err != nil {
		return g, err
	}
	os.Remove(filepath.Join(c.Out, panics.Folder, StackFile(s.Student))) // of an earlier run
	return g, atomicfile.WriteFile(saved, append(data, '\n'), 0o600)
}

// read reads the file of a submission. One that has no file has its Problem.
func read(s collect.Submission) *submission.File {
	if s.Problem != "" || s.Panic != nil {
		return &submission.File{Problem: s.Problem}
	}
	return submission.Read(s.File)
}

func readGrade(file string) (g Grade, err error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return Grade{}, err
	}
	return g, json.Unmarshal(data, &g)
}

// hashedName is the base name of a student's files. The student's own name may have
// characters that a file's name must not have.
func hashedName(student string) string {
	sum := sha256.Sum256([]byte(student))
	return hex.EncodeToString(sum[:])[:24]
}

// inputHash is a hash of all that a grade depends on. sum is the hash of the file, problem why it cannot
// be read.
func (c *Class) inputHash(s collect.Submission, sum [sha256.Size]byte, problem string) (string, error) {
	hash := sha256.New()
	frame, err := json.Marshal(c.Frame)
	if err != nil {
		return "", err
	}
	fmt.Fprintf(hash, "%s\n%s\n%s\n%x\n%s\n%s\n%x\n%q\n", graderVersion, assignment.Language(), c.Assignment.Name, sha256.Sum256(c.Key), frame, problem, sum, s.Unclear)
	for _, check := range c.Assignment.Inputs(c.Key) {
		fmt.Fprintln(hash, check)
	}
	return hex.EncodeToString(hash.Sum(nil))[:32], nil
}
