"""Looks at the pages of a site with a headless Chromium, from the folder, offline.

    python pages.py ORDER

ORDER is a JSON file: chromium, site, pages (names below the site), pictures, axe (the
file of axe-core), notebooks (the notebook of a page, to count what it must show), words
(what the search must find). Every page is opened in light and dark, wide and narrow.
Each line of standard output is a JSON object, {"seen": text} or {"problem": text}.
"""
import functools
import html
import json
import os
import re
import sys
from pathlib import Path
from urllib.parse import unquote, urldefrag

from playwright.sync_api import Error
from playwright.sync_api import sync_playwright

WIDTHS = {"wide": (1280, 900), "narrow": (360, 740)}

# What the page shows, asked of the page itself.
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

# Everything that a keyboard should come to.
FOCUSABLE = r"""() => [...document.querySelectorAll('a[href], button, summary, input, audio[controls], [tabindex="0"]')]
  .filter(e => e.checkVisibility({ visibilityProperty: true }) && !e.closest('dialog') && !e.closest('svg'))
  .map((e, i) => { e.dataset.stop = i; return (e.getAttribute('aria-label') || e.textContent || e.tagName).trim().slice(0, 40); })"""

NUMBER = re.compile(r"(?s)```.*?```|`[^`]*`|(\$\$.+?\$\$|(?<!\\)\$[^$]+?(?<!\\)\$)")


def say(**message):
    print(json.dumps(message, ensure_ascii=False), flush=True)


def expected(notebook):
    """Counts in the notebook what the page has to show."""
    cells = json.loads(Path(notebook).read_text(encoding="utf-8"))["cells"]
    shown = [o.get("data", {}) for c in cells for o in c.get("outputs", [])]
    rich = ["".join(d["text/html"]) for d in shown if "text/html" in d]
    markdown = ["".join(d["text/markdown"]) for d in shown if "text/markdown" in d and "text/html" not in d]
    markdown += ["".join(c["source"]) for c in cells if c["cell_type"] == "markdown"]
    return {
        "formulas": sum(1 for m in markdown for f in NUMBER.finditer(m) if f[1]),
        "images": sum(h.count("<img") for h in rich) + sum(m.count("![") for m in markdown),
        "sounds": sum(h.count("<audio") for h in rich),
    }


