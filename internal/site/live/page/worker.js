// The worker: one instance of the engine, for one run or for suggestions. wasm_exec.js of the Go toolchain stands before it.
"use strict";
{
  const outputLimit = 200_000; // characters of printed text, as on the exported page; a loop that prints would fill it
  const pieceLimit = 1000, shownLimit = 60_000_000;
  const flushEvery = 100; // ms

  const decoders = { 1: new TextDecoder(), 2: new TextDecoder() };
  const names = { 1: "stdout", 2: "stderr" };
  let pending = "", stream = 0, flushedAt = 0, printed = 0, pieces = 0, shown = 0, exitCode = 0, timer = 0;

  function flush() {
    if (pending) postMessage({ kind: "stream", name: names[stream], text: pending });
    pending = "";
    clearTimeout(timer);
    timer = 0;
    flushedAt = performance.now();
  }

  // While Go computes no timer fires, so what is printed is sent from here when it is time.
  function write(fd, bytes) {
    const number = fd === 2 ? 2 : 1;
    if (number !== stream) flush();
    stream = number;
    if (printed <= outputLimit) {
      const text = decoders[number].decode(bytes, { stream: true });
      printed += text.length;
      pending += printed > outputLimit ? text.slice(0, Math.max(0, text.length - (printed - outputLimit))) : text;
      if (printed > outputLimit) {
        flush();
        postMessage({ kind: "cut" });
      }
    }
    if (performance.now() - flushedAt > flushEvery || pending.length > 65536) flush();
    else if (pending && !timer) timer = setTimeout(flush, flushEvery);
    return bytes.length;
  }

  globalThis.fs.writeSync = write;
  globalThis.fs.write = (fd, buffer, offset, length, position, callback) => callback(null, write(fd, buffer.subarray(offset, offset + length)));

  let go, over = false;

  function died(error) {
    over = true;
    flush();
    postMessage({ kind: "died", text: String((error && error.message) || error) });
  }
  addEventListener("unhandledrejection", (event) => died(event.reason));

  async function start(module) {
    go = new Go();
    go.exit = (code) => { exitCode = code; };
    const instance = await WebAssembly.instantiate(module, go.importObject);
    go.run(instance).then(() => {
      flush();
      postMessage({ kind: "ended", code: exitCode });
    }, died);
    for (let tries = 0; !globalThis.rnn101run; tries++) {
      if (tries > 3000) throw new Error("the engine does not start");
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    postMessage({ kind: "ready" });
  }

  function run(request) {
    const display = (mime, content, id) => {
      flush();
      pieces++;
      shown += content.length;
      if (pieces <= pieceLimit && shown <= shownLimit || id && shown <= shownLimit) postMessage({ kind: "display", mime, content, id: id || "" });
      else if (pieces === pieceLimit + 1) postMessage({ kind: "cut" });
    };
    const done = (result) => {
      over = true;
      flush();
      postMessage({ kind: "done", result: JSON.parse(result) });
    };
    globalThis.rnn101run(JSON.stringify(request), display, done);
    setTimeout(watch, 200);
  }

  // Go gives back the thread only while all of the program waits. If no timer is to wake a part of it then,
  // none ever will.
  function watch() {
    if (over) return;
    if (go._scheduledTimeouts.size === 0) died("all goroutines are asleep - deadlock!");
    else setTimeout(watch, 200);
  }

  onmessage = async ({ data }) => {
    try {
      if (data.kind === "start") await start(data.module);
      else if (data.kind === "complete") postMessage({ kind: "completed", number: data.number, list: JSON.parse(globalThis.rnn101complete(JSON.stringify(data.request))) });
      else run(data.request);
    } catch (error) { // a trap of WebAssembly
      died(error);
    }
  };
}
