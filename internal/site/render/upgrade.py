"""Writes a notebook of an earlier format to standard output, in nbformat 4.

    python upgrade.py NOTEBOOK
"""
import json
import sys

import nbformat

with open(sys.argv[1], encoding="utf-8-sig") as file:
    notebook = json.load(file)
notebook.setdefault("metadata", {})  # nbformat needs what some programs left out
for worksheet in notebook.setdefault("worksheets", []):
    worksheet.setdefault("metadata", {})
    for cell in worksheet.setdefault("cells", []):
        cell.setdefault("metadata", {})
        if cell.get("cell_type") == "code":
            cell.setdefault("outputs", [])
sys.stdout.reconfigure(encoding="utf-8")
sys.stdout.write(nbformat.writes(nbformat.reads(json.dumps(notebook), as_version=4), version=4))
