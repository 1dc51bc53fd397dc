// What plain HTML cannot do by itself: confirm, jump, toasts, drop a file, one submit at a time.
"use strict";

const one = (selector, root = document) => root.querySelector(selector);

// Confirmation of destructive acts: data-confirm on a form or its button, hx-confirm on htmx elements.
function ask(text, yes) {
  const dialog = one("#confirm");
  one("#confirm-text").textContent = text;
  dialog.returnValue = "no";
  dialog.addEventListener("close", () => dialog.returnValue === "yes" && yes(), { once: true });
  dialog.showModal();
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  const text = event.submitter?.dataset.confirm || form.dataset.confirm;
  if (text && !form.dataset.confirmed) {
    event.preventDefault();
    event.stopImmediatePropagation();
    const { submitter } = event;
    ask(text, () => {
      form.dataset.confirmed = "yes";
      form.requestSubmit(submitter);
      delete form.dataset.confirmed;
    });
  } else if (form.method === "post" && !form.hasAttribute("hx-post")) {
    // A second click while the first one is under way. The server holds the line (tracker.web.once).
    if (form.getAttribute("aria-busy") === "true") event.preventDefault();
    form.setAttribute("aria-busy", "true");
    setTimeout(() => form.removeAttribute("aria-busy"), 4000); // An answer may be a file, and the page stays.
  }
}, true);

window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[aria-busy]").forEach((form) => form.removeAttribute("aria-busy"));
});

document.addEventListener("htmx:confirm", (event) => {
  if (!event.detail.question) return;
  event.preventDefault();
  ask(event.detail.question, () => event.detail.issueRequest(true));
});

// Toasts: toast("已删除", {undo: form}) or a server answer with HX-Trigger: {"toast": {"text": …}}.
function toast(text, seconds = 8) {
  const line = document.createElement("div");
  line.className = "toast-line";
  line.append(text);
  one("#toasts").append(line);
  setTimeout(() => line.remove(), seconds * 1000);
  return line;
}
document.addEventListener("toast", (event) => toast(event.detail.text ?? event.detail.value));
document.addEventListener("htmx:sendError", () => toast("网络没有连通，刚才的操作没有送达。请检查网络后重试。"));
document.addEventListener("htmx:responseError", (event) => {
  const words = { 401: "登录已失效，请重新登录。", 403: "没有权限做这件事。", 404: "要找的内容不存在或已被移走。", 429: "操作太频繁，请稍候再试。", 503: "系统正在维护，请稍候再试。" };
  toast(words[event.detail.xhr.status] ?? "系统没有完成这次操作，请稍候重试。");
});

// Jump box.
function setUpJump(box) {
  const input = one("input", box);
  const results = one(".jump-results", box);
  const hits = () => [...results.querySelectorAll("a")];
  const close = () => { results.hidden = true; };
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      input.focus();
      input.select();
    }
  });
  box.addEventListener("htmx:afterSwap", () => { results.hidden = input.value.trim() === ""; });
  box.addEventListener("focusout", (event) => box.contains(event.relatedTarget) || close());
  input.addEventListener("focus", () => { results.hidden = results.childElementCount === 0 || input.value.trim() === ""; });
  box.addEventListener("keydown", (event) => {
    const at = hits().indexOf(document.activeElement);
    if (event.key === "Escape") { input.focus(); close(); }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const next = at + (event.key === "ArrowDown" ? 1 : -1);
      (hits()[next] ?? input).focus();
    }
    if (event.key === "Enter" && event.target === input && !results.hidden && hits().length) {
      event.preventDefault();
      location.assign(hits()[0].href);
    }
  });
}

// Menus made of <details> close on a click elsewhere and on Escape.
document.addEventListener("click", (event) => {
  document.querySelectorAll("details.menu[open]").forEach((menu) => menu.contains(event.target) || menu.removeAttribute("open"));
});
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && one("details.menu[open]");
  if (menu) { menu.removeAttribute("open"); one("summary", menu).focus(); }
});

function setUpToggle(button) {
  const target = document.getElementById(button.dataset.toggle);
  button.addEventListener("click", () => {
    const open = target.classList.toggle("open");
    button.setAttribute("aria-expanded", String(open));
  });
}

// File field: shows the chosen name, accepts a drop.
function setUpDrop(zone) {
  const input = one("input[type=file]", zone);
  const name = one(".dropzone-name", zone);
  const idle = name.textContent;
  const show = () => { name.textContent = [...input.files].map((file) => file.name).join("、") || idle; };
  input.addEventListener("change", show);
  zone.addEventListener("dragover", (event) => { event.preventDefault(); zone.classList.add("over"); });
  zone.addEventListener("dragleave", () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

// Filters act when a choice is made; a text box waits for Enter.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-filters]");
  if (form && event.target.matches("select, input[type=checkbox], input[type=date]")) form.requestSubmit();
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy], [data-print], [data-close], [data-back]");
  if (!button) return;
  if (button.hasAttribute("data-print")) window.print();
  if (button.hasAttribute("data-back")) history.length > 1 ? history.back() : location.assign("/");
  if (button.hasAttribute("data-close")) button.closest(".toast-line, .note")?.remove();
  if (button.dataset.copy) copy(button.dataset.copy);
});

// navigator.clipboard needs https; offices often have plain http inside.
function copy(text) {
  const box = document.createElement("textarea");
  box.value = text;
  box.className = "visually-hidden";
  document.body.append(box);
  box.select();
  document.execCommand("copy");
  box.remove();
  toast("已复制。", 3);
}

function offline() {
  const bar = document.createElement("div");
  bar.id = "offline";
  bar.className = "offline-bar";
  bar.setAttribute("role", "alert");
  bar.textContent = "网络已断开。已填写的内容还在本页，恢复连接后再提交。";
  document.body.append(bar);
}
window.addEventListener("offline", offline);
window.addEventListener("online", () => one("#offline")?.remove());

function setUpCheckAll(all) {
  const boxes = all.form.querySelectorAll(`input[name="${all.dataset.checkAll}"]`);
  all.addEventListener("change", () => { boxes.forEach((box) => { box.checked = all.checked; }); });
}

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("[data-check-all]").forEach(setUpCheckAll);
  document.querySelectorAll("[data-jump]").forEach(setUpJump);
  document.querySelectorAll("[data-toggle]").forEach(setUpToggle);
});
htmx.onLoad((root) => {
  const zones = [...root.querySelectorAll(".dropzone")];
  if (root.matches?.(".dropzone")) zones.push(root);
  zones.forEach(setUpDrop);
});
