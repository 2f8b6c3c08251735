// Drawing what has changed, and what the reader does.

function draw() {
  const root = document.documentElement;
  if (root.lang !== ui.lang) root.lang = ui.lang; // even the same again has every element styled anew
  root.classList.toggle("big", ui.big);
  placePanel();
  if (document.title !== P("title")) document.title = P("title");
  const page = [S.x.length > 2 && "long-sequence", ui.lens === "step" && "stepping-through", ui.lens === "plan" && "planning"].filter(Boolean).join(" ");
  if (document.body.className !== page) document.body.className = page;
  drawn.length = 0;
  forgetNames();
  setMarks();
  const stage = $("#stage");
  stage.style.setProperty("--T", S.x.length);
  patch($("#top"), header());
  patch($("#intro"), intro());
  patch($("#knobs"), knobs());
  patch($("#net"), net());
  patch($("#total"), total());
  patch($("#try"), questions());
  patch($("#name"), H("sheet.name", ui.student || P("title")));
  patch($("#error"), escaped(ui.problem));
  $("#try").setAttribute("aria-label", P("try"));
  $("#tabs").setAttribute("aria-label", P("lenses"));
  $("#panel").setAttribute("aria-label", P("panel"));
  $("#panel").setAttribute("role", ui.lens === "plan" ? "main" : "complementary");
  $("#grip").setAttribute("aria-label", P("grip"));
  $("#grip").setAttribute("aria-expanded", !$("#panel").classList.contains("shut"));
  patch($("#tabs"), LENSES.map((lens) => `<button type="button" data-lens="${lens}" aria-pressed="${ui.lens === lens}">${H("lens." + lens)}</button>`).join(""));
  patch($("#body"), lenses[ui.lens]());
  tellSoon();
  drawWires();
  writeAddress();
}

/* The panel is beside the stage where there is room for both, and otherwise a sheet at the bottom: so
   large numbers are large on a small projector, too. */
function placePanel() {
  document.documentElement.classList.toggle("panel-below", matches(`(max-width: ${ui.big ? 1599 : 1020}px)`));
}

/* Says a sentence to a screen reader, once. */
function say(text) {
  const live = $("#live");
  live.textContent = "";
  clearTimeout(say.later);
  say.later = setTimeout(() => { live.textContent = text; }, 60);
}
const sayLoss = (before = "") => say(ui.problem || `${before}${before ? ", " : ""}${covered("L.0") ? P("hidden") : P("said.loss", computedText(staged("L.0")))}`);
/* The name and the value of a number, or of a copy of it. */
const spoken = (id, copy) => {
  const [M, i, j] = id.split(".");
  return copy ? `${spokenName(`copy.${M}.${copy}.${i}.${j}`)} = ${short(copyValue(M, +i, +j, copy))}` : `${spokenName(id)} = ${covered(id) ? P("hidden") : shown(id)}`;
};
const sayNumber = (id) => say(spoken(id));
const sayFar = () => say(covered("reach") ? P("hidden") : P("chart.far", ui.reach, computedText(engine.far(ui.reach, ui.far).ratio ?? NaN)));
const focusPanel = () => { $("#panel").scrollTop = 0; $("#body h2")?.focus({ preventScroll: true }); };