class Looker:
    def __init__(self, browser, order):
        self.browser, self.order = browser, order
        self.site = Path(order["site"])
        self.axe = Path(order["axe"]).read_text(encoding="utf-8")
        self.problems, self.links = 0, {}
        self.doing = ""  # for the message of what does not come

    def problem(self, name, text):
        self.problems += 1
        say(problem=f"{name}: {text}")

    def open(self, name, width="wide", scheme="light"):
        """Opens a page in a browser of its own, and listens to what it does."""
        w, h = WIDTHS[width]
        context = self.browser.new_context(viewport={"width": w, "height": h}, color_scheme=scheme, offline=True)
        page = context.new_page()
        page.set_default_timeout(30_000)
        where = f"{name}, {width}, {scheme}"
        inside = self.site.as_uri() + "/"
        page.on("request", lambda r: r.url.startswith((inside, "data:")) or self.problem(where, f"it asks for {r.url[:150]}"))
        # A player asks for the first bytes of a sound and breaks off; judge hears whether it plays.
        page.on("requestfailed", lambda r: r.resource_type != "media" and self.problem(where, f"it does not get {r.url[:150]}"))
        page.on("console", lambda m: m.type in ("error", "warning") and self.problem(where, f"the console says: {m.text[:200]}"))
        page.on("pageerror", lambda e: self.problem(where, f"a script fails: {str(e)[:200]}"))
        page.goto((self.site / name).as_uri())
        try:
            page.wait_for_selector("html[data-ready]", state="attached", timeout=10_000)
        except Error:
            self.problem(where, "its script does not come to its end")
        page.wait_for_timeout(60)  # for the observer of what is too wide
        return page

    def judge(self, name, where, page):
        got = page.evaluate(INSPECT)
        want = expected(self.order["notebooks"][name]) if name in self.order["notebooks"] else {}
        for what, n in want.items():
            if got[what] != n:
                self.problem(where, f"{got[what]} {what} are shown, the notebook has {n}")
        for key, text in [
            ("flat", "{} formulas are not typeset"), ("unset", "{} glyphs of formulas are missing"), ("broken", "{} images are not decoded"),
            ("unnamed", "{} images have no alternative text"), ("silent", "{} sounds cannot be played"),
            ("hangul", "{} Korean passages are not marked as Korean"),
        ]:
            if got[key]:
                self.problem(where, text.format(got[key]))
        if got["raw"]:
            self.problem(where, f"formulas are shown raw: {got['raw']}")
        if got["wide"] > 0:
            self.problem(where, f"the page is {got['wide']} pixels wider than the window")
        if got["stuck"]:
            self.problem(where, f"the keyboard cannot scroll {got['stuck']}")
        self.links[name] = got["links"]
        return got

    def accessible(self, where, page):
        page.evaluate(self.axe)
        found = page.evaluate("() => axe.run(document, { resultTypes: ['violations'], preload: false })")
        for violation in found["violations"]:
            node = violation["nodes"][0]
            self.problem(where, f"axe, {violation['id']}: {violation['help']} ({len(violation['nodes'])} times, first {node['html'][:150]})")

    def tab(self, where, page):
        """Walks through the page with the Tab key alone."""
        for fold in page.query_selector_all("main details"):
            fold.evaluate("e => { e.open = true; }")
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
            self.problem(where, f"the keyboard does not reach {len(missed)} of {len(stops)} places, the first: {missed[:3]}")
        return len(stops)

    def look(self, name):
        begun, stops, got = self.problems, 0, {}
        for scheme in ("light", "dark"):
            for width in WIDTHS:
                where = f"{name}, {width}, {scheme}"
                page = self.open(name, width, scheme)
                got = self.judge(name, where, page)
                self.accessible(where, page)
                picture = name.replace("/", "-").removesuffix(".html") + f"-{width}-{scheme}.png"
                page.screenshot(path=os.path.join(self.order["pictures"], picture))
                if (scheme, width) == ("light", "wide"):
                    stops = self.tab(where, page)
                page.context.close()
        if self.problems == begun:
            say(seen=f"{name}: {got['formulas']} formulas, {got['images']} images, {stops} places for the keyboard")

    @functools.lru_cache(maxsize=None)
    def ids(self, name):
        """The places of a page that a link can lead to."""
        return {html.unescape(i) for i in re.findall(r' id="([^"]+)"', (self.site / name).read_text(encoding="utf-8"))}

    def follow_links(self):
        """Every link inside the site leads to a page and a place that are there."""
        inside = self.site.as_uri() + "/"
        for name, links in self.links.items():
            for link in links:
                if not link.startswith("file:"):
                    continue
                address, fragment = urldefrag(link)
                target = unquote(address.removeprefix(inside))
                if not address.startswith(inside) or not (self.site / target).is_file():
                    self.problem(name, f"the link {link} leads nowhere")
                elif fragment and unquote(fragment) not in self.ids(target):
                    self.problem(name, f"the link {link} leads to a place that is not there")

    def use(self, name):
        """Uses what a page offers: search, colours, copying, contents, keys."""
        where = f"{name}, in use"
        page = self.open(name)
        for word, place in self.order["words"].items():
            self.doing = f"searching for “{word}”"
            page.keyboard.press("/")
            page.wait_for_selector("#search[open]")
            page.fill("#search-words", word)
            try:
                page.wait_for_function("() => document.querySelectorAll('#search-found a').length > 0", timeout=5000)
                found = page.evaluate("() => [...document.querySelectorAll('#search-found a')].map(a => a.getAttribute('href'))")
                if not any(place in href for href in found):
                    self.problem(where, f"the search for “{word}” does not find {place}, but {found[:3]}")
                if not page.query_selector("#search-found mark"):
                    self.problem(where, f"the search for “{word}” does not show it")
            except Error:
                self.problem(where, f"the search for “{word}” finds nothing")
            self.accessible(where + ", search open", page)
            page.keyboard.press("Escape")
            page.wait_for_selector("#search:not([open])", state="attached")
        self.doing = "opening what the search has found"
        page.keyboard.press("Control+k")
        page.wait_for_selector("#search[open]")
        page.fill("#search-words", "zzqx")
        page.wait_for_timeout(100)
        if page.query_selector("#search-found a") or not page.inner_text("#search-count"):
            self.problem(where, "the search for what is nowhere does not say so")
        page.fill("#search-words", next(iter(self.order["words"])))
        page.wait_for_selector("#search-found a")
        page.keyboard.press("ArrowDown")
        target = page.evaluate("document.activeElement.href")
        if not target:
            self.problem(where, "the arrow does not lead into what the search has found")
        page.keyboard.press("Enter")
        page.wait_for_timeout(300)
        if page.url != target:
            self.problem(where, f"what the search has found does not open: {page.url} and not {target}")
        page.context.close()

        self.doing = "switching colours"
        page = self.open(name)
        ground = "getComputedStyle(document.body).backgroundColor"
        light = page.evaluate(ground)
        page.click("#colours")
        page.click("#colours")
        dark = page.evaluate(ground)
        if light == dark:
            self.problem(where, "the switch does not change the colours")
        page.reload()
        page.wait_for_selector("html[data-ready]", state="attached")
        if page.evaluate(ground) != dark:
            self.problem(where, "the colours that were chosen are forgotten")
        self.doing = "asking for the keys"
        page.keyboard.press("?")
        if not page.query_selector("#keys[open]"):
            self.problem(where, "the key ? does not show the keys")
        self.accessible(where + ", keys open", page)
        page.uncheck("#keys-single")
        page.keyboard.press("Escape")
        page.keyboard.press("/")
        if page.query_selector("dialog[open]"):
            self.problem(where, "single keys act though they are turned off")
        self.doing = "copying code"
        copy = page.query_selector(".highlight .copy")
        if copy:
            copy.click()
            page.wait_for_timeout(100)
            if copy.inner_text() == page.evaluate("JSON.parse(document.getElementById('loader').dataset.words).copy"):
                self.problem(where, "the button does not copy")
            page.evaluate("() => { const t = document.createElement('textarea'); t.id = 'paste'; document.body.append(t); t.focus(); }")
            page.keyboard.press("Control+v")
            pasted, code = page.evaluate("document.getElementById('paste').value"), page.inner_text(".highlight pre")
            if pasted.strip() != code.strip():
                self.problem(where, f"what is copied is not the code: {pasted[:60]!r}")
        last = page.query_selector(".contents li:last-child a")
        if last:
            page.evaluate("scrollTo(0, document.body.scrollHeight)")
            page.wait_for_timeout(300)
            if page.get_attribute(".contents a[aria-current]", "href") is None:
                self.problem(where, "the contents do not follow the reading")
        page.context.close()


def main(path):
    order = json.loads(Path(path).read_text(encoding="utf-8"))
    with sync_playwright() as p:
        arguments = ["--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            arguments.append("--no-sandbox")
        browser = p.chromium.launch(executable_path=order["chromium"], args=arguments)
        looker = Looker(browser, order)
        for name in order["pages"]:
            try:
                looker.look(name)
            except Error as error:
                looker.problem(name, str(error).splitlines()[0])
        looker.follow_links()
        for name in order["use"]:
            try:
                looker.use(name)
                say(seen=f"{name}: search, colours, copying, contents, keys")
            except Error as error:
                looker.problem(name, f"in use, {looker.doing}: {str(error).splitlines()[0]}")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
