"""Does assignments on their pages as a student does, in a headless Chromium, opened as files, offline.

    python handout.py JOB

JOB is a JSON file with the fields of handoutJob in handout.go. Each line of standard output is a JSON
object: {"seen": text}, {"problem": text}, or {"work": {"assignment", "student", "right"}} for a
downloaded notebook, with the checks that the page shows to be right.
"""
import json
import sys
from pathlib import Path

from playwright.sync_api import Error

from launch import chromium, emit
from live import LiveTester

NUMBER = """id => [...document.querySelectorAll('article .jp-CodeCell')].find((e) => e.dataset.cell === id)
  .querySelector('.live-number').textContent.replace(/^\\D+/, '')"""


class Student(LiveTester):
    def do(self, handout, name, without):
        """Writes all answers of a page but some, runs the checks, and downloads the notebook."""
        page = self.open(handout["page"], accept_downloads=True)
        for cell, source in handout["answers"].items():
            if cell not in without:
                self.edit(page, page.evaluate(NUMBER, cell), source)
        for cell, words in handout["words"].items():
            self.write(page, cell, words)
        right = []
        for check in handout["checks"]:
            number = page.evaluate(NUMBER, check)
            self.run(page, number)
            shown = self.shown(page, number)
            if "✓" in shown and "✗" not in shown:
                right.append(check)
            elif not without:
                self.problem(f"{handout['page']}, {check}: with the right answer the page shows {shown[:300]!r}")
        self.access(f"{Path(handout['page']).stem} {name}", page)
        page.click(".live-work")
        with page.expect_download() as download:
            page.get_by_role("button", name="Download my work").click()
        file = Path(self.job["downloads"]) / handout["assignment"] / name / download.value.suggested_filename
        file.parent.mkdir(parents=True, exist_ok=True)
        download.value.save_as(file)
        emit(work={"assignment": handout["assignment"], "student": name, "right": right})
        page.context.close()

    def write(self, page, cell, words):
        """Answers a question in words, and looks how the answer is shown."""
        box = page.locator(f".jp-MarkdownCell[data-cell='{cell}']")
        box.get_by_role("button", name="Write").click()
        box.get_by_role("textbox").fill(words)
        box.get_by_role("button", name="Done").click()
        page.wait_for_function("e => !e.querySelector('textarea')", arg=box.element_handle())
        formulas = words.count("$") // 2
        self.check(box.locator(".math, mjx-container").count() >= formulas, f"{cell}: of an answer in words not all {formulas} formulas are typeset")
        page.reload()
        page.wait_for_selector("html[data-live=ready]", state="attached")
        self.show_code(page)
        box.get_by_role("button", name="Write").click()
        self.check(box.get_by_role("textbox").input_value() == words, f"{cell}: an answer in words does not survive a reload")
        box.get_by_role("button", name="Done").click()


def main(path):
    job = json.loads(Path(path).read_text(encoding="utf-8"))
    with chromium(job["browser"]) as browser:
        student = Student(browser, job)
        for handout in job["handouts"]:
            for name, without in (("right", []), ("one-left-out", list(handout["answers"])[:1])):
                try:
                    student.do(handout, name, without)
                except Error as error:
                    student.problem(f"{handout['page']}: {str(error).splitlines()[0]}")


if __name__ == "__main__":
    main(sys.argv[1])
