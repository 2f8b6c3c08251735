// The code cells of the page: where they are, what the reader calls them, and what a run of one needs.
import { text } from "./page.js";

// A cell. Its key tells it from the others of the page; its name is what the reader sees.
class Cell {
  constructor(element, key, number, solution) {
    Object.assign(this, { element, key, number, solution });
    this.block = element.querySelector(".highlight");
    this.pre = this.block.querySelector("pre");
    this.committedCode = [...this.pre.childNodes].map((node) => node.cloneNode(true));
    this.committed = this.pre.textContent.replace(/\n$/, "");
    this.source = this.committed;
  }

  // Whether there is nothing to run, as where a hidden check stands for the grader.
  get comment() { return this.committed.split("\n").every((line) => /^\s*(\/\/|$)/.test(line)); }
  get name() { return text("cell", this.number); }
  get changed() { return this.source !== this.committed; }
  get id() { return this.element.dataset.cell || this.key; }
}

export function findCells() {
  const cells = [];
  let count = 0;
  for (const element of document.querySelectorAll("article .jp-CodeCell")) {
    if (!element.querySelector(".highlight pre")) continue; // an empty cell
    const solution = element.closest("details.solution");
    if (!solution) {
      count++;
      cells.push(new Cell(element, element.dataset.cell || "cell-" + count, String(count), null));
      continue;
    }
    const before = cells.filter((cell) => cell.solution === solution).length;
    cells.push(new Cell(element, "solution/" + (element.dataset.cell || before), count + "." + (before + 1), solution));
  }
  return cells;
}

// Returns the cells that a run of one needs: all above it, and itself. The cells of a worked solution
// take the place of the exercise's own cell; below it the reader's answer counts, not the solution.
export function cellsFor(cell, all) {
  const above = all.slice(0, all.indexOf(cell) + 1).filter((other) => !other.solution || other.solution === cell.solution);
  if (!cell.solution) return above;
  const replaced = new Set(all.filter((other) => other.solution === cell.solution).map((other) => other.id));
  return above.filter((other) => other.solution || !replaced.has(other.id));
}
