// The gate by keyboard: rows of the queue, tabs that lose nothing typed, questions that are counted.
(() => {
  const queue = document.querySelector("[data-queue]");
  if (queue) {
    const rows = [...queue.querySelectorAll("[data-row]")];
    const boxes = [...queue.querySelectorAll("input[name=pick]")];
    const all = queue.querySelector("[data-all]");
    const said = queue.querySelector("[data-picked]");
    const count = () => { if (said) said.textContent = `已选 ${boxes.filter((box) => box.checked).length} 份`; };
    all?.addEventListener("change", () => { boxes.forEach((box) => { box.checked = all.checked; }); count(); });
    queue.addEventListener("change", count);
    // Back from a submission the queue stands where it was left.
    const links = rows.map((row) => row.querySelector("[data-open]"));
    const path = (link) => new URL(link.href).pathname;
    queue.addEventListener("click", (event) => {
      const link = event.target.closest("[data-open]");
      if (link) sessionStorage.setItem("review-place", path(link));
    });
    const left = sessionStorage.getItem("review-place");
    links.find((link) => path(link) === left)?.focus();
    window.addEventListener("pageshow", count);
    document.addEventListener("keydown", (event) => {
      const free = event.target === document.body || queue.contains(event.target);
      if (!free || event.ctrlKey || event.altKey || event.metaKey) return;
      const at = rows.findIndex((row) => row.contains(document.activeElement));
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        const next = Math.min(Math.max(at + (event.key === "ArrowDown" ? 1 : -1), 0), rows.length - 1);
        rows[next].querySelector("[data-open]").focus();
      }
      if (event.key === " " && at >= 0 && event.target.matches("[data-open]")) {
        event.preventDefault();
        rows[at].querySelector("input[name=pick]")?.click();
      }
    });
  }

  const form = document.querySelector("[data-review]");
  if (!form) return;
  const show = (tab) => {
    form.querySelectorAll("[data-in]").forEach((part) => { part.hidden = !part.dataset.in.split(" ").includes(tab); });
    form.querySelector("[data-none]").hidden = tab === "all";
  };
  document.querySelector("[data-tabs]").addEventListener("click", (event) => {
    const link = event.target.closest("[data-tab]");
    if (!link) return;
    event.preventDefault();
    document.querySelector("[data-tabs] [aria-current]")?.removeAttribute("aria-current");
    link.setAttribute("aria-current", "page");
    history.replaceState(null, "", link.href);
    show(link.dataset.tab);
  });
  const counted = () => {
    const asked = form.querySelectorAll("[data-ask]:checked").length;
    form.querySelectorAll("[data-counts]").forEach((button) => {
      button.querySelector("span").textContent = asked ? `${button.dataset.counts}（${asked}项）` : button.dataset.counts;
    });
  };
  form.addEventListener("change", (event) => {
    if (!event.target.matches("[data-ask]")) return;
    const more = event.target.closest("tbody, [data-question]").querySelector("[data-ask-more]");
    more.hidden = !event.target.checked;
    if (event.target.checked) more.querySelector("select").focus();
    counted();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.name !== "say") return;
    event.preventDefault();
    event.target.nextElementSibling.click();
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const from = event.detail.elt.closest("[data-say]");
    if (!from || !event.detail.successful) return;
    const field = from.matches("form") ? from.querySelector("input[name=say]") : from.previousElementSibling;
    field.value = "";
  });
  window.addEventListener("pageshow", counted);
})();
