// Turns what cells show into HTML as the exported page has it: the same Markdown and the same formulas,
// by the programs of the export, and what article.py and formulas.py do there, done here on the
// document. A test compares the two.
import { markdown } from "../../../render/markdown.js";
import { typesetPage } from "../../../render/formulas.js";
import { terminal } from "./terminal.js";
import { safe } from "./safe.js";

const longText = 30, longTable = 40; // lines, rows: longer outputs are folded
const noFormulas = new Set(["SCRIPT", "NOSCRIPT", "STYLE", "TEXTAREA", "PRE", "CODE"]);
const hangul = /[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3](?:[\s\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3·~]*[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3])?/g;
const latin = /[A-Za-z]{2}/;

const make = (tag, className, ...children) => {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children);
  return element;
};

// The texts in which MathJax looks for a formula: lists of text nodes, with the line breaks between them.
function textRuns(root) {
  const runs = [];
  const walk = (element) => {
    let run = [];
    const end = () => {
      if (run.some((node) => node.nodeType === Node.TEXT_NODE && /[$\\]/.test(node.data))) runs.push(run);
      run = [];
    };
    for (const child of element.childNodes) {
      if (child.nodeType === Node.TEXT_NODE || child.nodeName === "BR" || child.nodeName === "WBR") {
        run.push(child);
        continue;
      }
      end();
      if (child.nodeType === Node.ELEMENT_NODE && !noFormulas.has(child.nodeName) && !child.classList.contains("mathjax_ignore")) walk(child);
    }
    end();
  };
  walk(root);
  return runs;
}

const textOf = (node) => (node.nodeType === Node.TEXT_NODE ? node.data : node.nodeName === "BR" ? "\n" : "");

// Replaces a run of nodes with pieces. Line breaks outside formulas stay.
function replaceRun(run, pieces, place) {
  const anchor = document.createComment("");
  run[0].before(anchor);
  const bounds = [];
  let at = 0;
  for (const node of run) {
    bounds.push([at, node]);
    at += textOf(node).length;
    node.remove();
  }
  at = 0;
  for (const piece of pieces) {
    if ("formula" in piece) {
      anchor.before(place(piece));
    } else if (piece.raw !== piece.text) {
      anchor.before(piece.text);
    } else {
      let begin = at;
      for (const [start, node] of bounds) {
        if (node.nodeType === Node.TEXT_NODE || start < at || start >= at + piece.raw.length) continue;
        anchor.before(piece.text.slice(begin - at, start - at), node);
        begin = start + textOf(node).length;
      }
      anchor.before(piece.text.slice(begin - at));
    }
    at += piece.raw.length;
  }
  anchor.remove();
}

// The glyphs that formulas share are in one place of the page.
function addGlyphs(html) {
  const known = document.querySelector("svg.glyphs") || document.body.appendChild(document.createElementNS("http://www.w3.org/2000/svg", "svg"));
  if (!known.classList.contains("glyphs")) {
    known.setAttribute("class", "glyphs");
    for (const [name, value] of [["aria-hidden", "true"], ["width", "0"], ["height", "0"]]) known.setAttribute(name, value);
  }
  const all = make("div");
  all.innerHTML = `<svg>${html}</svg>`;
  for (const path of all.querySelectorAll("path[id]")) if (!document.getElementById(path.id)) known.append(path);
}

function plainText(formula) {
  const found = /<math.*<\/math>/.exec(formula.html || "");
  if (!found) return formula.tex;
  const holder = make("div");
  holder.innerHTML = found[0];
  return holder.textContent.replaceAll("\u2061", " ").replaceAll("\u2062", "");
}

function typesetFormulas(root) {
  const runs = textRuns(root);
  if (runs.length === 0) return [];
  const { texts, formulas, glyphs } = typesetPage(runs.map((run) => run.map(textOf).join("")));
  runs.forEach((run, i) => {
    if (texts[i].every((piece) => piece.raw === piece.text)) return;
    replaceRun(run, texts[i], (piece) => {
      const formula = formulas[piece.formula];
      if (formula.error !== undefined) return make("code", "", piece.raw);
      const placeholder = make("span", "formula", plainText(formula));
      placeholder.dataset.n = String(piece.formula);
      return placeholder;
    });
  });
  if (glyphs) addGlyphs(glyphs);
  return formulas;
}

