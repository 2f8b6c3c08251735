"""Tests notebooks in JupyterLab with a headless Chromium.

    python notebooks.py CHROMIUM ADDRESS TOKEN SCREENSHOTS NOTEBOOK…

Opens each notebook, runs all of its cells, saves it and closes it. When opened and after the
run it must show no errors, typeset formulas, tables, decoded images with alternative texts,
and sounds that can be played. Opening it must not change it, and closing it must not open a
dialog. Each line of standard output is a JSON object, {"seen": text} or {"problem": text}.
"""
import sys

from playwright.sync_api import TimeoutError as PlaywrightTimeout

from launch import chromium, emit, save_screenshot

# Collects what the page shows.
INSPECT = r"""() => {
  const panel = document.querySelector('.jp-NotebookPanel:not(.lm-mod-hidden)');
  const images = [...panel.querySelectorAll('.jp-OutputArea-output img')];
  const text = [...panel.querySelectorAll('.jp-RenderedMarkdown')].map(e => {
    const copy = e.cloneNode(true);
    copy.querySelectorAll('mjx-container, code, pre, script').forEach(m => m.remove());
    return copy.textContent;
  }).join('\n');
  return {
    kernel: (document.querySelector('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-KernelName') || {}).textContent || '',
    code: panel.querySelectorAll('.jp-CodeCell').length,
    outputs: panel.querySelectorAll('.jp-OutputArea-output').length,
    errors: panel.querySelectorAll('.jp-RenderedText[data-mime-type="application/vnd.jupyter.error"], .jp-RenderedText[data-mime-type="application/vnd.jupyter.stderr"]').length,
    formulas: panel.querySelectorAll('mjx-container').length,
    badFormulas: panel.querySelectorAll('mjx-merror, [data-mml-node="merror"]').length,
    rawFormulas: (text.match(/\$[^$\n]{1,80}\$|\\begin\{|\\frac/g) || []).slice(0, 3),
    tables: panel.querySelectorAll('.jp-RenderedMarkdown table').length,
    images: images.length,
    broken: images.filter(i => !(i.complete && i.naturalWidth > 0)).length,
    unnamed: images.filter(i => (i.getAttribute('alt') || '').length < 10).length,
    sounds: [...panel.querySelectorAll('.jp-OutputArea-output audio')].filter(a => a.duration > 0 && a.controls).length,
    unsaved: !!document.querySelector('.lm-DockPanel-tabBar .lm-TabBar-tab.jp-mod-current.jp-mod-dirty'),
  };
}"""

# Whether all cells have run. The prompt of a folded cell stays empty. Cells run in order, and the
# last one is not folded.
RUN = r"""() => [...document.querySelectorAll('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-CodeCell .jp-InputPrompt:not(.jp-Placeholder-prompt)')]
  .every(p => /\d/.test(p.textContent))"""


def expected(path, address, token, page):
    """Counts in the file what the page must show."""
    response = page.request.get(f"{address}/api/contents/{path}?content=1&token={token}").json()
    cells = response["content"]["cells"]
    outputs = [o for c in cells for o in c.get("outputs", [])]
    html = ["".join(o.get("data", {}).get("text/html", "")) for o in outputs]
    markdown = ["".join(o.get("data", {}).get("text/markdown", "")) for o in outputs]
    sources = ["".join(c["source"]) for c in cells if c["cell_type"] == "markdown"]
    return {
        "images": sum(h.count("<img") for h in html),
        "sounds": sum(h.count("<audio") for h in html),
        "tables": sum("|:--" in m or "|---" in m or "|--" in m for m in markdown + sources),
        "math": sum("$" in m for m in markdown + sources),
        "code": sum(c["cell_type"] == "code" for c in cells),
    }


def record_kernel_info(page):
    """Returns a list to which each kernel_info_reply that the page receives is appended."""
    replies = []

    def received(frame):
        data = frame.encode() if isinstance(frame, str) else frame
        if b'"kernel_info_reply"' in data:
            replies.append(data)

    page.on("websocket", lambda socket: socket.on("framereceived", received))
    return replies


def open_notebook(page, address, token, path, replies):
    replies.clear()
    if page.url.startswith(address):  # JupyterLab takes seconds to load
        choose(page, "File", "Open from Path…")
        page.fill(".jp-Dialog input", path)
        page.keyboard.press("Enter")
    else:
        page.goto(f"{address}/lab/tree/{path}?token={token}&reset", wait_until="domcontentloaded")
    page.wait_for_selector(".jp-NotebookPanel .jp-Cell", timeout=90_000)
    # JupyterLab writes the language_info of this reply into the notebook.
    for _ in range(600):
        if replies:
            break
        page.wait_for_timeout(100)
    else:
        raise PlaywrightTimeout("the kernel sent no kernel_info_reply within a minute")
    wait_until_stable(page)


