// Uploads: files go straight to the store, each with a bar of its own; then the
// form that needs them names them. Without this file the form sends them itself.
"use strict";
(() => {
  const json = async (path, body) => {
    const res = await fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: body && JSON.stringify(body) });
    const answer = await res.json().catch(() => ({}));
    if (!res.ok) throw new Error(answer.detail || "This did not work. Try again in a moment.");
    return answer;
  };

  const put = (how, file, bar) => new Promise((done, failed) => {
    const x = new XMLHttpRequest();
    x.open(how.method, how.url);
    for (const [name, value] of Object.entries(how.headers)) if (name.toLowerCase() !== "content-length") x.setRequestHeader(name, value);
    x.upload.onprogress = (e) => { if (e.lengthComputable) bar.value = e.loaded / e.total * 0.9; };
    x.onload = () => (x.status < 300 ? done() : failed(new Error("The store did not take it. Try again in a moment.")));
    x.onerror = () => failed(new Error("The connection broke off. Try again."));
    x.send(file);
  });

  const row = (form, name) => {
    const li = document.createElement("li"), bar = document.createElement("progress"), text = document.createElement("span");
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute("aria-label", "Sending " + name);
    text.textContent = name;
    li.append(text, bar);
    form.querySelector(".sent").append(li);
    return { bar, say: (words, bad) => { bar.remove(); text.textContent = name + ": " + words; text.className = bad ? "wrong" : "soft"; } };
  };

  const send = async (form, files) => {
    const to = document.getElementById(form.dataset.form);
    let ready = 0;
    for (const file of files) {
      const at = row(form, file.name);
      try {
        const begun = await json("/uploads", { purpose: form.dataset.upload, name: file.name, type: file.type, size: file.size });
        await put(begun.upload, file, at.bar);
        await json("/uploads/" + begun.id + "/complete");
        at.bar.value = 1;
        const input = document.createElement("input");
        Object.assign(input, { type: "hidden", name: "file", value: begun.id });
        to.append(input);
        to.hidden = false;
        at.say("ready");
        ready++;
      } catch (e) {
        at.say(e.message, true);
      }
    }
    form.querySelector("input[type=file]").value = "";
    delete form.dataset.sent;
    if (ready && "send" in form.dataset) to.requestSubmit();
  };

  for (const form of document.querySelectorAll("form[data-upload]")) {
    const input = form.querySelector("input[type=file]");
    const some = (files) => [...files].slice(0, input.multiple ? files.length : 1);
    input.addEventListener("change", () => { if (input.files.length) send(form, some(input.files)); });
    form.addEventListener("submit", (e) => { e.preventDefault(); e.stopPropagation(); if (input.files.length) send(form, some(input.files)); });
    for (const kind of ["dragover", "dragenter"]) form.addEventListener(kind, (e) => { if (e.dataTransfer.types.includes("Files")) { e.preventDefault(); form.classList.add("over"); } });
    for (const kind of ["dragleave", "drop"]) form.addEventListener(kind, () => form.classList.remove("over"));
    form.addEventListener("drop", (e) => { e.preventDefault(); if (e.dataTransfer.files.length) send(form, some(e.dataTransfer.files)); });
  }

  // Photos are put into order by dragging them; the buttons do the same.
  for (const list of document.querySelectorAll("[data-order]")) {
    let dragged = null;
    const before = [...list.children].map((li) => li.dataset.id).join();
    for (const li of list.children) li.draggable = true;
    list.addEventListener("dragstart", (e) => { dragged = e.target.closest("li"); e.dataTransfer.effectAllowed = "move"; });
    list.addEventListener("dragover", (e) => {
      const over = e.target.closest("li");
      if (!dragged || !over || over === dragged || over.parentNode !== list) return;
      e.preventDefault();
      const after = [...list.children].indexOf(over) > [...list.children].indexOf(dragged);
      list.insertBefore(dragged, after ? over.nextSibling : over);
    });
    list.addEventListener("dragend", () => {
      dragged = null;
      const ids = [...list.children].map((li) => li.dataset.id);
      if (ids.join() === before) return;
      const form = document.getElementById(list.dataset.order);
      for (const id of ids) {
        const input = document.createElement("input");
        Object.assign(input, { type: "hidden", name: "photo", value: id });
        form.append(input);
      }
      form.requestSubmit();
    });
  }
})();
