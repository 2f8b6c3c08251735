"""Measures the page of the lecture's net in a headless Chromium.

    python net_times.py JOB

JOB is a JSON file with the fields page, browser and runs. Each line of standard output is a JSON
object with a time in milliseconds: {"ready": …} for each run, {"edit": …} for each edit.
"""
import json
import sys
from pathlib import Path

from launch import chromium, emit

# Notes when the page says that it is ready. It runs before the page's own scripts.
WATCH = """new MutationObserver(() => {
  if ("ready" in document.documentElement.dataset) window.readyAt ??= performance.now();
}).observe(document, { subtree: true, attributes: true, attributeFilter: ["data-ready"] });"""

# Changes a number at the beginning of a frame, where Chromium delivers what the reader does, and
# waits for the first task after that frame, when it has been laid out and painted.
EDIT = """async (value) => new Promise((done) => requestAnimationFrame(() => {
  const channel = new MessageChannel(), start = performance.now();
  channel.port1.onmessage = () => done(performance.now() - start);
  setTo("W.0.1", value);
  channel.port2.postMessage(null);
}))"""
EDITS = 40


def main(path):
    job = json.loads(Path(path).read_text(encoding="utf-8"))
    address = Path(job["page"]).as_uri()
    with chromium(job["browser"]) as browser:
        for state, edits in [*[("", 0)] * job["runs"], ("", EDITS), ("#p4/g", EDITS), ("#p2/lcopies/k1_0.1_W01", EDITS), ("#p2/ltrain", EDITS)]:
            context = browser.new_context(viewport={"width": 1280, "height": 900}, offline=True)
            page = context.new_page()
            page.add_init_script(WATCH)
            page.goto(address + state)
            page.wait_for_selector('html[data-ready=""]', state="attached", timeout=20_000)
            if not edits:
                emit(ready=page.evaluate("readyAt"))
            for i in range(edits):
                emit(edit=page.evaluate(EDIT, -0.2 + 0.01 * (i % 10)))
            context.close()


if __name__ == "__main__":
    main(sys.argv[1])
