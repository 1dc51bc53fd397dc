// Picking agencies to remind: all at once, and how many.
(() => {
  const form = document.querySelector("[data-picks]");
  const all = form?.querySelector("[data-all]");
  if (!all) return;
  const boxes = [...form.querySelectorAll("input[name=pick]")];
  const said = form.querySelector("[data-picked]");
  const count = () => { said.textContent = `已选 ${boxes.filter((box) => box.checked).length} 个`; };
  all.addEventListener("change", () => { boxes.forEach((box) => { box.checked = all.checked; }); });
  form.addEventListener("change", count);
  window.addEventListener("pageshow", count);
})();
