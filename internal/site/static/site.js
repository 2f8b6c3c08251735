// The interactive parts of a page: colours, copy buttons, the table of contents, the search and the
// keyboard. Without this script everything can still be read.
(function () {
  "use strict";
  const here = document.getElementById("loader").dataset;
  const texts = JSON.parse(here.texts);
  const $ = (selector, within) => (within || document).querySelector(selector);
  const $$ = (selector, within) => [...(within || document).querySelectorAll(selector)];
  const make = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };
  const store = {
    get(key) { try { return localStorage.getItem("rnn101-" + key); } catch (e) { return null; } },
    set(key, value) {
      try { value ? localStorage.setItem("rnn101-" + key, value) : localStorage.removeItem("rnn101-" + key); } catch (e) { /* lasts for this page only */ }
    },
  };

  // The button that switches between the colours of the system, light and dark.
  function colours() {
    const button = $("#colours");
    const schemes = ["", "light", "dark"];
    const label = () => {
      const now = document.documentElement.dataset.colours || "";
      button.textContent = texts.colours + ": " + texts["colours_" + (now || "auto")];
    };
    button.addEventListener("click", () => {
      const root = document.documentElement;
      const next = schemes[(schemes.indexOf(root.dataset.colours || "") + 1) % schemes.length];
      if (next) root.dataset.colours = next; else delete root.dataset.colours;
      store.set("colours", next);
      label();
    });
    label();
    button.hidden = false;
  }

  // The button that shows and hides the code of the cells.
  function code() {
    const button = $("#code-switch");
    if (!button || !$("article > .jp-CodeCell > :is(.highlight, .source)")) return;
    const label = () => {
      const shown = document.documentElement.dataset.code !== "off";
      button.textContent = texts.code + ": " + (shown ? texts.code_shown : texts.code_hidden);
    };
    button.addEventListener("click", () => {
      const root = document.documentElement;
      if (root.dataset.code === "off") delete root.dataset.code; else root.dataset.code = "off";
      store.set("code", root.dataset.code || "on");
      label();
    });
    label();
    button.hidden = false;
  }

  // A copy button on each block of code.
  function copying() {
    for (const block of $$(".highlight")) {
      const button = make("button", { type: "button", className: "copy", textContent: texts.copy });
      button.setAttribute("aria-label", texts.copy_label);
      button.addEventListener("click", async () => {
        const text = $("pre", block).textContent.replace(/\n$/, "");
        let done = true;
        try {
          await navigator.clipboard.writeText(text);
        } catch (e) { // pages opened as files, and old browsers
          const area = make("textarea", { value: text });
          (block.closest("dialog") || document.body).append(area);
          area.select();
          done = document.execCommand("copy");
          area.remove();
          button.focus();
        }
        if (!done) return;
        button.textContent = texts.copied;
        setTimeout(() => { button.textContent = texts.copy; }, 1500);
      });
      block.append(button);
    }
  }

  // Content that is wider than the page can be scrolled with the keyboard.
  function scrolling() {
    const boxes = $$(".wide, .math.display, .highlight pre, .jp-OutputArea-output pre, main p > .math.inline");
    const check = (box) => {
      const wide = box.scrollWidth > box.clientWidth;
      if (wide === box.hasAttribute("tabindex")) return;
      if (wide) {
        box.tabIndex = 0;
        box.setAttribute("role", "group");
        box.setAttribute("aria-label", texts.scroll);
      } else {
        for (const name of ["tabindex", "role", "aria-label"]) box.removeAttribute(name);
      }
    };
    const observer = new ResizeObserver((entries) => entries.forEach((entry) => check(entry.target)));
    boxes.forEach((box) => observer.observe(box));
  }

  // The table of contents marks the current section.
  function contents() {
    const fold = $(".contents details");
    if (!fold) return;
    const small = matchMedia("(max-width: 74rem)");
    const arrange = () => { fold.open = !small.matches; };
    small.addEventListener("change", arrange);
    arrange();
    const links = new Map($$(".contents a").map((a) => [decodeURIComponent(a.hash.slice(1)), a]));
    const headings = [...links.keys()].map((id) => document.getElementById(id)).filter(Boolean);
    let current = null, waiting = false;
    const follow = () => {
      waiting = false;
      let at = null;
      for (const heading of headings) {
        if (heading.getBoundingClientRect().top > innerHeight / 4) break;
        at = heading;
      }
      const link = at && links.get(at.id);
      if (link === current) return;
      if (current) current.removeAttribute("aria-current");
      current = link;
      if (!link) return;
      link.setAttribute("aria-current", "true");
      const list = link.closest("nav");
      const top = link.offsetTop - list.clientHeight / 2;
      if (!small.matches) list.scrollTo({ top });
    };
    addEventListener("scroll", () => {
      if (!waiting) { waiting = true; requestAnimationFrame(follow); }
    }, { passive: true });
    follow();
  }

  // The search. Its script and its index are loaded when it is first opened.
  let engine = null;
  function load(address) {
    return new Promise((resolve, reject) => {
      document.head.append(make("script", { src: address, onload: resolve, onerror: reject }));
    });
  }
  function search() {
    const open = $("#search-open"), dialog = $("#search");
    if (!open || !dialog) return;
    const input = $("#search-words"), count = $("#search-count"), list = $("#search-found");
    const show = async () => {
      dialog.showModal();
      input.select();
      if (!engine) {
        await load(here.search);
        await load(here.index);
        engine = window.rnn101Search.load(window.rnn101Index);
        update();
      }
    };
    const marked = (text, terms) => {
      const element = make("span", {});
      const lower = text.toLowerCase();
      let first = Math.min(...terms.map((t) => lower.indexOf(t)).filter((i) => i >= 0));
      if (!isFinite(first)) first = 0;
      const begin = Math.max(0, text.lastIndexOf(" ", first - 40) + 1);
      let at = begin;
      const end = Math.min(text.length, begin + 170);
      if (begin > 0) element.append("… ");
      while (at < end) {
        const next = terms.map((t) => [lower.indexOf(t, at), t.length]).filter(([i]) => i >= 0 && i < end).sort((a, b) => a[0] - b[0] || b[1] - a[1])[0];
        if (!next) break;
        element.append(text.slice(at, next[0]), make("mark", { textContent: text.slice(next[0], next[0] + next[1]) }));
        at = next[0] + next[1];
      }
      element.append(text.slice(at, Math.max(at, end)), end < text.length ? " …" : "");
      return element;
    };
    const update = () => {
      list.replaceChildren();
      const query = input.value.trim();
      count.textContent = "";
      if (!engine || !query) return;
      const found = window.rnn101Search.find(engine, query);
      count.textContent = found.length === 0 ? texts.search_none : found.length === 1 ? texts.search_one : texts.search_count.replace("%d", found.length);
      for (const one of found.slice(0, 40)) {
        const terms = [...new Set([...one.terms, ...one.queryTerms])].sort((a, b) => b.length - a.length);
        const link = make("a", { href: here.root + one.url },
          make("strong", { textContent: one.heading === one.title ? one.title : one.title + " › " + one.heading }),
          marked(terms.some((t) => one.text.toLowerCase().includes(t)) ? one.text : one.code, terms));
        link.addEventListener("click", () => dialog.close());
        list.append(make("li", {}, link));
      }
    };
    input.addEventListener("input", update);
    open.addEventListener("click", show);
    dialog.addEventListener("keydown", (event) => {
      if (event.key === "Escape") { // by default a search field clears itself
        event.preventDefault();
        return dialog.close();
      }
      if (event.key !== "ArrowDown" && event.key !== "ArrowUp" && !(event.key === "Enter" && event.target === input)) return;
      const links = $$("a", list);
      if (links.length === 0) return;
      event.preventDefault();
      if (event.key === "Enter") return links[0].click();
      const at = links.indexOf(document.activeElement);
      const next = event.key === "ArrowDown" ? at + 1 : at - 1;
      (links[next] || (next < 0 ? input : links[links.length - 1])).focus();
    });
    open.hidden = false;
    return show;
  }

  // Keyboard shortcuts: Ctrl K always, single keys unless the reader has turned them off.
  function keyboard(find) {
    const dialog = $("#keys"), box = $("#keys-single"), open = $("#keys-open");
    box.checked = store.get("keys") !== "off";
    box.addEventListener("change", () => store.set("keys", box.checked ? "" : "off"));
    if (open) {
      open.hidden = false;
      open.addEventListener("click", () => dialog.showModal());
    }
    for (const button of $$("[data-close]")) button.addEventListener("click", () => button.closest("dialog").close());
    for (const any of $$("dialog")) any.addEventListener("click", (event) => { if (event.target === any) any.close(); });
    addEventListener("keydown", (event) => {
      if ($("dialog[open]")) return;
      // The field of a dialog that has just closed has the focus until the browser lays out the page again.
      const field = event.target.closest && event.target.closest("input, textarea, select, [contenteditable]");
      const typing = field && field.getClientRects().length > 0;
      if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k" && find) {
        event.preventDefault();
        find();
      } else if (typing || event.ctrlKey || event.metaKey || event.altKey || !box.checked) {
        return;
      } else if (event.key === "/" && find) {
        event.preventDefault();
        find();
      } else if (event.key === "?") {
        event.preventDefault();
        dialog.showModal();
      }
    });
  }

  // Opens the fold that contains the target of the address.
  function unfold() {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const fold = target && target.closest("details:not([open])");
    if (fold) { fold.open = true; target.scrollIntoView(); }
  }

  function start() {
    colours();
    code();
    copying();
    scrolling();
    contents();
    keyboard(search());
    unfold();
    addEventListener("hashchange", unfold);
    document.documentElement.dataset.ready = "";
  }
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", start); else start();
})();
