"""Tests the pages of a site with a headless Chromium, opened as files, offline.

    python pages.py JOB

JOB is a JSON file with the fields of Visit in pages.go. Each page is opened in a wide and a
narrow window, and shown in light and dark colours. Each line of standard output is a JSON object,
{"seen": text} or {"problem": text}.
"""
import functools
import html
import json
import re
import sys
from pathlib import Path
from urllib.parse import unquote, urldefrag

from playwright.sync_api import Error

from launch import axe_run, chromium, emit, save_screenshot

WIDTHS = {"wide": (1280, 900), "narrow": (360, 740)}

# Collects what the page shows.
INSPECT = r"""() => {
  const visible = e => e.checkVisibility({ visibilityProperty: true });
  const text = document.querySelector('main').cloneNode(true);
  text.querySelectorAll('code, pre, .math, script').forEach(e => e.remove());
  const inFold = e => e.closest('.solution, .contents, .at-end');
  const maths = [...document.querySelectorAll('main .math')].filter(e => !inFold(e));
  const images = [...document.querySelectorAll('main img')].filter(e => !inFold(e));
  const scrollers = [...document.querySelectorAll('main *')].filter(e =>
    /auto|scroll/.test(getComputedStyle(e).overflowX) && e.scrollWidth > e.clientWidth && visible(e));
  return {
    lang: document.documentElement.lang,
    formulas: maths.length,
    flat: maths.filter(e => visible(e) && !(e.querySelector('svg') && e.querySelector('svg').getBoundingClientRect().height > 2)).length,
    unset: [...document.querySelectorAll('use')].filter(u => !document.getElementById(u.getAttribute('href').slice(1))).length,
    raw: (text.textContent.match(/\$[^$\n]{1,80}\$|\\begin\{|\\frac|\\hat/g) || []).slice(0, 3),
    images: images.length,
    broken: images.filter(i => !(i.complete && i.naturalWidth > 0)).length,
    unnamed: images.filter(i => (i.getAttribute('alt') || '').length < 10).length,
    sounds: [...document.querySelectorAll('main audio')].length,
    silent: [...document.querySelectorAll('main audio')].filter(a => !(a.duration > 0)).length,
    wide: document.documentElement.scrollWidth - innerWidth,
    stuck: scrollers.filter(e => e.tabIndex < 0).map(e => e.className || e.tagName).slice(0, 3),
    hangul: [...document.querySelectorAll('main p, main td, main li')].filter(e => document.documentElement.lang === 'en' &&
      [...e.childNodes].some(n => n.nodeType === 3 && /[가-힣]/.test(n.data)) && !e.closest('[lang=ko]')).length,
    links: [...document.querySelectorAll('a[href]')].map(a => a.href),
  };
}"""

# Lists what must be reachable with the keyboard.
FOCUSABLE = r"""() => [...document.querySelectorAll('a[href], button, summary, input, audio[controls], [tabindex="0"]')]
  .filter(e => e.checkVisibility({ visibilityProperty: true }) && !e.closest('dialog') && !e.closest('svg'))
  .map((e, i) => { e.dataset.stop = i; return (e.getAttribute('aria-label') || e.textContent || e.tagName).trim().slice(0, 40); })"""

# Empties the formulas until restoreFormulas is called. Nine tenths of a page's elements are in them, the
# paths of their glyphs and their MathML, of which axe has nothing to say. They stay, with their size and,
# for the names of links and headings, their text.
EMPTY_FORMULAS = r"""() => {
  const held = [...document.querySelectorAll('.math svg, .math math')].map(e => [e, [...e.childNodes]]);
  for (const [e] of held) e.replaceChildren(e.localName === 'math' ? e.textContent : '');
  window.restoreFormulas = () => { for (const [e, children] of held) e.replaceChildren(...children); };
}"""

# Closes the search and presses its key at once, before the browser takes the focus from the closed field.
REOPEN_SEARCH = r"""() => {
  const dialog = document.getElementById('search'), field = document.getElementById('search-words');
  field.focus();
  dialog.close();
  field.dispatchEvent(new KeyboardEvent('keydown', { key: '/', bubbles: true, cancelable: true }));
  return dialog.open;
}"""

FORMULA_OR_CODE = re.compile(r"(?s)```.*?```|`[^`]*`|(\$\$.+?\$\$|(?<!\\)\$[^$]+?(?<!\\)\$)")


