// Completion of names in the editor: a list opens while the reader writes a name, and Tab takes from it.
import { acceptCompletion, autocompletion, closeCompletion, completionKeymap, completionStatus, moveCompletionSelection, selectedCompletion, startCompletion } from "@codemirror/autocomplete";
import { localCompletionSource } from "@codemirror/lang-go";
import { syntaxTree } from "@codemirror/language";
import { Prec } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";

const name = /[\p{L}_][\p{L}\p{Nd}_]*$/u, number = /\d[\p{L}\p{Nd}_]*\.?$/u, unfinished = /^[\p{L}\p{Nd}_]*$/u;
const without = ["String", "Rune", "LineComment", "BlockComment"]; // names

// Returns a source of names: those that suggest promises for the text before the cursor, or if it has none
// those that stand in the cell.
const source = (suggest) => async (context) => {
  const before = context.state.sliceDoc(0, context.pos), word = name.exec(before)?.[0] ?? "";
  const dot = before[before.length - word.length - 1] === ".";
  if (!word && !dot && !context.explicit || !word && number.test(before)) return null;
  if (without.includes(syntaxTree(context.state).resolveInner(context.pos, -1).name)) return null;
  const all = await suggest(before);
  if (context.aborted) return null;
  if (!all.length) return dot ? null : localCompletionSource(context);
  return {
    from: context.pos - word.length,
    validFor: unfinished,
    options: all.map((one) => ({ label: one.name, type: one.kind, detail: one.type, info: one.text, boost: 10 * one.rank, apply: one.key ? one.name + ": " : one.name })),
  };
};

// Tab takes the name that is chosen, or else the first; after a name it asks for those that go on from there.
function completeByTab(view) {
  if (completionStatus(view.state) === "active") {
    if (!selectedCompletion(view.state)) moveCompletionSelection(true)(view);
    acceptCompletion(view);
    return true;
  }
  const { main } = view.state.selection;
  return main.empty && /[\p{L}\p{Nd}_.]$/u.test(view.state.sliceDoc(Math.max(0, main.head - 2), main.head)) && startCompletion(view);
}

// Escape closes the list, and is not used up by it: the Tab key then leaves the editor, as without a list.
function leave(view) {
  closeCompletion(view);
  return false;
}

const keys = [{ key: "Tab", run: completeByTab }, { key: "Escape", run: leave }, ...completionKeymap.filter((binding) => binding.key !== "Escape")];

const look = EditorView.theme({
  ".cm-tooltip.cm-tooltip-autocomplete": { background: "var(--ground)", border: "1px solid var(--line)", borderRadius: ".4rem", boxShadow: "0 2px 8px #0003" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--code-font)", fontSize: "inherit", maxWidth: "min(44rem, calc(100vw - 2rem))", minWidth: "12rem", maxHeight: "13.5em" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: ".15rem .5rem", lineHeight: "1.4", color: "var(--text)" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { background: "var(--mark)", color: "var(--text)" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700" },
  ".cm-completionDetail": { color: "var(--soft)", fontStyle: "normal" },
  ".cm-tooltip.cm-completionInfo": { padding: ".4rem .6rem", fontSize: ".875rem", lineHeight: "1.4", whiteSpace: "normal", fontFamily: "var(--text-font)", background: "var(--ground)", color: "var(--text)", border: "1px solid var(--line)", borderRadius: ".4rem" },
  ".cm-tooltip-autocomplete ul li[aria-selected] .cm-completionDetail": { color: "var(--text)" },
});

// The text about a name stands beside the list where there is room, otherwise below or above it: on it it
// would hide names.
function positionInfo(view, list, option, info, space) {
  const beside = space.right - list.right, height = info.bottom - info.top;
  if (beside > 250) return { style: `top: ${option.top - list.top}px; max-width: ${Math.min(400, beside - 10)}px`, class: "cm-completionInfo-right" };
  const below = list.bottom + height < space.bottom;
  return { style: `left: 0; ${below ? "top" : "bottom"}: 100%; width: auto; max-width: ${list.right - list.left}px`, class: "" };
}

export const completion = (suggest) => [
  // Enter begins a line unless the reader has chosen a name with the arrow keys.
  autocompletion({ override: [source(suggest)], selectOnOpen: false, icons: false, interactionDelay: 0, defaultKeymap: false, maxRenderedOptions: 60, positionInfo }),
  Prec.high(keymap.of(keys)),
  look,
];
