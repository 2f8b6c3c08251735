"""Tests the page of the lecture's net with a headless Chromium, opened as a file, offline.

    python net.py JOB

JOB is a JSON file with the fields of NetVisit in net.go. Each line of standard output is a JSON
object, {"seen": text} or {"problem": text}.
"""
import contextlib
import json
import re
import statistics
import sys
import time
from pathlib import Path

from playwright.sync_api import Error

from launch import axe_run, chromium, emit, save_screenshot

# The states to look at: the question that the page opens with, answers of each kind, all lenses.
STATES = ["p2", "p2/g/qdW.0.1", "p2/g/qdW.0.1~cW.2.1.0.1~e.2.1.0", "p2/qy.1.1", "p2/qW.0.1", "p2/qh.1.0", "p2/qx.1.1", "p2/qnW.0.1", "p2/v/qdW.0.1/g",
          "p2/lcopies/k1_0.1_W01", "p2/lcopies/z/k_0.1_W01/f", "p4/lcopies/k2_-0.5_W01", "p2/lcopies/k2_0.3_U02", "p1/lbreak/m1", "p4/lbreak/m5",
          "p2/lstep/t9", "p2/lstep/t99", "p2/ltrain", "p2/lfar/r2_20", "p2/lmore", "p2/lmore/s20231234", "p2/lplan", "p2/x012/y012/g", "p2/b", "p2/ako",
          "p2/lcopies/k1_0.1_W01/v", "p4/lbreak/m1/v", "p2/lfar/z/r6_20/v", "p2/z/lfar/r6_20", "p2/qh.0.0", "p2/ltrain/ako", "p4/lcopies/k_0.1_W01/f/b",
          "p4/lcopies/ako/k1_0.1_W01"]

