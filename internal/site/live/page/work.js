// The reader's work on this page: a button in the bar at the top tells how many cells are changed, and
// opens a dialog to download them as a notebook and to forget them.
import { here, loadScript, make, text } from "./page.js";
import { kept } from "./keep.js";

export class Work {
  constructor(cells, forget) {
    Object.assign(this, { cells, forget, unsaved: false });
    this.open = make("button", { type: "button", className: "tool live-work", hidden: true });
    this.open.addEventListener("click", () => this.show());
    document.querySelector(".top .tools")?.prepend(this.open);
    addEventListener("beforeunload", (event) => { if (this.unsaved && !kept.works) event.preventDefault(); });
  }

  // Says how many cells are changed. edited: one has just been.
  update(edited) {
    const changed = this.cells.filter((cell) => cell.changed).length;
    this.open.hidden = changed === 0;
    this.open.textContent = text("work", changed);
    this.unsaved = changed > 0 && (edited || this.unsaved);
  }

  show() {
    this.dialog ??= this.makeDialog();
    this.where.textContent = kept.works ? text("work_kept") : text("work_lost");
    this.list.replaceChildren(...this.cells.filter((cell) => cell.changed).map((cell) => {
      const link = make("a", { href: "#" + cell.element.id, textContent: cell.name });
      link.addEventListener("click", () => this.dialog.close());
      return make("li", {}, link);
    }));
    this.said.textContent = "";
    this.sure.hidden = true;
    this.dialog.showModal();
  }

  makeDialog() {
    const button = (label, act, className = "tool") => {
      const b = make("button", { type: "button", className, textContent: label });
      b.addEventListener("click", act);
      return b;
    };
    const title = make("h2", { id: "live-work-title", textContent: text("work_title") });
    this.list = make("ul", {});
    this.where = make("p", {});
    this.said = make("p", {});
    this.said.setAttribute("role", "status");
    this.sure = make("p", { hidden: true }, text("forget_sure") + " ", button(text("forget_yes"), () => {
      this.dialog.close();
      this.forget();
    }));
    const licences = make("a", { href: here["licences.txt"], textContent: text("licences") });
    const dialog = make("dialog", { className: "live-dialog" },
      make("div", { className: "bar" }, title, button(text("close"), () => dialog.close())),
      this.list, this.where,
      make("p", { className: "live-buttons" }, button(text("download"), () => this.download((words) => { this.said.textContent = words; })),
        button(text("forget"), () => { this.sure.hidden = false; this.sure.querySelector("button").focus(); })),
      this.sure, this.said, make("p", { className: "live-small" }, licences));
    dialog.setAttribute("aria-labelledby", title.id);
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
    document.body.append(dialog);
    return dialog;
  }

  // Downloads the notebook with the reader's changes, and tells how it went.
  async download(tell) {
    try {
      await loadScript(here.notebook);
    } catch (error) {
      tell(error.message);
      return;
    }
    const { file, cells, notebook } = structuredClone(globalThis.rnn101Notebook);
    for (const cell of this.cells) {
      const at = cell.solution ? -1 : cells.indexOf(cell.id);
      if (cell.changed && at >= 0) notebook.cells[at].source = cell.source.split(/(?<=\n)/);
    }
    const address = URL.createObjectURL(new Blob([JSON.stringify(notebook, null, 1) + "\n"], { type: "application/x-ipynb+json" }));
    make("a", { href: address, download: file }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
    this.unsaved = false;
    tell(text("downloaded", file));
  }
}