function ask(id, { deeper = false } = {}) {
  if (!explains(id)) return;
  if (deeper && ui.lens === "ask") {
    const at = ui.trail.indexOf(id);
    if (at >= 0) ui.trail.length = at + 1; else ui.trail.push(id);
  } else if (deeper && ui.lens === "copies") ui.trail = [`d${ui.entry.M}.${ui.entry.i}.${ui.entry.j}`, id];
  else ui.trail = [id];
  if (deeper && ui.trail.length > 1) ui.said[ui.trail[0]] ??= "0";
  const matrix = /^d?([UW])\.(\d)\.(\d)$/.exec(id);
  if (matrix) ui.entry = { M: matrix[1], i: +matrix[2], j: +matrix[3] };
  ui.lens = "ask";
  ui.refused = null;
  openPanel();
  draw();
  if (deeper) focusPanel();
  else {
    $("#panel").scrollTop = 0;
    say(guessing(id) || covered(id) ? P("hidden") : `${spokenName(id)} = ${shown(id)}. ${P("say." + explain(id).says, ...explain(id).args)}`);
    bring(".n.on");
  }
}
/* Brings what a lens speaks of into view: the sheet at the bottom must not cover it. */
const STAGED = { ask: ".n.on", copies: ".n.on", break: "#knobW", step: ".n.now", train: "#knobW", far: "#knobW" };
function bring(selector = STAGED[ui.lens]) {
  const boxes = (selector ? $$(selector) : []).filter((e) => e.checkVisibility()).map((e) => e.getBoundingClientRect());
  if (!boxes.length) return;
  const panel = $("#panel"), limit = innerHeight - (getComputedStyle(panel).position === "fixed" ? panel.offsetHeight : 0);
  const top = Math.min(...boxes.map((b) => b.top)), bottom = Math.max(...boxes.map((b) => b.bottom));
  if (bottom > limit || top < 8) scrollBy({ top: Math.min(top - 8, (top + bottom - limit) / 2), behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
}
const openPanel = () => $("#panel").classList.remove("shut");

function setLens(lens) {
  ui.refused = null;
  if (ui.lens !== "more") ui.before = ui.lens;
  ui.lens = lens;
  ui.problem = "";
  openPanel();
  if (lens === "copies" && ui.entry.M === "U" && !S.x.includes(ui.entry.j)) ui.entry.j = S.x[0];
  draw();
  $("#panel").scrollTop = 0;
  bring();
}
function openCopies(M, i, j) {
  Object.assign(ui, { entry: { M, i, j }, apart: false, copy: 0, by: 0, fold: false });
  ui.trail = [`d${M}.${i}.${j}`];
  setLens("copies");
  focusPanel();
}

/* Sets a number of the state and says what became of the loss. */
function setTo(id, v) {
  forgetTraining();
  const done = change((s) => setNumber(s, id, round(v)));
  draw();
  return done;
}
const forgetTraining = () => { ui.history = ui.untrained = null; };

function usePreset(preset) {
  forgetTraining();
  Object.assign(ui, { preset, step: 0, apart: false, copy: 0, by: 0, fold: false });
  const { x, y, h0, carry } = presetState(preset);
  adopt({ ...copyOf(S), x, y, h0, carry }); // with the weights that the reader has made
  if (!/^(d?[UWV]|eta)(\.|$)/.test(ui.trail.at(-1)) || ui.trail.length > 1) ui.trail = ["dW.0.1"];
  if (ui.entry.M === "U" && !S.x.includes(ui.entry.j)) ui.entry.j = S.x[0];
  draw();
  sayLoss();
}

function train(n) {
  const before = ui.history, trained = engine.train(ui.both, n);
  if (trained.error) { ui.problem = T("bad.training"); draw(); return say(ui.problem); }
  const state = decodeState(trained.state);
  if (!ui.untrained) ui.untrained = copyOf(S);
  if (!adopt({ ...S, U: state.U, W: state.W, V: state.V })) { draw(); return say(ui.problem); }
  ui.history = before && !before.error ? { ...trained, losses: [...before.losses, ...trained.losses.slice(1)], hidden: [...before.hidden, ...trained.hidden.slice(1)] } : trained;
  if (ui.lens !== "train") setLens("train"); else draw();
  say(covered("training") ? P("hidden") : P("train.after", ui.history.losses.length - 1, computedText(ui.history.losses.at(-1))));
}

function setStudent(text) {
  forgetTraining();
  Object.assign(ui, { student: studentText(text), typing: null });
  const base = presetState(ui.preset || "p2"), next = { ...copyOf(S), U: base.U, W: base.W, V: base.V };
  if (ui.student) {
    const own = decodeState(engine.vary(ui.student));
    Object.assign(next, { U: own.U, W: own.W, V: own.V });
  }
  adopt(next);
  draw();
  sayLoss();
}

function setWords(by) {
  const T = S.x.length + by;
  if (T < 2 || T > 4) return;
  forgetTraining();
  change((s) => {
    if (by < 0) { s.x.pop(); s.y.pop(); } else { s.x.push(s.x[s.x.length - 2]); s.y.push(s.y[s.y.length - 2]); }
  });
  Object.assign(ui, { step: 0, copy: Math.min(ui.copy, T) });
  if (!ui.trail.every(explains)) ui.trail = ["dW.0.1"];
  draw();
  sayLoss(P("more.count", T));
}

/* What a click does, by the attribute of the element that is clicked. */
const clicks = {
  ask: (id) => { if (ui.lens !== "ask" && covered(id)) return clicks.reveal(id); ask(id, { deeper: true }); },
  back: (i) => { ui.trail.length = +i + 1; draw(); focusPanel(); },
  reveal: (ids) => { ids.split(" ").forEach((id) => ui.seen.add(id)); draw(); focusPanel(); },
  guess: (sign) => { ui.said[ui.trail.at(-1)] = sign; draw(); focusPanel(); },
  copies: (entry) => openCopies(entry[0], +entry[1], +entry[2]),
  lens: setLens,
  preset: usePreset,
  start: (kind) => { forgetTraining(); change((s) => startFrom(s, kind)); draw(); sayLoss(kind === "zero" ? P("said.zero") : ""); },
  language: (tag) => { ui.lang = tag; ui.problem = ""; draw(); },
  themeSwitch: () => { document.documentElement.dataset.theme = isDark() ? "light" : "dark"; draw(); },
  big: () => { ui.big = !ui.big; draw(); },
  reset: () => { const { lang } = ui; startOfPage(); ui.lang = lang; adopt(S); lastPlace = "before"; draw(); sayLoss(); },
  matrix: (M) => { ui.entry = { M, i: ui.entry.i, j: M === "U" ? S.x[0] : Math.min(ui.entry.j, 1) }; ui.trail = [`d${M}.${ui.entry.i}.${ui.entry.j}`]; draw(); bring(); sayNumber(ui.trail[0]); },
  fold: () => { fold(); },
  apart: (on) => { ui.apart = on === "1"; ui.copy = ui.apart ? 1 : 0; ui.by ||= 0.1; draw(); say(P(ui.apart ? "copies.apart" : "copies.linked")); },
  nudged: (k) => { ui.copy = +k; draw(); sayLoss(); },
  step: (by) => { const to = ui.step + +by; if (to < 0 || to >= steps().length) return; ui.step = to; draw(); bring(); say(`${plain(steps()[to].symbol)}. ${saidStep()}`); },
  train: (n) => train(+n),
  untrain: () => { if (!ui.untrained) return; adopt({ ...S, U: ui.untrained.U, W: ui.untrained.W, V: ui.untrained.V }); forgetTraining(); draw(); sayLoss(); },
  both: (both) => { ui.both = both === "true"; ui.history = null; draw(); },
  words: (by) => setWords(+by),
  pear: () => { ui.labels.out = P("labels.out").split(", "); draw(); sayLoss(); },
  studentGo: () => setStudent($("#student").value),
  print: (what) => printSheet(what === "sheet"),
  farTo: (far) => { ui.far = +far; draw(); sayFar(); },
  copyAddress: () => copyText(sharedAddress(), "address"),
  program: (language) => { ui.program = language; draw(); },
  copyCode: () => copyText(engine.code(ui.program), "code"),
};
const saidStep = () => P(steps()[ui.step].key, ...steps()[ui.step].args);

/* Copies a text, and says so on its button and to a screen reader. */
async function copyText(text, what) {
  try {
    await navigator.clipboard.writeText(text);
  } catch { // pages opened as files, in some browsers
    const area = document.createElement("textarea"), focused = document.activeElement;
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    focused.focus();
    if (!done) return;
  }
  ui.copied = what;
  draw();
  say(P("code.copied"));
  setTimeout(() => { ui.copied = ""; draw(); }, 1500);
}

/* The cells of the table fall onto the sums of their columns, then the columns remain. */
function fold() {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches, table = $(".paths");
  const finish = () => { ui.fold = !ui.fold; draw(); if (ui.fold) say(P("copies.folded")); };
  if (still || ui.fold) return finish();
  const foot = table.getBoundingClientRect().bottom;
  for (const cell of table.querySelectorAll("tbody .cell")) cell.animate([{}, { transform: `translateY(${foot - cell.getBoundingClientRect().top}px)`, opacity: 0.1 }], { duration: 700, easing: "ease-in-out" });
  setTimeout(finish, 650);
}

/* Prints the net as a worksheet, with room for the numbers, or as its key. */
function printSheet(blank) {
  const { lens, cover } = ui;
  Object.assign(ui, { sheet: blank, cover: false, lens: "more" });
  document.documentElement.classList.add("sheet");
  draw();
  addEventListener("afterprint", () => {
    Object.assign(ui, { sheet: false, cover, lens });
    document.documentElement.classList.remove("sheet");
    draw();
  }, { once: true });
  print();
}

let drag = null, dragged = false;
document.addEventListener("pointerdown", (event) => {
  const n = event.target.closest(".n.movable");
  if (n && event.button === 0 && event.pointerType !== "touch") drag = { id: n.dataset.id, copy: +n.dataset.copy || 0, x: event.clientX, from: n.dataset.copy ? ui.by : val(n.dataset.id), moved: false };
});
document.addEventListener("pointermove", (event) => {
  if (!drag || (!drag.moved && Math.abs(event.clientX - drag.x) < 5)) return;
  drag.moved = true;
  const by = Math.round((event.clientX - drag.x) / 4) * (event.shiftKey ? 0.01 : 0.05);
  if (!drag.copy) return void setTo(drag.id, Math.max(drag.id === "eta" ? 0 : -100, drag.from + by));
  const [M, i, j] = drag.id.split(".");
  const same = ui.copy === drag.copy && ui.entry.M === M && ui.entry.i === +i && ui.entry.j === +j;
  Object.assign(ui, { copy: drag.copy, entry: { M, i: +i, j: +j }, by: round(Math.max(-sizes.span, Math.min(sizes.span, (same ? drag.from : 0) + by))) });
  if (!same) drag.from = 0;
  draw();
});
const endDrag = () => {
  if (drag?.moved) { dragged = true; setTimeout(() => { dragged = false; }); sayLoss(spoken(drag.id, drag.copy)); }
  drag = null;
};
document.addEventListener("pointerup", endDrag);
document.addEventListener("pointercancel", () => { drag = null; });

document.addEventListener("click", (event) => {
  if (dragged) return;
  if (event.target.closest("#grip")) { $("#panel").classList.toggle("shut"); return draw(); }
  const n = event.target.closest(".n, .knot");
  if (n) {
    const id = n.dataset.id, entry = /^d?([UW])\.(\d)\.(\d)$/.exec(id);
    ui.seen.add(id);
    ui.problem = "";
    if (ui.lens === "copies" && entry) {
      ui.entry = { M: entry[1], i: +entry[2], j: +entry[3] };
      ui.trail = [`d${entry[1]}.${entry[2]}.${entry[3]}`];
      if (n.dataset.copy && ui.apart) ui.copy = +n.dataset.copy;
      draw();
      return sayNumber(ui.trail[0]);
    }
    return ask(id);
  }
  const link = event.target.closest('a[href^="#"]');
  if (link && !link.target) return follow(link);
  const button = event.target.closest("button");
  if (!button || button.getAttribute("aria-disabled") === "true") return;
  for (const [action, value] of Object.entries(button.dataset)) if (clicks[action]) return void clicks[action](value);
});

/* A finger that scrolls the page may begin on a slider. So a slider follows a finger that goes along it, or
   taps it; one that goes up or down leaves it where it was, whatever the browser does by itself. */
let touch = null;
const slid = (field) => field.dispatchEvent(new Event("input", { bubbles: true }));
document.addEventListener("pointerdown", (event) => {
  const field = event.target;
  touch = event.pointerType === "touch" && field.type === "range" ? { field, x: event.clientX, y: event.clientY, from: field.value, slides: false, scrolls: false } : null;
}, true);
document.addEventListener("pointermove", (event) => {
  if (!touch || touch.scrolls) return;
  const { field, from } = touch, across = Math.abs(event.clientX - touch.x), down = Math.abs(event.clientY - touch.y);
  if (down > 12 && down > across) {
    field.value = from;
    if (touch.slides) slid(field);
    Object.assign(touch, { scrolls: true, slides: false });
  } else if (!touch.slides && across > 12) {
    touch.slides = true;
    slid(field);
  }
}, true);
for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, () => {
  if (!touch) return;
  const { field, from, slides, scrolls } = touch;
  if (slides) touch = null;
  else if (end === "pointerup" && !scrolls) { touch = null; if (field.value !== from) slid(field); } // a tap
  else setTimeout(() => { field.value = from; touch = null; });
}, true);

document.addEventListener("input", (event) => {
  if (touch?.field === event.target && !touch.slides) return;
  const { dataset, value, checked } = event.target;
  if (dataset.set) { setTo(dataset.set, +value); sayLoss(); }
  else if ("by" in dataset) { ui.by = round(+value); draw(); sayLoss(); }
  else if ("far" in dataset) { ui.far = +value; draw(); sayFar(); }
  else if ("reach" in dataset) { ui.reach = +value; ui.at = Math.min(ui.at, ui.reach); draw(); sayFar(); }
  else if ("at" in dataset) { ui.at = +value; draw(); }
  else if ("stepTo" in dataset) { ui.step = +value; draw(); bring(); say(saidStep()); }
  else if (dataset.mistake) { change((s) => { s.mistakes = checked ? s.mistakes | MISTAKES[dataset.mistake] : s.mistakes & ~MISTAKES[dataset.mistake]; }); draw(); say($$(".verdict").map((v) => v.textContent).join(" ")); }
  else if ("student" in dataset) ui.typing = value;
  else if ("bigBox" in dataset) { ui.big = checked; draw(); }
  else if ("cover" in dataset) { ui.cover = checked; ui.seen.clear(); draw(); }
  else if ("guessBox" in dataset) { ui.guess = checked; draw(); }
});
document.addEventListener("change", (event) => {
  const field = event.target, { dataset, value } = field;
  if (dataset.type) {
    const v = typed(value), low = dataset.type === "eta" && v < 0, where = `type ${dataset.type}`;
    if (typeof v !== "number" || low) return refuse(where, value, low ? T("bad.rate") : v);
    forgetTraining();
    if (!change((s) => setNumber(s, dataset.type, v))) return refuse(where, value, ui.problem);
    accept();
    field.value = shown(dataset.type).replace("−", "-");
    sayLoss(spoken(dataset.type));
  } else if (dataset.label) {
    const [kind, i] = dataset.label.split("."), label = typedLabel(kind, +i, value);
    if (typeof label !== "string") return refuse(`label ${dataset.label}`, value, label[0]);
    ui.labels[kind][+i] = label;
    accept();
    say(P("labels.same"));
  } else if (dataset.word || dataset.target) {
    forgetTraining();
    change((s) => { (dataset.word ? s.x : s.y)[(dataset.word || dataset.target) - 1] = +value; });
    if (ui.entry.M === "U" && !S.x.includes(ui.entry.j)) ui.entry.j = S.x[0];
    draw();
    sayLoss();
  }
});
/* What was typed in a field cannot be used: the last good numbers stay, and what was typed does, too. */
function refuse(field, text, reason) {
  Object.assign(ui, { problem: "", refused: { field, text, reason } });
  draw();
  $("#why")?.scrollIntoView({ block: "nearest" });
  say(reason);
}
function accept() {
  Object.assign(ui, { problem: "", refused: null });
  draw();
}

document.addEventListener("keydown", (event) => {
  const n = event.target.closest?.(".n.movable"), by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
  if (n && by) {
    event.preventDefault();
    const amount = by * (event.shiftKey ? 0.01 : 0.1), { id, copy = 0 } = n.dataset;
    if (+copy) {
      const [M, i, j] = id.split("."), same = ui.copy === +copy && ui.entry.M === M && ui.entry.i === +i && ui.entry.j === +j;
      Object.assign(ui, { copy: +copy, entry: { M, i: +i, j: +j }, by: round(Math.max(-sizes.span, Math.min(sizes.span, (same ? ui.by : 0) + amount))) });
      draw();
    } else setTo(id, Math.max(id === "eta" ? 0 : -100, val(id) + amount));
    sayLoss(spoken(id, +copy));
  }
  if (event.target.id === "student" && event.key === "Enter") setStudent(event.target.value);
  if (event.key === "Escape" && ui.lens === "ask" && ui.trail.length > 1) { ui.trail.pop(); draw(); focusPanel(); }
});

/* A link to another state of the page: this one keeps what was last changed, and the other one
   begins at its top, with what it speaks of in view. */
let followed = false;
function follow(link) {
  keepAddress();
  followed = true;
  if (link.hash === location.hash) arrive(); // which has no event
}
function arrive() {
  followed = false;
  openPanel();
  $("#panel").scrollTop = 0;
  $("#try details").open = false;
  if (ui.lens === "plan") scrollTo(0, 0); else bring();
}
addEventListener("popstate", (event) => {
  readAddress();
  if (event.state?.exact) adopt(decodeState(event.state.exact));
  lastPlace = placeNow();
  draw();
  if (followed) arrive();
});
addEventListener("resize", () => { if (S) requestAnimationFrame(() => { placePanel(); drawWires(); }); });
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { if (S) draw(); });
/* The lines of the stage are drawn for the layout on paper, which the page has only after beforeprint: until
   afterprint, the rules for paper hold for every medium, and those for a screen for none. */
