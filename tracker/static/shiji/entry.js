// The entry form as a sheet: Enter and arrows go from field to field; drawer; jump to what is wrong.
(() => {
  "use strict";
  const form = document.querySelector("[data-entry]");
  if (!form) return;
  const cells = (root = form) => [...root.querySelectorAll("input[data-cell]")];
  const grids = [...form.querySelectorAll("table[data-grid]")];
  const steps = new Map();

  // Of each field its neighbours, as they stand on the page: lists go on in the next programme.
  const chart = (grid) => [...grid.tBodies[0].rows]
    .map((line) => cells(line)).filter((line) => line.length);
  const walk = () => {
    steps.clear();
    const charts = grids.map(chart).filter((one) => one.length);
    charts.forEach((lines, number) => {
      const onward = charts[number + 1]?.[0][0];
      const back = charts[number - 1]?.at(-1)[0];
      const widest = Math.max(...lines.map((line) => line.length));
      const table = lines[0][0].closest("table").dataset.grid === "table";
      lines.forEach((line, y) => line.forEach((field, x) => {
        const below = lines.slice(y + 1).find((other) => other[x])?.[x];
        const above = lines.slice(0, y).reverse().find((other) => other[x])?.[x];
        const turn = table && x + 1 < widest ? lines.find((other) => other[x + 1])?.[x + 1] : onward;
        steps.set(field, { down: below ?? turn, up: above ?? back, left: line[x - 1], right: line[x + 1] });
      }));
    });
  };
  walk();

  const go = (field) => { if (field) { field.focus(); field.select(); } };
  const edge = (field, key) => {
    const all = field.selectionStart === 0 && field.selectionEnd === field.value.length;
    if (all) return true;
    if (field.selectionStart !== field.selectionEnd) return false;
    return key === "ArrowLeft" ? field.selectionStart === 0 : field.selectionEnd === field.value.length;
  };
  form.addEventListener("keydown", (event) => {
    const step = steps.get(event.target);
    if (!step || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    const { key, shiftKey } = event;
    let to;
    if (key === "Enter") to = shiftKey ? step.up : step.down;
    else if (key === "ArrowDown") to = step.down;
    else if (key === "ArrowUp") to = step.up;
    else if (key === "ArrowLeft" && !shiftKey && edge(event.target, key)) to = step.left;
    else if (key === "ArrowRight" && !shiftKey && edge(event.target, key)) to = step.right;
    else if (key === "F2") { event.preventDefault(); open(place(event.target)?.querySelector("[data-drawer]")); return; }
    else return;
    if (key === "Enter" || to) event.preventDefault();
    go(to);
  });
  const place = (field) => field.closest("[data-row]");

  // The drawer at the right: without scripts its link leads to a page of its own.
  const drawer = document.querySelector("#drawer");
  let came = null;
  const open = (link) => {
    if (!link || !drawer) return;
    came = document.activeElement;
    htmx.ajax("GET", link.getAttribute("href"), { target: "#drawer-body", swap: "innerHTML" }).then(() => {
      drawer.hidden = false;
      drawer.querySelector("#drawer-body").focus();
    });
  };
  const close = () => { if (drawer && !drawer.hidden) { drawer.hidden = true; came?.focus(); } };
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-drawer]");
    if (link && drawer) { event.preventDefault(); open(link); }
    if (event.target.closest?.("[data-drawer-close]")) close();
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });

  // Errors first; warnings are folded and have their own button.
  const marks = { error: ".entry-says .field-error", warning: ".entry-says .field-warning" };
  let last = null;
  form.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-leap]");
    if (!button) return;
    const found = [...form.querySelectorAll(marks[button.dataset.leap])].filter((one) => !one.closest("[hidden]"));
    if (!found.length) return;
    last = found[(found.indexOf(last) + 1) % found.length];
    if (last.tagName === "DETAILS") last.open = true;
    const key = last.closest("[data-says]").dataset.says;
    const field = form.querySelector(`#${key}-text`);
    last.scrollIntoView({ block: "center" });
    if (field?.matches("input")) go(field); else (field ?? last).scrollIntoView({ block: "center" });
  });

  window.shijiEntry = { form, cells, place, go, walk };
})();
