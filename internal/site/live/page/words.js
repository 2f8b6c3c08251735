// Answers in words: text cells of an assignment that the reader writes on the page, in Markdown.
import { here, language, make, outputTexts, text } from "./page.js";
import { hash } from "./keep.js";
import { loadTypeset } from "./outputs.js";

// An answer in words. To the reader's work it is a cell like those of code.
class Answer {
  constructor(element, id, committed, changed) {
    Object.assign(this, { element, id, key: "words/" + id, committed, source: committed, tell: changed, solution: null, shows: 0 });
    this.name = text("words");
    this.shown = make("div", {}, ...element.childNodes);
    this.edit = make("button", { type: "button", className: "tool", textContent: text("words_edit") });
    this.edit.addEventListener("click", () => this.open());
    this.undo = make("button", { type: "button", className: "tool", textContent: text("reset"), hidden: true });
    this.undo.setAttribute("aria-label", text("words_reset_label"));
    this.undo.addEventListener("click", () => this.resetOrUndo());
    this.mark = make("span", { className: "live-changed", textContent: text("changed"), hidden: true });
    this.note = make("span", { className: "live-note" });
    this.note.setAttribute("role", "status");
    this.bar = make("div", { className: "live-bar live-words-bar" }, this.edit, this.undo, this.mark, this.note, make("span", { className: "live-number", textContent: this.name }));
    element.append(this.shown, this.bar);
    this.asCommitted = [...this.shown.childNodes];
  }

  get changed() { return this.source !== this.committed; }

  // Opens a field for the answer, or closes it and shows the answer as it will be read.
  async open() {
    if (this.field) {
      this.field = undefined;
      this.edit.textContent = text("words_edit");
      await this.show();
      return;
    }
    this.shows++; // what is still being typeset comes too late
    this.field = make("textarea", { className: "live-field", value: this.source, rows: Math.max(8, this.source.split("\n").length + 2) });
    this.field.setAttribute("aria-label", text("words_label"));
    this.field.addEventListener("input", () => this.write(this.field.value));
    this.shown.replaceChildren(this.field, make("p", { className: "live-hint", textContent: text("words_hint") }));
    this.edit.textContent = text("words_close");
    this.field.focus();
  }

  // Sets the answer back, or takes this back.
  resetOrUndo() {
    const own = this.undone;
    if (own === undefined) {
      const source = this.source;
      this.reset();
      this.undone = source;
    } else {
      this.reset();
      this.source = own;
    }
    this.undo.textContent = text(own === undefined ? "undo" : "reset");
    this.undo.setAttribute("aria-label", text(own === undefined ? "words_undo_label" : "words_reset_label"));
    this.note.textContent = text(own === undefined ? "was_reset" : "was_undone");
    this.show();
    this.tell(this);
  }

  write(source) {
    this.source = source;
    this.forgetUndo();
    this.note.textContent = "";
    this.update();
    this.tell(this);
  }

  forgetUndo() {
    this.undone = undefined;
    this.undo.textContent = text("reset");
    this.undo.setAttribute("aria-label", text("words_reset_label"));
  }

  // Says whether the reader has changed the answer.
  update() {
    this.mark.hidden = !this.changed;
    this.undo.hidden = !this.changed && this.undone === undefined;
  }

  // Shows the answer typeset; if what typesets is not there, as it was written.
  async show() {
    const latest = ++this.shows;
    this.update();
    let answer = this.asCommitted;
    if (this.changed) {
      try {
        await loadTypeset();
        answer = [await globalThis.rnn101Typeset({ mime: "text/markdown", content: this.source }, { language, texts: outputTexts, alts: [] })];
      } catch (error) {
        answer = [make("pre", { textContent: this.source })];
      }
    }
    if (this.shows === latest) this.shown.replaceChildren(...answer);
  }

  // Takes up what the browser has kept, {source, of: hash of the committed source}.
  restore(own) {
    if (!own) return;
    this.source = own.source;
    if (own.of !== hash(this.committed)) {
      this.note.textContent = text("older");
      this.note.classList.add("bad");
    }
    this.show();
  }

  reset() {
    this.field = undefined;
    this.forgetUndo();
    this.note.className = "live-note";
    this.note.textContent = "";
    this.edit.textContent = text("words_edit");
    this.source = this.committed;
    this.show();
  }
}

// Returns the answers in words of the page.
export function findAnswers(changed) {
  const all = [];
  for (const element of document.querySelectorAll("article .jp-MarkdownCell")) {
    const committed = here.words?.[element.dataset.cell];
    if (committed !== undefined) all.push(new Answer(element, element.dataset.cell, committed, changed));
  }
  return all;
}
