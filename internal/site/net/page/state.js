// What the page shows: the state of the net, S, and that of the page, ui. Both are in the address.

const MISTAKES = { drop: 1, transpose: 2, sum: 4, after: 8 };
const PRESETS = { p1: { pair: 1, h0: "zero" }, p2: { pair: 2, h0: "carried" }, p4: { pair: 0, h0: "zero" } };
const LENSES = ["ask", "copies", "break", "step", "train", "far", "more"];
const VIEWS = [...LENSES, "plan"]; // the plan of a lecture takes the whole page

let S;
const ui = {
  lang: content.language ?? content.languages.find((l) => navigator.language.startsWith(l.tag))?.tag ?? "en",
  labels: { in: [...content.inputs], out: [...content.outputs] },
};

function startOfPage() {
  Object.assign(ui, {
    preset: "p2", student: "", typing: null, lens: "ask", before: "ask", trail: ["dW.0.1"], guess: true, said: {}, entry: { M: "W", i: 0, j: 1 },
    apart: false, copy: 0, by: 0, fold: false, step: 0, far: 1, reach: 20, at: 1, copied: "", both: true, history: null, untrained: null,
    cover: false, seen: new Set(), big: false, sheet: false, program: "go", problem: "", refused: null,
    labels: { in: [...content.inputs], out: [...content.outputs] },
  });
  S = presetState("p2");
}
const copyOf = (s) => ({ ...s, U: s.U.map((r) => [...r]), W: s.W.map((r) => [...r]), V: s.V.map((r) => [...r]), h0: [...s.h0], x: [...s.x], y: [...s.y] });

const presets = new Map(); // as the engine has them
function presetState(preset) {
  if (!presets.has(preset)) presets.set(preset, { ...decodeState(pairs[PRESETS[preset].pair]), carry: PRESETS[preset].h0 === "carried" });
  return copyOf(presets.get(preset));
}

/* Changes the state, if the engine can compute what comes out; otherwise it says why not. */
function change(edit) {
  const next = copyOf(S);
  edit(next);
  return adopt(next);
}
function adopt(next) {
  const error = compute(next);
  ui.problem = error ? T("bad.sums") : "";
  if (error) return false;
  S = next;
  explained = new Map();
  nudged = null;
  if (/^type /.test(ui.refused?.field)) ui.refused = null; // the numbers have changed
  return true;
}

/* Lets a state begin in h_0 = 0, or in the state that its net has after the lecture's first pair. */
function startFrom(s, kind) {
  s.carry = kind === "carried";
  s.h0 = s.h0.map(() => 0); // the engine sets a carried one
}

/* Sets a number that can be changed. */
const round = (v) => Math.round(v * 1e4) / 1e4;
function setNumber(s, id, v) {
  const [table, ...at] = id.split(".").map((part, i) => (i ? +part : part));
  if (table === "eta") s.eta = v;
  else if (table === "h") { s.carry = false; s.h0[at[1]] = v; }
  else s[table][at[0]][at[1]] = v;
}

/* Reads a number that was typed. Returns the number, or a text that says what is wrong. */
function typed(text) {
  const s = text.trim().replace(/[−–]/g, "-").replace(",", ".");
  if (s === "") return T("bad.empty");
  const v = Number(s);
  if (Number.isNaN(v) || /[xob]/i.test(s)) return T("bad.number", text);
  if (Math.abs(v) > 100) return T("bad.large", text);
  return v;
}

