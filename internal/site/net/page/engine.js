// The engine: rnnkit, compiled to WebAssembly.

/* What the engine says of the state in which the page opens is in the page, too, so that this state is drawn
   while the engine is compiled. */
const { sizes, pairs, opening } = content;
let engine = {
  layout: () => opening.layout,
  compute: (_, output) => { new Float64Array(output.buffer).set(opening.numbers); return ""; },
  explain: () => opening.question,
};

async function startEngine() {
  const { instance } = await compiled;
  go.run(instance); // it sets rnn101 and then waits for calls
  engine = globalThis.rnn101;
}

const layouts = new Map(); // by number of steps
function layout(T) {
  if (!layouts.has(T)) {
    const { tables: rows, explained } = JSON.parse(engine.layout(T)), tables = new Map();
    let start = 0;
    for (const [table, ...dims] of rows) {
      tables.set(table, { start, dims });
      start += dims.reduce((size, d) => size * d, 1);
    }
    layouts.set(T, { tables, size: start, explained, index: new Map(), paths: new Map() });
  }
  return layouts.get(T);
}

/* The place of a number in the values, or −1. */
function place(id, T = S.x.length) {
  const all = layout(T), known = all.index.get(id);
  if (known !== undefined) return known;
  const [table, ...at] = id.split("."), found = all.tables.get(table);
  let index = found && at.length === found.dims.length ? 0 : NaN;
  at.forEach((i, d) => { index = +i >= 0 && +i < found?.dims[d] ? index * found.dims[d] + +i : NaN; });
  index = Number.isNaN(index) ? -1 : found.start + index;
  all.index.set(id, index);
  return index;
}
let values;
const val = (id, T) => {
  const index = place(id, T);
  if (index < 0) throw new Error(`there is no number ${id}`);
  return values[index];
};

const encodeState = (s) => [s.x.length, s.eta, s.mistakes, +s.carry, ...s.U.flat(), ...s.W.flat(), ...s.V.flat(), ...s.h0, ...s.x, ...s.y];
function decodeState(list) {
  let at = 4;
  const take = (n) => list.slice(at, (at += n));
  const matrix = (rows, columns) => Array.from({ length: rows }, () => take(columns));
  return {
    eta: list[1], mistakes: list[2], carry: list[3] === 1, U: matrix(sizes.hidden, sizes.inputs), W: matrix(sizes.hidden, sizes.hidden),
    V: matrix(sizes.outputs, sizes.hidden), h0: take(sizes.hidden), x: take(list[0]), y: take(list[0]),
  };
}

/* Computes a state. Returns an error as a text, or "" and sets the values, among them a carried h_0. */
function compute(s) {
  const input = new Float64Array(encodeState(s)), output = new Float64Array(layout(s.x.length).size);
  const error = engine.compute(new Uint8Array(input.buffer), new Uint8Array(output.buffer));
  if (error) return error;
  values = output;
  s.h0 = s.h0.map((_, i) => val(`h.0.${i}`, s.x.length));
  return "";
}

/* Whether the engine says what a number is made of. This depends on the length of the sequence alone. */
const explains = (id) => layout(S.x.length).explained[place(id)] === "1";
/* What a number is made of, from the engine, or null. */
let explained = new Map();
function explain(id) {
  if (!explained.has(id)) explained.set(id, explains(id) ? JSON.parse(engine.explain(id)) : null);
  return explained.get(id);
}
