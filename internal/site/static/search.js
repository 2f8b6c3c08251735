// The search, in the browser and in index.js, which makes the index: both must split words in the
// same way. Needs MiniSearch.
(function (world) {
  "use strict";
  const MiniSearch = typeof require === "function" ? require("minisearch") : world.MiniSearch;
  const hangul = /[\uac00-\ud7a3]/;
  const options = {
    fields: ["heading", "title", "text", "code"],
    storeFields: ["title", "heading", "url", "text", "code"],
    // Korean attaches endings to words and joins compounds: index every suffix of a word, so that
    // the beginning of any of its parts finds it.
    processTerm(term) {
      const word = term.toLowerCase().normalize("NFC");
      if (!hangul.test(word)) return word;
      const letters = [...word];
      return letters.map((_, i) => letters.slice(i).join(""));
    },
    searchOptions: {
      processTerm: (term) => term.toLowerCase().normalize("NFC"),
      boost: { heading: 4, title: 2, code: 0.5 },
      prefix: true,
      fuzzy: (term) => (term.length > 4 && !hangul.test(term) ? 0.2 : false),
      combineWith: "AND",
    },
  };
  world.rnn101Search = {
    build(documents) {
      const engine = new MiniSearch(options);
      engine.addAll(documents);
      return engine.toJSON();
    },
    load: (index) => MiniSearch.loadJS(index, options),
    find: (engine, words) => engine.search(words),
  };
})(typeof window === "undefined" ? globalThis : window);