# Each function of the page, used by the keyboard: the state, what has the focus, the key, what is then
# true, and what a screen reader is told: FOCUS if the focus moves to a heading, which it reads.
FOCUS = object()
FUNCTIONS = [
    ("p2", '[data-guess="-1"]', "Enter", "document.querySelector('.verdict.wrong') !== null", FOCUS),
    ("p2/g", '#net [data-id="h.1.0"]', "Enter", "ui.trail.join() === 'h.1.0'", "h 1[1] = −0.2968. tanh squeezes the sum between −1 and 1. This is the new state."),
    ("p2/g", '#body [data-ask="cW.2.1.0.1"]', "Enter", "ui.trail.join() === 'dW.0.1,cW.2.1.0.1'", FOCUS),
    ("p2/g/qdW.0.1~cW.2.1.0.1", '[data-back="0"]', "Enter", "ui.trail.length === 1", FOCUS),
    ("p2/g/qdW.0.1~cW.2.1.0.1", "#body button", "Escape", "ui.trail.length === 1", FOCUS),
    ("p2/v/g/qh.1.0", "[data-reveal]", "Enter", "!document.querySelector('#body .v').textContent.includes('?')", FOCUS),
    ("p2/g", '[data-copies="W01"]', "Enter", "ui.lens === 'copies'", FOCUS),
    ("p2/g", '#knobs [data-id="W.0.1"]', "ArrowUp", "S.W[0][1] === -0.1", "W 12 = −0.1, the loss is 2.4162"),
    ("p2/g", '#total [data-id="eta"]', "ArrowDown", "S.eta === 0.4", "η = 0.4, the loss is 2.3996"),
    ("p2/g/qW.0.1", "[data-set]", "ArrowRight", "S.W[0][1] === -0.15", "the loss is 2.4078"),
    ("p2/g/qW.0.1", "[data-type]", "1 Enter", "S.W[0][1] === 1", "W 12 = 1, the loss is 2.6127"),
    ("p2/g/qW.0.1", "[data-type]", "x Enter", "S.W[0][1] === -0.2", "“x” is not a number: the last one stays."),
    ("p2", '[data-lens="step"]', "Enter", "ui.lens === 'step'", ""),
    ("p2", '[data-preset="p4"]', "Enter", "S.x.length === 4", "the loss is 4.7801"),
    ("p2", '[data-start="zero"]', "Enter", "S.h0.join() === '0,0'", "h 0 is zero: the first column of the table of W vanishes, that of U stays, the loss is 2.3906"),
    ("p2", '[data-word="1"]', "ArrowUp", "S.x[0] === 0", "the loss is 3.0731"),
    ("p2", '[data-target="1"]', "ArrowUp", "S.y[0] === 0", "the loss is 3.0566"),
    ("p2", '[data-language="ko"]', "Enter", "document.documentElement.lang === 'ko'", ""),
    ("p2", "header [data-theme-switch]", "Enter", "document.documentElement.dataset.theme === 'dark'", ""),
    ("p2", "header [data-big]", "Enter", "ui.big && document.documentElement.classList.contains('big')", ""),
    ("p1/lfar", "header [data-reset]", "Enter", "ui.lens === 'ask' && ui.preset === 'p2'", "the loss is 2.3996"),
    ("p2/lplan", "#body [data-lens]", "Enter", "ui.lens === 'ask'", ""),
    ("p2/v/lbreak/m1", "[data-reveal]", "Enter", "document.querySelectorAll('#body .verdict').length === 2", FOCUS),
    ("p2/v/lcopies/k_0_W01", '#body [data-ask="cW.2.1.0.1"]', "Enter", "ui.lens === 'copies' && document.querySelector('.cell.indirect').textContent.includes('−0.0027')", FOCUS),
    ("p2/v", '[data-preset="p4"]', "Enter", "S.x.length === 4", "still hidden"),
    ("p2/v/ltrain", '[data-train="1"]', "Enter", "ui.history.losses.length === 2", "still hidden"),
    ("p2/v/lfar", "[data-far]", "ArrowRight", "ui.far === 1.05", "still hidden"),
    ("p2", "#try summary", "Enter", "document.querySelector('#try details').open", ""),
    ("p2", "#try li:nth-child(3) a", "Enter", "ui.lens === 'copies' && S.h0[0] === 0 && !document.querySelector('#try details').open", ""),
    ("p2/lcopies/k_0_W01", '[data-matrix="U"]', "Enter", "ui.entry.M === 'U'", "∂L/∂U 12 = 0.3858"),
    ("p2/lcopies/k_0_W01", "[data-fold]", "Enter", "ui.fold", "Each column adds up to one δ times what came in at that step: the recursion for δ is this table, summed by columns."),
    ("p2/lcopies/k_0.1_W01/f", "[data-fold]", "Enter", "!ui.fold", ""),
    ("p2/lcopies/k_0_W01", '[data-apart="1"]', "Enter", "ui.copy === 1 && ui.by === 0.1", "Each copy can be moved alone now. Choose one, and see which losses move with it."),
    ("p2/lcopies/k1_0.1_W01", '[data-apart="0"]', "Enter", "ui.copy === 0", "The copies are one: all of them move together, and the slopes are one sum."),
    ("p2/lcopies/k1_0.1_W01", '[data-nudged="2"]', "Enter", "ui.copy === 2", "the loss is 2.4120"),
    ("p2/lcopies/k1_0.1_W01", "[data-by]", "ArrowRight", "ui.by === 0.15", "the loss is 2.4108"),
    ("p2/lcopies/k1_0_W01", '#W2 .n[data-id="W.0.1"]', "ArrowUp", "ui.copy === 2 && ui.by === 0.1", "W (2) 12 = −0.1, the loss is 2.4120"),
    ("p2/lcopies/k_0_W01", '#knobs [data-id="W.1.0"]', "Enter", "ui.entry.i === 1 && ui.entry.j === 0", "∂L/∂W 21 = 0.0490"),
    ("p4/lcopies/k1_0.1_W01", '.knot[data-copy="2"]', "Enter", "ui.copy === 2", "∂L/∂W 12 = 0.2155"),
    ("p4/lbreak", '[data-mistake="drop"]', " ", "S.mistakes === 1", "Entries of ∂L/∂W that are wrong: 4. The check finds the mistake. Entries of ∂L/∂U that are wrong: 6. The check finds the mistake."),
    ("p2/lstep/t1", '[data-step="1"]', "Enter", "ui.step === 2", "h 1. tanh squeezes it: the new state."),
    ("p2/lstep/t1", "[data-step-to]", "ArrowRight", "ui.step === 2", "tanh squeezes it: the new state."),
    ("p1/ltrain", '[data-train="50"]', "Enter", "ui.history.losses.length === 51", "After 50 steps the loss is 0.1146."),
    ("p1/ltrain", '[data-both="false"]', "Enter", "!ui.both", ""),
    ("p2/lfar/r1_20", "[data-far]", "ArrowRight", "ui.far === 1.05", re.compile(r"From step 20 back to step 1 the gradient is multiplied by .*\.")),
    ("p2/lfar/r1_20", "[data-reach]", "ArrowLeft", "ui.reach === 19", re.compile(r"From step 19 back to step 1 the gradient is multiplied by .*\.")),
    ("p2/lfar/r1_20", "[data-at]", "ArrowRight", "ui.at === 2", ""),
    ("p2/lfar/r2_20", '[data-far-to="1"]', "Enter", "ui.far === 1", re.compile(r"From step 20 back to step 1 the gradient is multiplied by .*\.")),
    ("p2/lmore", '[data-words="1"]', "Enter", "S.x.length === 3", re.compile(r"3 words, the loss is \d\.\d{4}")),
    ("p2/lmore", '[data-label="out.0"]', "x Enter", "ui.labels.out[0] === 'x'", "The name has changed, and no number has."),
    ("p2/lmore", "[data-pear]", "Enter", "ui.labels.out[2] === 'pear'", "the loss is 2.3996"),
    ("p2/lmore", "[data-big-box]", " ", "ui.big", ""),
    ("p2/lmore", "[data-cover]", " ", "ui.cover", ""),
    ("p2/lmore", "[data-guess-box]", " ", "!ui.guess", ""),
    ("p2/lmore", "[data-student-go]", "Enter", "ui.student === ''", "the loss is 2.3996"),
    ("p2/lmore", "#student", "7 Enter", "ui.student === '7'", re.compile(r"the loss is \d\.\d{4}")),
    ("p2/lmore", "[data-copy-address]", "Enter", "ui.copied === 'address'", "copied"),
    ("p2/lmore", '[data-program="numpy"]', "Enter", "ui.program === 'numpy'", ""),
    ("p2/lmore", "[data-copy-code]", "Enter", "ui.copied === 'code'", "copied"),
    ("p2/lmore", '[data-print="key"]', "Enter", "printed === 1", ""),
]

# What can be done on the page: its buttons, fields and links, by what they do.
CAN_DO = r"""() => [...new Set([...document.querySelectorAll('button, input, select, a[href], summary')]
  .filter((e) => e.checkVisibility({ visibilityProperty: true }) && e.id !== 'grip' && !e.matches('.copy, .knot'))
  .map((e) => e.matches('a') ? 'link ' + e.hash : e.matches('summary') ? 'fold ' + e.textContent : Object.entries(e.dataset).map((d) => d.join(' ')).join()))]"""

# Gives the focus to each element of the stage, and lists those that are then behind the sheet.
BEHIND = r"""() => [...document.querySelectorAll('#top button, #text button, #text select, #text a')].filter((e) => e.checkVisibility()).filter((e) => {
  e.focus();
  const box = e.getBoundingClientRect();
  return box.bottom > document.getElementById('panel').getBoundingClientRect().top + 1 || box.top < -1;
}).map((e) => e.getAttribute('aria-label') || e.textContent).slice(0, 3)"""

