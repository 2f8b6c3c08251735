"""Tests nbgrader's formgrader in JupyterLab, with a graded class.

    python formgrader.py CHROMIUM ADDRESS TOKEN SCREENSHOTS ASSIGNMENT EXPECTED

EXPECTED is a JSON object: for each student the points, and whether the submission needs manual
grading. Each line of standard output is a JSON object, {"seen": text} or {"problem": text}.
"""
import json
import sys

from launch import chromium, emit, save_screenshot


def open_formgrader(page, address, token, screenshots):
    """Opens the formgrader from JupyterLab's menu."""
    page.goto(f"{address}/lab?token={token}")
    page.locator(".lm-MenuBar-itemLabel", has_text="Nbgrader").click(timeout=60_000)
    page.locator(".lm-Menu-itemLabel", has_text="Formgrader").first.click()
    frame = page.frame_locator("iframe[src*=formgrader]")
    row = frame.locator("table tbody tr", has_text=assignment).first
    row.wait_for(timeout=60_000)
    save_screenshot(page, screenshots, "formgrader.png")
    if "released" not in frame.locator("table").inner_text().lower() and "draft" not in frame.locator("table").inner_text().lower():
        emit(problem="the formgrader does not show the status of the assignments")
    emit(seen="the formgrader in JupyterLab lists the assignments")


def check_submissions(page, address, screenshots, expected):
    """Checks the table of submissions: each student is listed, with the points."""
    page.goto(f"{address}/formgrader/manage_submissions/{assignment}")
    page.locator("table tbody tr").nth(len(expected) - 1).wait_for(timeout=60_000)
    rows = {}
    for row in page.locator("table tbody tr").all():
        cells = [cell.inner_text().strip() for cell in row.locator("td").all()]
        rows[cells[1]] = cells
    save_screenshot(page, screenshots, "formgrader-submissions.png", full_page=True)
    for student, (points, needs_human) in expected.items():
        row = rows.pop(student, None)
        if row is None:
            emit(problem=f"the formgrader does not list {student}: {list(rows)}")
            continue
        text = " | ".join(row)
        if not any(cell.startswith(f"{points:g} /") for cell in row):
            emit(problem=f"the formgrader does not show {points:g} points for {student}: {text}")
        if ("needs manual grading" in text) != needs_human:
            emit(problem=f"{student}: needs manual grading should be {needs_human}: {text}")
    if rows:
        emit(problem=f"the formgrader lists unknown students: {list(rows)}")
    emit(seen=f"the formgrader lists {len(expected)} students with their points")


def regrade(page, screenshots, student):
    """Grades a submission again with the button."""
    page.locator("table tbody tr", has_text=student).locator("td.autograde a").click()
    modal = page.locator(".modal.in, .modal.show")
    modal.wait_for(timeout=120_000)
    save_screenshot(page, screenshots, "formgrader-autograde.png")
    text = modal.inner_text()
    if "success" not in text.lower():
        emit(problem=f"the autograde button fails for {student}: {text[:500]}")
    emit(seen="the autograde button works")


def open_submission(page, address, screenshots):
    """Opens a submission."""
    page.goto(f"{address}/formgrader/gradebook/{assignment}/{assignment}")
    link = page.locator("table tbody tr td a").first
    link.wait_for(timeout=60_000)
    link.click()
    page.locator("input.score").first.wait_for(timeout=60_000)
    scores = page.locator("input.score").count()
    save_screenshot(page, screenshots, "formgrader-submission.png", full_page=True)
    if scores < 4:
        emit(problem=f"a submission has only {scores} fields for points")
    emit(seen="the formgrader opens a submission")


program, address, token, screenshots, assignment, expected = sys.argv[1:]
with chromium(program) as browser:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    # nbgrader's pages load MathJax from the network, which is blocked here.
    page.route(lambda url: not url.startswith(address), lambda route: route.abort())
    page.on("pageerror", lambda e: "MathJax is not defined" in str(e) or emit(problem=f"a script of the formgrader fails: {e}"))
    open_formgrader(page, address, token, screenshots)
    check_submissions(page, address, screenshots, json.loads(expected))
    regrade(page, screenshots, next(iter(json.loads(expected))))
    open_submission(page, address, screenshots)
