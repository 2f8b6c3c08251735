// Says what went wrong in a run, in the words and the numbers of the page.
import { make, text } from "./page.js";

const link = (cell, line, current) => {
  const words = line > 0 ? text("at", cell.name, line) : cell.name;
  return cell === current ? words : make("a", { href: "#" + cell.element.id, textContent: words });
};

// Returns a box with the mistakes of a result, {mistakes, text}. current is the cell that was run.
export function mistakeBox(result, cells, current) {
  const box = make("div", { className: "live-mistakes" });
  const order = (mistake) => cells.findIndex((cell) => cell.id === mistake.cell) * 1e6 + mistake.line;
  const list = [...(result.mistakes || [])].sort((a, b) => order(a) - order(b)).map(({ cell: id, line, text: words }) => {
    const cell = cells.find((other) => other.id === id);
    const item = make("li", {});
    if (cell) item.append(link(cell, line, current), ": ");
    item.append(make("span", { className: "live-words", textContent: words }));
    return item;
  });
  if (list.length) box.append(make("ul", {}, ...list));
  if (result.text?.trim()) box.append(make("pre", { textContent: result.text.trimEnd() }));
  return box;
}

const memory = /out of memory|cannot allocate|memory limit|Array buffer allocation/i;
const stack = /call stack|stack overflow|stack exceeds/i;

// Reports whether a program ended because memory or stack ran out, by what it or the browser says.
export const ranOut = (words) => memory.test(words) || stack.test(words);

// Plain words for what ends a run from outside the program.
export function plain(words) {
  if (memory.test(words)) return text("no_memory");
  if (stack.test(words)) return text("no_stack");
  if (/deadlock/.test(words)) return text("deadlock");
  return text("died");
}
