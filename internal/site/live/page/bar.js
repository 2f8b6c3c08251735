// The bar below the code of a cell: its number, Run and Edit, and what happens to the cell.
import { here, make, text } from "./page.js";

export class Bar {
  constructor(cell, on) {
    this.cell = cell;
    const button = (key, act) => {
      const b = make("button", { type: "button", className: "tool", textContent: text(key) });
      b.setAttribute("aria-label", text(key + "_label", cell.number));
      b.addEventListener("click", act);
      return b;
    };
    this.run = button("run", () => on.run());
    this.run.classList.add("live-run");
    this.edit = button("edit", () => on.edit());
    this.reset = button("reset", () => on.reset());
    this.reset.hidden = true;
    this.note = make("span", { className: "live-note" });
    this.mark = make("span", { className: "live-changed", textContent: text("changed"), hidden: true });
    this.old = make("span", { className: "live-old", textContent: text("old"), hidden: true });
    this.element = make("div", { className: "live-bar" }, this.run, this.edit, this.reset, this.mark, this.note, this.old,
      make("span", { className: "live-number", textContent: cell.name }));
    cell.block.after(this.element);
    this.run.hidden = this.edit.hidden = cell.comment;
    this.idle();
  }

  label(button, key) {
    button.textContent = text(key);
    button.setAttribute("aria-label", text(key + "_label", this.cell.number));
  }

  // Says what a run costs before there is one: its time if that is long, and what it loads.
  idle(engineIsThere) {
    const slow = this.cell.solution ? 0 : here.slow?.[this.cell.id];
    const words = [];
    if (this.cell.comment) return;
    if (slow) words.push(slow < 90 ? text("slow_seconds", slow) : text("slow_minutes", Math.round(slow / 60)));
    if (!engineIsThere) words.push(text("size", here.size));
    this.say(words.join(" "));
  }

  say(words, kind = "") {
    this.note.textContent = words;
    this.note.className = "live-note " + kind;
  }

  running(on) {
    this.label(this.run, on ? "stop" : "run");
    this.element.classList.toggle("running", on);
  }

  // While a cell runs the others cannot. Their buttons keep the focus that they may have.
  blocked(on) {
    if (on) this.run.setAttribute("aria-disabled", "true"); else this.run.removeAttribute("aria-disabled");
  }
}
