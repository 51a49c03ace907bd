// What the console does when scripts run: everything here improves a page that
// already works without it. It is loaded in <head>, before the page is drawn,
// because the theme must be set first; the rest waits for the document.
"use strict";
(() => {
  const root = document.documentElement;
  const stored = (() => { try { return localStorage.getItem("theme"); } catch { return null; } })();
  if (stored) root.dataset.theme = stored;
  root.dataset.scripts = "on";

  const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];
  const skew = () => Number(root.dataset.skew || 0); // the server's clock minus ours, in ms
  const now = () => Date.now() + skew();

  // Times: "3 min ago" and "in 4 min 10 s" stay true while the page is open, and
  // every time tells the reader's own clock when asked.
  const units = [[86400, "d"], [3600, "h"], [60, "min"], [1, "s"]];
  const span = (seconds, parts) => {
    const out = [];
    for (const [size, name] of units) {
      if (seconds >= size && out.length < parts) { out.push(Math.floor(seconds / size) + " " + name); seconds %= size; }
    }
    return out.join(" ") || "0 s";
  };
  const tick = () => {
    for (const el of $$("time[data-live]")) {
      const delta = Math.round((Date.parse(el.dateTime) - now()) / 1000);
      let text;
      if (el.dataset.live === "countdown") text = delta > 0 ? "in " + span(delta, 2) : "any moment now";
      else if (Math.abs(delta) < 5) text = "just now";
      else text = delta > 0 ? "in " + span(delta, 1) : span(-delta, 1) + " ago";
      if (el.textContent !== text) el.textContent = text;
    }
  };
  const localTimes = (from) => {
    for (const el of $$("time[datetime]", from)) {
      if (el.dataset.local) continue;
      el.dataset.local = "1";
      const at = new Date(el.dateTime);
      if (isNaN(at)) continue;
      el.title = [el.title, "Your time: " + at.toLocaleString(undefined, { dateStyle: "medium", timeStyle: "long" })].filter(Boolean).join("\n");
    }
  };

  const toast = (text, tone = "ok") => {
    const box = document.querySelector(".toasts");
    const el = document.createElement("div");
    el.className = "toast " + tone;
    el.textContent = text;
    box.append(el);
    setTimeout(() => el.remove(), 4000);
  };

  const copy = async (button) => {
    const from = document.querySelector(button.dataset.copy);
    try {
      await navigator.clipboard.writeText((from.value ?? from.textContent).trim());
      toast("Copied.");
    } catch {
      getSelection().selectAllChildren(from);
      toast("Selected. Press Ctrl+C or ⌘C to copy it.");
    }
  };

  const openDialog = (id) => {
    const d = document.getElementById(id);
    if (!d || !d.showModal) return false;
    d.showModal();
    (d.querySelector("[autofocus]") || d.querySelector("input:not([type=hidden]), select, button, a"))?.focus();
    return true;
  };
  const closeNav = () => { if (location.hash === "#nav") { location.hash = "#"; document.querySelector(".menu")?.focus(); } };

  document.addEventListener("click", (e) => {
    const t = e.target.closest("[data-copy], [data-dialog], [data-close], [data-theme-toggle], [data-dismiss], [data-check]");
    if (e.target instanceof HTMLDialogElement) { e.target.close(); return; }
    if (!t) return;
    if (t.dataset.copy) { e.preventDefault(); copy(t); }
    else if (t.dataset.dialog) { if (openDialog(t.dataset.dialog)) e.preventDefault(); }
    else if ("close" in t.dataset) { const d = t.closest("dialog[open]"); if (d) { e.preventDefault(); d.close(); } }
    else if ("dismiss" in t.dataset) t.closest(".toast").remove();
    else if ("themeToggle" in t.dataset) {
      const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.theme = dark ? "light" : "dark";
      try { localStorage.setItem("theme", root.dataset.theme); } catch { /* the choice lasts for this page */ }
    }
  });

  // A form is sent once, however often its button is pressed.
  document.addEventListener("submit", (e) => {
    if (e.target.method === "dialog") return;
    if (e.target.dataset.sent) { e.preventDefault(); return; }
    if (e.target.method === "post") e.target.dataset.sent = "1";
  });
  addEventListener("pageshow", () => { for (const f of $$("form[data-sent]")) delete f.dataset.sent; });

  // Filters apply themselves when a choice changes.
  document.addEventListener("change", (e) => {
    const form = e.target.closest("form[data-auto]");
    if (form && e.target.matches("select, input[type=checkbox], input[type=date]")) form.requestSubmit();
  });

  // The picker's search hides what does not match.
  document.addEventListener("input", (e) => {
    const find = e.target.closest("[data-find]");
    if (!find) return;
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    const picker = find.closest(".picker");
    let shown = 0;
    for (const set of $$(".set", picker)) {
      const head = set.dataset.words || "";
      let any = !set.querySelector(".members .choice") && words.every((w) => (head + " " + set.textContent).toLowerCase().includes(w));
      for (const c of $$(".members .choice", set)) {
        const hit = words.every((w) => (head + " " + c.textContent).toLowerCase().includes(w));
        c.hidden = !hit;
        any ||= hit;
      }
      set.hidden = !any;
      if (any) shown++;
    }
    const none = picker.querySelector("[data-none]");
    if (none) none.hidden = shown > 0;
  });

  // Keyboard: g and a letter goes somewhere, / searches, ? lists all this.
  let leader = 0;
  document.addEventListener("keydown", (e) => {
    if (e.key === "Escape") { closeNav(); if (e.target.matches?.("[data-search]")) e.target.blur(); return; }
    if (e.ctrlKey || e.metaKey || e.altKey || e.target.closest?.("input, textarea, select, [contenteditable]") || document.querySelector("dialog[open]")) return;
    if (leader && performance.now() - leader < 1500) {
      leader = 0;
      const to = document.querySelector(`a[data-go="${CSS.escape(e.key)}"]`);
      if (to) { e.preventDefault(); to.click(); }
      return;
    }
    if (e.key === "g") leader = performance.now();
    else if (e.key === "/") { const s = document.querySelector("[data-search]"); if (s) { e.preventDefault(); s.focus(); s.select(); } }
    else if (e.key === "?") { e.preventDefault(); openDialog("shortcuts"); }
  });
  document.addEventListener("keydown", (e) => {
    if (e.key === " " && e.target.matches?.('a[role="button"]')) { e.preventDefault(); e.target.click(); }
  });

  // Live parts ask for themselves again while somebody looks and nobody types in them.
  const refresh = () => {
    if (document.visibilityState !== "visible" || document.querySelector("dialog[open]")) return;
    for (const el of $$("[data-refresh]")) {
      if (!el.contains(document.activeElement) && !el.querySelector("details[open]")) el.dispatchEvent(new CustomEvent("refresh"));
    }
  };

  document.addEventListener("DOMContentLoaded", () => {
    const served = Date.parse(root.dataset.now || "");
    if (!isNaN(served) && Math.abs(served - Date.now()) > 5000) root.dataset.skew = served - Date.now();
    for (const t of $$("table.list")) { // cards on phones keep the meaning of a table
      t.setAttribute("role", "table");
      for (const r of $$("tr", t)) r.setAttribute("role", "row");
      for (const c of $$("td", t)) c.setAttribute("role", "cell");
      for (const c of $$("th", t)) c.setAttribute("role", "columnheader");
      for (const b of $$("thead, tbody", t)) b.setAttribute("role", "rowgroup");
    }
    localTimes(document);
    tick();
    setInterval(tick, 1000);
    setInterval(refresh, 4000);
    if (new URLSearchParams(location.search).has("did")) { // a reload should not tell the news twice
      const u = new URL(location.href);
      u.searchParams.delete("did");
      history.replaceState(history.state, "", u);
      setTimeout(() => { for (const t of $$(".toasts .toast")) t.remove(); }, 8000);
    }
    document.querySelector("[aria-invalid=true]")?.focus();
  });
  document.addEventListener("htmx:afterSwap", (e) => { localTimes(document); tick(); });
})();