def wait_until_stable(page, rounds=60):
    """Waits until the page no longer changes, and returns what it shows: MathJax runs late."""
    last = None
    for _ in range(rounds):
        page.wait_for_timeout(700)
        now = page.evaluate(INSPECT)
        if now == last and now["kernel"] and not now["rawFormulas"]:
            return now
        last = now
    return last


def screenshot(page, folder, name):
    """Saves a screenshot of the whole notebook, in a window as high as its content."""
    if not folder:
        return
    height = page.evaluate(
        "() => { const s = document.querySelector('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-WindowedPanel-outer');"
        " return s ? s.scrollHeight : 900; }")
    page.set_viewport_size({"width": 1280, "height": int(min(height + 140, 30_000))})
    # Run All scrolls to the last cell.
    page.evaluate(
        "() => { const s = document.querySelector('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-WindowedPanel-outer');"
        " if (s) s.scrollTop = 0; }")
    page.wait_for_timeout(400)
    save_screenshot(page, folder, name)
    page.set_viewport_size({"width": 1280, "height": 900})


def check(path, when, want, got):
    """Reports what the page does not show as it should."""
    problems = []
    if got["kernel"] != "Go (gonb)":
        problems.append(f"the kernel is {got['kernel']!r}, want 'Go (gonb)'")
    if got["code"] != want["code"]:
        problems.append(f"{got['code']} code cells are shown, want {want['code']}")
    if got["errors"]:
        problems.append(f"{got['errors']} outputs are errors")
    if got["images"] != want["images"]:
        problems.append(f"{got['images']} charts are shown, want {want['images']}")
    if got["sounds"] != want["sounds"]:
        problems.append(f"{got['sounds']} sounds can be played, want {want['sounds']}")
    if got["broken"]:
        problems.append(f"{got['broken']} images are not decoded")
    if got["unnamed"]:
        problems.append(f"{got['unnamed']} images have no alternative text")
    if got["tables"] < want["tables"]:
        problems.append(f"{got['tables']} tables are shown, want at least {want['tables']}")
    if got["formulas"] < want["math"]:
        problems.append(f"{got['formulas']} formulas are typeset, want at least {want['math']}")
    if got["badFormulas"]:
        problems.append(f"{got['badFormulas']} formulas are not valid LaTeX")
    if got["rawFormulas"]:
        problems.append(f"formulas are shown as source: {got['rawFormulas']}")
    for problem in problems:
        emit(problem=f"{path}, {when}: {problem}")
    if not problems:
        emit(seen=f"{path}, {when}: {got['formulas']} formulas, {got['tables']} tables, {got['images']} charts")


def choose(page, menu, item):
    page.click(f"text=/^{menu}$/ >> nth=0")
    page.click(f".lm-Menu-itemLabel:text-is('{item}')")


def run_all(page):
    choose(page, "Run", "Run All Cells")
    for _ in range(600):
        page.wait_for_timeout(500)
        if page.evaluate(RUN):
            return wait_until_stable(page)
    raise PlaywrightTimeout("the cells did not finish within five minutes")


def main(program, address, token, screenshots, paths):
    with chromium(program) as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(60_000)
        replies = record_kernel_info(page)
        for path in paths:
            name = path.replace("/", "-").removesuffix(".ipynb")
            try:
                open_notebook(page, address, token, path, replies)
                want = expected(path, address, token, page)
                got = wait_until_stable(page)
                check(path, "as cloned", want, got)
                if got["unsaved"]:
                    emit(problem=f"{path}, as cloned: it has unsaved changes right after it was opened")
                screenshot(page, screenshots, name + "-cloned.png")
                got = run_all(page)
                check(path, "after Run All", want, got)
                screenshot(page, screenshots, name + "-run.png")
                save_and_close(page, path)
                shut_down(page, address, token)
            except PlaywrightTimeout as error:
                emit(problem=f"{path}: {str(error).splitlines()[0]}")
                save_screenshot(page, screenshots, name + "-timeout.png")


def save_and_close(page, path):
    with page.expect_response(lambda r: r.request.method == "PUT" and "/api/contents/" in r.url):
        choose(page, "File", "Save Notebook")
    page.wait_for_selector(".lm-DockPanel-tabBar .lm-TabBar-tab.jp-mod-current:not(.jp-mod-dirty)")
    choose(page, "File", "Close Tab")
    page.wait_for_function("document.querySelector('.jp-Dialog') || !document.querySelector('.jp-NotebookPanel')")
    for question in page.locator(".jp-Dialog").all_text_contents():
        emit(problem=f"{path}, on closing, JupyterLab asks {question!r}")


def shut_down(page, address, token):
    """Stops the kernels, so that each notebook starts with its own."""
    for session in page.request.get(f"{address}/api/sessions?token={token}").json():
        page.request.delete(f"{address}/api/sessions/{session['id']}?token={token}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4], sys.argv[5:])
