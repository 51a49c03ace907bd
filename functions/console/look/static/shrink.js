// Photos of phones are made smaller before a form sends them: upright, and small
// enough for two of them in one form. Without this file they are sent as they are.
"use strict";
(() => {
  const most = 1.8e6; // bytes of a photo
  const tries = [[3000, 0.88], [2400, 0.82], [1800, 0.76], [1400, 0.7]]; // the longer side, and quality
  const words = (bytes) => (bytes / 1e6).toFixed(1) + " MB";

  const smaller = async (file) => {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    for (const [side, quality] of tries) {
      const by = Math.min(1, side / Math.max(picture.width, picture.height)), board = document.createElement("canvas");
      board.width = Math.round(picture.width * by);
      board.height = Math.round(picture.height * by);
      const pen = board.getContext("2d");
      pen.fillStyle = "#fff";
      pen.fillRect(0, 0, board.width, board.height);
      pen.drawImage(picture, 0, 0, board.width, board.height);
      const blob = await new Promise((done) => board.toBlob(done, "image/jpeg", quality));
      if (blob && blob.size <= most) return new File([blob], file.name.replace(/\.[^.]*$/, "") + ".jpg", { type: "image/jpeg" });
    }
    return file;
  };

  for (const form of document.querySelectorAll("form[data-shrink]")) {
    const busy = new Set();
    const take = async (input, file) => {
      const note = document.getElementById(input.id + "-note");
      note.textContent = file ? file.name + ", " + words(file.size) : "";
      if (!file || file.size <= most || !(file.type.startsWith("image/") || /\.hei[cf]$/i.test(file.name))) return;
      note.textContent += ". Making it smaller …";
      const less = await smaller(file).catch(() => file); // what this browser cannot draw goes as it is
      if (input.files[0] !== file) return; // another was chosen meanwhile
      const box = new DataTransfer();
      box.items.add(less);
      input.files = box.files;
      note.textContent = file.name + ", " + words(less.size) + (less === file ? "" : ", made smaller from " + words(file.size));
    };
    form.addEventListener("change", (e) => {
      if (e.target.type !== "file") return;
      const work = take(e.target, e.target.files[0]).finally(() => busy.delete(work));
      busy.add(work);
    });
    form.addEventListener("submit", async (e) => {
      if (!busy.size) return;
      e.preventDefault();
      e.stopPropagation(); // it is not sent yet
      await Promise.all(busy);
      form.requestSubmit();
    });
  }
})();
