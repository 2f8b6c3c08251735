"""Measures a page whose cells run in a headless browser, opened as a file, offline.

    python live_times.py JOB

JOB is a JSON file with the fields site, page, browser, firefox, limit and runs. Each line of standard
output is a JSON object with a time in milliseconds from the click on Run until the output stands there:
{"first": …} for the first run of a page, which loads the engine, {"warm": …} for the others.
"""
import json
import sys
from pathlib import Path

from launch import emit
from live_pages import browser

# Runs a cell, and returns the time until it has been painted.
RUN = """async (index) => {
  const bar = document.querySelectorAll(".live-bar")[index], begun = performance.now();
  bar.scrollIntoView({ block: "center" });
  bar.querySelector(".live-run").click();
  while (bar.matches(".running")) await new Promise((resolve) => setTimeout(resolve, 1));
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  if (!bar.querySelector(".live-note").matches(".good")) throw new Error(bar.querySelector(".live-note").textContent);
  return performance.now() - begun;
}"""
# The cells that show something, by their place.
SHOWING = """() => [...document.querySelectorAll(".live-bar")].flatMap((bar, i) => {
  const cell = bar.closest(".jp-CodeCell");
  return cell.closest(".solution") || !cell.querySelector(".live-outputs").textContent.trim() ? [] : [i];
})"""


def main(path):
    job = json.loads(Path(path).read_text(encoding="utf-8"))
    with browser(job) as open_page:
        for _ in range(job["runs"]):
            page = open_page(job["page"])
            showing = page.call(SHOWING)
            emit(first=page.call(RUN, showing[0]))
            for index in showing:
                emit(warm=page.call(RUN, index))
            page.close()


if __name__ == "__main__":
    main(sys.argv[1])
