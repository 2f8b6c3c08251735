// Makes the code cells of the page run.
import { here, language, make, onDisk, seconds, text } from "./page.js";
import { cellsFor, findCells } from "./cells.js";
import { Bar } from "./bar.js";
import { Outputs, loadTypeset } from "./outputs.js";
import { closeEditor, mark, openEditor, showSource } from "./editing.js";
import { hash, kept } from "./keep.js";
import { mistakeBox, plain, ranOut } from "./mistakes.js";
import { findAnswers } from "./words.js";
import { Work } from "./work.js";
import * as engine from "./engine.js";

let cells = [], work, status, engineIsThere = false;
const doubleClick = 400; // ms: the second click of a double click does not stop what the first began
let running; // {cell, begun, stop()}: one at a time, since each run computes all cells above, too

// The code of all cells that a cell needs, as one text.
const codeOf = (cell) => cellsFor(cell, cells).map((needed) => needed.source).join("\0");

// What the engine is told of cells.
const request = (needed) => ({ language, cells: needed.map((cell) => ({ id: cell.id, source: cell.source })) });

// Marks what stands below cells and is of other code than now stands in them and above.
function compareAges() {
  for (const cell of cells) {
    const old = cell.shownOf !== codeOf(cell) && cell.outputs.box.childNodes.length > 0;
    cell.outputs.box.classList.toggle("old", old);
    cell.bar.old.hidden = !old;
  }
}

function block(current) {
  for (const cell of cells) cell.bar.blocked(Boolean(current) && cell !== current);
}

// Loads what the first run needs. Returns whether it is there.
async function loaded(cell) {
  if (engineIsThere) return true;
  const progress = (part) => {
    if (running?.cell === cell) cell.bar.say(text("loading", here.size, Math.floor(100 * part)));
  };
  progress(0);
  try {
    await Promise.all([engine.load(progress), loadTypeset()]);
  } catch (error) {
    const why = typeof WebAssembly === "undefined" || typeof DecompressionStream === "undefined" ? text("old_browser")
      : !onDisk && !navigator.onLine ? text("offline") : error.message;
    cell.bar.say(text("not_loaded", why), "bad");
    status.textContent = text("not_loaded", why);
    return false;
  }
  engineIsThere = true;
  for (const other of cells) if (other !== cell) other.bar.idle(true);
  return true;
}

// What the button does that is called Run, and Stop while its cell runs.
function runOrStop(cell) {
  if (running?.cell !== cell) runCell(cell);
  else if (performance.now() - running.begun > doubleClick) running.stop();
}

async function runCell(cell) {
  if (running) {
    if (running.cell !== cell) cell.bar.say(text("busy", running.cell.number), "bad");
    return;
  }
  let stopped = false;
  running = { cell, begun: performance.now(), stop() { stopped = true; } };
  const { bar, outputs } = cell;
  forgetUndo(cell);
  bar.running(true);
  block(cell);
  const finish = (words, kind) => {
    bar.say(words, kind);
    status.textContent = cell.name + ": " + words;
  };
  try {
    if (!await loaded(cell)) return;
    if (stopped) {
      bar.idle(true);
      return;
    }
    const needed = cellsFor(cell, cells), code = codeOf(cell);
    for (const other of cells) mark(other, []);
    outputs.begin();
    const begun = performance.now();
    bar.say(text("running"));
    const clock = setInterval(() => bar.say(text("running_for", Math.round((performance.now() - begun) / 1000))), 1000);
    let stderr = "";
    const run = engine.run(request(needed), {
      display: (piece) => outputs.display(piece),
      stream: (piece) => { if (piece.name === "stderr") stderr = (stderr + piece.text).slice(0, 4000); outputs.stream(piece); },
      cut: () => outputs.cut(),
    });
    running.stop = run.stop;
    const end = await run.done;
    clearInterval(clock);
    await show(cell, needed, end, stderr, seconds(performance.now() - begun), finish);
    if (outputs.isOfRun) cell.shownOf = code;
  } catch (error) {
    outputs.quiet();
    finish(text("died"), "bad");
    throw error;
  } finally {
    running = undefined;
    bar.running(false);
    block(null);
    for (const other of cells) if (other !== cell) other.bar.idle(engineIsThere);
    update(cell);
  }
}

// Shows how a run ended.
async function show(cell, needed, end, stderr, took, finish) {
  const { outputs } = cell, something = outputs.pieces.length > 0;
  if (end.kind === "done" && end.result.ok || end.kind === "ended" && end.code === 0) {
    await outputs.end(false);
    if (!here.changing?.[cell.id] && !needed.some((other) => other.changed || other.solution) && outputs.otherDigits()) {
      outputs.box.append(make("p", { className: "live-cut", textContent: text("digits") }));
    }
    finish(text(something ? "done" : "done_nothing", took), "good");
  } else if (end.kind === "done") {
    const box = mistakeBox(end.result, needed, cell);
    const lines = new Map();
    for (const { cell: id, line } of end.result.mistakes || []) if (line > 0) lines.set(id, [...(lines.get(id) || []), line]);
    for (const other of needed) if (lines.has(other.id)) mark(other, lines.get(other.id));
    await outputs.end(false, box);
    const first = needed.find((other) => other.id === end.result.mistakes?.[0]?.cell);
    finish(first && first !== cell ? text("failed_above", first.number) : text("failed"), "bad");
  } else if (end.kind === "stopped") {
    await outputs.end(!something);
    finish(text(something ? "stopped" : "stopped_before", took), "bad");
  } else if (end.kind === "ended" && ranOut(stderr)) { // Go itself gave up
    await outputs.end(false, make("div", { className: "live-mistakes" }, make("p", { textContent: plain(stderr) })));
    finish(text("failed"), "bad");
  } else if (end.kind === "ended") { // a check of the cell ended the program
    await outputs.end(!something);
    finish(text("ended"), "bad");
  } else {
    const why = plain(end.text + stderr);
    await outputs.end(false, make("div", { className: "live-mistakes" }, make("p", { textContent: why })));
    finish(text("failed"), "bad");
  }
}