function fillFormulas(root, formulas, labelled) {
  for (const placeholder of root.querySelectorAll("span.formula[data-n]")) {
    const formula = formulas[Number(placeholder.dataset.n)];
    const math = make("span", "math " + (formula.display ? "display" : "inline"));
    math.innerHTML = formula.html;
    if (labelled.has(placeholder)) math.querySelector("math")?.setAttribute("aria-label", plainText(formula));
    // A line may break behind a formula, but not between it and its Korean particle.
    const after = placeholder.nextSibling;
    const particle = !formula.display && after?.nodeType === Node.TEXT_NODE && /^[\uac00-\ud7a3]+[.,:;?!)”]*/.exec(after.data);
    if (particle) {
      after.data = after.data.slice(particle[0].length);
      placeholder.replaceWith(make("span", "unbroken", math, particle[0]));
    } else {
      placeholder.replaceWith(math);
    }
  }
}

function wrapTables(root, labelled) {
  for (const table of root.querySelectorAll("table")) {
    const box = make("div", "wide");
    table.replaceWith(box);
    box.append(table);
    for (const head of table.querySelectorAll("thead th")) {
      head.scope = "col";
      const placeholders = [...head.querySelectorAll("[data-n]")];
      const rest = head.cloneNode(true);
      rest.querySelectorAll("[data-n]").forEach((element) => element.remove());
      if (placeholders.length && !rest.textContent.trim()) placeholders.forEach((element) => labelled.add(element));
      if (!head.textContent.trim()) { // an empty corner cell
        const cell = make("td", "", ...head.childNodes);
        for (const { name, value } of head.attributes) if (name !== "scope") cell.setAttribute(name, value);
        head.replaceWith(cell);
      }
    }
    for (const cell of table.querySelectorAll("th, td")) {
      const side = /^(left|right|center)$/i.exec(cell.style.textAlign || cell.getAttribute("align") || "");
      cell.removeAttribute("style");
      cell.removeAttribute("align");
      if (side) cell.classList.add(side[1].toLowerCase());
    }
  }
}

function foldIfLong(output, texts) {
  const pre = output.querySelector("pre"), table = output.querySelector("table");
  const lines = pre ? pre.textContent.replace(/\n+$/, "").split("\n").length : 0;
  const rows = table ? table.querySelectorAll("tr").length : 0;
  if (lines <= longText && rows <= longTable) return output;
  const label = lines > longText ? texts.lines.replace("%d", lines) : texts.rows.replace("%d", rows);
  return make("details", "long", make("summary", "", label), output);
}

function markLanguages(root, language) {
  if (language === "ko") {
    for (const element of root.querySelectorAll("p, li, td, th, h1, h2, h3, h4, h5, h6")) {
      const rest = element.cloneNode(true);
      rest.querySelectorAll("code, pre, [data-n]").forEach((other) => other.remove());
      const text = rest.textContent;
      if (latin.test(text) && text.search(hangul) < 0 && !element.querySelector("[lang]")) element.lang = "en";
    }
    return;
  }
  const nodes = [], walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) nodes.push(walker.currentNode);
  for (const node of nodes) {
    if (node.data.search(hangul) < 0 || node.parentElement.closest('[lang="ko"], [data-n]')) continue;
    let at = 0;
    for (const found of node.data.matchAll(hangul)) {
      const korean = make("span", "", found[0]);
      korean.lang = "ko";
      node.before(node.data.slice(at, found.index), korean);
      at = found.index + found[0].length;
    }
    node.replaceWith(node.data.slice(at));
  }
}

// The size of an image is known before the page is laid out with it, so that nothing jumps.
async function measure(image) {
  try { await image.decode(); } catch (e) { return; }
  const { naturalWidth: width, naturalHeight: height } = image, own = image.getAttribute("width");
  if (!/^data:image\/(png|gif)/.test(image.src) || !width || !height || own && !/^\d+$/.test(own)) return;
  image.setAttribute("width", own || width);
  image.setAttribute("height", own ? Math.round(height * own / width) : height);
}

// Returns an output as an element of the page. piece is {mime, content}, where the MIME type is
// text/markdown, text/html or text/plain; alts are the alternative texts that its images had on the
// page, for those that bring none. The element is complete: its images are decoded.
globalThis.rnn101Typeset = async function ({ mime, content }, { language, texts, alts = [] }) {
  const output = make("div", "jp-OutputArea-output");
  if (mime === "text/plain") {
    const pre = output.appendChild(make("pre"));
    pre.innerHTML = terminal(content); // it has no HTML but its own
    markLanguages(output, language);
    return foldIfLong(output, texts);
  }
  output.append(safe(mime === "text/markdown" ? markdown(content) : content));
  const formulas = typesetFormulas(output), labelled = new Set();
  [...output.querySelectorAll("img")].forEach((image, i) => {
    image.alt = image.alt.trim() || alts[i] || texts.no_alt;
  });
  const whole = foldIfLong(output, texts);
  wrapTables(output, labelled);
  markLanguages(output, language);
  fillFormulas(output, formulas, labelled);
  await Promise.all([...output.querySelectorAll("img")].map(measure));
  return whole;
};
