// Package korean has the texts of the course in Korean, a file for each group. Package rules, below
// it, has the particles and terms.
package korean

import "maps"

// Texts has the texts by their keys.
var Texts = func() map[string]string {
	all := map[string]string{}
	for _, group := range []map[string]string{
		answer, assignment, diagrams, engine, exercise, feedback, live, net, plots, release, selfcheck, show, site, submission, visible, worksheet,
	} {
		maps.Copy(all, group)
	}
	return all
}()
