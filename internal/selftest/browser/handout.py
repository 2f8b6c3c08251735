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


AGED = """() => {
  const key = Object.keys(localStorage).find((k) => k.startsWith("rnn101-work:")), all = JSON.parse(localStorage[key]);
  for (const one of Object.values(all)) one.of = "x";
  localStorage[key] = JSON.stringify(all);
}"""


class Student(LiveTester):
    def do(self, handout, name, without):
        """Writes all answers of a page but one, runs the checks, and downloads the notebook."""
        page = self.open(handout["page"], accept_downloads=True)
        for cell, source in handout["answers"].items():
            if cell != without:
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
        self.access(f"{handout['assignment']} {name}", page)
        with page.expect_download() as download:
            if without:  # at the foot of the page
                page.click("main > footer a[href$='.ipynb']")
            else:
                page.click(".live-work")
                page.locator(".live-dialog .live-buttons button").first.click()
        file = Path(self.job["downloads"]) / handout["assignment"] / name / download.value.suggested_filename
        file.parent.mkdir(parents=True, exist_ok=True)
        download.value.save_as(file)
        emit(work={"assignment": handout["assignment"], "student": name, "right": right})
        page.context.close()

    def write(self, page, cell, words):
        """Answers a question in words, and looks how the answer is shown and kept."""
        box = page.locator(f".jp-MarkdownCell[data-cell='{cell}']")
        button = box.locator(".live-bar button").first  # Write, then Done
        button.click()
        box.get_by_role("textbox").fill(words)
        button.click()
        page.wait_for_function("e => !e.querySelector('textarea')", arg=box.element_handle())
        formulas = words.count("$") // 2
        self.check(box.locator(".math, mjx-container").count() >= formulas, f"{cell}: of an answer in words not all {formulas} formulas are typeset")
        self.reload(page)
        button.click()
        self.check(box.get_by_role("textbox").input_value() == words, f"{cell}: an answer in words does not survive a reload")
        button.click()

    def reload(self, page):
        page.reload()
        page.wait_for_selector("html[data-live=ready]", state="attached")
        self.show_code(page)

    def words(self, handout):
        """The field for an answer in words, an answer to an earlier question, and setting it back."""
        for cell in handout["words"]:
            page = self.open(handout["page"], 360, 740)
            box = page.locator(f".jp-MarkdownCell[data-cell='{cell}']")
            committed, (button, reset) = box.inner_text(), [box.locator(".live-bar button").nth(i) for i in range(2)]
            self.check(reset.is_hidden(), f"{cell}: an answer that is not changed can be set back")
            button.click()
            box.get_by_role("textbox").fill("$a_1$")
            self.access(f"{Path(handout['page']).stem} words {cell} 360", page)
            page.evaluate(AGED)
            self.reload(page)
            button.click()  # while the answer is being typeset
            page.wait_for_timeout(1000)
            self.check(box.get_by_role("textbox").count() == 1, f"{cell}: the field for the answer vanishes")
            button.click()
            self.check(box.locator(".live-note").inner_text() != "", f"{cell}: the page does not say that the question has changed")
            reset.click()
            page.wait_for_function("([box, text]) => box.innerText.startsWith(text)", arg=[box.element_handle(), committed.split("\n")[0]])
            self.check(page.locator(".live-work").is_hidden(), f"{cell}: after Reset the answer counts as changed")
            reset.click()  # it says Undo now
            page.wait_for_function("box => box.querySelector('.math, mjx-container') !== null", arg=box.element_handle())
            self.check(page.locator(".live-work").is_visible(), f"{cell}: Undo does not bring the answer back")
            reset.click()
            page.wait_for_function("([box, text]) => box.innerText.startsWith(text)", arg=[box.element_handle(), committed.split("\n")[0]])
            self.reload(page)
            self.check(box.inner_text() == committed, f"{cell}: an answer that was set back comes back")
            page.context.close()


def main(path):
    job = json.loads(Path(path).read_text(encoding="utf-8"))
    with chromium(job["browser"]) as browser:
        student = Student(browser, job)
        for handout in job["handouts"]:
            parts = [lambda one=one: student.do(handout, one["name"], one["without"]) for one in handout["students"]]
            if handout["field"]:
                parts.append(lambda handout=handout: student.words(handout))
            for part in parts:
                try:
                    part()
                except Error as error:
                    student.problem(f"{handout['page']}: {str(error).splitlines()[0]}")


if __name__ == "__main__":
    main(sys.argv[1])
