// How the course is searched, in the browser and where the index is made (index.js):
// both must cut words in the same way. Needs MiniSearch.
(function (world) {
  "use strict";
  const MiniSearch = typeof require === "function" ? require("minisearch") : world.MiniSearch;
  const hangul = /[\uac00-\ud7a3]/;
  const options = {
    fields: ["heading", "title", "text", "code"],
    storeFields: ["title", "heading", "url", "text", "code"],
    // Korean has its endings at the word and its compounds in one piece: every ending of
    // a word goes into the index, so that the beginning of any part finds it.
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
