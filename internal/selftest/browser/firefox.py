"""Tests the page of the lecture's net in a headless Firefox, opened as a file, with no network.

    python firefox.py JOB

JOB is a JSON file with the fields of NetVisit in net.go. Firefox is driven over WebDriver BiDi,
which it speaks itself. Each line of standard output is a JSON object, {"seen": text} or
{"problem": text}.
"""
import base64
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import websocket  # websocket-client, which Jupyter brings

from launch import emit, save_screenshot
from net import COMPARE, CUT, MADE_OF, SAID

# The states whose layout is looked at, in both widths.
STATES = ["p2", "p2/g/qdW.0.1", "p2/lcopies/k1_0.1_W01", "p4/lbreak/m5", "p2/lstep/t9", "p2/ltrain", "p2/lfar/r2_20", "p2/lmore", "p4/ako/g"]

# No network but that to this script, and nothing that Firefox does by itself.
PREFERENCES = {
    "network.proxy.type": 1, "network.proxy.http": "127.0.0.1", "network.proxy.http_port": 9, "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9, "network.proxy.allow_hijacking_localhost": False, "app.update.enabled": False, "app.normandy.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False, "toolkit.telemetry.enabled": False, "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0, "browser.aboutwelcome.enabled": False, "extensions.update.enabled": False, "ui.prefersReducedMotion": 1,
    "intl.accept_languages": "en-GB", "layout.css.prefers-color-scheme.content-override": 1,
}
KEYS = {"Tab": "\ue004", "Enter": "\ue007", "ArrowUp": "\ue013", "Escape": "\ue00c"}


class FirefoxError(Exception):
    """What Firefox answers instead of a result."""


