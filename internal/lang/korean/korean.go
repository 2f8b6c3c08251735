// Package korean has the texts of the course in Korean, a file for each group, and what else Korean
// needs: the particles that follow a name or a number, and one spelling of each term.
package korean

import "maps"

// Texts has the texts by their keys.
var Texts = func() map[string]string {
	all := map[string]string{}
	for _, group := range []map[string]string{
		assignment, diagrams, exercise, feedback, net, plots, show, site, visible, worksheet,
	} {
		maps.Copy(all, group)
	}
	return all
}()
