"""What the scripts of this folder share: how they report, and how they start Chromium."""
import contextlib
import json
import os

from playwright.sync_api import sync_playwright


def emit(**message):
    """Reports {"seen": text}, {"problem": text} or a measurement, as a line of standard output."""
    print(json.dumps(message, ensure_ascii=False), flush=True)


def axe_run(scheme):
    """Returns a function in JavaScript that runs axe on a page that was tested in the light before if the
    colour scheme is dark: the colours are all that differs then."""
    rules = "runOnly: ['color-contrast', 'link-in-text-block']," if scheme == "dark" else ""
    return f"() => axe.run(document, {{ {rules} resultTypes: ['violations'], preload: false }})"


def save_screenshot(page, folder, name, **options):
    """Saves a screenshot of a page in the folder, unless that is "": they take a quarter of the time."""
    if folder:
        os.makedirs(folder, exist_ok=True)
        page.screenshot(path=os.path.join(folder, name), **options)


@contextlib.contextmanager
def chromium(program):
    """Starts a headless Chromium that fetches nothing by itself."""
    arguments = ["--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--no-sandbox")
    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path=program, args=arguments)
        try:
            yield browser
        finally:
            browser.close()
