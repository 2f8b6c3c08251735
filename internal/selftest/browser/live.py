"""Tests pages whose cells run with a headless Chromium, opened as files, offline.

    python live.py JOB

JOB is a JSON file with the fields of LiveVisit in live.go. Each line of standard output is a JSON
object, {"seen": text} or {"problem": text}.
"""
import functools
import http.server
import json
import os
import re
import shutil
import sys
import tempfile
import threading
from pathlib import Path

from playwright.sync_api import Error

from launch import axe_run, chromium, emit, save_screenshot

LIMIT = 40_000  # bytes that a page may be heavier before the first run
RUNS = 500  # of the soak
# Bytes that the memory of the browser may grow with a run. In 500 runs the heap of JavaScript and the
# document did not grow, and the memory of the processes grew by 400 KB a run. The engine has 36 MB.
GROWTH = 500_000
OPEN = "html[data-live=ready]"

# Shows all folded code and solutions, so that their text is visible.
UNFOLD = "() => document.querySelectorAll('main details').forEach((e) => { e.open = true; })"
# The numbers of the cells, and what each shows.
NUMBERS = "() => [...document.querySelectorAll('.live-number')].map((e) => e.textContent.replace(/^\\D+/, ''))"
SHOWN = "e => e.closest('.jp-CodeCell').querySelector('.live-outputs').innerText"
OVER = "e => !e.matches('.running') && /good|bad/.test(e.querySelector('.live-note').className)"

# Stops a cell, and returns how long that takes, in ms.
STOP = r"""async (bar) => {
  const begin = performance.now();
  bar.querySelector('.live-run').click();
  while (bar.matches('.running')) await new Promise((done) => setTimeout(done, 5));
  return performance.now() - begin;
}"""

# Runs a cell so many times, and fails if a run does not end well.
AGAIN = r"""async ([bar, times]) => {
  for (let i = 0; i < times; i++) {
    bar.querySelector('.live-run').click();
    while (bar.matches('.running')) await new Promise((done) => setTimeout(done, 5));
    const note = bar.querySelector('.live-note');
    if (!note.matches('.good')) throw new Error(`run ${i + 1}: ${note.textContent}`);
  }
}"""

# Typesets pieces and compares them with what the exported page has: the elements, their attributes, texts.
SAME = r"""async ([id, pieces]) => {
  const cell = [...document.querySelectorAll('article .jp-CodeCell')].find((e) => e.dataset.cell === id && !e.closest('.solution'));
  if (!cell) return pieces.length ? 'the page has no such cell' : '';
  const box = cell.querySelector('.live-outputs'), own = JSON.parse(document.getElementById('loader').dataset.live), got = document.createElement('div');
  const alts = [...box.querySelectorAll('img')].map((e) => e.alt);
  for (const piece of pieces) {
    const used = got.querySelectorAll('img').length;
    got.append(await rnn101Typeset(piece, { language: document.documentElement.lang, texts: own.texts, alts: alts.slice(used) }));
  }
  const lines = (root) => {
    root = root.cloneNode(true);
    root.querySelectorAll('.copy').forEach((e) => e.remove());
    root.querySelectorAll('[src]').forEach((e) => e.removeAttribute('src'));
    root.querySelectorAll('[target]').forEach((e) => e.removeAttribute('target'));
    root.querySelectorAll('[tabindex]').forEach((e) => ['tabindex', 'role', 'aria-label'].forEach((name) => e.removeAttribute(name)));
    return [...root.querySelectorAll('*')].map((e) => {
      const attributes = [...e.attributes].map((a) => a.name + '=' + a.value.replace(/\s+|;$/g, '')).sort().join(' ');
      return `<${e.localName} ${attributes}>` + [...e.childNodes].filter((n) => n.nodeType === 3 && n.data).map((n) => n.data).join('|').replace(/\s+/g, ' ').trim();
    });
  };
  const missing = [...got.querySelectorAll('use')].filter((e) => !document.getElementById(e.getAttribute('href').slice(1))).length;
  if (missing) return missing + ' glyphs are missing';
  const a = lines(box), b = lines(got), at = a.findIndex((line, i) => line !== b[i]);
  if (at >= 0 || a.length !== b.length) return `the page has ${(a[at] || '').slice(0, 150)}, typeset here it is ${(b[at] || '').slice(0, 150)}`;
  return '';
}"""