/* Reads a label that was typed, likewise. */
function typedLabel(kind, i, text) {
  const label = text.trim().replace(/\s+/g, " ");
  if (label === "") return [T("bad.label.empty")];
  if (!/^[\p{L}\p{N}][\p{L}\p{M}\p{N} '’-]*$/u.test(label) || label.length > 20) return [T("bad.label", label)];
  if (ui.labels[kind].some((other, j) => j !== i && other === label)) return [T("bad.twice", label)];
  return label;
}

/* What nudging the chosen entry does, from the engine. */
let nudged = null;
function nudge() {
  const { entry: { M, i, j }, copy, by } = ui;
  if (nudged?.M !== M || nudged.i !== i || nudged.j !== j || nudged.copy !== copy || nudged.by !== by) nudged = { M, i, j, copy, by, ...engine.nudge(M, i, j, copy, by) };
  return nudged;
}
const moves = () => ui.lens === "copies" && ui.by !== 0 && !nudge().error;

/* The address. Each part begins with a letter; what is as at the start is left out. */
let lastPlace = "", readState = ""; // readState is the address that was read last
let unwritten = null; // the address that will be written, and the state, in which no digit is left out
function address(lens = ui.lens) {
  const under = lens === "more" ? ui.before : lens; // what “More” has opened over
  const base = presetState(ui.preset || "p2"), parts = [ui.preset || "p0", "l" + lens, "q" + ui.trail.join("~")];
  if (under !== lens && under !== "ask") parts.push("u" + under);
  if (S.x.join() !== base.x.join() || S.y.join() !== base.y.join()) parts.push("x" + S.x.join(""), "y" + S.y.join(""));
  if (ui.student) parts.push("s" + encodeURIComponent(ui.student));
  const from = ui.student ? decodeState(engine.vary(ui.student)) : base, changed = [];
  for (const M of ["U", "W", "V"]) S[M].forEach((row, i) => row.forEach((w, j) => { if (w !== from[M][i][j]) changed.push(`${M}${i}${j}_${+w.toPrecision(6)}`); }));
  if (changed.length) parts.push("w" + changed.join("~"));
  if (S.carry && !base.carry) parts.push("c");
  if (!S.carry && (base.carry || S.h0.some((h) => h !== 0))) parts.push(S.h0.every((h) => h === 0) ? "z" : "h" + S.h0.map((h) => +h.toPrecision(6)).join("~"));
  if (S.eta !== base.eta) parts.push("e" + S.eta);
  if (S.mistakes) parts.push("m" + S.mistakes);
  if (under === "copies") parts.push(`k${ui.apart ? ui.copy : ""}_${ui.by}_${ui.entry.M}${ui.entry.i}${ui.entry.j}`);
  if (under === "copies" && ui.fold) parts.push("f");
  if (under === "step" && ui.step) parts.push("t" + ui.step);
  if (under === "far") parts.push(`r${ui.far}_${ui.reach}`);
  const labels = ["in", "out"].map((kind) => (ui.labels[kind].join() === content[kind + "puts"].join() ? "" : ui.labels[kind].map(encodeURIComponent).join("~")));
  if (labels[0]) parts.push("i" + labels[0]);
  if (labels[1]) parts.push("o" + labels[1]);
  if (ui.cover) parts.push("v");
  if (ui.big) parts.push("b");
  if (!ui.guess) parts.push("g");
  parts.push("a" + ui.lang);
  return "#" + parts.join("/");
}

/* The address to share is that of what was looked at before “More”, where it is found. */
const sharedAddress = () => location.href.split("#")[0] + address(ui.lens === "more" ? ui.before : ui.lens);

/* Writes the address. A question, a lens, a sequence or another student's net is a place to come
   back to; a changed number is not, but the place that is left keeps it. */
const placeNow = () => [ui.lens, ui.trail, ui.preset, S.x, S.y, ui.student].join("/");
function writeAddress() {
  const here = placeNow(), push = lastPlace !== "" && lastPlace !== here;
  if (push) keepAddress();
  lastPlace = here;
  clearTimeout(writeAddress.later);
  unwritten = { text: address(), exact: encodeState(S) };
  if (push) keepAddress("pushState"); else writeAddress.later = setTimeout(keepAddress, 200, "replaceState");
}
function keepAddress(how = "replaceState") {
  clearTimeout(writeAddress.later);
  if (!unwritten) return;
  history[how]({ exact: unwritten.exact }, "", unwritten.text);
  unwritten = null;
}

/* Reads the address. What it does not understand it leaves as it is at the start. */
function readAddress() {
  startOfPage();
  readState = location.hash;
  const parts = location.hash.slice(1).split("/"), list = (text) => text.split("~");
  let s = presetState(ui.preset);
  const later = [];
  for (const part of parts) {
    const text = part.slice(1), n = Number(text);
    switch (part[0]) {
      case "p": if (part in PRESETS) s = presetState(part); if (part in PRESETS || part === "p0") ui.preset = part === "p0" ? "" : part; break;
      case "l": if (VIEWS.includes(text)) ui.lens = text; break;
      case "u": if (text !== "more" && LENSES.includes(text)) ui.before = text; break;
      case "q": later.push(() => { const ids = list(text); if (ids.every(explains)) ui.trail = ids; }); break;
      case "x": case "y": if (/^\d{1,4}$/.test(text)) s[part[0]] = [...text].map(Number); break;
      case "s": ui.student = studentText(decoded(text)); if (ui.student) { if (compute(s)) break; const v = decodeState(engine.vary(ui.student)); s.U = v.U; s.W = v.W; s.V = v.V; } break;
      case "w": for (const one of list(text)) { const m = /^([UWV])(\d)(\d)_(-?[\d.e+-]+)$/.exec(one); if (m && s[m[1]]?.[m[2]]?.[m[3]] !== undefined && typeof typed(m[4]) === "number") s[m[1]][m[2]][m[3]] = +m[4]; } break;
      case "z": startFrom(s, "zero"); break;
      case "c": startFrom(s, "carried"); break;
      case "h": { const h = list(text).map(typed); if (h.length === sizes.hidden && h.every((v) => typeof v === "number")) { s.carry = false; s.h0 = h; } break; }
      case "e": if (typeof typed(text) === "number" && n >= 0) s.eta = n; break;
      case "m": if (n > 0 && n < 16) s.mistakes = Math.floor(n); break;
      case "k": { const m = /^(\d?)_(-?[\d.]+)_([UW])(\d)(\d)$/.exec(text); if (m && s[m[3]]?.[m[4]]?.[m[5]] !== undefined) { ui.apart = m[1] !== ""; ui.copy = +m[1]; ui.by = Math.max(-sizes.span, Math.min(sizes.span, +m[2])); ui.entry = { M: m[3], i: +m[4], j: +m[5] }; } break; }
      case "f": ui.fold = true; break;
      case "t": later.push(() => { ui.step = Math.max(0, Math.min(steps().length - 1, Math.floor(n) || 0)); }); break;
      case "r": { const [far, reach] = text.split("_").map(Number); if (far > 0 && far <= 6) ui.far = far; if (reach >= 2 && reach <= sizes.steps) ui.reach = Math.floor(reach); break; }
      case "i": case "o": { const kind = part[0] === "i" ? "in" : "out", labels = list(text).map(decoded); if (labels.length === ui.labels[kind].length) labels.forEach((label, i) => { const l = typedLabel(kind, i, label); if (typeof l === "string") ui.labels[kind][i] = l; }); break; }
      case "v": ui.cover = true; break;
      case "b": ui.big = true; break;
      case "g": ui.guess = false; break;
      case "a": if (content.languages.some((l) => l.tag === text)) ui.lang = text; break;
    }
  }
  if (s.x.length !== s.y.length || s.x.length < 2 || compute(s)) s = presetState("p2");
  adopt(s);
  later.forEach((f) => f());
  if (ui.copy > S.x.length) ui.copy = 0;
}
/* What a net is drawn from, without the marks that texts of the page have. */
const studentText = (text) => text.replace(/[$«»]/g, "").trim().slice(0, 40);
function decoded(text) {
  try { return decodeURIComponent(text); } catch { return ""; }
}