# Compares all numbers with those of a case, in the tables that do not divide by a tiny distance.
COMPARE = r"""([cases]) => {
  const wrong = [];
  let compared = 0;
  for (const [n, c] of cases.entries()) {
    const s = decodeState(c.state), error = compute(s), all = layout(s.x.length);
    if (error) { wrong.push(`net ${n}: ${error}`); continue; }
    for (const [table, { start, dims }] of all.tables) {
      const size = dims.reduce((a, b) => a * b, 1), tolerance = /^f/.test(table) ? 1e-8 : 1e-12;
      for (let i = start; i < start + size; i++, compared++) {
        const difference = Math.abs(values[i] - c.numbers[i]);
        if (!(difference <= tolerance * Math.max(1, Math.abs(c.numbers[i])))) wrong.push(`net ${n}: number ${i - start} of ${table} is ${values[i]}, natively ${c.numbers[i]}`);
      }
    }
  }
  compute(S);
  return { compared, wrong: wrong.slice(0, 5) };
}"""

# Asks every number of a net, and sums the terms of its answer; nudges each copy of each entry of W.
MADE_OF = r"""([cases]) => {
  const wrong = [], before = S;
  let asked = 0, nudges = 0;
  for (const [n, c] of cases.entries()) {
    adopt(decodeState(c.state));
    const all = layout(S.x.length);
    for (const [table, { dims }] of all.tables) {
      const size = dims.reduce((a, b) => a * b, 1);
      for (let i = 0; i < size; i++) {
        let rest = i;
        const id = [table, ...[...dims].reverse().map((d) => { const at = rest % d; rest = Math.floor(rest / d); return at; }).reverse()].join(".");
        const x = explain(id);
        if (!x) continue;
        asked++;
        name(id);
        const near = (a, b) => Math.abs(a - b) <= 1e-12 * Math.max(1, Math.abs(b));
        if (x.terms.length && !near(x.terms.reduce((sum, t) => sum + t.value, 0), val(x.total))) wrong.push(`net ${n}: the terms of ${id} do not sum to it`);
        for (const line of x.lines) if (!near(line.result, val(id))) wrong.push(`net ${n}: the formula of ${id} gives ${line.result}, not ${val(id)}`);
      }
    }
    if (!S.mistakes) for (const M of ["W", "U"]) for (let k = 0; k <= S.x.length; k++) {
      const j = M === "U" ? S.x[0] : 1, r = engine.nudge(M, 0, j, k, 0.1);
      for (let t = 1; t <= S.x.length; t++, nudges++) {
        let slope = 0;
        for (let q = 1; q <= t; q++) if (k === 0 || q === k) slope += val(`c${M}.${t}.${q}.0.${j}`);
        if (!(Math.abs(r.slopes[k][t] - slope) < 1e-6)) wrong.push(`net ${n}: copy ${k} of ${M} moves L_${t} with slope ${r.slopes[k][t]}, the table has ${slope}`);
      }
    }
  }
  adopt(before);
  draw();
  return { asked, nudges, wrong: wrong.slice(0, 5) };
}"""

# Lists numbers that are wider than their place.
CUT = "() => [...document.querySelectorAll('.n')].filter((e) => e.checkVisibility() && e.scrollWidth > e.clientWidth + 1).map((e) => e.dataset.id).slice(0, 3)"

# Collects in said what a screen reader is told.
SAID = r"""() => {
  window.said = [];
  for (const live of document.querySelectorAll("[aria-live], [role=alert], [role=status]")) new MutationObserver(() => {
    if (live.textContent) said.push(live.textContent);
  }).observe(live, { childList: true, characterData: true, subtree: true });
}"""

# Clicks as soon as the page is drawn, before its engine runs.
EARLY = r"""new MutationObserver((_, observer) => {
  const button = document.querySelector('[data-lens="train"]');
  if (!button) return;
  observer.disconnect();
  window.early = !("ready" in document.documentElement.dataset);
  button.click();
}).observe(document, { subtree: true, childList: true });"""

# Measures how long an edit takes until the next frame can show it.
EDITS = r"""async () => {
  const times = [];
  for (let i = 0; i < 60; i++) {
    const start = performance.now();
    setTo("W.0.1", -0.2 + 0.01 * (i % 10));
    document.body.offsetHeight; // with the layout
    times.push(performance.now() - start);
    await new Promise((done) => setTimeout(done, 5));
  }
  setTo("W.0.1", -0.2);
  return times;
}"""


def go(page, state):
    """Opens a state in the open page."""
    page.evaluate("state => { location.hash = state; }", state)
    until(page, "state => readState === state", "#" + state)


def until(page, expression, arg=None, seconds=10):
    """Waits until an expression is true. Playwright's wait_for_function evaluates it again in a callback of
    the page, where the page's content security policy forbids that."""
    end = time.monotonic() + seconds
    while not page.evaluate(expression, arg):
        if time.monotonic() > end:
            raise Error(f"after {seconds} s {expression} is not true")
        time.sleep(0.01)


