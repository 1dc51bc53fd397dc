// A block from a spreadsheet is shown first: where each cell goes, and what it is read as.
(() => {
  "use strict";
  const entry = window.shijiEntry;
  const box = document.querySelector("#paste-box");
  if (!entry || !box) return;
  const { form } = entry;

  form.addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text") ?? "";
    if (!event.target.matches("[data-cell]") || !/[\n\t]/.test(text.trim())) return;
    event.preventDefault();
    const values = { block: text, at: event.target.name, csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value };
    htmx.ajax("POST", form.dataset.paste, { target: "#paste-body", swap: "innerHTML", values }).then(() => {
      box.showModal();
      box.querySelector("button")?.focus();
    });
  });
  box.addEventListener("click", (event) => { if (event.target.closest("[data-paste-close]")) box.close(); });
  box.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-paste-take]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    let count = 0;
    for (const taken of event.target.querySelectorAll("[data-take]")) {
      const field = form.elements[taken.name];
      if (!field) continue;
      field.value = taken.value;
      entry.note(field);
      entry.reckon?.(entry.place(field));
      count += 1;
    }
    box.close();
    event.target.removeAttribute("aria-busy");
    if (count) entry.later(0);
  }, true);
})();
