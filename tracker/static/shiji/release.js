// A click on a figure shows where it comes from.
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
})();