class NetTester:
    def __init__(self, browser, job):
        self.browser, self.job, self.problems = browser, job, 0
        self.axe = Path(job["axe"]).read_text(encoding="utf-8")

    def problem(self, text):
        self.problems += 1
        emit(problem="net.html: " + text)

    def check(self, right, text):
        if not right:
            self.problem(text)

    def open(self, width=1280, height=900, state="", script="", **options):
        context = self.browser.new_context(viewport={"width": width, "height": height}, offline=True, locale="en-GB", **options)
        page = context.new_page()
        page.add_init_script(script)
        page.set_default_timeout(10_000)
        page.on("console", lambda m: m.type in ("error", "warning") and self.problem(f"{state}: the console shows: {m.text[:200]}"))
        page.on("pageerror", lambda e: self.problem(f"{state}: a script fails: {str(e)[:200]}"))
        page.goto(Path(self.job["page"]).as_uri() + state)
        page.wait_for_selector('html[data-ready=""]', state="attached", timeout=20_000)
        return page

    def text(self, page, selector):
        return " ".join(page.inner_text(selector).split())

    def numbers(self):
        page, cases = self.open(), self.job["cases"]
        ready = page.evaluate("performance.now()")
        got = page.evaluate(COMPARE, [cases])
        for wrong in got["wrong"]:
            self.problem(wrong)
        made = page.evaluate(MADE_OF, [cases[:16]])
        for wrong in made["wrong"]:
            self.problem(wrong)
        page.context.close()
        # The page opens with numbers that were computed when it was made, and its engine computes the same.
        page = self.open(script=EARLY)
        self.check(page.evaluate("early") and page.evaluate("ui.lens") == "train", "a click on the page before its engine runs is lost")
        far = page.evaluate("() => { compute(S); return Math.max(...opening.numbers.map((v, i) => Math.abs(v - values[i]))); }")
        self.check(far < 1e-8, f"the numbers with which the page opens are {far} beside those of its engine")
        times = page.evaluate(EDITS)
        emit(seen=f"net.html: {got['compared']} numbers of {len(cases)} nets as natively; {made['asked']} answers sum up; {made['nudges']} nudges agree; "
                  f"ready after {ready / 1000:.2f} s, an edit in {statistics.median(times):.1f} ms")
        page.context.close()

    def states(self):
        """Looks at each state: in both widths and colours, and at 200 % of a window of 1280 pixels, where
        nothing may be missing that can be done without the zoom."""
        looked, before, can_do = 0, self.problems, {}
        for width, height in ((1280, 900), (640, 450), (360, 740)):
            page = self.open(width, height, device_scale_factor=2 if width == 640 else 1)
            page.evaluate(self.axe)
            for state in STATES:
                go(page, state)
                wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
                self.check(wide <= 0, f"{state}, {width}: the page is {wide} pixels wider than the window")
                cut = page.evaluate(CUT)
                self.check(not cut, f"{state}, {width}: these numbers do not fit: {cut}")
                if width == 360 or state in ("p2/g/qdW.0.1", "p4/lbreak/m5"):
                    save_screenshot(page, self.job["pictures"], f"net-{width}-{state.replace('/', '_')}.png")
                can_do[width, state] = set(page.evaluate(CAN_DO))
                looked += 1
                if width == 640:
                    continue
                for scheme in ("light", "dark"):
                    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                    found = page.evaluate(axe_run(scheme))
                    for v in found["violations"]:
                        self.problem(f"{state}, {width}, {scheme}: axe, {v['id']}: {v['help']} ({len(v['nodes'])} times, first {v['nodes'][0]['html'][:150]})")
            if width < 1280:
                go(page, "p2/g")
                behind = page.evaluate(BEHIND)
                self.check(not behind, f"{width}: with the focus, these are behind the sheet: {behind}")
            page.context.close()
        for width in (640, 360):
            for state in STATES:
                # The header's buttons that a narrow page leaves out are below “More”.
                missing = can_do[1280, state] - can_do[width, state] - {"themeSwitch ", "big ", "reset "}
                self.check(not missing, f"{state}: at {width} pixels nobody can do {sorted(missing)[:3]}")
            missing = {"themeSwitch ", "bigBox ", "reset "} - can_do[width, "p2/lmore"]
            self.check(not missing, f"“More” lacks {sorted(missing)} at {width} pixels")
        if self.problems == before:
            emit(seen=f"net.html: {looked} states without a violation; nothing is lost at 200 %")

    def functions(self):
        """Uses each function of the page by the keyboard, and listens."""
        page, before = self.open(), self.problems
        page.context.grant_permissions(["clipboard-write"])
        page.emulate_media(reduced_motion="reduce")
        page.evaluate(f"({SAID})()")
        page.evaluate("() => { window.printed = 0; window.print = () => { printed++; dispatchEvent(new Event('afterprint')); }; }")
        tried = set()
        for state, selector, keys, true, want in FUNCTIONS:
            where = f"{state}, {selector}, {keys}"
            page.evaluate("state => { history.replaceState(null, '', state); delete document.documentElement.dataset.theme; readAddress(); draw(); clearTimeout(say.later); }", f"#{state}/aen")
            try:
                page.focus(selector, timeout=2000)
            except Error:
                self.problem(f"{where}: nothing has the focus")
                continue
            tried.update(page.evaluate("Object.keys(document.activeElement.dataset)"))
            page.evaluate("() => { said.length = 0; }")
            for key in keys.split(" ") if keys != " " else [" "]:
                if len(key) == 1 and key != " ":
                    page.evaluate("document.activeElement.select()")
                page.keyboard.press(key)
            try:
                until(page, true, seconds=2)
            except Error:
                self.problem(f"{where}: it is not true that {true}")
            if want and want is not FOCUS:
                with contextlib.suppress(Error):  # on busy processors it is said late
                    until(page, "said.length > 0", seconds=2)
            page.wait_for_timeout(90)  # say waits 60 ms: nothing else is said
            said = page.evaluate("said")
            if want is FOCUS:
                self.check(said == [] and page.evaluate("document.activeElement.matches('#body h2')"), f"{where}: the focus is not on the heading of the answer alone: {said}")
            elif isinstance(want, re.Pattern):
                self.check(len(said) == 1 and want.fullmatch(said[0]), f"{where}: a screen reader hears {said}, want once {want.pattern}")
            else:
                self.check(said == ([want] if want else []), f"{where}: a screen reader hears {said}, want once {want!r}")
        # The rest is reached in use().
        missing = set(page.evaluate("Object.keys(clicks)")) - tried - {"untrain"}
        self.check(not missing, f"no key was tried on {sorted(missing)}")
        page.context.close()
        if self.problems == before:
            emit(seen=f"net.html: {len(FUNCTIONS)} functions by the keyboard, each said once")

    def use(self):
        """Uses the page as a reader does, by the keyboard."""
        page = self.open()
        before = self.problems
        # The question that the page opens with.
        self.check("?" in self.text(page, '[data-id="dW.0.1"].on'), "the page does not open with W₁₂ covered")
        page.focus('[data-guess="1"]')
        page.keyboard.press("Enter")
        equation = self.text(page, "#body .equation:nth-of-type(4)")
        self.check("0.0762 − 0.0027 + 0.1188" in self.text(page, "#body") and "0.1923" in self.text(page, "#body"), f"∂L/∂W₁₂ is answered with {equation!r}")
        # Deeper and back.
        page.focus('#body [data-ask="cW.2.1.0.1"]')
        page.keyboard.press("Enter")
        self.check("(−0.0140" in self.text(page, "#body") or "−0.0140" in self.text(page, "#body"), "the indirect cell is not made of ∂L_2/∂a_1")
        self.check(page.evaluate("document.activeElement.tagName") == "H2", "after a question the focus is not on its answer")
        page.keyboard.press("Escape")
        self.check(page.evaluate("ui.trail.join()") == "dW.0.1", "Escape does not go back")
        page.go_back()
        until(page, "ui.trail.length === 2")
        page.go_forward()
        until(page, "ui.trail.length === 1")
        # An edit by the arrow keys keeps the focus.
        page.focus('#knobs [data-id="W.0.1"]')
        page.keyboard.press("ArrowUp")
        self.check(page.evaluate("document.activeElement.dataset.id") == "W.0.1", "the focus is lost by an edit")
        # Bad input keeps the last good numbers and says why.
        page.keyboard.press("Enter")
        good = page.evaluate("[...values]")
        for typed in ("", "abc", "1e400", "NaN", "Infinity", "0x10"):
            page.fill("#body [data-type]", typed)
            page.keyboard.press("Enter")
            page.wait_for_timeout(30)
            self.check(page.evaluate("[...values]") == good, f"typing {typed!r} changes the numbers")
            self.check(self.text(page, "#body .row:has([data-type]) #why") != "", f"typing {typed!r} says nothing beside the field")
            self.check(page.get_attribute("#body [data-type]", "aria-describedby") == "why", f"typing {typed!r} does not mark the field")
            page.keyboard.press("Tab")
            self.check(page.input_value("#body [data-type]") == typed, f"what was typed is lost: {page.input_value('#body [data-type]')!r} for {typed!r}")
        page.fill("#body [data-type]", "-0,2")
        page.keyboard.press("Enter")
        page.wait_for_timeout(30)
        self.check(page.evaluate("S.W[0][1]") == -0.2 and page.locator("#why").count() == 0 and page.input_value("#body [data-type]") == "-0.2", "a number after a bad one is not taken")
        # A word twice; a new name moves no number.
        page.evaluate("location.hash = 'p2/lmore'")
        page.wait_for_selector('[data-label="out.0"]')
        good = page.evaluate("[...values]")
        page.fill('[data-label="out.0"]', "박쥐")
        page.keyboard.press("Tab")
        self.check(self.text(page, ":has(> label > [data-label='out.0']) #why") != "" and page.evaluate("ui.labels.out[0]") == "야구", "a word can be there twice")
        self.check(page.input_value('[data-label="out.0"]') == "박쥐", "the name that was typed is lost")
        page.fill('[data-label="out.0"]', "pear")
        page.keyboard.press("Tab")
        self.check(page.evaluate("ui.labels.out[0]") == "pear" and "pear" in self.text(page, "#O1") and page.evaluate("[...values]") == good, "a new name is not shown, or moves a number")
        page.wait_for_timeout(300)  # the address follows a change that may be one of many
        page.reload()
        page.wait_for_selector('html[data-ready=""]', state="attached")
        self.check("pear" in self.text(page, "#O1"), "the address does not keep the name of a word")
        # The copies apart: what moves and what does not.
        page.evaluate("location.hash = 'p2/lcopies/k2_0.1_W01'")
        until(page, "ui.lens === 'copies'")
        self.check("+0.0123" in self.text(page, "#O2 + .loss"), "copy 2 does not move L_2 by +0.0123")
        self.check(page.locator("#A1 .moved, #H1 .moved, #O1 .moved").count() == 0 and page.locator("#A2 .moved").count() > 0, "copy 2 moves step 1")
        # Linked again, the copies move together, and the slopes are one sum.
        page.click('[data-apart="0"]')
        self.check(page.evaluate("Math.abs(nudge().slopes[0][0] - val('dW.0.1')) < 1e-6") and page.locator("#A1 .moved").count() > 0, "linked copies do not move together")
        self.check(page.locator(".paths tfoot").count() == 0, "the table that is not folded has an empty row")
        # “More” shares what was looked at before, after a reload, too.
        page.click('[data-lens="more"]')
        page.reload()
        page.wait_for_selector('html[data-ready=""]', state="attached")
        self.check(page.evaluate("ui.lens") == "more", "a reload leaves “More”")
        page.evaluate("() => { location.href = sharedAddress(); }")
        until(page, "ui.lens === 'copies' && ui.by === 0.1")
        # The honest zero, and what the page says of the state that it starts from.
        self.check("baseball bat" in self.text(page, ".from"), "the page does not say what is carried")
        page.click('[data-start="zero"]')
        self.check("nothing" in self.text(page, ".from"), "the page does not say that nothing was read")
        self.check(page.evaluate("val('cW.1.1.0.1') === 0 && val('cW.2.1.0.1') === 0 && val('cU.2.1.0.1') !== 0"), "with h_0 = 0 the wrong cells vanish")
        # Which gradient shows which mistake, and which pair does not: what “Break it” says of each of them alone.
        for state, wrong in (("p1/z", "06 06 46 40"), ("p2/z", "06 06 46 40"), ("p1/c", "46 46 46 40"), ("p2/c", "46 46 46 40"), ("p4/z", "46 46 46 40")):
            for i, want in enumerate(wrong.split()):
                go(page, f"{state}/lbreak/m{1 << i}")
                got = page.evaluate("['W', 'U', 'V'].map((M) => wrongEntries(M).length)")
                right = [got[0] == int(want[0]), (got[1] > 0) == (want[1] != "0"), got[2] == 0]
                if want[:2] == "06":  # the column of the first word alone
                    right.append(page.evaluate("wrongEntries('U').every(([, j]) => j === S.x[0])"))
                self.check(all(right), f"{state}, mistake {i + 1}: {got} entries of W, U and V are wrong")
                alike = page.evaluate("[...document.querySelectorAll('.compare tbody tr')].filter((r) => r.textContent.includes('✗') && r.cells[1].textContent === r.cells[2].textContent).length")
                self.check(alike == 0, f"{state}, mistake {i + 1}: {alike} wrong entries look equal")
        # Training, and back.
        page.evaluate("location.hash = 'p1/ltrain'")
        until(page, "ui.lens === 'train'")
        page.click('[data-train="50"]')
        self.check("0.1146" in self.text(page, "#body"), "50 steps on both pairs do not end at 0.1146")
        page.click("[data-untrain]")
        self.check(page.evaluate("S.W[0][1]") == -0.2, "untraining does not restore W")
        # A net for a student, the same each time; the QR code.
        page.evaluate("location.hash = 'p2/lmore'")
        page.wait_for_selector("#student")
        page.fill("#student", "20231234")
        page.click('[data-program="numpy"]')
        self.check(page.input_value("#student") == "20231234", "a student number that is not used yet is lost")
        page.press("#student", "Enter")
        drawn = page.evaluate("JSON.stringify([S.U, S.W, S.V])")
        self.check(drawn != page.evaluate("JSON.stringify((({ U, W, V }) => [U, W, V])(presetState('p2')))"), "a student's number draws no net")
        page.wait_for_timeout(300)
        self.check(len(page.evaluate("location.hash")) < 80, "the address of a student's net is long")
        page.reload()
        page.wait_for_selector('html[data-ready=""]', state="attached")
        self.check(page.evaluate("JSON.stringify([S.U, S.W, S.V])") == drawn, "the address does not keep a student's net")
        self.check(page.evaluate("document.querySelector('.qr path').getAttribute('d').length") > 1000, "there is no QR code")
        # The worksheet shows what is given, and nothing that is computed.
        page.evaluate("() => { window.print = () => {}; printSheet(true); }")
        page.emulate_media(media="print")
        self.check(page.evaluate("[...document.querySelectorAll('#text .n')].filter((e) => e.checkVisibility() && !isGiven(e.dataset.id) && e.textContent !== '?').length") == 0, "the worksheet shows a computed number")
        save_screenshot(page, self.job["pictures"], "net-worksheet.png")
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        page.emulate_media(media="screen")
        self.check(page.evaluate("val('L.0') > 0 && !ui.sheet && document.querySelectorAll('.covered').length === 0"), "after printing numbers are still hidden")
        # The states of the lecture's plan, and its numbers.
        page.emulate_media(reduced_motion="reduce")
        page.evaluate("location.hash = 'p2/lplan'")
        page.wait_for_selector(".plan a")
        save_screenshot(page, self.job["pictures"], "net-plan.png", full_page=True)
        plan = page.evaluate("[...document.querySelectorAll('.plan a')].map((a) => [a.getAttribute('href'), a.closest('li').querySelector('details p').textContent])")
        self.check(len(plan) > 10, f"the plan has {len(plan)} lines")
        for state, answer in plan:
            page.evaluate("state => { location.hash = state; }", state)
            until(page, "state => readState === state", arg=state)
            place = page.evaluate("[ui.preset, ui.lens === 'ask' ? 'q' + ui.trail.join('~') : 'l' + ui.lens].join('/')")
            self.check(state.startswith("#" + place), f"the plan's address {state} opens {place}")
            # It does not give its answer away: that takes a tap, the training, or a larger window.
            unasked = self.text(page, "body")
            given = [n for n in re.findall(r"−?\d\.\d{4}", answer) if n.lstrip("−") in unasked]
            self.check(not given, f"the plan's state {state} shows {given} before it is asked")
            for ask in ('[data-guess="0"]', "[data-reveal]"):
                if page.locator(ask).count():
                    page.click(ask)
            if page.evaluate("ui.lens") == "train":
                page.click('[data-train="50"]')
            shown = self.text(page, "body")
            for n in re.findall(r"−?\d\.\d{4}", answer):
                self.check(n.lstrip("−") in shown, f"the plan says {n} of {state}, which does not show it")
        # Addresses that others made up.
        for state in ("q../x", "p9/lask/qdW.9.9/x99/y1", "k9_9e9_W77/e-1/m99", "s%E0%A4%A", "s%C2%ABq%C2%BB%24", "w" + "U00_1e400~W00_abc", "lmore/s%EE%80%809999%EE%80%81"):  # the last with the marks of patch.js
            page.evaluate("state => { location.hash = state; }", state)
            page.wait_for_timeout(30)
            self.check(page.evaluate("Number.isFinite(val('L.0'))"), f"the address #{state} has no numbers")
        page.context.close()
        if self.problems == before:
            emit(seen="net.html: questions, edits, bad input, names, copies, training, addresses")


    def keep(self):
        """What a reader has made stays: the weights when the sequence changes, all of it in the history; and
        what the page says of the state that is carried over is true of the net that it shows."""
        page, before = self.open(), self.problems
        page.evaluate("location.hash = 'p2/ltrain/s20231234'")
        until(page, "ui.student === '20231234'")
        page.click('[data-both="true"]')
        weights = "JSON.stringify([S.U, S.W, S.V])"
        h0 = "S.h0.map((h) => h.toFixed(4)).join()"
        self.check(page.evaluate(h0) == "0.4319,-0.4454", f"the student's net carries over {page.evaluate(h0)}")  # from NumPy
        page.click('[data-train="50"]')
        agree = page.evaluate("[ui.history.parts[1] - val('L.0'), ui.history.hidden.at(-1)[2][0] - val('h.1.0'), ui.history.losses.at(-1) - ui.history.parts[0] - ui.history.parts[1]]")
        self.check(max(map(abs, agree)) < 1e-12, f"the training and the stage beside it differ by {agree}")
        self.check(self.text(page, "#L2, #total .sum").split()[-1] in self.text(page, "#body"), "the loss on the stage is not in the training's sum")
        trained = page.evaluate(weights)
        page.click('[data-preset="p1"]')
        self.check(page.evaluate(weights) == trained and page.evaluate("S.x.join()") == "0,2", "another sequence changes the weights")
        self.check("20231234" in self.text(page, "h1"), "another sequence forgets whose net it is")
        page.click('[data-start="carried"]')
        page.evaluate("setTo('W.0.1', 0.7)")  # an edit, and at once another sequence
        edited = page.evaluate(weights)
        page.click('[data-preset="p4"]')
        page.go_back()
        until(page, "S.x.length === 2")
        self.check(page.evaluate(weights) == edited, "Back to the sequence before does not restore the edit there, to each digit")
        self.check(page.evaluate("S.carry") and page.evaluate(h0) != "0.3303,0.1906", "Back does not restore the carried state")
        page.go_forward()
        until(page, "S.x.length === 4")
        page.click("header [data-reset]")
        self.check(page.evaluate("JSON.stringify([S.U, S.W, S.V]) === JSON.stringify((({ U, W, V }) => [U, W, V])(presetState('p2')))") and page.evaluate(h0) == "0.3303,0.1906", "reset does not lead back to the lecture's net")
        page.go_back()
        until(page, "S.x.length === 4")
        self.check(page.evaluate(weights) == edited, "Back does not lead behind the reset")
        # A state that was typed stays as it is; an edit of W moves a carried one.
        for state, moves in (("p2/h0.3303~0.1906", False), ("p2/c", True), ("p1/c", True), ("p2/z", False)):
            go(page, state)
            was = page.evaluate("val('h.0.0')")
            page.evaluate("setTo('W.0.1', 0.7)")
            self.check((page.evaluate("val('h.0.0')") != was) == moves, f"{state}: editing W {'does not move' if moves else 'moves'} h_0")
        # The gradient is that of a constant h_0; the slope with an h_0 that follows is from a calculation beside it.
        go(page, "p2/g/qdW.0.1")
        self.check("0.1923" in self.text(page, "#body") and "0.1610" in self.text(page, "#body"), "the page does not say what the cut of the gradient leaves out")
        go(page, "p2/z/g/qdW.0.1")
        self.check("0.1610" not in self.text(page, "#body"), "from h_0 = 0 nothing is cut, but the page says so")
        # The gradients of the net before a copy moved are marked, where they differ.
        go(page, "p2/lcopies/k2_0.1_W01")
        old = page.evaluate("[...document.querySelectorAll('#net .old')].map((e) => e.dataset.id).join()")
        self.check(old == "de.1.0,de.1.1,de.2.0,de.2.1,d.2.0,d.2.1,d.2.2,d.2.3", f"with copy 2 moved, these are marked as of the net before: {old}")
        # What is hidden is nowhere: not one of the numbers that are computed is on the page.
        computed = """() => { const texts = new Set([...layout(S.x.length).tables.keys()].filter((t) => !isGiven(t) && !/^[fn]/.test(t)).flatMap((t) => { const { start, dims } = layout(S.x.length).tables.get(t); return [...values.slice(start, start + dims.reduce((a, b) => a * b, 1))].filter((v) => v % 0.1 !== 0).map((v) => computedText(v).replace('−', '')); }));
          return [...texts].filter((t) => /\\d\\.\\d{4}/.test(t) && (document.body.innerText + [...document.querySelectorAll('[aria-label]')].map((e) => e.getAttribute('aria-label')).join(' ')).includes(t)); }"""
        for state in ("p2/v/z", "p2/v/lcopies/z/k1_0.1_W01/f", "p2/v/lbreak/z/m1", "p1/v/ltrain", "p2/v/lfar/z", "p4/v/lstep/t99"):
            go(page, state)
            self.check(not page.evaluate(computed), f"{state} shows the hidden numbers {page.evaluate(computed)[:3]}")
        # How far the gradient reaches, and why. The ratio is from NumPy.
        go(page, "p2/z/lfar/r6_20")
        self.check("47.97" in self.text(page, "#body") and "More than ten times" in self.text(page, "#body"), "six times W does not grow")
        go(page, "p2/lfar/r1_20")
        self.check("must fade" in self.text(page, "#body") and "Less than a tenth" in self.text(page, "#body"), "a largest singular value below 1 does not say that the gradient must fade")
        page.context.close()
        if self.problems == before:
            emit(seen="net.html: weights, carried states and hidden numbers are kept")

    def screens(self):
        """Large numbers are larger on each projector; on a phone, what a lens speaks of is in view."""
        before = self.problems
        page = self.open(1280, 720)
        for width, height in ((1024, 768), (1280, 720), (1366, 768), (1920, 1080)):
            page.set_viewport_size({"width": width, "height": height})
            size = "parseFloat(getComputedStyle(document.querySelector('#net .n')).fontSize)"
            go(page, "p2/g")
            small = page.evaluate(size)
            go(page, "p2/g/b")
            self.check(page.evaluate(size) >= 1.2 * small, f"{width}: large numbers have {page.evaluate(size)} pixels, others {small}")
        page.context.close()
        page = self.open(360, 740)
        inside = """(selector) => [...document.querySelectorAll(selector)].filter((e) => e.checkVisibility()).every((e) => { const b = e.getBoundingClientRect(); return b.top >= 0 && b.bottom <= document.getElementById('panel').getBoundingClientRect().top; })"""
        page.emulate_media(reduced_motion="reduce")
        go(page, "p2/lstep")
        page.evaluate("scrollTo(0, 0)")
        for step in range(1, 20):
            page.click('[data-step="1"]')
            self.check(page.evaluate(inside, ".n.now"), f"360: the numbers of step {step} are out of view")
        page.evaluate("document.getElementById('panel').scrollTop = 9999")
        for nth, selector in ((3, "#H0"), (4, "#knobW"), (2, ".n.on")):
            page.evaluate("() => { document.querySelector('#try details').open = true; }")
            page.click(f"#try li:nth-child({nth}) a")
            until(page, "document.getElementById('panel').scrollTop === 0")
            self.check(page.evaluate(inside, selector), f"360: after the link {nth}, {selector} is out of view")
        page.click('[data-matrix="U"]')
        self.check(page.evaluate(inside, ".n.on"), "360: U is chosen and out of view")
        go(page, "p4/lask/qdV.0.0")
        page.evaluate("scrollTo(0, 9999)")
        page.click('[data-lens="step"]')
        self.check(page.evaluate(inside, ".n.now"), "360: after a press of Step its numbers are out of view")
        # The first screen says what the net does, and the way to its questions begins there.
        go(page, "p2")
        page.evaluate("scrollTo(0, 0)")
        for selector in ("#intro", "#try summary", ".from"):
            self.check(page.evaluate(inside, selector), f"360: {selector} is not on the first screen")
        page.set_viewport_size({"width": 1280, "height": 900})
        over = page.evaluate("""() => [...document.querySelectorAll('.share')].filter((td) => { const n = td.querySelector('.n'), size = parseFloat(getComputedStyle(n).fontSize); return !(parseFloat(getComputedStyle(td).backgroundSize.split(',')[0].split(' ').at(-1)) <= (n.offsetHeight - size) / 2); }).length""")
        self.check(over == 0, f"{over} bars of ŷ lie under their digits")
        go(page, "p2/lmore")
        for language in ("numpy", "pytorch", "go"):
            page.click(f'[data-program="{language}"]')
            self.check(page.evaluate("(() => { const code = document.querySelector('.code'); return code.scrollWidth <= code.clientWidth; })()"), f"the copy in {language} scrolls sideways")
        page.context.close()
        if self.problems == before:
            emit(seen="net.html: large on projectors, in view on a phone")

    def paper(self):
        """On paper, the lines of the stage are where its numbers are, in light colours."""
        before = self.problems
        for width, scheme in ((1280, "dark"), (360, "light")):
            page = self.open(width, 740, color_scheme=scheme)
            for state in ("p2/g/qdW.0.1", "p4/lcopies/k_0_W01", "p2/b/g/qdW.0.1"):
                go(page, state)
                page.evaluate("dispatchEvent(new Event('beforeprint'))")
                drawn = page.evaluate("document.getElementById('wires').innerHTML")
                page.emulate_media(media="print")
                page.set_viewport_size({"width": 718, "height": 1000})  # A4 with margins of 1 cm
                fresh = page.evaluate("() => { drawWires(); return document.getElementById('wires').innerHTML; }")
                far = max((abs(a - b) for a, b in zip(*([float(n) for n in re.findall(r"-?[0-9.]+", text)] for text in (drawn, fresh)), strict=False)), default=999)
                self.check(len(drawn) > 500 and far < 2, f"{state}, {width}: on paper the lines are {far:.0f} pixels beside the numbers")
                self.check(page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--ink')") == "#000", f"{state}, {scheme}: the paper has the colours of the screen")
                page.evaluate("dispatchEvent(new Event('afterprint'))")
                page.emulate_media(media="screen")
                page.set_viewport_size({"width": width, "height": 740})
                self.check(page.evaluate("getComputedStyle(document.getElementById('tabs')).display") == "flex", f"{state}: after printing the page stays laid out for paper")
            page.context.close()
        if self.problems == before:
            emit(seen="net.html: printed, the lines are where the numbers are")

    def touch(self):
        """A finger that scrolls the page never moves a slider; one that goes along it, or taps it, does."""
        before = self.problems
        page = self.open(360, 740, has_touch=True)
        session = page.context.new_cdp_session(page)
        for state, slider, value in (("p2/g/qW.0.1", "#body [data-set]", "S.W[0][1]"), ("p2/lfar", "[data-far]", "ui.far"), ("p2/lcopies/k_0_W01", "[data-by]", "ui.by"), ("p2/lstep", "[data-step-to]", "ui.step")):
            for moves, changes in (([(0, -y) for y in range(9, 99, 9)], False), ([(x, 0) for x in range(9, 36, 9)] + [(30, y) for y in range(9, 99, 9)], False), ([(-x, x // 9) for x in range(9, 72, 9)], True), ([], True)):
                go(page, state + "/aen")
                go(page, state)
                page.evaluate("selector => document.querySelector(selector).scrollIntoView({ block: 'center' })", slider)
                page.wait_for_timeout(60)
                was, box = page.evaluate(value), page.locator(slider).bounding_box()
                x, y = box["x"] + 0.8 * box["width"], box["y"] + box["height"] / 2
                session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
                for dx, dy in moves:
                    session.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x + dx, "y": y + dy}]})
                session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
                page.wait_for_timeout(150)
                self.check((page.evaluate(value) != was) == changes, f"{state}: a finger that goes {moves[-1] if moves else 'nowhere'} {'does not move' if changes else 'moves'} {slider}")
        page.context.close()
        if self.problems == before:
            emit(seen="net.html: a finger that scrolls moves no slider")


def main(path):
    job = json.loads(Path(path).read_text(encoding="utf-8"))
    with chromium(job["browser"]) as browser:
        tester = NetTester(browser, job)
        for part in job["parts"]:
            try:
                getattr(tester, part)()
            except Error as error:
                tester.problem(f"{part}: {str(error).splitlines()[0]}")


if __name__ == "__main__":
    main(sys.argv[1])