def expected(notebook):
    """Counts in the notebook what the page must show."""
    cells = json.loads(Path(notebook).read_text(encoding="utf-8"))["cells"]
    shown = [o.get("data", {}) for c in cells for o in c.get("outputs", [])]
    rich = ["".join(d["text/html"]) for d in shown if "text/html" in d]
    markdown = ["".join(d["text/markdown"]) for d in shown if "text/markdown" in d and "text/html" not in d]
    markdown += ["".join(c["source"]) for c in cells if c["cell_type"] == "markdown"]
    return {
        "formulas": sum(1 for m in markdown for f in FORMULA_OR_CODE.finditer(m) if f[1]),
        "images": sum(h.count("<img") for h in rich) + sum(m.count("![") for m in markdown),
        "sounds": sum(h.count("<audio") for h in rich),
    }


class PageTester:
    def __init__(self, browser, job):
        self.browser, self.job = browser, job
        self.site = Path(job["site"])
        self.axe = Path(job["axe"]).read_text(encoding="utf-8")
        self.problems, self.links, self.states = 0, {}, set()
        self.activity = ""  # for the message after a timeout

    def problem(self, name, text):
        self.problems += 1
        emit(problem=f"{name}: {text}")

    def open(self, name, width="wide"):
        """Opens a page in a new browser context and reports its failures."""
        w, h = WIDTHS[width]
        context = self.browser.new_context(viewport={"width": w, "height": h}, color_scheme="light", offline=True)
        page = context.new_page()
        page.set_default_timeout(30_000)
        where = f"{name}, {width}"
        inside = self.site.as_uri() + "/"
        page.on("request", lambda r: r.url.startswith((inside, "data:")) or self.problem(where, f"it requests {r.url[:150]}"))
        # A player cancels its first request for a sound; check tests whether it can be played.
        page.on("requestfailed", lambda r: r.resource_type != "media" and self.problem(where, f"the request for {r.url[:150]} fails"))
        page.on("console", lambda m: m.type in ("error", "warning") and self.problem(where, f"the console shows: {m.text[:200]}"))
        page.on("pageerror", lambda e: self.problem(where, f"a script fails: {str(e)[:200]}"))
        page.goto((self.site / name).as_uri())
        try:
            page.wait_for_selector("html[data-ready]", state="attached", timeout=10_000)
        except Error:
            self.problem(where, "its script does not finish")
        self.wait_for_layout(page)
        return page

    def wait_for_layout(self, page):
        # A ResizeObserver is called when a frame is laid out. On a busy machine that takes longer
        # than any fixed time.
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 60))))")

    def check(self, name, where, page):
        """Reports what the page does not show as it should."""
        got = page.evaluate(INSPECT)
        want = expected(self.job["notebooks"][name]) if name in self.job["notebooks"] else {}
        for what, n in want.items():
            if got[what] != n:
                self.problem(where, f"{got[what]} {what} are shown, want {n}")
        for key, text in [
            ("flat", "{} formulas are not typeset"), ("unset", "{} glyphs are missing"), ("broken", "{} images are not decoded"),
            ("unnamed", "{} images have no alternative text"), ("silent", "{} sounds cannot be played"),
            ("hangul", "{} Korean passages are not marked as Korean"),
        ]:
            if got[key]:
                self.problem(where, text.format(got[key]))
        if got["raw"]:
            self.problem(where, f"formulas are shown as source: {got['raw']}")
        if got["wide"] > 0:
            self.problem(where, f"the page is {got['wide']} pixels wider than the window")
        if got["stuck"]:
            self.problem(where, f"the keyboard cannot scroll {got['stuck']}")
        self.links[name] = got["links"]
        return got

    def check_accessibility(self, where, page, scheme="light"):
        if not page.evaluate("'axe' in window"):
            page.evaluate(self.axe)
        page.evaluate(EMPTY_FORMULAS)
        found = page.evaluate(axe_run(scheme))
        page.evaluate("restoreFormulas()")
        for violation in found["violations"]:
            node = violation["nodes"][0]
            self.problem(where, f"axe, {violation['id']}: {violation['help']} ({len(violation['nodes'])} times, first {node['html'][:150]})")

    def check_keyboard(self, where, page):
        """Checks that the Tab key reaches everything, and returns how much that is."""
        for fold in page.query_selector_all("main details"):
            fold.evaluate("e => { e.open = true; }")
        page.evaluate(EMPTY_FORMULAS)  # the Tab key stops at none
        page.wait_for_timeout(60)
        stops = page.evaluate(FOCUSABLE)
        reached = set()
        page.evaluate("document.activeElement && document.activeElement.blur()")
        for _ in range(2 * len(stops) + 20):
            page.keyboard.press("Tab")
            at = page.evaluate("document.activeElement.dataset.stop")
            if at is not None:
                reached.add(int(at))
            if len(reached) == len(stops):
                break
        missed = [text for i, text in enumerate(stops) if i not in reached]
        if missed:
            self.problem(where, f"the Tab key does not reach {len(missed)} of {len(stops)} elements, the first: {missed[:3]}")
        return len(stops)

    def test(self, name):
        before, stops, got = self.problems, 0, {}
        for width in WIDTHS:
            page = self.open(name, width)
            # The colours change in the open page: to open it anew takes longer than to test it.
            for scheme in ("light", "dark"):
                where = f"{name}, {width}, {scheme}"
                page.emulate_media(color_scheme=scheme)
                self.wait_for_layout(page)
                got = self.check(name, where, page)
                self.check_accessibility(where, page, scheme)
                screenshot = name.replace("/", "-").removesuffix(".html") + f"-{width}-{scheme}.png"
                save_screenshot(page, self.job["pictures"], screenshot)
            if width == "wide":
                stops = self.check_keyboard(f"{name}, {width}, dark", page)
            page.context.close()
        if self.problems == before:
            emit(seen=f"{name}: {got['formulas']} formulas, {got['images']} images, {stops} elements for the keyboard")

    @functools.lru_cache(maxsize=None)
    def ids(self, name):
        """Returns the ids of a page."""
        return {html.unescape(i) for i in re.findall(r' id="([^"]+)"', (self.site / name).read_text(encoding="utf-8"))}

    def check_links(self):
        """Checks that every link inside the site has a page and an id as its target."""
        inside = self.site.as_uri() + "/"
        for name, links in self.links.items():
            for link in links:
                if not link.startswith("file:"):
                    continue
                address, fragment = urldefrag(link)
                target = unquote(address.removeprefix(inside))
                if not address.startswith(inside) or not (self.site / target).is_file():
                    self.problem(name, f"the link {link} has no page as its target")
                elif target == "net.html":
                    self.states.add(fragment)  # its fragment is a state
                elif fragment and unquote(fragment) not in self.ids(target):
                    self.problem(name, f"the page that {link} links to has no such id")

    def check_states(self):
        """Checks that the page of the net understands each state that a page links to: it writes it into
        its address again."""
        page = self.open("net.html")
        for state in sorted(self.states):
            lost = page.evaluate("state => { history.replaceState(null, '', '#' + state); readAddress(); const own = address().slice(1).split('/'); return state.split('/').filter(part => !own.includes(part)); }", state)
            if lost:
                self.problem("net.html", f"it does not understand {lost} of the state {state}, to which a page links")
        page.context.close()

    def check_code_switch(self, name, where):
        """Checks that a phone shows a notebook of the lecture without its code, until the reader asks for it."""
        self.activity = "showing the code"
        page, shown = self.open(name, "narrow"), "[...document.querySelectorAll('article > .jp-CodeCell > .highlight')].filter(e => e.checkVisibility()).length"
        if page.query_selector("#code-switch:not([hidden])"):
            if page.evaluate(shown):
                self.problem(where, "a phone shows the code at once")
            page.click("#code-switch")
            if not page.evaluate(shown):
                self.problem(where, "the button does not show the code")
            page.reload()
            page.wait_for_selector("html[data-ready]", state="attached")
            if not page.evaluate(shown):
                self.problem(where, "the reader's choice is lost on reload")
        elif page.query_selector("article .jp-CodeCell"):
            self.problem(where, "there is no button for the code")
        page.context.close()

    def check_features(self, name):
        """Checks the search, the colours, the copy buttons, the contents and the keys."""
        where = f"{name}, in use"
        page = self.open(name)
        for word, address in self.job["words"].items():
            self.activity = f"searching for “{word}”"
            page.keyboard.press("/")
            page.wait_for_selector("#search[open]")
            page.fill("#search-words", word)
            try:
                page.wait_for_function("() => document.querySelectorAll('#search-found a').length > 0", timeout=5000)
                found = page.evaluate("() => [...document.querySelectorAll('#search-found a')].map(a => a.getAttribute('href'))")
                if not any(address in href for href in found):
                    self.problem(where, f"the search for “{word}” finds {found[:3]}, want {address}")
                if not page.query_selector("#search-found mark"):
                    self.problem(where, f"the search for “{word}” does not highlight it")
            except Error:
                self.problem(where, f"the search for “{word}” finds nothing")
            self.check_accessibility(where + ", search open", page)
            page.keyboard.press("Escape")
            page.wait_for_selector("#search:not([open])", state="attached")
        self.activity = "opening a search result"
        page.keyboard.press("Control+k")
        page.wait_for_selector("#search[open]")
        page.fill("#search-words", "zzqx")
        page.wait_for_timeout(100)
        if page.query_selector("#search-found a") or not page.inner_text("#search-count"):
            self.problem(where, "a search without results does not say so")
        page.fill("#search-words", next(iter(self.job["words"])))
        page.wait_for_selector("#search-found a")
        if not page.evaluate(REOPEN_SEARCH):
            self.problem(where, "right after the search is closed, its key does not open it again")
        page.keyboard.press("ArrowDown")
        target = page.evaluate("document.activeElement.href")
        if not target:
            self.problem(where, "the arrow key does not reach the search results")
        page.keyboard.press("Enter")
        try:
            page.wait_for_url(lambda url: url == target, timeout=20_000)
        except Error:
            self.problem(where, f"a search result opens {page.url}, want {target}")
        page.context.close()

        self.activity = "switching colours"
        page = self.open(name)
        background = "getComputedStyle(document.body).backgroundColor"
        light = page.evaluate(background)
        page.click("#colours")
        page.click("#colours")
        dark = page.evaluate(background)
        if light == dark:
            self.problem(where, "the button does not change the colours")
        page.reload()
        page.wait_for_selector("html[data-ready]", state="attached")
        if page.evaluate(background) != dark:
            self.problem(where, "the chosen colours are lost on reload")
        self.activity = "showing the keys"
        page.keyboard.press("?")
        if not page.query_selector("#keys[open]"):
            self.problem(where, "the key ? does not open the list of keys")
        self.check_accessibility(where + ", keys open", page)
        page.uncheck("#keys-single")
        page.keyboard.press("Escape")
        page.keyboard.press("/")
        if page.query_selector("dialog[open]"):
            self.problem(where, "single keys work although they are turned off")
        self.check_code_switch(name, where)
        self.activity = "copying code"
        block = page.query_selector(".highlight:not(details .highlight)")  # not a folded one
        copy = block and block.query_selector(".copy")
        if copy:
            copy.click()
            page.wait_for_timeout(100)
            if copy.inner_text() == page.evaluate("JSON.parse(document.getElementById('loader').dataset.texts).copy"):
                self.problem(where, "the button does not copy")
            page.evaluate("() => { const t = document.createElement('textarea'); t.id = 'paste'; document.body.append(t); t.focus(); }")
            page.keyboard.press("Control+v")
            pasted, code = page.evaluate("document.getElementById('paste').value"), block.query_selector("pre").inner_text()
            if pasted.strip() != code.strip():
                self.problem(where, f"the clipboard does not hold the code: {pasted[:60]!r}")
        last = page.query_selector(".contents li:last-child a")
        if last:
            page.evaluate("scrollTo(0, document.body.scrollHeight)")
            page.wait_for_timeout(300)
            if page.get_attribute(".contents a[aria-current]", "href") is None:
                self.problem(where, "the table of contents does not mark the current section")
        page.context.close()


def main(path):
    job = json.loads(Path(path).read_text(encoding="utf-8"))
    with chromium(job["chromium"]) as browser:
        tester = PageTester(browser, job)
        for name in job["pages"]:
            try:
                tester.test(name)
            except Error as error:
                tester.problem(name, str(error).splitlines()[0])
        tester.check_links()
        if tester.states:
            tester.check_states()
        for name in job["use"]:
            try:
                tester.check_features(name)
                emit(seen=f"{name}: search, colours, copy buttons, contents, keys")
            except Error as error:
                tester.problem(name, f"in use, while {tester.activity}: {str(error).splitlines()[0]}")


if __name__ == "__main__":
    main(sys.argv[1])
