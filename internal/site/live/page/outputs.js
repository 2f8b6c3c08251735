// What stands below the code of a cell: the committed output, or that of the reader's run.
import { outputTexts, here, language, loadScript, make, text } from "./page.js";

const showAfter = 700; // ms: a run that is over sooner replaces the old output at once
const redrawEvery = 250;

export const loadTypeset = () => loadScript(here["typeset.js"]);

export class Outputs {
  constructor(cell) {
    this.cell = cell;
    const own = [...cell.element.children].filter((child) => !child.matches(".highlight, .source"));
    this.committed = own;
    this.box = make("div", { className: "live-outputs" }, ...own);
    cell.element.append(this.box);
    this.alts = own.flatMap((element) => [...element.querySelectorAll("img")].map((image) => image.alt));
    this.replaced = false;
  }

  // A run begins: the old output stays, greyed, with its height, until the new one is there.
  begin() {
    this.box.style.minHeight = this.box.offsetHeight + "px";
    this.box.classList.add("stale");
    this.box.setAttribute("aria-busy", "true");
    this.pieces = []; // {mime, content, id, element: a promise}
    this.begun = performance.now();
    this.drawAgain = 0;
    this.cutShort = false;
  }

  display({ mime, content, id }) {
    const piece = { mime, content, id };
    const at = id ? this.pieces.findIndex((other) => other.id === id) : -1;
    if (at >= 0) this.pieces[at] = piece; else this.pieces.push(piece);
    this.draw();
  }

  stream({ name, text: printed }) {
    const last = this.pieces.at(-1);
    if (last && last.stream === name) {
      last.content += printed;
      last.element = undefined;
    } else {
      this.pieces.push({ mime: "text/plain", content: printed, stream: name });
    }
    this.draw();
  }

  cut() { this.cutShort = true; }

  // While a run takes long, shows what there is.
  draw() {
    const now = performance.now();
    if (now - this.begun < showAfter || now < this.drawAgain || this.drawing) return;
    this.drawing = this.replace().finally(() => {
      this.drawing = undefined;
      this.drawAgain = performance.now() + Math.max(redrawEvery, 4 * (performance.now() - now)); // most of the time is for the reader
    });
  }

  async elements() {
    let used = 0;
    const all = [];
    for (const piece of this.pieces) {
      piece.element ??= globalThis.rnn101Typeset(piece, { language, texts: outputTexts, alts: this.alts.slice(used) });
      const element = await piece.element;
      used += element.querySelectorAll("img").length;
      for (const named of element.querySelectorAll("[id]")) { // links on the page lead to the page's own
        const other = document.getElementById(named.id);
        if (other && !this.box.contains(other) && !element.contains(other)) named.removeAttribute("id");
      }
      all.push(element);
    }
    return all;
  }

  async replace(...more) {
    const elements = await this.elements();
    if (this.cutShort) elements.push(make("p", { className: "live-cut", textContent: text("cut_short") }));
    this.box.replaceChildren(...elements, ...more);
    this.box.classList.remove("stale");
    this.replaced = true;
    this.scrolling();
  }

  // Reports whether the output has the words of the committed one, but not all of its digits.
  otherDigits() {
    const words = (elements) => elements.map((element) => element.textContent).join(" ").replace(/\s+/g, " ").trim();
    const without = (all) => all.replace(/[-−]?\d+(\.\d+)?(e[-+]?\d+)?/g, "#");
    const was = words(this.committed), is = words([...this.box.children]);
    return was !== is && without(was) === without(is);
  }

  // The run is over. keepOld: it showed nothing, and the old output is still that of the cell.
  async end(keepOld, ...more) {
    await this.drawing;
    this.isOfRun = !keepOld;
    if (keepOld) this.box.append(...more); else await this.replace(...more);
    this.quiet();
  }

  quiet() {
    this.box.classList.remove("stale");
    this.box.removeAttribute("aria-busy");
    this.box.style.minHeight = "";
  }

  reset() {
    this.box.replaceChildren(...this.committed);
    this.quiet();
    this.replaced = false;
  }

  // What is wider than the page can be scrolled with the keyboard, as site.js has it.
  scrolling() {
    for (const box of this.box.querySelectorAll(".wide, .math.display, pre")) {
      if (box.scrollWidth <= box.clientWidth) continue;
      box.tabIndex = 0;
      box.setAttribute("role", "group");
      box.setAttribute("aria-label", outputTexts.scroll);
    }
  }
}
