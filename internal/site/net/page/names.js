"use strict";
// Texts, names of numbers and numbers, as HTML and as plain text. No value of the net is computed
// in these scripts: they ask the engine.

const content = JSON.parse(document.getElementById("content").textContent);
const $ = (selector) => document.querySelector(selector);
const $$ = (selector) => [...document.querySelectorAll(selector)];
const media = new Map();
function matches(query) {
  if (!media.has(query)) media.set(query, matchMedia(query));
  return media.get(query).matches;
}
const escaped = (text) => String(text).replace(/[&<>"\uE000-\uE002]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" }[c] ?? "")); // without the marks of patch.js

/* Texts are formats of Go. In them, $…$ is mathematics and «id» the name of a number. */
function T(key, ...args) {
  const format = content.languages.find((l) => l.tag === ui.lang).texts[key];
  if (format === undefined) throw new Error(`there is no text with the key net.${key}`);
  let next = 0;
  return format.replace(/%(?:\[(\d+)\])?[sd]|%%/g, (verb, n) => (verb === "%%" ? "%" : String(args[n ? n - 1 : next++])));
}
const rich = (text) => text.split(/(\$[^$]*\$|«[^»]*»)/).map((part) => (part[0] === "$" ? inline(part.slice(1, -1)) : part[0] === "«" ? inline(part) : escaped(part))).join("");
const plain = (text) => text.replace(/«([^»]*)»/g, (_, id) => name(id)).replace(/\^⊤/g, " " + T("transposed")).replace(/\$/g, "").replace(/[_^]\{?/g, " ").replace(/\}/g, "");
const H = (key, ...args) => once("H", rich, key, args); // HTML
const P = (key, ...args) => once("P", plain, key, args); // plain text, for readers and attributes
/* Makes a text once, if nothing in it changes: an edit shows most texts again. */
const texts = new Map(); // by what is made, the language, the key and the numbers in it
function once(kind, make, key, args) {
  if (!args.every(Number.isInteger)) return make(T(key, ...args));
  const id = `${kind} ${ui.lang} ${key} ${args}`;
  let text = texts.get(id);
  if (text === undefined) {
    const source = T(key, ...args);
    text = make(source);
    if (!source.includes("«")) texts.set(id, text); // the names in it may change
  }
  return text;
}

/* Mathematics with _ and ^ as in TeX. A single letter is italic, a word upright; what is in
   brackets is the label of an entry. */
function mathematics(source) {
  let html = "", at = 0;
  const group = () => {
    if (source[at] !== "{") {
      const part = /^(?:\d+|.)/u.exec(source.slice(at))[0];
      at += part.length;
      return part;
    }
    const from = ++at;
    for (let depth = 1; depth > 0; at++) depth += source[at] === "{" ? 1 : source[at] === "}" ? -1 : 0;
    return source.slice(from, at - 1);
  };
  while (at < source.length) {
    const c = source[at];
    if (c === "_" || c === "^") {
      at++;
      const tag = c === "_" ? "sub" : "sup";
      html += `<${tag}>${mathematics(group())}</${tag}>`;
    } else if (c === "«") {
      const end = source.indexOf("»", at);
      html += mathematics(name(source.slice(at + 1, end)));
      at = end + 1;
    } else if (c === "[") {
      const end = source.indexOf("]", at);
      html += `<span class="entry">${escaped(source.slice(at, end + 1))}</span>`;
      at = end + 1;
    } else {
      const part = /^(?:[A-Za-z]+|.)/su.exec(source.slice(at))[0];
      html += /^[A-Za-zŷδεη]$/.test(part) ? `<i>${part}</i>` : escaped(part);
      at += part.length;
    }
  }
  return html;
}
const formulas = new Map(); // by source: few are needed, again and again
function inline(source) {
  if (source.includes("«")) return `<span class="m">${mathematics(source)}</span>`; // the names in it may change
  if (!formulas.has(source)) formulas.set(source, `<span class="m">${mathematics(source)}</span>`);
  return formulas.get(source);
}
const named = (id) => inline(name(id));
const fraction = (matrix) => `<span class="m"><span class="frac"><span>∂<i>L</i></span><span>∂<i>${matrix}</i></span></span></span>`;

