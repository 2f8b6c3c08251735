// The engine: loaded and compiled once, at the first run. Each run has a worker of its own, which is
// ended with it: values do not persist from cell to cell, and what a run breaks costs that run alone.
import { here, loadScript, onDisk } from "./page.js";

let compiled; // a promise of the module
let workerAddress;

const gzipOf = (base64) => (Uint8Array.fromBase64 ? Uint8Array.fromBase64(base64) : Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)));

// Passes on what goes through a stream, and tells progress which part of the engine that is.
function counted(stream, progress) {
  let seen = 0;
  return stream.pipeThrough(new TransformStream({
    transform(part, controller) {
      seen += part.length;
      progress(Math.min(1, seen / here.bytes));
      controller.enqueue(part);
    },
  }));
}

const compileStream = (stream) => WebAssembly.compileStreaming(new Response(stream, { headers: { "content-type": "application/wasm" } }));

async function compile(progress) {
  if (!onDisk) {
    try {
      const response = await fetch(here["engine.wasm"]);
      if (!response.ok) throw new Error(String(response.status));
      return await compileStream(counted(response.body, progress));
    } catch (error) { /* the server does not give it, or the network broke off: the script is another way */ }
  }
  await loadScript(here["engine.js"]);
  const packed = gzipOf(globalThis.rnn101Engine);
  const module = await compileStream(counted(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip")), progress));
  globalThis.rnn101Engine = undefined; // 10 MB
  return module;
}

// Loads the engine. progress is called with the part that is there, from 0 to 1.
export function load(progress) {
  compiled ??= Promise.all([compile(progress), loadScript(here["worker.js"])]).then(([module]) => {
    workerAddress = URL.createObjectURL(new Blob([globalThis.rnn101Worker], { type: "text/javascript" }));
    return module;
  }).catch((error) => {
    compiled = undefined; // so that the reader can try again
    throw error;
  });
  return compiled;
}

// Starts a worker. Its promise ready is kept when the engine in it waits for a request.
function startWorker(module) {
  const worker = new Worker(workerAddress);
  const ready = new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => (data.kind === "ready" ? resolve() : reject(new Error(data.text || data.kind)));
    worker.onerror = (event) => reject(new Error(event.message));
  });
  ready.catch(() => {}); // whoever uses the worker will see it
  worker.postMessage({ kind: "start", module });
  return { worker, ready };
}

let spare; // the worker of the next run
export async function prepare() {
  const module = await compiled;
  spare ??= startWorker(module);
}

// Runs a request. on has a function for each message of the worker: display, stream, cut. Returns
// {done: a promise of how it ended, stop()}. The end is {kind: "done", result}, {kind: "ended", code},
// {kind: "died", text} or {kind: "stopped"}.
export function run(request, on) {
  let current, stop;
  const stopped = new Promise((resolve) => { stop = () => resolve({ kind: "stopped" }); });
  const ended = (async () => {
    const module = await compiled;
    current = spare ?? startWorker(module);
    spare = undefined;
    try {
      await current.ready;
    } catch (error) {
      return { kind: "died", text: error.message };
    }
    return new Promise((resolve) => {
      current.worker.onmessage = ({ data }) => {
        if (data.kind in on) on[data.kind](data);
        else resolve(data);
      };
      current.worker.onerror = (event) => {
        event.preventDefault();
        resolve({ kind: "died", text: event.message });
      };
      current.worker.postMessage({ kind: "run", request });
    });
  })();
  const done = Promise.race([ended, stopped]).finally(() => {
    if (current) {
      current.worker.onmessage = current.worker.onerror = null;
      current.worker.terminate();
    }
    prepare();
  });
  return { done, stop };
}

// The worker that suggests names. It stays, since it runs nothing, until it has not been asked for a while.
let helper, asked = 0, idle;
const patience = 60_000, limit = 5000; // ms: without a request, and for one

function dismiss(one) {
  one?.worker.terminate();
  if (helper === one) helper = undefined;
}

// Returns the names that can stand at a place of a cell; none if the engine breaks off or takes too long, null
// if it is not loaded.
export async function complete(request) {
  if (!workerAddress) return null;
  const number = ++asked, module = await compiled, own = (helper ??= startWorker(module)), over = new AbortController();
  clearTimeout(idle);
  idle = setTimeout(dismiss, patience, own);
  try {
    await own.ready;
    return await new Promise((resolve, reject) => {
      own.worker.addEventListener("message", ({ data }) => {
        if (data.kind !== "completed") reject(new Error(data.text));
        else if (data.number === number) resolve(data.list);
      }, { signal: over.signal });
      own.worker.addEventListener("error", reject, { signal: over.signal });
      setTimeout(reject, limit); // which comes to nothing after the answer
      own.worker.postMessage({ kind: "complete", number, request });
    });
  } catch (error) {
    dismiss(own); // a later request may have another one by now
    return [];
  } finally {
    over.abort();
  }
}
