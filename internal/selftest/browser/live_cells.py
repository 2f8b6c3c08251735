"""Runs all cells of pages whose cells run, in a headless browser, opened as files, offline.

    python live_cells.py JOB

JOB is a JSON file with the fields of liveCells in live_cells.go. Each line of standard output is a JSON
object: {"problem": text} or {"cell": {"page", "id", "outputs", "end", "seconds"}}.
"""
import json
import sys
from pathlib import Path

from launch import emit
from live_pages import browser

RUN = """async ([index, limit]) => {
  recorded.length = 0;
  const bar = document.querySelectorAll(".jp-CodeCell .live-bar")[index], begun = performance.now();
  bar.querySelector(".live-run").click();
  let late = false;
  await new Promise((resolve) => {
    const look = () => {
      if (!bar.matches(".running")) resolve();
      else if (!late && performance.now() - begun > limit) { late = true; bar.querySelector(".live-run").click(); setTimeout(look, 20); }
      else setTimeout(look, 20);
    };
    look();
  });
  return { messages: recorded, note: bar.querySelector(".live-note").textContent, seconds: (performance.now() - begun) / 1000, late };
}"""

# The code cells with their ids, in the order of their bars; those of worked solutions and those that have only
# comments, and so no button Run, have "".
CELLS = """() => [...document.querySelectorAll(".jp-CodeCell .live-bar")].map((bar) => {
  const cell = bar.closest(".jp-CodeCell");
  return cell.closest(".solution") || bar.querySelector(".live-run").hidden ? "" : cell.dataset.cell;
})"""


def outputs(messages):
    """Returns what the messages of a run show, as a notebook has it."""
    shown, places = [], {}
    for m in messages:
        if m["kind"] == "stream":
            if shown and shown[-1].get("name") == m["name"]:
                shown[-1]["text"] += m["text"]
            else:
                shown.append({"name": m["name"], "text": m["text"]})
        elif m["kind"] == "display":
            piece = {"mime": m["mime"], "content": m["content"]}
            if m["id"] and m["id"] in places:
                shown[places[m["id"]]] = piece
                continue
            if m["id"]:
                places[m["id"]] = len(shown)
            shown.append(piece)
    return shown


def end(messages, late, note):
    """Returns how a run ended: "" if all is well."""
    if late:
        return "late"
    last = messages[-1] if messages else {"kind": "nothing"}
    if last["kind"] == "done":
        return "" if last["result"]["ok"] else json.dumps(last["result"], ensure_ascii=False)
    return last["kind"] + " " + str(last.get("text", last.get("code", ""))) + " " + note


def visit(page, job, name):
    leave_out = set(job["leave_out"].get(name, []))
    for index, cell in enumerate(page.call(CELLS)):
        if not cell or cell in leave_out:
            continue
        run = page.call(RUN, [index, 1000 * job["limit"]])
        emit(cell={"page": name, "id": cell, "outputs": outputs(run["messages"]),
                   "end": end(run["messages"], run["late"], run["note"]), "seconds": run["seconds"]})
    page.close()


def main(path):
    job = json.loads(Path(path).read_text(encoding="utf-8"))
    with browser(job) as open_page:
        for name in job["pages"]:
            visit(open_page(name), job, name)


if __name__ == "__main__":
    main(sys.argv[1])
