// The editor of patterns: slots go in at the caret, and the caret goes to the character that is wrong.
(() => {
  const form = document.querySelector("[data-pattern]");
  if (!form) return;
  const field = form.elements.source;
  const check = document.getElementById("pattern-check");
  // The server counts characters, the field counts units of UTF-16.
  const unit = (at) => [...field.value].slice(0, at).join("").length;
  const put = () => {
    const fault = check.querySelector("[data-at]");
    if (!fault) return;
    const at = unit(Number(fault.dataset.at));
    field.focus();
    field.setSelectionRange(at, Math.min(at + 1, field.value.length));
  };
  const marked = () => {
    const wrong = Boolean(check.querySelector("[data-at]"));
    field.closest(".field").classList.toggle("field-bad", wrong);
    if (wrong) field.setAttribute("aria-invalid", "true"); else field.removeAttribute("aria-invalid");
    const fault = check.querySelector("[data-at]");
    if (!fault || fault.querySelector("button")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-sm";
    button.textContent = "光标移到这里";
    button.addEventListener("click", put);
    fault.append(button);
  };
  const insert = (piece) => {
    const [from, to] = [field.selectionStart, field.selectionEnd];
    // .同比 belongs into the slot before the caret.
    const inside = piece.startsWith(".") && field.value[from - 1] === "}";
    field.setRangeText(piece, inside ? from - 1 : from, inside ? from - 1 : to, "end");
    if (inside) field.setSelectionRange(field.selectionEnd + 1, field.selectionEnd + 1);
    field.focus();
    window.htmx.trigger(field, "recheck");
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-insert]");
    if (!button) return;
    event.preventDefault();
    insert(button.dataset.insert);
  });
  document.body.addEventListener("htmx:afterSwap", (event) => { if (event.target === check) marked(); });
  marked();
  put();
})();
