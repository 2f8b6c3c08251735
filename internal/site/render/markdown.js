// Turns Markdown into HTML as JupyterLab does: with Marked, from which formulas are hidden.
//
// Each line of standard input is a text in Markdown, as a JSON string; each line of standard output
// is its HTML. Formulas are in it as they were written: formulas.js finds them.
"use strict";
const { answerLines } = require("./lines.js");
const { marked } = require("marked");

// hide and show are removeMath and replaceMath of JupyterLab (packages/rendermime/src/latex.ts,
// Copyright Jupyter Development Team, 3-Clause BSD), which is adapted from code of Davide Cervone
// (Apache License 2.0) with permission. What they take for a formula decides how Markdown is read,
// so they must not differ.
const delimiter = /(\$\$?|\\(?:begin|end)\{[a-z]*\*?\}|\\[{}$]|[{}]|(?:\n\s*)+|@@\d+@@|\\\\[()[\]])/i;

function hide(text) {
  const math = [];
  let restore = (s) => s;
  if (text.includes("`") || text.includes("~~~")) { // the dollars of code are no delimiters
    const protect = (code) => code.replace(/\$/g, "~D");
    text = text
      .replace(/~/g, "~T")
      .replace(/^(?<fence>`{3,}|(~T){3,})[^`\n]*\n([\s\S]*?)^\k<fence>`*$/gm, protect)
      .replace(/(^|[^\\])(`+)([^\n]*?[^`\n])\2(?!`)/gm, protect);
    restore = (s) => s.replace(/~([TD])/g, (_, letter) => (letter === "T" ? "~" : "$"));
  }
  const blocks = text.replace(/\r\n?/g, "\n").split(delimiter);
  let start = null, end = null, last = null, braces = 0;
  function store(to) {
    const formula = blocks.slice(start, to + 1).join("").replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
    blocks.fill("", start + 1, to + 1);
    blocks[start] = "@@" + math.length + "@@";
    math.push(restore(formula));
    start = end = last = null;
  }
  for (let i = 1; i < blocks.length; i += 2) {
    const block = blocks[i];
    if (block[0] === "@") { // looks like one of our markers
      blocks[i] = "@@" + math.length + "@@";
      math.push(block);
    } else if (start !== null) { // look for its end, with balanced braces, not past an empty line
      if (block === end) {
        if (braces) last = i;
        else store(i);
      } else if (/\n.*\n/.test(block)) {
        if (last !== null) {
          i = last;
          store(i);
        }
        start = end = last = null;
        braces = 0;
      } else if (block === "{") {
        braces++;
      } else if (block === "}" && braces) {
        braces--;
      }
    } else if (block === "$" || block === "$$") {
      [start, end, braces] = [i, block, 0];
    } else if (block === "\\\\(" || block === "\\\\[") {
      [start, end, braces] = [i, block === "\\\\(" ? "\\\\)" : "\\\\]", 0];
    } else if (block.startsWith("begin", 1)) {
      [start, end, braces] = [i, "\\end" + block.slice(6), 0];
    }
  }
  if (start !== null && last !== null) store(last);
  return { text: restore(blocks.join("")), math };
}

function show(html, math) {
  return html.replace(/@@(\d+)@@/g, (marker, n) => {
    const formula = math[n] ?? marker;
    for (const [open, close] of ["()", "[]"]) {
      if (formula.startsWith("\\\\" + open) && formula.endsWith("\\\\" + close)) {
        return "\\" + open + formula.slice(3, -3) + "\\" + close;
      }
    }
    return formula;
  });
}

exports.markdown = (source) => {
  const { text, math } = hide(source);
  return show(marked.parse(text, { gfm: true, async: false }), math);
};

if (require.main === module) answerLines(exports.markdown);
