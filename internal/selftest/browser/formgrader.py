"""Looks at a graded class in nbgrader's formgrader, inside JupyterLab.

    python formgrader.py CHROMIUM ADDRESS TOKEN PICTURES ASSIGNMENT EXPECTED

EXPECTED is JSON: for each student the points and whether a human has to look. Each line
of standard output is a JSON object, {"seen": text} or {"problem": text}.
"""
import json
import os
import sys

from playwright.sync_api import sync_playwright


def say(**message):
    print(json.dumps(message, ensure_ascii=False), flush=True)


def in_lab(page, address, token, pictures):
    """Opens the formgrader by JupyterLab's menu, as a teacher does."""
    page.goto(f"{address}/lab?token={token}")
    page.locator(".lm-MenuBar-itemLabel", has_text="Nbgrader").click(timeout=60_000)
    page.locator(".lm-Menu-itemLabel", has_text="Formgrader").first.click()
    frame = page.frame_locator("iframe[src*=formgrader]")
    row = frame.locator("table tbody tr", has_text=assignment).first
    row.wait_for(timeout=60_000)
    page.screenshot(path=os.path.join(pictures, "formgrader.png"))
    if "released" not in frame.locator("table").inner_text().lower() and "draft" not in frame.locator("table").inner_text().lower():
        say(problem="the formgrader lists the assignments without their states")
    say(seen="the formgrader in JupyterLab lists the assignments")


def submissions(page, address, pictures, expected):
    """The table of submissions: everybody is in it, with the points."""
    page.goto(f"{address}/formgrader/manage_submissions/{assignment}")
    page.locator("table tbody tr").nth(len(expected) - 1).wait_for(timeout=60_000)
    rows = {}
    for row in page.locator("table tbody tr").all():
        cells = [cell.inner_text().strip() for cell in row.locator("td").all()]
        rows[cells[1]] = cells
    page.screenshot(path=os.path.join(pictures, "formgrader-submissions.png"), full_page=True)
    for student, (points, human) in expected.items():
        row = rows.pop(student, None)
        if row is None:
            say(problem=f"the formgrader does not list {student}: {list(rows)}")
            continue
        text = " | ".join(row)
        if not any(cell.startswith(f"{points:g} /") for cell in row):
            say(problem=f"the formgrader shows other points than {points:g} for {student}: {text}")
        if ("needs manual grading" in text) != human:
            say(problem=f"the formgrader says the wrong thing of who needs a human, {student}: {text}")
    if rows:
        say(problem=f"the formgrader lists others, too: {list(rows)}")
    say(seen=f"the formgrader shows {len(expected)} students with their points")


def again(page, pictures, student):
    """Grades one again, by the button."""
    page.locator("table tbody tr", has_text=student).locator("td.autograde a").click()
    modal = page.locator(".modal.in, .modal.show")
    modal.wait_for(timeout=120_000)
    page.screenshot(path=os.path.join(pictures, "formgrader-autograde.png"))
    text = modal.inner_text()
    if "success" not in text.lower():
        say(problem=f"grading {student} again by the button fails: {text[:500]}")
    say(seen="the button of the formgrader grades again")


def one(page, address, pictures):
    """One submission as a teacher reads it."""
    page.goto(f"{address}/formgrader/gradebook/{assignment}/{assignment}")
    link = page.locator("table tbody tr td a").first
    link.wait_for(timeout=60_000)
    link.click()
    page.locator("input.score").first.wait_for(timeout=60_000)
    scores = page.locator("input.score").count()
    page.screenshot(path=os.path.join(pictures, "formgrader-submission.png"), full_page=True)
    if scores < 4:
        say(problem=f"a submission has only {scores} places for points")
    say(seen="the formgrader opens a submission")


chromium, address, token, pictures, assignment, expected = sys.argv[1:]
with sync_playwright() as p:
    options = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    browser = p.chromium.launch(executable_path=chromium, args=options)
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    # nbgrader's own pages take MathJax from elsewhere, and say so when it does not come.
    page.route(lambda url: not url.startswith(address), lambda route: route.abort())
    page.on("pageerror", lambda e: "MathJax is not defined" in str(e) or say(problem=f"the formgrader's page fails: {e}"))
    in_lab(page, address, token, pictures)
    submissions(page, address, pictures, json.loads(expected))
    again(page, pictures, next(iter(json.loads(expected))))
    one(page, address, pictures)
    browser.close()
