package setup

// Everything that the set-up installs is pinned by hash in the folder tools. These are
// paths in the checkout, with slashes.
const (
	programs    = "tools/programs" // a Go module; its go.mod lists the programs
	goplsModule = "tools/gopls"    // a Go module of its own; its go.mod says why

	learnerLock = "tools/python/requirements.txt"
	uvLock      = "tools/python/requirements-uv.txt"
	pageLock    = "tools/python/requirements-html.txt"
	testLock    = "tools/python/requirements-test.txt"
	teacherLock = "tools/python/requirements-teacher.txt"
	peersLock   = "tools/bench/requirements.txt"

	sitePackages    = "tools/npm/site"
	browserPackages = "tools/npm/browser"
)

// PageLocks are the lock files of everything that takes part in making a page.
var PageLocks = []string{learnerLock, pageLock, sitePackages + "/package-lock.json"}
