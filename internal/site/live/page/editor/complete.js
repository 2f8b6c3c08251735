// Completion of names in the editor: a list opens while the reader writes a name, and Tab takes from it.
import { acceptCompletion, autocompletion, closeCompletion, completionKeymap, completionStatus, currentCompletions, insertCompletionText, moveCompletionSelection, pickedCompletion, selectedCompletion, startCompletion } from "@codemirror/autocomplete";
import { indentMore } from "@codemirror/commands";
import { localCompletionSource } from "@codemirror/lang-go";
import { syntaxTree } from "@codemirror/language";
import { Prec } from "@codemirror/state";
import { EditorView, ViewPlugin, keymap } from "@codemirror/view";

const name = /[\p{L}_][\p{L}\p{Nd}_]*$/u, number = /(?<![\p{L}\p{Nd}_])\d[\p{L}\p{Nd}_.]*$/u, rest = /^[\p{L}\p{Nd}_]*/u;
const without = ["String", "Rune", "LineComment", "BlockComment"]; // names

// Returns what stands at a place where the reader is writing a name: {before, word, dot}, or null.
function nameAt(state, pos) {
  const line = state.doc.lineAt(pos), before = line.text.slice(0, pos - line.from);
  const word = name.exec(before)?.[0] ?? "", dot = before[before.length - word.length - 1] === ".";
  if (!word && !dot || number.test(before)) return null;
  return without.includes(syntaxTree(state).resolveInner(pos, -1).name) ? null : { word, dot };
}

// Takes a name in the place of the one that is written, also of what is behind the cursor.
const take = (one) => (view, completion, from, to) => {
  const after = view.state.sliceDoc(to, view.state.doc.lineAt(to).to), end = to + rest.exec(after)[0].length;
  const colon = one.key && !/^\s*:/.test(after.slice(end - to));
  view.dispatch({ ...insertCompletionText(view.state, one.name + (colon ? ": " : ""), from, end), annotations: pickedCompletion.of(completion) });
};

// Returns a source of names: those that suggest promises for the text before the cursor, or if it promises
// null, without the engine, those that stand in the cell.
const source = (suggest) => async (context) => {
  const { state, pos } = context, at = nameAt(state, pos);
  if (!at && !context.explicit) return null;
  const all = await suggest(state.sliceDoc(0, pos));
  if (context.aborted) return null;
  if (all === null) return at?.dot ? null : localCompletionSource(context);
  return all.length === 0 ? null : {
    from: pos - (at?.word.length ?? 0),
    validFor: /^[\p{L}\p{Nd}_]*$/u,
    options: all.map((one) => ({ label: one.name, type: one.kind, detail: one.type, info: one.text, boost: 10 * one.rank, apply: take(one) })),
  };
};

function takeFirst(view) {
  if (!selectedCompletion(view.state)) moveCompletionSelection(true)(view);
  acceptCompletion(view);
}

// What the Tab key waits for: the names that were asked for, {doc, head, typed}. If they come, the reader who
// has typed on gets the first one, and who has asked for them the only one; if none comes, Tab indents.
const tabbed = ViewPlugin.fromClass(class {
  constructor(view) { this.view = view; }
  wait(typed) {
    const { doc, selection } = this.view.state;
    this.wanted = { doc, head: selection.main.head, typed };
  }
  update({ state }) {
    const wanted = this.wanted, status = completionStatus(state);
    if (!wanted) return;
    const same = state.doc === wanted.doc && state.selection.main.head === wanted.head;
    if (same && status === "pending") return;
    this.wanted = undefined;
    if (!same) return;
    const first = wanted.typed || currentCompletions(state).length === 1;
    setTimeout(() => { // no change can be made during one
      if (this.view.state.doc !== wanted.doc) return;
      if (status !== "active") indentMore(this.view);
      else if (first) takeFirst(this.view);
    });
  }
});

// Tab takes the name that is chosen, or else the first; behind a name it asks for those that fit.
function completeByTab(view) {
  const { state } = view, { main } = state.selection, status = completionStatus(state);
  if (status === "active") {
    takeFirst(view);
    return true;
  }
  if (!main.empty || !nameAt(state, main.head)) return false;
  view.plugin(tabbed).wait(status === "pending");
  if (status !== "pending") startCompletion(view);
  return true;
}

// Escape closes the list, and is not used up by it: the Tab key then leaves the editor, as without a list.
function leave(view) {
  closeCompletion(view);
  return false;
}

const keys = [{ key: "Tab", run: completeByTab }, { key: "Escape", run: leave }, ...completionKeymap.filter((binding) => binding.key !== "Escape")];

const look = EditorView.theme({
  ".cm-tooltip.cm-tooltip-autocomplete": { background: "var(--ground)", border: "1px solid var(--line)", borderRadius: ".4rem", boxShadow: "0 2px 8px #0003" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--code-font)", fontSize: "inherit", maxWidth: "min(44rem, calc(100vw - 2rem))", minWidth: "12rem", maxHeight: "none" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: ".15rem .5rem", lineHeight: "1.4", color: "var(--text)" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { background: "var(--mark)", color: "var(--text)" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700" },
  ".cm-completionDetail": { color: "var(--soft)", fontStyle: "normal" },
  ".cm-tooltip.cm-completionInfo": { padding: ".4rem .6rem", fontSize: ".875rem", lineHeight: "1.4", whiteSpace: "normal", fontFamily: "var(--text-font)", background: "var(--ground)", color: "var(--text)", border: "1px solid var(--line)", borderRadius: ".4rem" },
  ".cm-tooltip-autocomplete ul li[aria-selected] .cm-completionDetail": { color: "var(--text)" },
});

// The text about a name stands beside the list where there is room, otherwise on the side of the list that is
// away from the line: on the list it would hide names. Where there is no room it is left out.
function positionInfo(view, list, option, info, space) {
  const beside = space.right - list.right, height = info.bottom - info.top;
  if (beside > 250 && option.top + height < space.bottom) return { style: `top: ${option.top - list.top}px; max-width: ${Math.min(400, beside - 10)}px`, class: "cm-completionInfo-right" };
  const line = view.coordsAtPos(view.state.selection.main.head), below = !line || list.bottom > line.bottom;
  const room = below ? list.bottom + height < space.bottom : list.top - height > space.top;
  return { style: room ? `left: 0; ${below ? "top" : "bottom"}: 100%; width: auto; max-width: ${list.right - list.left}px` : "display: none", class: "" };
}

export const completion = (suggest) => [
  // Enter begins a line unless the reader has chosen a name with the arrow keys. The list shows some names at
  // a time, since one that scrolls could not be reached by the keyboard.
  autocompletion({ override: [source(suggest)], selectOnOpen: false, icons: false, interactionDelay: 0, defaultKeymap: false, maxRenderedOptions: 7, positionInfo }),
  Prec.high(keymap.of(keys)),
  tabbed,
  look,
];
