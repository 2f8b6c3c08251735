// Editing a cell: the editor takes the place of the code, which stays in the page for the copy button.
import { here, loadScript, make, text } from "./page.js";
import { coloured } from "./colours.js";

export const showSource = (cell) => {
  if (cell.changed) cell.pre.replaceChildren(coloured(cell.source));
  else cell.pre.replaceChildren(...cell.committedCode.map((node) => node.cloneNode(true)));
};

// Opens the editor of a cell. changed is called after each change, run by the keyboard; suggest promises
// the names that can follow a text of the cell, or null.
export async function openEditor(cell, { changed, run, suggest }) {
  await loadScript(here["editor.js"]);
  const hint = make("p", { className: "live-hint", id: "live-hint-" + cell.number, textContent: text("editor_hint") });
  cell.holder = make("div", { className: "live-editor" });
  cell.block.prepend(cell.holder);
  cell.block.after(hint);
  cell.hint = hint;
  cell.pre.hidden = true;
  cell.editor = globalThis.rnn101Editor({
    parent: cell.holder, text: cell.source, label: text("editor", cell.number), hint: hint.id,
    phrases: { Completions: text("completions") }, changed, run, suggest,
  });
  cell.editor.mark(cell.marked || []);
}

export function closeEditor(cell) {
  if (!cell.editor) return;
  cell.editor.close();
  cell.holder.remove();
  cell.hint.remove();
  cell.editor = undefined;
  cell.pre.hidden = false;
  showSource(cell);
  mark(cell, cell.marked || []);
}

// Marks lines with mistakes, in the editor or in the code.
export function mark(cell, lines) {
  cell.marked = lines;
  cell.block.querySelectorAll(":scope > .live-line").forEach((element) => element.remove());
  if (cell.editor) {
    cell.editor.mark(lines);
    return;
  }
  if (!lines.length) return;
  const style = getComputedStyle(cell.pre), height = parseFloat(style.lineHeight), top = parseFloat(style.paddingTop);
  for (const line of new Set(lines)) {
    const bar = make("span", { className: "live-line" });
    bar.style.top = top + (line - 1) * height + "px";
    bar.style.height = height + "px";
    cell.block.prepend(bar);
  }
}
