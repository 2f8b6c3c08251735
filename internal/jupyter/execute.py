"""Runs the code cells of a notebook from top to bottom in a new kernel.

    python execute.py CELLS RESULTS FOLDER

CELLS is a JSON file, a list of {"cell": index, "source": text, "tags": list}. The cells run in
FOLDER; RESULTS gets a list of {"cell": index, "count": number, "outputs": list}. Each line of
standard output is a JSON object: {"done": n, "of": total} after a cell, and {"failed": {"cell":
index, "error": text}} when one fails. Then nothing is written, and the exit status is 3.
"""
import html
import json
import re
import sys

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError


def report(**message):
    print(json.dumps(message), flush=True)


def html_text(page):
    """Returns the text of an HTML output: GoNB reports compile errors in HTML."""
    page = re.sub(r"(?s)<style>.*?</style>|<img[^>]*>", "", page)
    lines = html.unescape(re.sub(r"<[^>]*>", "", page)).splitlines()
    return "\n".join(line.rstrip() for line in lines if line.strip())


def excerpt(text, half=10_000):
    """Returns the beginning and the end of a text: a cell may print without limit."""
    if len(text) <= 2 * half:
        return text
    return f"{text[:half]}\n… {len(text) - 2 * half} characters omitted …\n{text[-half:]}"


def main(source, result, folder):
    with open(source, encoding="utf-8") as file:
        cells = json.load(file)
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(c["source"], metadata={"tags": c["tags"]}) for c in cells])
    current = {"index": 0, "done": 0}

    def on_start(cell, cell_index):
        current["index"] = cell_index

    def on_end(cell, cell_index, execute_reply):
        current["done"] += 1
        report(done=current["done"], of=len(cells))

    client = NotebookClient(
        notebook,
        kernel_name="gonb",
        timeout=300,
        startup_timeout=120,
        resources={"metadata": {"path": folder}},
        on_cell_execute=on_start,
        on_cell_executed=on_end,
        record_timing=False,
    )

    def failed(error):
        report(failed={"cell": cells[current["index"]]["cell"], "error": error})
        sys.exit(3)

    try:
        client.execute()
    except CellExecutionError as error:
        texts = []
        # What failed comes last: standard output and standard error are two pipes, so a message may be
        # in the midst of megabytes, which are left out.
        outputs = notebook.cells[current["index"]].get("outputs", [])
        for output in sorted(outputs, key=lambda output: output.get("name") != "stdout"):
            texts.append(output.get("text", ""))
            texts.append(output.get("data", {}).get("text/markdown", ""))
            texts.append(html_text(output.get("data", {}).get("text/html", "")))
            texts += output.get("traceback", [])
        text = re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(t for t in texts if t)) or str(error)
        failed(excerpt(text))
    except CellTimeoutError:
        failed("stopped after five minutes: it may wait for input, which nobody gives, or loop without an end")
    except DeadKernelError:
        failed("the kernel died")
    results = [{"cell": c["cell"], "count": cell.execution_count or 0, "outputs": cell.outputs}
               for c, cell in zip(cells, notebook.cells)]
    with open(result, "w", encoding="utf-8") as file:
        json.dump(results, file, ensure_ascii=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
