// Saved field by field. What has not arrived is kept in this browser and sent later; a colleague's
// number is shown beside one's own and never overwritten.
(() => {
  "use strict";
  const entry = window.shijiEntry;
  if (!entry) return;
  const { form } = entry;
  const { autosave, store } = form.dataset;
  const state = form.querySelector("[data-entry-state]");
  const FIELD = /^(f\d+-\d+(?:-own)?(?:-m[0-9a-f]{8})?)-(text|cumulative|opening|explanation)$/;
  const PAUSE = 600, AGAIN = 15000;
  let waiting = {}, flying = null, timer = null, halted = "", landed = null;

  const say = (words) => { if (state) state.textContent = words; };
  const keep = () => {
    try {
      if (Object.keys(waiting).length) localStorage.setItem(store, JSON.stringify(waiting));
      else localStorage.removeItem(store);
    } catch { /* Private mode: the page itself still holds what was typed. */ }
  };
  const seenOf = (key) => form.elements[`${key}-seen`];
  const later = (wait) => { clearTimeout(timer); timer = setTimeout(send, wait); };

  // waiting: key -> {seen, parts: {text: …}, sent: {text: …} (sent, and no answer came)}
  const note = (field) => {
    const match = FIELD.exec(field.name);
    if (!match || !seenOf(match[1])) return;
    const one = waiting[match[1]] ??= { seen: seenOf(match[1]).value, parts: {} };
    one.parts[match[2]] = field.value;
    keep();
  };
  form.addEventListener("input", (event) => { note(event.target); say("正在填写…"); later(PAUSE); });
  form.addEventListener("change", (event) => { note(event.target); later(0); });

  const body = (sending) => {
    const data = new URLSearchParams();
    data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    for (const [key, one] of Object.entries(sending)) {
      data.set(`${key}-seen`, one.seen);
      for (const [part, text] of Object.entries(one.parts)) data.set(`${key}-${part}`, text);
      if (one.sent !== undefined) data.set(`${key}-sent`, one.sent);
    }
    return data;
  };
  async function send() {
    if (flying || halted || !autosave || !Object.keys(waiting).length) return;
    const sending = structuredClone(waiting);
    let failed = false;
    flying = sending;
    for (const [key, one] of Object.entries(sending)) if (one.parts.text !== undefined) waiting[key].sent = one.parts.text;
    keep();
    try {
      const answer = await fetch(autosave, { method: "POST", body: body(sending), redirect: "manual", headers: { "X-Requested-With": "fetch" } });
      if (answer.ok) arrived(sending, await answer.json());
      else { failed = true; refused(answer); }
    } catch {
      failed = true;
      say("网络没有连通，所填内容已存在本机，恢复后自动保存");
      later(AGAIN);
    }
    flying = null;
    if (landed) { const onward = landed; landed = null; onward(); return; }
    if (!failed && !halted && Object.keys(waiting).length && Object.values(waiting).some((one) => !one.stuck)) later(PAUSE);
  }
  const refused = (answer) => {
    if (answer.status >= 500 || answer.status === 429) { say("系统暂时没有保存，所填内容已存在本机，稍后重试"); later(AGAIN); return; }
    halted = answer.type === "opaqueredirect" || answer.status === 403
      ? "登录已失效，所填内容已存在本机，重新登录后会自动恢复"
      : "这份报送现在不能修改，所填内容已存在本机，请刷新页面";
    say(halted);
  };
  const arrived = (sending, told) => {
    for (const key of Object.keys(sending)) {
      const one = waiting[key];
      if (!one) continue;
      const changed = one.seen !== sending[key].seen || Object.entries(one.parts).some(([part, text]) => sending[key].parts[part] !== text);
      if (key in told.saved) {
        seenOf(key).value = told.saved[key];
        if (changed) { one.seen = String(told.saved[key]); delete one.sent; } else delete waiting[key];
      } else if (!changed) one.stuck = true;
    }
    keep();
    show(told);
    const left = Object.values(waiting).filter((one) => one.stuck).length;
    say(`已自动保存 ${told.at}，已填 ${told.filled}/${told.owed}${left ? `，${left}处没有保存` : ""}`);
    document.dispatchEvent(new CustomEvent("entry:saved", { detail: told }));
  };

  const paragraph = (words, kind) => {
    const line = document.createElement("p");
    line.className = kind;
    line.textContent = words;
    return line;
  };
  const button = (words, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "btn btn-sm";
    made.textContent = words;
    made.addEventListener("click", act);
    return made;
  };
  const fill = (key, text, seen) => {
    const field = form.elements[`${key}-text`];
    field.value = text;
    seenOf(key).value = seen;
  };
  const clash = (key, theirs) => {
    const mine = waiting[key].parts.text ?? form.elements[`${key}-text`].value;
    const line = paragraph(`${theirs.by || "同事"}${theirs.at}填的是“${theirs.text || "空白"}”，您填的是“${mine}”。`, "field-error");
    line.append(
      button("用我的", () => {
        Object.assign(waiting[key], { seen: String(theirs.seen) });
        delete waiting[key].stuck; delete waiting[key].sent;
        keep(); later(0);
      }),
      button("用同事的", () => {
        delete waiting[key]; keep();
        fill(key, theirs.text, theirs.seen);
        box(key).replaceChildren(); settle(key);
        entry.reckon?.(document.querySelector(`[data-row="${key}"]`));
      }),
    );
    return line;
  };
  const box = (key) => form.querySelector(`[data-says="${key}"]`);
  const settle = (key) => {
    const says = box(key), more = says.closest(".entry-more, [data-more]");
    if (more) more.hidden = !says.childElementCount;
    const row = form.querySelector(`[data-row="${key}"]`);
    row?.classList.toggle("row-bad", Boolean(says.querySelector(".field-error")));
    form.elements[`${key}-text`]?.toggleAttribute("aria-invalid", Boolean(says.querySelector(".field-error")));
  };
  const explain = (key, kept) => {
    const label = document.createElement("label");
    label.className = "explain";
    label.textContent = "情况属实说明";
    const input = document.createElement("input");
    Object.assign(input, { className: "form-control", name: `${key}-explanation`, maxLength: 300, value: kept });
    label.append(input);
    return label;
  };
  const say_at = (key, told) => {
    const says = box(key);
    if (!says) return;
    const typing = says.contains(document.activeElement) && document.activeElement.matches("input");
    const found = told.says[key] ?? { errors: [], warnings: [], explainable: false };
    const explanation = says.querySelector("[name$='-explanation']");
    const parts = [];
    if (told.wrong[key]) parts.push(paragraph(told.wrong[key], "field-error"));
    if (told.theirs[key] && waiting[key]) parts.push(clash(key, told.theirs[key]));
    parts.push(...found.errors.map((words) => paragraph(words, "field-error")));
    if (found.warnings.length) {
      const folded = document.createElement("details");
      folded.className = "field-warning";
      folded.open = !told.errors;
      const head = document.createElement("summary");
      head.textContent = `提示${found.warnings.length}条`;
      folded.append(head, ...found.warnings.map((words) => paragraph(words, "")));
      parts.push(folded);
    }
    if (typing) return;
    if (explanation?.value || found.explainable) parts.push(explanation?.closest("label") ?? explain(key, ""));
    says.replaceChildren(...parts);
    settle(key);
  };
  const show = (told) => {
    form.querySelectorAll("[data-says]").forEach((says) => {
      const key = says.dataset.says;
      const stuck = waiting[key]?.stuck && !(key in told.wrong) && !(key in told.theirs);
      if (!stuck && (says.childElementCount || key in told.says || key in told.wrong || key in told.theirs)) say_at(key, told);
    });
    for (const [key, text] of Object.entries(told.sums)) {
      const out = form.querySelector(`[data-shown="${key}"]`);
      if (out) { out.textContent = text || "—"; entry.reckon?.(out.closest("[data-row]")); }
    }
    for (const [kind, words, count] of [["error", "处须处理", told.errors + Object.keys(told.wrong).length], ["warning", "处提示", told.warnings]]) {
      const jump = form.querySelector(`[data-leap="${kind}"]`);
      if (jump) { jump.textContent = `${count}${words}`; jump.hidden = !count; }
    }
    document.querySelectorAll("[data-toc]").forEach((link) => {
      const section = document.querySelector(`[data-section="${link.dataset.toc}"]`);
      if (!section) return;
      const [filled, owed] = told.programmes[link.dataset.toc] ?? [0, 0];
      link.querySelector("[data-count]").textContent = `${filled}/${owed}`;
      link.querySelector("[data-tick]").hidden = filled !== owed;
      const bad = section.querySelectorAll(".entry-says .field-error").length;
      const mark = link.querySelector("[data-errors]");
      mark.hidden = !bad;
      mark.textContent = `${bad}处错误`;
    });
  };

  // What an earlier visit could not send stands in its fields again, with the version it was typed on.
  const restore = () => {
    let kept = {};
    try { kept = JSON.parse(localStorage.getItem(store) || "{}"); } catch { return; }
    let back = 0;
    for (const [key, one] of Object.entries(kept)) {
      if (!seenOf(key)) continue;
      waiting[key] = { seen: one.seen, parts: one.parts, ...(one.sent === undefined ? {} : { sent: one.sent }) };
      for (const [part, text] of Object.entries(one.parts)) {
        const field = form.elements[`${key}-${part}`];
        if (field && field.value !== text) { field.value = text; back += 1; }
      }
      const row = form.querySelector(`[data-row="${key}"]`);
      if (row) entry.reckon?.(row);
    }
    if (back) say(`已恢复${back}处没有送达的内容，正在保存`);
    if (Object.keys(waiting).length) later(0);
  };
  // A whole save carries everything that is on the page, and waits for what is under way: else it
  // would come with a version that its own forerunner has made old.
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (flying) {
      event.preventDefault();
      const { submitter } = event;
      landed = () => { form.removeAttribute("aria-busy"); form.requestSubmit(submitter); };
      return;
    }
    waiting = {};
    keep();
  });
  window.addEventListener("online", () => later(0));
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") send(); else later(0); });
  Object.assign(entry, { note, send, later });
  restore();
})();
