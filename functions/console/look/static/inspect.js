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

  // post sends pairs of one field, and at most one file of it. It returns the page
  // that came back and why nothing was taken; it throws if nothing came back.
  const post = async (pairs, captured, photo) => {
    const body = new FormData();
    for (const [name, value] of pairs) body.append(name, value);
    for (const name of ["latitude", "longitude"]) body.append(name, form.elements[name].value);
    body.append("captured", captured);
    body.append("script", "1");
    if (photo) {
      body.append("taken", photo.at);
      body.append(photo.name, photo.file);
    }
    const answer = await fetch(form.getAttribute("action"), { method: "POST", body, redirect: "manual" });
    if (answer.type === "opaqueredirect") throw new Error("signed out");
    if (answer.status >= 500 || answer.status === 429) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return { page, why: answer.ok ? "" : page.querySelector(".notice.bad p")?.textContent || "This was not taken. Press Save to see why." };
  };

  const moment = () => new Date().toISOString().slice(0, 19) + "Z";
  const entered = (set) => {
    const key = set.dataset.key;
    return [...new FormData(form).entries()].filter(([name, value]) => !(value instanceof File) && (name === "has" ? value === key : name === "a." + key || name.startsWith("a." + key + ".")));
  };

  const blame = (set, why) => {
    const p = set.querySelector("[data-why]") || document.createElement("p");
    p.className = "wrong";
    p.dataset.why = "";
    p.setAttribute("role", "alert");
    p.textContent = why;
    if (why) set.querySelector("legend").after(p); else p.remove();
  };

  // pictured shows the photos of a field as they are on the page that came back.
  const pictured = (set, page) => {
    const fresh = page.getElementById(set.id);
    if (!fresh) return;
    const old = set.querySelector(".shots"), now = fresh.querySelector(".shots");
    if (old && now) old.replaceWith(now);
    else if (now) [...set.querySelectorAll("label.shot")].pop().after(now);
    for (const label of set.querySelectorAll("label.shot")) {
      const same = fresh.querySelector("[name='" + CSS.escape(label.querySelector("input").name) + "']")?.closest("label");
      if (!same) continue;
      label.className = same.className;
      label.querySelector("span").replaceWith(same.querySelector("span"));
    }
  };

  // What is chosen and not taken yet, in the order in which it was. Each photo is
  // in here until the answer to it has come: nothing is sent twice, or not at all.
  const waiting = [];
  const choose = (set, input) => {
    for (const file of [...input.files]) {
      const note = document.createElement("p");
      note.className = "soft small";
      note.textContent = "Sending " + file.name + " …";
      input.closest("label").after(note);
      waiting.push({ set, name: input.name, file, at: moment(), note });
    }
    input.value = ""; // it is in the queue now, and in no other post
    blame(set, "");
    return run();
  };

  // flush sends what was kept, field by field.
  const flush = async () => {
    let all = true;
    for (const [key, entry] of Object.entries(kept())) {
      const { why } = await post(entry.pairs, entry.captured);
      const set = document.getElementById("at-" + key), rest = kept();
      if (set) blame(set, why);
      all = all && !why;
      if (rest[key]?.captured === entry.captured) { delete rest[key]; keep(rest); }
    }
    return all;
  };

  // run sends all that there is, one after the other, and says whether all of it
  // was taken. There is one run at a time; what comes meanwhile is part of it.
  let running = null;
  const run = () => running ??= (async () => {
    let all = true;
    try {
      while (waiting.length || Object.keys(kept()).length) {
        say(waiting.length ? "Sending " + (waiting.length === 1 ? "a photo" : waiting.length + " photos") + " …" : "Saving …");
        all = await flush() && all;
        const photo = waiting[0];
        if (!photo) continue;
        const { page, why } = await post(entered(photo.set), moment(), photo);
        waiting.shift();
        photo.note.remove();
        if (why) blame(photo.set, photo.file.name + ": " + why); else pictured(photo.set, page);
        all = all && !why;
      }
      say(all ? "Saved " + new Date().toLocaleTimeString([], { timeStyle: "short" }) : "Something was not taken. It is said beside its question.");
    } catch (e) {
      all = false;
      if (e.message === "signed out") say("You are signed out. Sign in again in another tab; keep this page open.");
      else say(waiting.length ? "Offline. Photos are sent when you are back; keep this page open." : "Offline. What you enter is kept on this device.");
    }
    running = null;
    return all;
  })();

  const save = (set) => {
    const all = kept();
    all[set.dataset.key] = { pairs: entered(set), captured: moment() };
    keep(all);
    set.classList.add("answered");
    count();
    return run();
  };

  let timer = 0;
  form.addEventListener("change", (e) => {
    const set = e.target.closest(".answer");
    if (!set || e.target.closest(".mark-form")) return;
    if (e.target.type !== "file") { save(set); return; }
    set.classList.add("answered");
    count();
    choose(set, e.target);
  });
  form.addEventListener("input", (e) => {
    const set = e.target.closest(".answer");
    if (!set || !e.target.matches("textarea, input:not([type=file]):not([type=checkbox]):not([type=radio])") || e.target.closest(".mark-form")) return;
    clearTimeout(timer);
    timer = setTimeout(() => save(set), 1500);
  });

  // Save and Complete wait for what is under way, and go on when all of it was
  // taken. The form says itself when it was filled in.
  let pressed = false;
  form.addEventListener("submit", async (e) => {
    clearTimeout(timer);
    form.elements.captured.value = moment();
    if (!running && !waiting.length) return;
    e.preventDefault();
    e.stopPropagation(); // it is not sent yet
    if (pressed) return;
    pressed = true;
    const photos = waiting.length;
    const all = await run();
    pressed = false;
    if (all) form.requestSubmit(e.submitter);
    else if (photos && waiting.length) say("Not yet: " + (waiting.length === 1 ? "a photo is" : waiting.length + " photos are") + " still to be sent. Keep this page open.");
  });
  addEventListener("beforeunload", (e) => { if (waiting.length) e.preventDefault(); });

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

  // What was kept when this page was left is shown again, and sent below.
  for (const [key, entry] of Object.entries(kept())) {
    const set = document.getElementById("at-" + key);
    for (const input of set ? set.querySelectorAll("[name^='a.']") : []) {
      const said = entry.pairs.filter(([name]) => name === input.name).map(([, value]) => value);
      if (input.type === "checkbox" || input.type === "radio") input.checked = said.includes(input.value);
      else if (said.length && input.type !== "submit") input.value = said[0];
    }
    const board = set?.querySelector("canvas[data-sign]");
    if (board) board.dataset.sign = set.querySelector("input[name$='.lines']").value;
    set?.classList.add("answered");
  }

  // Where this is filled in is asked of the device once, if its user permits it.
  if (!form.elements.latitude.value && !("placed" in form.dataset)) {
    navigator.geolocation?.getCurrentPosition(({ coords }) => {
      form.elements.latitude.value = coords.latitude.toFixed(5);
      form.elements.longitude.value = coords.longitude.toFixed(5);
      post([], moment()).catch(() => { /* it goes along with the next answer */ });
    }, () => { /* then it is not stamped */ }, { timeout: 20000, maximumAge: 60000 });
  }

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

  addEventListener("online", run);
  if (Object.keys(kept()).length) run();
  count();
})();