class Firefox:
    """A Firefox with one tab. patience is how many seconds a command may take. See
    https://w3c.github.io/webdriver-bidi/ for the commands."""

    def __init__(self, program, patience=60):
        self.folder = tempfile.TemporaryDirectory(prefix="rnn101-firefox-", ignore_cleanup_errors=True)
        profile = Path(self.folder.name) / "profile"
        profile.mkdir()
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in PREFERENCES.items()]
        (profile / "user.js").write_text("\n".join(lines), encoding="utf-8")
        self.process = subprocess.Popen(
            [program, "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port", "0", "about:blank"],
            env={**os.environ, "HOME": self.folder.name}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        self.printed, self.started = [], threading.Event()
        threading.Thread(target=self.read, daemon=True).start()
        self.started.wait(60)
        address = re.search(r"BiDi listening on (ws://\S+)", "\n".join(self.printed))
        if not address:
            self.process.kill()
            raise FirefoxError("Firefox does not start:\n" + "\n".join(self.printed))
        self.socket = websocket.create_connection(address[1] + "/session", suppress_origin=True, timeout=patience)
        self.sent, self.entries = 0, []
        self.command("session.new", capabilities={})
        self.tab = self.command("browsingContext.create", type="tab")["context"]  # that at the start never has the focus
        self.command("session.subscribe", events=["log.entryAdded"])

    def read(self):
        """Reads what Firefox prints, to its end, so that it never waits for a reader."""
        for line in self.process.stderr:
            if not self.started.is_set():
                self.printed.append(line.rstrip())
            if "BiDi listening on" in line:
                self.started.set()
        self.started.set()

    def command(self, method, **parameters):
        self.sent += 1
        self.socket.send(json.dumps({"id": self.sent, "method": method, "params": parameters}))
        while True:
            message = json.loads(self.socket.recv())
            if message.get("method") == "log.entryAdded":
                self.entries.append(message["params"])
            if message.get("id") != self.sent:
                continue
            if message["type"] == "error":
                raise FirefoxError(f"{method}: {message['message']}")
            return message["result"]

    def evaluate(self, expression):
        """Evaluates an expression in the page, waits for a promise, and returns it."""
        answer = self.command("script.evaluate", expression=f"(async () => JSON.stringify(await ({expression})) ?? 'null')()",
                              target={"context": self.tab}, awaitPromise=True)
        if answer["type"] == "exception":
            raise FirefoxError(f"{answer['exceptionDetails']['text']}, of {expression[:100]}")
        return json.loads(answer["result"]["value"])

    def call(self, function, argument):
        return self.evaluate(f"({function})({json.dumps(argument)})")

    def until(self, expression):
        end = time.monotonic() + 20
        while not self.evaluate(expression):
            if time.monotonic() > end:
                raise FirefoxError(f"after 20 s {expression} is not true")
            time.sleep(0.02)

    def press(self, key, on=None):
        if on:
            self.evaluate(f"document.querySelector({json.dumps(on)}).focus()")
        actions = [{"type": kind, "value": KEYS[key]} for kind in ("keyDown", "keyUp")]
        self.command("input.performActions", context=self.tab, actions=[{"type": "key", "id": "keys", "actions": actions}])

    def resize(self, width, height):
        self.command("browsingContext.setViewport", context=self.tab, viewport={"width": width, "height": height})

    def screenshot(self, path):
        Path(path).write_bytes(base64.b64decode(self.command("browsingContext.captureScreenshot", context=self.tab)["data"]))

    def close(self):
        try:
            self.command("browser.close")
            self.process.wait(10)
        except (OSError, FirefoxError, websocket.WebSocketException, subprocess.TimeoutExpired):
            self.process.kill()
            self.process.wait()
        self.folder.cleanup()


class NetTester:
    def __init__(self, firefox, job):
        self.firefox, self.job, self.problems = firefox, job, 0

    def check(self, right, text):
        if not right:
            self.problems += 1
            emit(problem="net.html in Firefox: " + text)

    def open(self):
        self.firefox.resize(1280, 900)
        self.firefox.command("browsingContext.navigate", context=self.firefox.tab, url=Path(self.job["page"]).as_uri() + "#aen", wait="complete")
        self.firefox.until("document.documentElement.dataset.ready === ''")

    def numbers(self):
        cases = self.job["cases"]
        got = self.firefox.call(COMPARE, [cases])
        made = self.firefox.call(MADE_OF, [cases[:8]])
        for wrong in got["wrong"] + made["wrong"]:
            self.check(False, wrong)
        emit(seen=f"net.html in Firefox: {got['compared']} numbers of {len(cases)} nets as natively; {made['asked']} answers sum up; {made['nudges']} nudges agree")

    def keys(self):
        """Answers the question that the page opens with, and edits, by the keyboard."""
        firefox, text = self.firefox, "document.getElementById('body').innerText"
        self.check(firefox.evaluate("document.querySelector('[data-id=\"dW.0.1\"].on').textContent") == "?", "the page does not open with W₁₂ covered")
        firefox.press("Enter", on='[data-guess="1"]')
        firefox.until(f"{text}.includes('0.1923')")
        self.check("0.0762 − 0.0027 + 0.1188" in firefox.evaluate(text), "∂L/∂W₁₂ is not the sum of its cells")
        firefox.evaluate(f"({SAID})()")
        firefox.press("ArrowUp", on='#knobs [data-id="W.0.1"]')
        firefox.until("said.length > 0")
        self.check(firefox.evaluate("said") == ["W 12 = −0.1, the loss is 2.4162"], f"an edit is said {firefox.evaluate('said')}")
        self.check(firefox.evaluate("document.activeElement.dataset.id") == "W.0.1", "the focus is lost by an edit")
        firefox.press("Tab")
        self.check(firefox.evaluate("document.activeElement.dataset.id") == "W.1.0", "the Tab key does not go on to W₂₁")
        emit(seen="net.html in Firefox: questions and edits by the keyboard")

    def layout(self):
        firefox = self.firefox
        for width, height in ((1280, 900), (360, 740)):
            firefox.resize(width, height)
            for state in STATES:
                firefox.evaluate(f"void (location.hash = {json.dumps(state)})")
                firefox.until(f"readState === {json.dumps('#' + state)}")
                where = f"{state}, {width}"
                wide = firefox.evaluate("document.documentElement.scrollWidth - innerWidth")
                self.check(wide <= 0, f"{where}: the page is {wide} pixels wider than the window")
                cut = firefox.evaluate(f"({CUT})()")
                self.check(not cut, f"{where}: these numbers do not fit: {cut}")
                if state in ("p2/g/qdW.0.1", "p2/lfar/r2_20"):
                    save_screenshot(firefox, self.job["pictures"], f"net-firefox-{width}-{state.replace('/', '_')}.png")
        emit(seen=f"net.html in Firefox: {2 * len(STATES)} states fit")

    def quiet(self):
        """Checks that the console was silent."""
        for entry in self.firefox.entries:
            if entry["level"] in ("error", "warn"):
                self.check(False, f"the console shows: {entry['text'][:200]}")


def main(path):
    job = json.loads(Path(path).read_text(encoding="utf-8"))
    firefox = Firefox(job["browser"])
    try:
        tester = NetTester(firefox, job)
        tester.open()
        for part in (tester.numbers, tester.keys, tester.layout, tester.quiet):
            try:
                part()
            except FirefoxError as error:
                tester.check(False, f"{part.__name__}: {error}")
    finally:
        firefox.close()


if __name__ == "__main__":
    main(sys.argv[1])
