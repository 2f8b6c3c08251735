package setup

// What the set-up installs is pinned in the folder tools, to the hash. Paths in the
// checkout, with slashes.
const (
	programs    = "tools/programs" // a Go module with programs that its go.mod lists
	goplsModule = "tools/gopls"    // another, which says why

	learnerLock = "tools/python/requirements.txt"
	uvLock      = "tools/python/requirements-uv.txt"
	pageLock    = "tools/python/requirements-html.txt"
	testLock    = "tools/python/requirements-test.txt"
	teacherLock = "tools/python/requirements-teacher.txt"
	peersLock   = "tools/bench/requirements.txt"

	sitePackages    = "tools/npm/site"
	browserPackages = "tools/npm/browser"
)

// PageLocks pin all that makes a page.
var PageLocks = []string{learnerLock, pageLock, sitePackages + "/package-lock.json"}