# What a cell must not bring to the page.
EVIL = r"""async () => {
  const own = JSON.parse(document.getElementById('loader').dataset.live), left = [];
  for (const html of ['<script>window.evil = 1</script>', '<img src=x onerror="window.evil = 1">', '<a href="javascript:window.evil=1">a</a>',
    '<svg onload="window.evil = 1"><script>window.evil = 1</script><circle r=4 /></svg>', '<iframe srcdoc="<script>parent.evil=1</script>"></iframe>',
    '<form action="https://example.org"><input name=a><button>b</button></form>', '<p style="background: url(https://example.org/x); color: red">a</p>',
    '<math><mtext><table><mglyph><style><img src=x onerror="window.evil = 1"></style></mglyph></table></mtext></math>', '<base href="https://example.org">',
    '<img src="https://example.org/x.png">', '<details ontoggle="window.evil = 1" open>a</details>', '<meta http-equiv=refresh content="0;url=about:blank">']) {
    for (const mime of ['text/html', 'text/markdown']) {
      const element = await rnn101Typeset({ mime, content: html }, { language: 'en', texts: own.texts });
      document.body.append(element);
      for (const e of [element, ...element.querySelectorAll('*')]) {
        if (/^(script|iframe|form|input|button|base|meta|style|object|embed|link)$/.test(e.localName)) left.push(e.localName);
        for (const a of e.attributes) if (/^on/.test(a.name) || /javascript:|url\(|example\.org/.test(a.value)) left.push(`${a.name}=${a.value}`);
      }
      await new Promise((done) => setTimeout(done, 20));
      element.remove();
    }
  }
  return [window.evil === undefined ? '' : 'a program ran', ...left].filter(Boolean);
}"""


