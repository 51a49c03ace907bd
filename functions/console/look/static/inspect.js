// What the form of an inspection does when scripts run: it saves each field as it
// changes, keeps what cannot be sent until it can, takes taps on the map of
// damage, and signatures. Without it the form is posted whole.
"use strict";
(() => {
  const form = document.querySelector("[data-inspect]");
  if (!form) return;
  const status = form.querySelector("[data-saved]");
  const store = "inspect:" + form.getAttribute("action");
  const say = (text) => { status.textContent = text; };
  const kept = () => { try { return JSON.parse(localStorage.getItem(store)) || {}; } catch { return {}; } };
  const keep = (all) => { try { localStorage.setItem(store, JSON.stringify(all)); } catch { /* it stays in the page */ } };

  const count = () => {
    const n = form.querySelectorAll(".answer.answered").length;
    form.querySelector("[data-answered]").textContent = n;
    form.querySelector("progress").value = n;
  };

  // post sends pairs and files of one field, with the time at which they were
  // entered. A field that cannot be sent is asked for again.
  const post = async (pairs, captured) => {
    const body = new FormData();
    for (const [name, value] of pairs) body.append(name, value);
    body.append("captured", captured);
    const answer = await fetch(form.getAttribute("action"), { method: "POST", body, redirect: "manual" });
    if (answer.type !== "opaqueredirect" && !answer.ok && answer.status >= 500) throw new Error(answer.status);
    return answer.type === "opaqueredirect" || answer.ok;
  };

  const flush = async () => {
    for (const [key, entry] of Object.entries(kept())) {
      try { await post(entry.pairs, entry.captured); } catch { say("Offline. What you enter is kept on this device."); return false; }
      const rest = kept();
      if (rest[key]?.captured === entry.captured) { delete rest[key]; keep(rest); }
    }
    return true;
  };

  let queue = Promise.resolve();
  const save = (set, again) => {
    const key = set.dataset.key, captured = new Date().toISOString().slice(0, 19) + "Z";
    const pairs = [...new FormData(form).entries()].filter(([name, value]) => {
      if (name === "has") return value === key;
      const own = name === "a." + key || name.startsWith("a." + key + ".") || name === "p." + key || name.startsWith("p." + key + ".") || name === "f." + key;
      return own && (!(value instanceof File) || value.size > 0);
    });
    const files = pairs.some(([, value]) => value instanceof File);
    set.classList.add("answered");
    count();
    say("Saving …");
    queue = queue.then(async () => {
      try {
        if (!files) { const all = kept(); all[key] = { pairs, captured }; keep(all); }
        const ok = files ? await post(pairs, captured) : await flush();
        if (!ok) { if (files) say("This was not taken. Press Save to see why."); return; }
        say("Saved " + new Date().toLocaleTimeString([], { timeStyle: "short" }));
        if (files || again) location.reload();
      } catch {
        say(files ? "Offline. The photo is sent when you are back; keep this page open." : "Offline. What you enter is kept on this device.");
        if (files) addEventListener("online", () => save(set, true), { once: true });
      }
    });
    return queue;
  };

  let timer = 0;
  form.addEventListener("change", (e) => {
    const set = e.target.closest(".answer");
    if (set && !e.target.closest(".mark-form")) save(set);
  });
  form.addEventListener("input", (e) => {
    const set = e.target.closest(".answer");
    if (!set || !e.target.matches("textarea, input:not([type=file]):not([type=checkbox]):not([type=radio])") || e.target.closest(".mark-form")) return;
    clearTimeout(timer);
    timer = setTimeout(() => save(set), 1500);
  });
  form.addEventListener("submit", () => { clearTimeout(timer); });

  // A tap on the map says side and place; what it is is chosen below.
  form.addEventListener("click", (e) => {
    const side = e.target.closest("svg[data-side]");
    if (!side) return;
    const set = side.closest(".answer"), box = side.getBoundingClientRect();
    const x = Math.round(Math.min(1, Math.max(0, (e.clientX - box.left) / box.width)) * 1000);
    const y = Math.round(Math.min(1, Math.max(0, (e.clientY - box.top) / box.height)) * 1000);
    set.querySelector("[data-view]").value = side.dataset.side;
    const spot = set.querySelector("[data-spot]");
    spot.querySelector("[data-tapped]")?.remove();
    const tapped = new Option("Where you tapped", x + "," + y, true, true);
    tapped.dataset.tapped = "";
    spot.add(tapped);
    for (const old of form.querySelectorAll("svg .tap")) old.remove();
    const dot = document.createElementNS("http://www.w3.org/2000/svg", "circle");
    dot.setAttribute("class", "tap");
    dot.setAttribute("cx", x);
    dot.setAttribute("cy", y / 2);
    dot.setAttribute("r", 34);
    side.append(dot);
    set.querySelector(".mark-form select[name$='.type']").focus();
  });

  // Signatures are lines of points; the canvas only shows them.
  for (const board of form.querySelectorAll("canvas[data-sign]")) {
    const set = board.closest(".answer"), input = set.querySelector("input[name$='.lines']"), pen = board.getContext("2d");
    let lines = (board.dataset.sign || "").split(";").filter(Boolean).map((l) => l.split(",").map(Number)), line = null;
    const draw = () => {
      pen.clearRect(0, 0, 1000, 400);
      pen.lineWidth = 5;
      pen.lineCap = pen.lineJoin = "round";
      pen.strokeStyle = getComputedStyle(board).color;
      for (const l of lines) {
        pen.beginPath();
        for (let n = 0; n + 1 < l.length; n += 2) pen.lineTo(l[n], l[n + 1]);
        pen.stroke();
      }
    };
    const point = (e) => {
      const box = board.getBoundingClientRect();
      const at = (v, from, size, most) => Math.round(Math.min(1, Math.max(0, (v - from) / size)) * most);
      if (lines.reduce((n, l) => n + l.length, 0) < 3900) line.push(at(e.clientX, box.left, box.width, 1000), at(e.clientY, box.top, box.height, 400));
    };
    board.addEventListener("pointerdown", (e) => { e.preventDefault(); board.setPointerCapture?.(e.pointerId); line = []; lines.push(line); point(e); });
    board.addEventListener("pointermove", (e) => { if (line) { point(e); draw(); } });
    board.addEventListener("pointerup", () => {
      if (!line) return;
      line = null;
      input.value = lines.filter((l) => l.length > 2).map((l) => l.join(",")).join(";");
      save(set);
    });
    set.querySelector("[data-unsign]").addEventListener("click", () => { lines = []; input.value = ""; draw(); save(set); });
    draw();
  }

  addEventListener("online", flush);
  if (Object.keys(kept()).length) flush().then((ok) => { if (ok) location.reload(); });
  count();
})();
