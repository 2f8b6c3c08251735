// What the scripts of the page share: what the exporter tells them, texts, and small helpers.

const loader = document.getElementById("loader");

// The addresses of what is loaded later, the size of the engine; undefined if no cell can be run.
export const here = loader?.dataset.live ? JSON.parse(loader.dataset.live) : undefined;

export const language = document.documentElement.lang === "ko" ? "ko" : "en";
const texts = globalThis.rnn101LiveTexts?.[document.documentElement.lang] || globalThis.rnn101LiveTexts?.en || {};

// Returns a text of the catalogue in the page's language, with %s and %d replaced in order.
export function text(key, ...values) {
  let next = 0;
  return (texts[key] ?? key).replace(/%[sd%]/g, (verb) => (verb === "%%" ? "%" : String(values[next++])));
}
// The texts that outputs need, as on the exported page.
export const outputTexts = here?.texts;

export function make(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

// Loads a script of the site, which works from disk, too. A script that failed can be asked for again.
const scripts = new Map();
export function loadScript(address) {
  if (!scripts.has(address)) {
    scripts.set(address, new Promise((resolve, reject) => {
      const script = make("script", { src: address });
      script.onload = resolve;
      script.onerror = () => {
        scripts.delete(address);
        script.remove();
        reject(new Error(text("missing", address.split("/").pop())));
      };
      document.head.append(script);
    }));
  }
  return scripts.get(address);
}

export const onDisk = location.protocol === "file:";

// Seconds as a reader says them.
export const seconds = (ms) => (ms < 9950 ? (ms / 1000).toFixed(1) : String(Math.round(ms / 1000)));