class LiveTester:
    def __init__(self, browser, job):
        self.browser, self.job = browser, job
        self.site = Path(job["site"])
        self.axe = Path(job["axe"]).read_text(encoding="utf-8")
        self.problems = 0

    def problem(self, text):
        self.problems += 1
        emit(problem=text)

    def check(self, right, text):
        if not right:
            self.problem(text)

    def open(self, name, width=1280, height=800, quiet=True, address=None, site=None, storage=True, **options):
        """Opens a page in a new browser context and reports its failures."""
        site = site or self.site
        context = self.browser.new_context(viewport={"width": width, "height": height}, **{"offline": address is None, "color_scheme": "light", **options})
        page = context.new_page()
        page.set_default_timeout(60_000)
        if not storage:
            page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('no storage'); } })")
        if quiet:
            page.on("console", lambda m: m.type in ("error", "warning") and self.problem(f"{name}: the console shows: {m.text[:200]}"))
        page.on("pageerror", lambda e: self.problem(f"{name}: a script fails: {str(e)[:200]}"))
        page.on("request", lambda r: r.url.startswith((address or site.as_uri() + "/", "data:", "blob:")) or self.problem(f"{name}: it requests {r.url[:150]}"))
        page.goto(address + name if address else (site / name).as_uri())
        page.wait_for_selector(OPEN, state="attached")
        self.show_code(page)
        return page

    def show_code(self, page):
        if page.evaluate("document.documentElement.dataset.code") == "off":
            page.click("#code-switch")
        page.evaluate(UNFOLD)

    def bar(self, page, number):
        return page.locator(".live-bar").filter(has=page.locator(".live-number", has_text=re.compile(rf"(?<![.\d]){re.escape(number)}$")))

    def shown(self, page, number):
        return self.bar(page, number).evaluate(SHOWN)

    def note(self, page, number):
        return self.bar(page, number).locator(".live-note").inner_text()

    def wait(self, page, number, seconds=60):
        bar = self.bar(page, number).element_handle()
        page.wait_for_function(OVER, arg=bar, timeout=1000 * seconds)
        return self.note(page, number)

    def is_old(self, page, number):
        """Reports whether the page says that an output is from before a change."""
        return self.bar(page, number).locator(".live-old").is_visible()

    def run(self, page, number):
        """Runs a cell and returns what the page says then."""
        self.bar(page, number).locator(".live-run").click()
        return self.wait(page, number)

    def edit(self, page, number, text, replace=True):
        """Opens the editor of a cell unless it is open, and types a text."""
        cell = page.locator(".jp-CodeCell").filter(has=self.bar(page, number))
        if not cell.locator(".cm-content").count():
            self.bar(page, number).locator("button").nth(1).click()
        cell.locator(".cm-content").click()
        page.keyboard.press("Control+a" if replace else "Control+End")
        page.keyboard.insert_text(text)

    def access(self, where, page):
        """Checks the accessibility in both colour schemes, and the width."""
        if not page.evaluate("'axe' in window"):
            page.evaluate(self.axe)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.wait_for_timeout(60)
            for violation in page.evaluate(axe_run(scheme))["violations"]:
                self.problem(f"{where}, {scheme}: axe, {violation['id']}: {violation['help']} ({violation['nodes'][0]['html'][:150]})")
            save_screenshot(page, self.job["pictures"], f"live-{where.replace(' ', '-')}-{scheme}.png")
        page.emulate_media(color_scheme="light")
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        self.check(wide <= 0, f"{where}: the page is {wide} pixels wider than the window")

    # What is tested.

    def weight(self):
        """Before the first run a page is hardly heavier than without cells that run."""
        def bytes_of(folder):
            html = (folder / self.job["page"]).read_text(encoding="utf-8")
            files = re.findall(r'<link rel="stylesheet" href="([^"]+)"|data-script="([^"]+)"', html)
            return len(html.encode()) + sum((folder / (a or b)).stat().st_size for a, b in files)

        more = bytes_of(self.site) - bytes_of(Path(self.job["plain"]))
        self.check(0 < more <= LIMIT, f"a page is {more} bytes heavier before the first run, at most {LIMIT} are allowed")
        page = self.open(self.job["page"])
        loaded = page.evaluate("[...document.scripts].map((e) => e.src).filter(Boolean).length")
        self.check(loaded == 1, f"{loaded} scripts are loaded before the first run, want 1")
        self.check("MB" in self.note(page, "1"), "before the first run the page does not say how large the engine is")
        page.context.close()
        emit(seen=f"a page with cells that run is {more} bytes heavier")

    def cells(self):
        """Each cell shows what the committed output shows; focus stays, and it is said once."""
        page, before = self.open(self.job["page"]), self.problems
        page.evaluate("() => { window.said = []; new MutationObserver(() => said.push(document.querySelector('.live-status').textContent)).observe(document.querySelector('.live-status'), { childList: true }); }")
        numbers = page.evaluate(NUMBERS)
        for number in numbers + numbers[1:3]:  # the last two run twice
            want = self.shown(page, number)
            self.bar(page, number).locator(".live-run").focus()
            page.keyboard.press("Enter")
            note = self.wait(page, number)
            got = self.shown(page, number)
            self.check(got == want, f"cell {number} shows {got[:200]!r} ({note}), the committed output is {want[:200]!r}")
            self.check(self.bar(page, number).evaluate("e => e.contains(document.activeElement)"), f"cell {number}: the focus is lost after the run")
        said = page.evaluate("said")
        self.check(len(said) == len(numbers) + 2, f"{len(said)} runs are told to a screen reader, of {len(numbers) + 2}")
        page.context.close()
        if self.problems == before:
            emit(seen=f"{len(numbers)} cells show what the committed outputs show")

    def changes(self):
        """An edit changes the output, mistakes are named, Reset sets all back."""
        page, before, number = self.open(self.job["page"]), self.problems, self.job["cell"]
        committed = self.shown(page, number)
        code = "e => e.closest('.jp-CodeCell').querySelector('.highlight pre').textContent"
        source = self.bar(page, number).evaluate(code)
        self.edit(page, number, '\nfmt.Println("changed", 6*7)', replace=False)
        page.keyboard.press("Shift+Enter")
        note = self.wait(page, number)
        self.check("changed 42" in self.shown(page, number), f"the changed cell shows {self.shown(page, number)[:200]!r} ({note})")
        self.check(page.evaluate("document.activeElement.closest('.cm-content') !== null"), "the editor loses the focus when its cell runs")
        self.edit(page, number, "\nnowhere()", replace=False)
        self.run(page, number)
        mistake = page.locator(".live-mistakes").inner_text()
        lines = len(source.rstrip("\n").split("\n")) + 2
        self.check(f"Cell {number}, line {lines}" in mistake and "nowhere" in mistake, f"a mistake in cell {number}, line {lines}, is told as {mistake!r}")
        marked = page.locator(".cm-line.live-mistake").all_inner_texts()
        self.check(marked == ["nowhere()"], f"the editor marks {marked}")
        below, last = str(int(number) + 1), page.evaluate("() => [...document.querySelectorAll('.live-bar')].filter((e) => e.parentElement.querySelector('.live-outputs')?.innerText).at(-1).querySelector('.live-number').textContent").split()[-1]
        self.edit(page, number, "func Oops() { var p *int; *p = 1 }\n%%\nOops()")
        self.run(page, number)
        mistake = page.locator(".live-mistakes").inner_text()
        self.check(f"Cell {number}, line 1" in mistake, f"a panic in cell {number}, line 1, is told as {mistake!r}")
        self.edit(page, number, 'import "sync"\n%%\nvar wg sync.WaitGroup\nvar m map[int]int\nwg.Go(func() {\n\tm[1] = 1\n})\nwg.Wait()')
        self.run(page, number)
        mistake = page.locator(".live-mistakes").inner_text()
        self.check(f"Cell {number}, line 6" in mistake and "goroutine" not in self.shown(page, number), f"a panic of a goroutine in cell {number}, line 6, is told as {self.shown(page, number)!r}")
        self.edit(page, number, "func broken( {")
        self.run(page, below)
        link = page.locator(".live-mistakes a").last
        self.check(link.inner_text().startswith(f"Cell {number}"), f"a mistake above is told as {page.locator('.live-mistakes').last.inner_text()!r}")
        page.keyboard.press("Escape")
        page.keyboard.press("Tab")
        reset, undo = (self.bar(page, number).get_by_role("button", name=name) for name in ("Reset", "Bring back"))
        reset.click()
        self.check(self.bar(page, number).evaluate(code) == source, "Reset does not set the code back")
        self.check(self.shown(page, number) == committed, "Reset does not set the output back")
        self.check(page.locator(".live-work").is_hidden(), "after Reset the cell still counts as changed")
        self.bar(page, number).locator("button").nth(1).click()  # Edit
        page.locator(".cm-content").wait_for()
        undo.click()
        self.check(page.locator(".cm-content").count() == 0, "after Undo the editor has the code from before")
        self.check("func broken( {" in self.bar(page, number).evaluate(code), "Undo does not bring the code back")
        self.check(page.locator(".live-work").is_visible(), "after Undo the cell does not count as changed")
        reset.click()
        self.edit(page, number, "\n// mine", replace=False)
        self.check(undo.count() == 0, "after an edit the code before Reset can be brought back")
        self.check(self.is_old(page, number) and self.is_old(page, last), "after an edit the output of the cell and of one below do not count as old")
        self.run(page, number)
        self.check(not self.is_old(page, number) and self.is_old(page, last), "after a run the output of the cell counts as old, or one below does not")
        reset.click()
        self.check(not self.is_old(page, number) and not self.is_old(page, last), "after Reset an output counts as old")
        self.run(page, below)
        self.check(page.locator(".live-mistakes").count() == 0, "after Reset the cell below does not run")
        page.context.close()
        if self.problems == before:
            emit(seen="cells can be changed and set back, and mistakes have their cell and line")

    def limits(self):
        """What a program does wrong costs its own run."""
        page, before, number = self.open(self.job["page"]), self.problems, self.job["cell"]
        bar = self.bar(page, number)
        self.run(page, number)
        self.edit(page, number, "%%\nfor {\n}")
        bar.locator(".live-run").click()
        page.wait_for_timeout(1500)
        other = self.bar(page, "1")
        other.locator(".live-run").click(force=True)  # it is not disabled, so that it keeps the focus
        self.check(number in self.note(page, "1"), "a second run at the same time is not explained")
        took = bar.evaluate(STOP)
        self.check(took < 1000, f"Stop takes {took:.0f} ms")
        for what, code, want in (
            ("an endless recursion", "func Deep(n int) int { return Deep(n+1) + 1 }\n%%\nfmt.Println(Deep(0))", r"itself|stack|memory"),
            ("a huge allocation", "var all [][]byte\n%%\nfor { all = append(all, make([]byte, 1<<28)) }", r"memory"),
            ("a wait without an end", "%%\nc := make(chan int)\nfmt.Println(\"before\")\n<-c", r"before[^$]*wait for one another"),
            ("endless printing", '%%\nfor i := 0; i < 40000; i++ { fmt.Println("line", i) }', r"cut here"),
        ):
            self.edit(page, number, code)
            note = self.run(page, number)
            shown = self.shown(page, number)
            self.check(re.search(want, shown), f"{what} is told as {note!r}: {shown[-300:]!r}")
        self.edit(page, number, "%%\nfmt.Println(\"well\")")
        self.run(page, number)
        self.check("well" in self.shown(page, number), "after these the cell does not run")
        page.context.close()
        if self.problems == before:
            emit(seen="Stop ends an endless loop at once; recursion, memory and printing cost their own run")

    def keep(self):
        """Changes survive a reload, can be downloaded and forgotten; a changed course says so."""
        page, before, number = self.open(self.job["page"], accept_downloads=True), self.problems, self.job["cell"]
        code = "e => e.closest('.jp-CodeCell').querySelector('.highlight pre').textContent.trimEnd()"
        source = self.bar(page, number).evaluate(code)
        self.edit(page, number, "// mine\n%%\nfmt.Println(1)")
        page.reload()
        page.wait_for_selector(OPEN, state="attached")
        self.show_code(page)
        self.check(self.bar(page, number).evaluate(code) == "// mine\n%%\nfmt.Println(1)", "a change does not survive a reload")
        page.click(".live-work")
        with page.expect_download() as download:
            page.locator(".live-dialog .live-buttons button").first.click()
        notebook = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
        committed = json.loads((self.site / self.job["page"]).with_suffix(".ipynb").read_text(encoding="utf-8"))
        sources = ["".join(c["source"]) for c in notebook["cells"]]
        others = ["".join(c["source"]) for c in committed["cells"]]
        changed = [i for i, (a, b) in enumerate(zip(sources, others, strict=True)) if a != b]
        self.check(len(changed) == 1 and sources[changed[0]] == "// mine\n%%\nfmt.Println(1)", f"the downloaded notebook differs in the cells {changed}")
        self.check(notebook["nbformat"] == 4 and notebook["metadata"]["kernelspec"]["name"] == "gonb", "what is downloaded is no notebook")
        self.check(download.value.suggested_filename == Path(self.job["page"]).with_suffix(".ipynb").name, f"the download is called {download.value.suggested_filename}")
        self.access("work", page)
        page.keyboard.press("Escape")
        page.evaluate("() => { const key = Object.keys(localStorage).find((k) => k.startsWith('rnn101-work:')); const all = JSON.parse(localStorage[key]); for (const one of Object.values(all)) one.of = 'x'; localStorage[key] = JSON.stringify(all); }")
        page.reload()
        page.wait_for_selector(OPEN, state="attached")
        self.check("changed this cell" in self.note(page, number), f"a change of an earlier version of the cell says {self.note(page, number)!r}")
        page.click(".live-work")
        page.get_by_role("button", name="Forget my changes").click()
        page.get_by_role("button", name="Forget them").click()
        self.check(self.bar(page, number).evaluate(code) == source, "a forgotten change is still there")
        page.reload()
        page.wait_for_selector(OPEN, state="attached")
        self.check(self.bar(page, number).evaluate(code) == source and page.locator(".live-work").is_hidden(), "a forgotten change comes back")
        page.context.close()
        self.unkept()
        if self.problems == before:
            emit(seen="changes are kept, downloaded and forgotten")

    def unkept(self):
        """A browser that keeps nothing warns before changes are lost, unless they were downloaded."""
        page, asked = self.open(self.job["page"], accept_downloads=True, storage=False), []
        page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
        self.edit(page, self.job["cell"], "// mine")
        page.evaluate("setTimeout(() => location.reload())")
        page.wait_for_timeout(1000)
        self.check(asked == ["beforeunload"], f"where nothing is kept the page says {asked} before it is left")
        page.click(".live-work")
        self.check("keeps nothing" in page.locator(".live-dialog").inner_text(), "where nothing is kept the dialog does not say so")
        with page.expect_download():
            page.locator(".live-dialog .live-buttons button").first.click()
        page.evaluate("setTimeout(() => location.reload())")
        page.wait_for_timeout(1000)
        self.check(len(asked) == 1, "after the download the page still warns")
        page.context.close()

    def korean(self):
        page, before, number = self.open(self.job["korean"]), self.problems, self.job["cell"]
        want = self.shown(page, number)
        note = self.run(page, number)
        self.check(self.shown(page, number) == want, f"the Korean page shows {self.shown(page, number)[:200]!r}, not {want[:200]!r}")
        words = page.evaluate("() => [...document.querySelectorAll('.live-bar')].map((e) => e.innerText + [...e.querySelectorAll('button')].map((b) => b.ariaLabel)).join()") + note
        english = set(re.findall(r"[A-Za-z]{3,}", words))
        self.check(not english, f"the Korean page says {sorted(english)}")
        page.context.close()
        if self.problems == before:
            emit(seen="the Korean page runs its cells, in Korean")

    def looks(self):
        """Every state in both widths and colours."""
        before, number = self.problems, self.job["cell"]
        for width, height in ((1280, 800), (360, 740)):
            page = self.open(self.job["page"], width, height, reduced_motion="reduce")
            centre = functools.partial(self.bar(page, number).evaluate, "e => e.scrollIntoView({ block: 'center' })")
            centre()
            self.access(f"idle {width}", page)
            self.run(page, number)
            centre()
            self.access(f"done {width}", page)
            self.edit(page, number, "\nnowhere()", replace=False)
            centre()
            self.access(f"editing {width}", page)
            self.run(page, number)
            centre()
            self.access(f"mistake {width}", page)
            self.edit(page, number, "%%\nfor {\n}")
            self.bar(page, number).locator(".live-run").click()
            page.wait_for_timeout(1500)
            centre()
            self.access(f"running {width}", page)
            self.bar(page, number).locator(".live-run").click()
            page.context.close()
        page = self.open(self.job["page"])
        page.emulate_media(media="print")
        self.check(page.locator(".live-bar").first.is_hidden(), "the buttons are on paper")
        page.context.close()
        if self.problems == before:
            emit(seen="idle, running, done, with a mistake and in the editor the page is accessible")

    def tab(self, page, number, found, code):
        """The Tab key takes what a writer means, or indents."""
        for typed, left, then, want in (
            ("// some word", 0, "", "\t// some word"),
            ("x := 12", 0, "", "\tx := 12"),
            ("x := 1e", 0, "", "\tx := 1e"),
            ("zzqq", 0, "", "\tzzqq"),
            ("rnnkit.CrossE", 0, "", "rnnkit.CrossEntropy"),  # at once after the last letter
            ("ntropy", 6, "rnnkit.CrossE", "rnnkit.CrossEntropy"),
            ("_ = rnnkit.Sequence{: nil}", 6, "Inp", "_ = rnnkit.Sequence{Inputs: nil}"),
            ("_ = rnnkit.Sequence{}", 1, "Inp", "_ = rnnkit.Sequence{Inputs: }"),
        ):
            self.edit(page, number, "%%\n")
            page.keyboard.insert_text(typed)
            for _ in range(left):
                page.keyboard.press("ArrowLeft")
            page.keyboard.type(then)
            page.keyboard.press("Tab")
            try:
                page.wait_for_function("([editor, want]) => editor.querySelector('.cm-line:last-child').textContent === want", arg=[code.element_handle(), want], timeout=5000)
            except Error:
                self.problem(f"the Tab key makes {code.locator('.cm-line').last.inner_text()!r} of {typed!r} and {then!r}, want {want!r}")
        page.keyboard.press("Enter")
        page.keyboard.type("println")
        found.first.wait_for()
        page.keyboard.press("Shift+Enter")
        self.check(not found.count(), "the list stays open while the cell runs")
        self.wait(page, number)

    def names(self):
        """The editor offers the names that fit, which can be taken by the keyboard."""
        before, number = self.problems, self.job["cell"]
        for width, height in ((1280, 800), (360, 740)):
            page = self.open(self.job["page"], width, height, reduced_motion="reduce")
            found, code = page.locator(".cm-tooltip-autocomplete li"), page.locator(".cm-content")
            if width == 1280:  # without the engine the cell has only its own names
                self.edit(page, number, "\n// own\nsomething := 1\nsome", replace=False)
                page.keyboard.type("t")
                found.first.wait_for()
                self.check([text.split()[0] for text in found.all_inner_texts()] == ["something"], f"without the engine the names are {found.all_inner_texts()}")
                self.bar(page, number).get_by_role("button", name="Reset").click()
            listed = page.locator("#keys dt").all_text_contents()
            self.check([text.strip() for text in listed][-4:] == ["Shift Enter", "Tab", "Ctrl Space", "Esc Tab"], f"the list of keys has {listed}")
            self.run(page, number)
            self.edit(page, number, "", replace=False)
            page.keyboard.type("\nrnnkit.")
            found.first.wait_for()
            page.keyboard.press("ArrowDown")
            self.access(f"names {width}", page)
            page.keyboard.type("Cross")
            page.wait_for_function("() => document.querySelectorAll('.cm-tooltip-autocomplete li').length === 1")
            self.check(found.count() == 1 and found.first.inner_text().startswith("CrossEntropy") and found.first.inner_text().endswith("float64"), f"the names after rnnkit.Cross are {found.all_inner_texts()}")
            label = page.locator(".cm-tooltip-autocomplete ul").get_attribute("aria-label")
            self.check(label == "names that fit here", f"the list of names is called {label!r}")
            page.keyboard.press("ArrowDown")
            about = page.locator(".cm-completionInfo")
            about.wait_for()
            self.check(about.inner_text().startswith("CrossEntropy returns"), f"about rnnkit.CrossEntropy the editor says {about.inner_text()!r}")
            for part in (page.locator(".cm-tooltip-autocomplete"), about):
                box = part.bounding_box()
                self.check(box["x"] >= 0 and box["x"] + box["width"] <= width and box["y"] >= 0 and box["y"] + box["height"] <= height, f"at {width} pixels the names are not all in the window: {box}")
            self.access(f"a name {width}", page)
            page.keyboard.press("Tab")
            self.check(code.inner_text().endswith("\nrnnkit.CrossEntropy"), f"Tab makes {code.inner_text()[-40:]!r} of rnnkit.Cross")
            page.keyboard.type("\nrnnkit.G")
            found.first.wait_for()
            page.keyboard.press("Enter")
            page.keyboard.type("math.Tanh(rnnkit.Cro")
            found.first.wait_for()
            self.check("rnnkit.G\n" in code.inner_text(), f"Enter makes {code.inner_text()[-40:]!r} of rnnkit.G")
            page.keyboard.press("Escape")
            found.first.wait_for(state="hidden")
            page.keyboard.press("Tab")
            self.check(page.evaluate("!document.activeElement.closest('.cm-content')"), "after Escape the Tab key stays in the editor")
            if width == 1280:
                self.tab(page, number, found, code)
            page.context.close()
        if self.problems == before:
            emit(seen="the editor offers the names that fit, and says what they are")

    def outputs(self):
        """What cells show is typeset as on the exported page, and brings no programs."""
        before, pieces = self.problems, 0
        files = sorted(self.site.rglob("*.ipynb"))
        for file in files:
            name = file.relative_to(self.site).with_suffix(".html").as_posix()
            page = self.open(name)
            page.evaluate("() => new Promise((resolve, reject) => { const s = document.createElement('script'); Object.assign(s, { src: JSON.parse(document.getElementById('loader').dataset.live)['typeset.js'], onload: resolve, onerror: reject }); document.head.append(s); })")
            for cell in json.loads(file.read_text(encoding="utf-8"))["cells"]:
                shown = []
                for output in cell.get("outputs", []):
                    data = {"text/plain": output["text"]} if output["output_type"] == "stream" else output["data"]
                    mime = next((m for m in ("text/html", "text/markdown", "text/plain") if m in data), None)
                    if mime:
                        shown.append({"mime": mime, "content": "".join(data[mime])})
                pieces += len(shown)
                if cell["cell_type"] == "code" and "".join(cell["source"]).strip():
                    source = page.evaluate("id => [...document.querySelectorAll('article .jp-CodeCell')].find((e) => e.dataset.cell === id && !e.closest('.solution'))?.querySelector('.highlight pre').textContent", cell.get("id"))
                    # The highlighter leaves out empty lines at the end.
                    self.check(source == "".join(cell["source"]).rstrip("\n") + "\n", f"{name}, cell {cell.get('id')}: the page has another code than the notebook")
                difference = page.evaluate(SAME, [cell.get("id"), shown]) if shown else ""
                self.check(not difference, f"{name}, cell {cell.get('id')}: {difference}")
            page.context.close()
        page = self.open(self.job["page"], quiet=False)
        self.run(page, "1")
        left = page.evaluate(EVIL)
        self.check(not left, f"the HTML of a cell brings {left}")
        page.context.close()
        if self.problems == before:
            emit(seen=f"{pieces} outputs of {len(files)} notebooks are typeset as on their pages, and bring no programs")

    def loading(self):
        """The engine comes from a server, too; a file that is missing is told, and can be tried again."""
        before = self.problems
        handler = functools.partial(Quiet, directory=str(self.site))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        asked = []
        page = self.open(self.job["page"], address=f"http://127.0.0.1:{server.server_port}/")
        page.on("request", lambda r: asked.append(r.url.rpartition("/")[2]))
        self.run(page, self.job["cell"])
        self.check(any(re.fullmatch(r"engine-\w+\.wasm", name) for name in asked) and not any(re.fullmatch(r"engine-\w+\.js", name) for name in asked), f"from a server the page loads {asked}")
        page.context.close()
        server.shutdown()
        with tempfile.TemporaryDirectory(dir=self.site.parent) as folder:
            self.missing(Path(shutil.copytree(self.site, Path(folder) / "site", copy_function=os.link)))
        if self.problems == before:
            emit(seen="the engine comes from a server, too, and can be loaded again after a failure")

    def soak(self):
        """Many runs crash nothing and leave no memory behind."""
        before, system = self.problems, self.browser.new_browser_cdp_session()
        page = self.open(self.job["page"])
        page.set_default_timeout(0)
        bar = self.bar(page, self.job["cell"]).element_handle()

        collector = page.context.new_cdp_session(page)

        def memory():
            page.wait_for_timeout(2000)  # the last workers end
            collector.send("HeapProfiler.collectGarbage")
            page.wait_for_timeout(1000)
            total = 0
            for process in system.send("SystemInfo.getProcessInfo")["processInfo"]:
                about = Path(f"/proc/{process['id']}/smaps_rollup")
                if about.exists():
                    total += 1000 * int(re.search(r"^Pss:\s+(\d+) kB", about.read_text(), re.MULTILINE)[1])
            return total

        page.evaluate(AGAIN, [bar, RUNS // 10])
        first = memory()
        page.evaluate(AGAIN, [bar, RUNS - RUNS // 10])
        growth = memory() - first
        most = GROWTH * (RUNS - RUNS // 10)
        self.check(growth <= most, f"in {RUNS - RUNS // 10} runs the memory of the browser grows by {growth / 1e6:.0f} MB, at most {most / 1e6:.0f} MB are allowed")
        page.context.close()
        if self.problems == before:
            emit(seen=f"{RUNS} runs end well, and the memory grows by {growth / 1e6:.0f} MB")

    def missing(self, site):
        """A site without its engine says so, and the next run finds it."""
        page = self.open(self.job["page"], quiet=False, site=site)
        engine = next(site.glob("assets/engine-*.js"))
        aside = engine.rename(engine.with_suffix(".aside"))
        note = self.run(page, "2")
        self.check("engine-" in note and "Run tries again" in note, f"a missing engine is told as {note!r}")
        aside.rename(engine)
        note = self.run(page, "2")
        self.check("good" in self.bar(page, "2").locator(".live-note").get_attribute("class"), f"after a missing engine the next run says {note!r}")
        page.context.close()


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        pass


def main(path):
    job = json.loads(Path(path).read_text(encoding="utf-8"))
    with chromium(job["browser"]) as browser:
        tester = LiveTester(browser, job)
        for part in job["parts"]:
            try:
                getattr(tester, part)()
            except Error as error:
                tester.problem(f"{part}: {str(error).splitlines()[0]}")


if __name__ == "__main__":
    main(sys.argv[1])
