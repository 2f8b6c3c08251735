// Unpacks the engine and lets other threads compile it. This is a script of its own, before that of the page, so
// that they do while the page is drawn; a stream would wait for that, since this thread unpacks it.

const go = new Go();
const compiled = (async () => {
  const text = document.getElementById("engine").textContent, packed = Uint8Array.fromBase64?.(text) ?? Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const { writable, readable } = new DecompressionStream("gzip"), writer = writable.getWriter(), reader = readable.getReader();
  writer.write(packed);
  writer.close();
  const parts = [];
  for (let part = await reader.read(); !part.done; part = await reader.read()) parts.push(part.value);
  const bytes = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  parts.reduce((at, part) => { bytes.set(part, at); return at + part.length; }, 0);
  return WebAssembly.instantiate(bytes, go.importObject);
})();
