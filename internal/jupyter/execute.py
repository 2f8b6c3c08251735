"""Runs a notebook from top to bottom in a new kernel.

    python execute.py NOTEBOOK RESULT

The cells run in NOTEBOOK's folder; the executed notebook is written to RESULT. Each line
of standard output is a JSON object: {"cell": n, "of": total} after a code cell, and
{"failed": {"cell": id, "error": text}} when one fails. Then nothing is written, and the
exit status is 3.
"""
import html
import json
import os
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


def main(source, result):
    notebook = nbformat.read(source, as_version=4)
    total = sum(cell.cell_type == "code" for cell in notebook.cells)
    current = {"id": "", "done": 0}

    def on_start(cell, cell_index):
        current["id"] = cell.get("id", str(cell_index + 1))

    def on_end(cell, cell_index, execute_reply):
        current["done"] += 1
        report(cell=current["done"], of=total)

    client = NotebookClient(
        notebook,
        kernel_name="gonb",
        timeout=300,
        startup_timeout=120,
        resources={"metadata": {"path": os.path.dirname(os.path.abspath(source))}},
        on_cell_execute=on_start,
        on_cell_executed=on_end,
        record_timing=False,
    )
    try:
        client.execute()
    except CellExecutionError as error:
        cell = next(c for c in notebook.cells if c.get("id") == current["id"])
        texts = []
        for output in cell.get("outputs", []):
            texts.append(output.get("text", ""))
            texts.append(output.get("data", {}).get("text/markdown", ""))
            texts.append(html_text(output.get("data", {}).get("text/html", "")))
            texts += output.get("traceback", [])
        text = re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(t for t in texts if t)) or str(error)
        report(failed={"cell": current["id"], "error": excerpt(text)})
        sys.exit(3)
    except CellTimeoutError:
        report(failed={"cell": current["id"], "error": "stopped after five minutes"})
        sys.exit(3)
    except DeadKernelError:
        report(failed={"cell": current["id"], "error": "the kernel died"})
        sys.exit(3)
    nbformat.write(notebook, result)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
