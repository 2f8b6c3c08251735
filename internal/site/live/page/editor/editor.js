// The editor of a cell: CodeMirror, in the colours of the page's code.
import { closeCompletion } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { goLanguage } from "@codemirror/lang-go";
import { HighlightStyle, bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { EditorState, Prec, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, drawSelection, keymap, lineNumbers } from "@codemirror/view";
import { tags as t } from "@lezer/highlight";
import { completion } from "./complete.js";

const colours = HighlightStyle.define([
  { tag: [t.keyword, t.controlKeyword, t.definitionKeyword, t.moduleKeyword, t.modifier, t.operatorKeyword], class: "k" },
  { tag: [t.string, t.special(t.string), t.character], class: "s" },
  { tag: [t.number, t.integer, t.float], class: "mi" },
  { tag: [t.comment, t.lineComment, t.blockComment], class: "c1" },
  { tag: [t.typeName, t.standard(t.name)], class: "kt" },
  { tag: [t.bool, t.null], class: "kc" },
]);

// All colours are the page's, so they change with it.
const look = EditorView.theme({
  "&": { color: "var(--text)", backgroundColor: "transparent", fontSize: ".8125em" },
  "&.cm-focused": { outline: "3px solid var(--accent)", outlineOffset: "1px", borderRadius: ".5rem" },
  ".cm-gutter": { paddingLeft: ".3rem" },
  ".cm-scroller": { fontFamily: "var(--code-font)", lineHeight: "1.5", overflowX: "auto" },
  ".cm-content": { padding: ".8rem 0", caretColor: "var(--text)" },
  ".cm-cursor": { borderLeftColor: "var(--text)", borderLeftWidth: "2px" },
  ".cm-gutters": { color: "var(--soft)", backgroundColor: "var(--shade)", border: "0" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "var(--mark)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--mark)", outline: "0" },
  ".live-mistake": { backgroundColor: "color-mix(in srgb, var(--red) 18%, transparent)", boxShadow: "inset 3px 0 var(--red)" },
});

const setMistakes = StateEffect.define();
const mistakes = StateField.define({
  create: () => Decoration.none,
  update(lines, transaction) {
    lines = lines.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(setMistakes)) continue;
      const { doc } = transaction.state;
      const numbers = [...new Set(effect.value)].filter((n) => n >= 1 && n <= doc.lines).sort((a, b) => a - b);
      lines = Decoration.set(numbers.map((n) => Decoration.line({ class: "live-mistake" }).range(doc.line(n).from)));
    }
    return lines;
  },
  provide: (field) => EditorView.decorations.from(field),
});

// Opens an editor in an element. changed is called with the text after each change, run when the reader
// presses Shift or Ctrl and Enter; suggest promises the names that can follow a text, or null. Tab completes a name
// or indents; after Escape it leaves the editor, as CodeMirror has it.
globalThis.rnn101Editor = function ({ parent, text, label, hint, phrases, changed, run, suggest }) {
  const runs = () => {
    closeCompletion(view);
    run();
    return true;
  };
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        Prec.highest(keymap.of([{ key: "Shift-Enter", run: runs }, { key: "Mod-Enter", run: runs }, { key: "Ctrl-Enter", run: runs }])),
        lineNumbers(), history(), drawSelection(), indentOnInput(), bracketMatching(),
        indentUnit.of("\t"), EditorState.tabSize.of(4), goLanguage, syntaxHighlighting(colours), look, mistakes, completion(suggest),
        matchMedia("(max-width: 36rem)").matches ? EditorView.lineWrapping : [], // on a phone no line begins out of sight
        EditorState.phrases.of(phrases),
        EditorView.contentAttributes.of({ tabindex: "0", "aria-label": label, "aria-describedby": hint, spellcheck: "false", autocapitalize: "off", autocorrect: "off" }),
        EditorView.updateListener.of((update) => { if (update.docChanged) changed(update.state.doc.toString()); }),
        keymap.of([indentWithTab, ...historyKeymap, ...defaultKeymap]),
      ],
    }),
  });
  suggest(""); // half a second before it is first needed: the engine has to start
  return {
    focus: () => view.focus(),
    mark: (lines) => view.dispatch({ effects: setMistakes.of(lines) }),
    close: () => view.destroy(),
  };
};
