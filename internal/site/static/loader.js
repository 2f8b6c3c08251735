(function () {
  // Before anything is painted: the reader's colours. Then the site's own script, which
  // this one, known by its hash, may call in.
  var root = document.documentElement, here = document.currentScript.dataset;
  root.classList.add("js");
  try {
    var colours = localStorage.getItem("rnn101-colours");
    if (colours) root.dataset.colours = colours;
  } catch (e) { /* a browser may keep its store closed to files */ }
  if (here.script) {
    var script = document.createElement("script");
    script.src = here.script;
    document.head.appendChild(script);
  }
})();