/* The name of a number, by its id. */
function name(id) {
  const [table, ...rest] = id.split("."), n = rest.map(Number);
  const pair = (i, j) => `_{${i + 1}${j + 1}}`, entry = (i) => `[${i + 1}]`, word = (i) => `[${ui.labels.out[i]}]`;
  switch (table) {
    case "in": return ui.labels.in[n[0]];
    case "out": return ui.labels.out[n[0]];
    case "U": case "W": case "V": return table + pair(n[0], n[1]);
    case "copy": return `${rest[0]}^{(${n[1]})}${pair(n[2], n[3])}`;
    case "eta": return "η";
    case "x": case "a": case "h": return `${table}_${n[0]}${entry(n[1])}`;
    case "o": return `o_${n[0]}${word(n[1])}`;
    case "y": return `ŷ_${n[0]}${word(n[1])}`;
    case "target": return `y_${n[0]}${word(n[1])}`;
    case "exp": return `e^{o_${n[0]}${word(n[1])}}`;
    case "sum": return `Σ e^{o_${n[0]}}`;
    case "d": return `(ŷ_${n[0]} − y_${n[0]})${word(n[1])}`;
    case "L": return n[0] ? `L_${n[0]}` : "L";
    case "slope": return `(1 − ${S.mistakes & MISTAKES.sum ? "a" : "h"}_${n[0]}^2)${entry(n[1])}`;
    case "vt": return `(V^⊤(ŷ_${n[0]} − y_${n[0]}))${entry(n[1])}`;
    case "wt": return `(${S.mistakes & MISTAKES.transpose ? "W" : "W^⊤"}δ_${n[0] + 1})${entry(n[1])}`;
    case "de": return `δ_${n[0]}${entry(n[1])}`;
    case "e": return `∂L_${n[0]}/∂a_${n[1]}${entry(n[2])}`;
    case "cU": case "cW": return `∂L_${n[0]}/∂${table[1]}^{(${n[1]})}${pair(n[2], n[3])}`;
    case "kU": case "kW": return `∂L/∂${table[1]}^{(${n[0]})}${pair(n[1], n[2])}`;
    case "dU": case "dW": case "dV": return `∂L/∂${table[1]}${pair(n[0], n[1])}`;
    case "nU": case "nW": case "nV": return `${table[1]}′${pair(n[0], n[1])}`;
  }
  throw new Error(`the number ${id} has no name`);
}

/* The name of a number as a screen reader says it. */
let spokenNames = new Map(), spokenWith = "";
function forgetNames() { // if they have changed
  const saidWith = [ui.lang, S.mistakes, ...ui.labels.in, ...ui.labels.out].join();
  if (saidWith !== spokenWith) spokenNames = new Map();
  spokenWith = saidWith;
}
function spokenName(id) {
  let spoken = spokenNames.get(id);
  if (spoken === undefined) spokenNames.set(id, spoken = plain(name(id)));
  return spoken;
}

/* Numbers. Those that are given are shown as they are, the others with four decimals. */
const minus = (text) => text.replace("-", "−");
const tiny = (v) => v !== 0 && Math.abs(v) < 0.00005;
function power(v) {
  const [digits, exponent] = v.toExponential(1).split("e");
  return minus(digits) + "·10" + [...exponent.replace("+", "")].map((c) => (c === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[c])).join("");
}
function computedText(v) {
  if (!Number.isFinite(v)) return minus(String(v)).replace("Infinity", "∞");
  if (v === 0) return "0";
  if (tiny(v) || Math.abs(v) >= 1e5) return power(v);
  return minus(v.toFixed(4));
}
/* Two numbers that differ, with as many decimals as show it. */
function unlike(v, w) {
  for (let n = 4; n < 12; n++) if (v.toFixed(n) !== w.toFixed(n)) return [v, w].map((u) => (u === 0 ? "0" : minus(u.toFixed(n))));
  return [v, w].map(computedText);
}
const givenText = (v) => (Math.abs(v) >= 1e5 || tiny(v) ? power(v) : minus(String(+v.toFixed(4))));
const signed = (v) => (v > 0 ? "+" : "") + computedText(v);
const isGiven = (id) => /^(U|W|V|eta|h\.0|x|target)(\.|$)/.test(id);
const shown = (id, v = val(id)) => (isGiven(id) ? givenText(v) : computedText(v));