const sheets = [];
function layOutForPaper(printing) {
  document.documentElement.classList.toggle("printing", printing);
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]).filter((rule) => rule.media);
  if (printing && sheets.length === 0) for (const { media } of rules) {
    sheets.push([media, media.mediaText]);
    if (/print/.test(media.mediaText)) media.mediaText = "all"; else if (/screen/.test(media.mediaText)) media.mediaText = "not all";
  }
  if (!printing) for (const [media, text] of sheets.splice(0)) media.mediaText = text;
}
for (const [event, printing] of [["beforeprint", true], ["afterprint", false]]) addEventListener(event, () => {
  layOutForPaper(printing);
  for (const fold of $$(".plan details")) fold.open = printing; // a plan on paper has its answers
  if (S) drawWires();
});

/* Until the engine runs, what the reader does waits: the last click is done then. */
const HELD = ["pointerdown", "click", "keydown", "input", "change", "popstate"];
let clicked = null, moved = false;
function hold(event) {
  event.stopImmediatePropagation();
  if (event.type === "popstate") moved = true;
  if (event.type !== "click") return;
  event.preventDefault();
  clicked = event.target;
}

(async () => {
  const linked = location.hash.length > 1; // and not an address that the page has written
  const opens = /^(#(p2\/lask\/qdW\.0\.1\/)?a[a-z]+)?$/.test(location.hash); // in its opening state
  for (const type of HELD) addEventListener(type, hold, true);
  if (opens) {
    readAddress();
    draw();
  }
  try {
    await startEngine();
  } catch (error) {
    $("#error").textContent = T("bad.engine", error.message);
    document.documentElement.dataset.ready = "failed";
    return;
  }
  if (opens && !moved) window.requestIdleCallback?.(() => compute(S)); // the first edit need not wait until this code is compiled
  else {
    readAddress();
    draw();
  }
  if (linked) arrive();
  for (const type of HELD) removeEventListener(type, hold, true);
  $$("input, select").forEach(patchField);
  clicked?.click();
  new ResizeObserver(() => requestAnimationFrame(drawWires)).observe($("#net"));
  document.fonts?.ready.then(drawWires);
  document.documentElement.dataset.ready = "";
})();
