// Finds and typesets formulas with MathJax, as JupyterLab does.
//
// Each line of standard input holds the texts of one page in order, as JSON strings; definitions and
// labels apply to the formulas after them. Each line of standard output is the result for one page:
// {"texts": for each text its pieces, {"raw": as it was, "text": as it is shown} or {"raw": …,
// "formula": number}; "formulas": [{"tex": …, "display": …} with "html" or "error", …]; "glyphs":
// SVG paths that the formulas share}.
"use strict";
const { answerLines } = require("./lines.js");
const { mathjax } = require("mathjax-full/js/mathjax.js");
const { TeX } = require("mathjax-full/js/input/tex.js");
const { FindTeX } = require("mathjax-full/js/input/tex/FindTeX.js");
const { AllPackages } = require("mathjax-full/js/input/tex/AllPackages.js");
const { SVG } = require("mathjax-full/js/output/svg.js");
const { liteAdaptor } = require("mathjax-full/js/adaptors/liteAdaptor.js");
const { RegisterHTMLHandler } = require("mathjax-full/js/handlers/html.js");
const { SafeHandler } = require("mathjax-full/js/ui/safe/SafeHandler.js");
const { AssistiveMmlHandler } = require("mathjax-full/js/a11y/assistive-mml.js");

// With these two packages a formula that does not parse would become red text without an error.
const packages = AllPackages.filter((name) => name !== "noerrors" && name !== "noundefined");

const hangul = /[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]/;

const adaptor = liteAdaptor();
// What MathJax's fonts lack it sets character by character, at widths that it cannot measure without
// a browser. It takes Hangul for as wide as an em of its own, 1000; but text has a size of 884, and a
// syllable is 0.92 of that wide in most fonts. The words would look spaced out.
const sizeByGuess = adaptor.nodeSize.bind(adaptor);
adaptor.nodeSize = (node, ...rest) => {
  const [width, height] = sizeByGuess(node, ...rest);
  return [hangul.test(adaptor.textContent(node)) ? 0.92 * 0.884 * width : width, height];
};
// Formulas come into the page as they are made: without SafeHandler they could bring links to
// programs, and ids and classes of the page's own elements.
SafeHandler(AssistiveMmlHandler(RegisterHTMLHandler(adaptor)));

// MathJax gives sizes in ex, the height of an x, which differs much between fonts. In em a formula
// has the same size relative to its text on every system.
const exInEm = 0.48;

// Removes what only MathJax's menu and explorer use, half the size of a page.
function slim(html) {
  return html
    .replace(/ data-(?:mml-node|c|mjx-[a-z]+|semantic-[a-z]+)="[^"]*"/g, "")
    .replace(/ (?:unselectable|focusable)="[^"]*"/g, "")
    .replace(/ xmlns(?::xlink)?="[^"]*"/g, "")
    .replace(/xlink:href=/g, "href=")
    .replace(/<g><\/g>/g, "")
    .replace(/((?:width|height)="|(?:vertical-align|min-width): )(-?[\d.]+)ex/g, (_, before, n) => before + (n * exInEm).toFixed(3) + "em");
}

// Adds the lang attribute to Korean words in a formula. (HTML allows it in SVG, not in MathML.)
function markKorean(html) {
  return html.replace(/<text([^>]*)>([^<]*)/g, (all, attributes, text) =>
    hangul.test(text) ? `<text${attributes} lang="ko">${text}` : all);
}

// JupyterLab knows the command that loads a package. Here all that it can load are loaded.
const loaded = /\\require\s*\{[^{}]*\}/g;

function typeset(formulas, labels) {
  const input = new TeX({
    packages,
    formatError: (_, error) => { throw error; },
    ignoreDuplicateLabels: labels !== undefined,
  });
  const output = new SVG({ fontCache: "global" });
  const document = mathjax.document("", { InputJax: input, OutputJax: output });
  const tags = input.parseOptions.tags;
  Object.assign(tags.allLabels, labels);
  const results = formulas.map(({ tex, display }) => {
    try {
      const container = document.convert(tex.replace(loaded, ""), { display, em: 16, ex: 8, containerWidth: 80 * 16 });
      return { html: markKorean(slim(adaptor.outerHTML(container))) };
    } catch (error) {
      return { error: String(error.message || error) };
    }
  });
  return { results, glyphs: slim(adaptor.outerHTML(output.fontCache.getCache())), labels: tags.allLabels };
}

// As in JupyterLab (packages/mathjax-extension/src/typesetter.ts).
const finder = new FindTeX({
  inlineMath: [["$", "$"], ["\\(", "\\)"]],
  displayMath: [["$$", "$$"], ["\\[", "\\]"]],
  processEscapes: true,
  processEnvironments: true,
});

// Splits a text into pieces. Its formulas are added to formulas.
function split(text, formulas) {
  const pieces = [];
  let at = 0;
  for (const { math, display, open, close, start, end } of finder.findMath([text])) {
    if (start.n > at) pieces.push({ raw: text.slice(at, start.n), text: text.slice(at, start.n) });
    const raw = text.slice(start.n, end.n);
    if (open === "" && close === "" && raw === "\\" + math) { // an escaped dollar
      pieces.push({ raw, text: math });
    } else {
      pieces.push({ raw, formula: formulas.length });
      formulas.push({ tex: math, display: Boolean(display) });
    }
    at = end.n;
  }
  if (at < text.length) pieces.push({ raw: text.slice(at), text: text.slice(at) });
  return pieces;
}

function typesetPage(strings) {
  const formulas = [];
  const texts = strings.map((text) => split(text, formulas));
  let page = typeset(formulas);
  const refers = formulas.some((f) => /\\(?:eq)?ref\b/.test(f.tex)); // perhaps to a label after it
  if (refers && page.results.every((a) => a.html)) {
    page = typeset(formulas, page.labels);
  }
  return { texts, formulas: formulas.map((f, i) => ({ ...f, ...page.results[i] })), glyphs: page.glyphs };
}

exports.typesetPage = typesetPage;

if (require.main === module) answerLines(typesetPage);