// Shows what the reader has changed.
function update(cell) {
  cell.bar.mark.hidden = !cell.changed;
  cell.bar.reset.hidden = !cell.changed && !cell.outputs.replaced && cell.undone === undefined;
  cell.element.classList.toggle("live-own", cell.changed);
  compareAges();
}

function changed(cell, source) {
  cell.source = source;
  kept.set(cell.key, source, cell.committed);
  forgetUndo(cell);
  update(cell);
  work.update(true);
  if (cell.marked?.length) mark(cell, []);
}

async function editCell(cell) {
  if (cell.editor) {
    closeEditor(cell);
    cell.bar.label(cell.bar.edit, "edit");
    cell.bar.edit.focus();
    return;
  }
  try {
    cell.bar.say(text("opening"));
    await openEditor(cell, {
      changed: (source) => changed(cell, source),
      run: () => runCell(cell),
      suggest: (before) => engine.complete({ ...request(cellsFor(cell, cells)), before }),
    });
    cell.bar.idle(engineIsThere);
  } catch (error) {
    cell.bar.say(text("no_editor", error.message), "bad");
    return;
  }
  cell.bar.label(cell.bar.edit, "close_editor");
  cell.editor.focus();
}

function forgetUndo(cell) {
  if (cell.undone === undefined) return;
  cell.undone = undefined;
  cell.bar.label(cell.bar.reset, "reset");
}

// Sets back the committed code and output, or takes this back: code of the reader's is not lost by one click.
function resetOrUndo(cell) {
  if (cell.undone === undefined) return resetCell(cell);
  closeEditor(cell); // which may have been opened since
  cell.bar.label(cell.bar.edit, "edit");
  changed(cell, cell.undone);
  showSource(cell);
  cell.bar.say(text("was_undone"));
  status.textContent = cell.name + ": " + text("was_undone");
}

function resetCell(cell) {
  if (running?.cell === cell) running.stop();
  const own = cell.changed ? cell.source : undefined, editing = Boolean(cell.editor);
  cell.source = cell.committed;
  kept.set(cell.key, cell.source, cell.committed);
  mark(cell, []);
  closeEditor(cell);
  showSource(cell);
  cell.outputs.reset();
  cell.shownOf = cell.committedOf;
  cell.undone = own;
  cell.bar.label(cell.bar.reset, own === undefined ? "reset" : "undo");
  cell.bar.label(cell.bar.edit, "edit");
  cell.bar.say(text("was_reset"));
  status.textContent = cell.name + ": " + text("was_reset");
  update(cell);
  work.update(false);
  if (cell.bar.reset.hidden) (editing ? cell.bar.edit : cell.bar.run).focus();
}

function restore(cell) {
  const own = kept.cells[cell.key];
  if (!own) return;
  cell.source = own.source;
  showSource(cell);
  if (own.of !== hash(cell.committed)) cell.bar.say(text("older"), "bad");
  update(cell);
}

// Adds the editor's keys to the list of all keys.
function listKeys() {
  const list = document.querySelector("#keys dl");
  for (const [what, ...keys] of [[text("key_run"), "Shift Enter"], [text("key_tab"), "Tab"], [text("completions"), "Ctrl Space"], [text("key_leave"), "Esc", "Tab"]]) {
    const pressed = keys.flatMap((key) => [" ", make("kbd", { textContent: key })]);
    list?.append(make("dt", {}, ...pressed.slice(1)), make("dd", { textContent: what }));
  }
}

function start() {
  if (!here) return;
  kept.load();
  cells = findCells();
  if (!cells.length) return;
  const answers = findAnswers((answer) => {
    kept.set(answer.key, answer.source, answer.committed);
    work.update(true);
  });
  status = make("p", { className: "live-status" });
  status.setAttribute("role", "status");
  document.querySelector("main").append(status);
  document.querySelector("main > footer")?.append(make("p", {}, make("a", { href: here["licences.txt"], textContent: text("licences") })));
  listKeys();
  for (const cell of cells) {
    cell.shownOf = cell.committedOf = codeOf(cell);
    cell.outputs = new Outputs(cell);
    cell.bar = new Bar(cell, { run: () => runOrStop(cell), edit: () => editCell(cell), reset: () => resetOrUndo(cell) });
  }
  work = new Work([...cells, ...answers], () => {
    for (const cell of cells) if (cell.changed) resetCell(cell);
    for (const cell of cells) forgetUndo(cell);
    for (const answer of answers) answer.reset();
    kept.cells = {};
    kept.save();
    work.update(false);
  });
  // The notebook at the foot of the page is downloaded with the reader's changes.
  document.querySelector("main > footer a[href$='.ipynb']")?.addEventListener("click", (event) => {
    event.preventDefault();
    work.download((words) => { status.textContent = words; });
  });
  for (const cell of cells) restore(cell);
  for (const answer of answers) answer.restore(kept.cells[answer.key]);
  work.update(false);
  document.documentElement.dataset.live = "ready";
}
if (document.readyState === "loading") addEventListener("DOMContentLoaded", start); else start();
