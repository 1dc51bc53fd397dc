// The entry form by keyboard, and nothing typed is lost: what is not saved yet stays in the browser.
(() => {
  const form = document.querySelector("[data-entry]");
  if (!form) return;
  const fields = [...form.querySelectorAll("input[name$='-text']")];
  const place = `entry:${form.getAttribute("action")}`;
  const state = form.querySelector("[data-entry-state]");

  const move = (from, step) => {
    const next = fields[fields.indexOf(from) + step];
    if (next) { next.focus(); next.select(); }
  };
  form.addEventListener("keydown", (event) => {
    if (!fields.includes(event.target) || event.isComposing) return;
    if (event.key === "Enter" || event.key === "ArrowDown") { event.preventDefault(); move(event.target, 1); }
    if (event.key === "ArrowUp") { event.preventDefault(); move(event.target, -1); }
  });

  const typed = () => Object.fromEntries(
    [...form.elements].filter((f) => f.name && f.value !== f.defaultValue && /^f\d/.test(f.name) && f.tagName === "INPUT")
      .map((f) => [f.name, f.value]));
  const keep = () => {
    try {
      const now = typed();
      if (Object.keys(now).length) localStorage.setItem(place, JSON.stringify(now));
      else localStorage.removeItem(place);
      state.textContent = "有未保存的修改（已暂存在本机）";
    } catch { /* private mode: the page itself still holds what was typed */ }
  };
  form.addEventListener("input", keep);
  form.addEventListener("submit", () => { try { localStorage.removeItem(place); } catch { /* as above */ } });

  const kept = (() => { try { return JSON.parse(localStorage.getItem(place) || "{}"); } catch { return {}; } })();
  let back = 0;
  for (const [name, value] of Object.entries(kept)) {
    const field = form.elements[name];
    if (field && field.value !== value) { field.value = value; back += 1; }
  }
  if (back) state.textContent = `已恢复${back}处未保存的修改，请核对后保存`;

  // A block copied from a spreadsheet fills the fields downwards.
  form.addEventListener("paste", (event) => {
    const text = (event.clipboardData || window.clipboardData).getData("text");
    if (!fields.includes(event.target) || !/[\n\t]/.test(text.trim())) return;
    event.preventDefault();
    const values = text.replace(/\r/g, "").replace(/\n$/, "").split("\n").map((line) => line.split("\t").pop().trim());
    const start = fields.indexOf(event.target);
    values.forEach((value, index) => { if (fields[start + index]) fields[start + index].value = value; });
    keep();
    state.textContent = `已粘贴${Math.min(values.length, fields.length - start)}项，请核对后保存`;
  });
})();
