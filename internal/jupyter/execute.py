"""Runs one notebook from top to bottom in a fresh kernel.

    python execute.py NOTEBOOK RESULT

The code cells run in NOTEBOOK's folder, the executed notebook is written to RESULT.
Each line of standard output is a JSON object: {"cell": n, "of": m} after a code
cell, and at the first cell that fails {"failed": {"cell": id, "error": text}}, with
nothing written and exit status 3.
"""
import html
import json
import os
import re
import sys

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError


def say(**message):
    print(json.dumps(message), flush=True)


def plain(page):
    """What a reader sees of an HTML output: GoNB reports compile errors as one."""
    page = re.sub(r"(?s)<style>.*?</style>|<img[^>]*>", "", page)
    lines = html.unescape(re.sub(r"<[^>]*>", "", page)).splitlines()
    return "\n".join(line.rstrip() for line in lines if line.strip())


def excerpt(text, half=10_000):
    """The beginning and the end of a text: a cell may print without limit."""
    if len(text) <= 2 * half:
        return text
    return f"{text[:half]}\n… {len(text) - 2 * half} characters omitted …\n{text[-half:]}"


def main(source, result):
    notebook = nbformat.read(source, as_version=4)
    total = sum(cell.cell_type == "code" for cell in notebook.cells)
    current = {"id": "", "done": 0}

    def begins(cell, cell_index):
        current["id"] = cell.get("id", str(cell_index + 1))

    def ends(cell, cell_index, execute_reply):
        current["done"] += 1
        say(cell=current["done"], of=total)

    client = NotebookClient(
        notebook,
        kernel_name="gonb",
        timeout=300,
        startup_timeout=120,
        resources={"metadata": {"path": os.path.dirname(os.path.abspath(source))}},
        on_cell_execute=begins,
        on_cell_executed=ends,
        record_timing=False,
    )
    try:
        client.execute()
    except CellExecutionError as error:
        cell = next(c for c in notebook.cells if c.get("id") == current["id"])
        said = []
        for output in cell.get("outputs", []):
            said.append(output.get("text", ""))
            said.append(output.get("data", {}).get("text/markdown", ""))
            said.append(plain(output.get("data", {}).get("text/html", "")))
            said += output.get("traceback", [])
        text = re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(s for s in said if s)) or str(error)
        say(failed={"cell": current["id"], "error": excerpt(text)})
        sys.exit(3)
    except CellTimeoutError:
        say(failed={"cell": current["id"], "error": "no end after five minutes"})
        sys.exit(3)
    except DeadKernelError:
        say(failed={"cell": current["id"], "error": "the kernel died"})
        sys.exit(3)
    nbformat.write(notebook, result)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
