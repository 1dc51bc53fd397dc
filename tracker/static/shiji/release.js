// A click on a figure shows where it comes from; texts grow with what is in them.
(() => {
  const sheet = document.querySelector("[data-figures]");
  if (sheet) {
    const origin = document.getElementById("origin");
    sheet.addEventListener("click", (event) => {
      const figure = event.target.closest("[data-fact]");
      if (!figure) return;
      sheet.querySelectorAll("[aria-pressed]").forEach((other) => other.removeAttribute("aria-pressed"));
      figure.setAttribute("aria-pressed", "true");
      htmx.ajax("GET", `${sheet.dataset.figures}${encodeURIComponent(figure.dataset.fact)}/`, { target: origin, swap: "innerHTML" });
      origin.closest("section").scrollIntoView({ block: "nearest" });
    });
  }
  const grow = (area) => { area.style.height = "auto"; area.style.height = `${area.scrollHeight + 2}px`; };
  document.querySelectorAll("[data-grow]").forEach((area) => {
    grow(area);
    area.addEventListener("input", () => grow(area));
  });
})();
