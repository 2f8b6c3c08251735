"""Opens pages whose cells run as files, with no network, in Chromium or in Firefox."""
import contextlib
import json
from pathlib import Path

from firefox import Firefox
from launch import chromium, emit

# Notes what the worker of a run sends. It must be there before the first run.
RECORD = """globalThis.recorded = [];
globalThis.Worker = class extends Worker {
  constructor(...args) {
    super(...args);
    this.addEventListener("message", ({ data }) => { if (data.kind !== "ready") recorded.push(data); });
  }
};"""
READY = "document.documentElement.dataset.live === 'ready'"

# While a page arrives, Firefox may lay out a formula of which it has only half, and says so. Once it is there, the
# formulas are looked at themselves.
HALF = "Invalid markup: Incorrect number of children"
INCOMPLETE = """[...document.querySelectorAll("msup, msub, mfrac, mroot, munder, mover, msubsup, munderover")]
  .filter((e) => e.children.length !== (/subsup|underover/.test(e.localName) ? 3 : 2)).map((e) => e.outerHTML)"""


class InChromium:
    """A page in a browser context of its own."""

    def __init__(self, browser, site, name):
        self.context = browser.new_context(viewport={"width": 1000, "height": 800}, offline=True)
        self.page = self.context.new_page()
        self.page.set_default_timeout(0)
        self.page.on("pageerror", lambda error: emit(problem=f"{name}: {error}"))
        self.page.on("console", lambda message: emit(problem=f"{name}: {message.text}") if message.type == "error" else None)
        self.page.add_init_script(RECORD)
        self.page.goto((Path(site) / name).as_uri())
        self.page.wait_for_function(READY, timeout=30_000)

    def call(self, function, argument=None):
        """Calls a function in the page, waits for a promise, and returns it."""
        return self.page.evaluate(function, argument)

    def close(self):
        self.context.close()


class InFirefox:
    """A page in the tab of a Firefox."""

    def __init__(self, firefox, site, name):
        self.firefox, self.name = firefox, name
        firefox.entries.clear()
        firefox.command("browsingContext.navigate", context=firefox.tab, url=(Path(site) / name).as_uri(), wait="complete")
        firefox.until(READY)
        # Not as a preload script: where there is one Firefox 140 now and then says on the console of a page, even
        # an empty one, "Permission denied to access property".
        firefox.evaluate("(() => {" + RECORD + "})()")
        firefox.entries[:] = [entry for entry in firefox.entries if not (entry["text"] or "").startswith(HALF)]
        for formula in firefox.evaluate(INCOMPLETE):
            emit(problem=f"{name} in Firefox: a formula is incomplete: {formula[:200]}")

    def call(self, function, argument=None):
        return self.firefox.evaluate(f"({function})({json.dumps(argument)})")

    def close(self):
        for entry in self.firefox.entries:
            if entry["level"] == "error":
                emit(problem=f"{self.name} in Firefox: {entry['text'][:200]}")


@contextlib.contextmanager
def browser(job):
    """Starts the browser of a job, and gives a function that opens a page of the job's site."""
    if not job["firefox"]:
        with chromium(job["browser"]) as started:
            yield lambda name: InChromium(started, job["site"], name)
        return
    firefox = Firefox(job["browser"], patience=job["limit"])
    try:
        yield lambda name: InFirefox(firefox, job["site"], name)
    finally:
        firefox.close()
