// What follows from a number is shown while it is typed. The server reads and reckons for itself.
(() => {
  "use strict";
  const entry = window.shijiEntry;
  if (!entry) return;
  const { form, place } = entry;
  const PLACES = 8n, ONE = 10n ** PLACES;
  const SCALES = { "": 0, 万: 4, 亿: 8 };
  const NUMBER = /^(约|近|超过?|不少于|不低于|不超过|最高|至少|最低|低于|不足)?([+-]?)(\d+)(?:\.(\d{1,8}))?(余|多)?([万亿])?(余|多)?([^\d.+-]*)$/;

  const narrow = (text) => text.normalize("NFKC").replace(/[\s,，]/g, "");
  // A field's text -> {value: in base units and 10^-8, exact}, null where it says no number.
  const read = (text, scale, unit) => {
    const plain = narrow(text);
    if (/^(零报告|零|无)$/.test(plain)) return { value: 0n, exact: true };
    const match = NUMBER.exec(plain);
    if (!match) return null;
    const behind = match[8].replace(unit, "");
    if (/^[\dA-Za-z]/.test(behind)) return null;
    const own = match[6] !== undefined ? match[6] : match[8].startsWith(unit) && unit ? "" : scale;
    let value = BigInt(match[3]) * ONE + BigInt((match[4] ?? "").padEnd(Number(PLACES), "0"));
    value *= 10n ** BigInt(SCALES[own] ?? 0);
    const word = match[1] || match[5] || match[7] || behind;
    return { value: match[2] === "-" ? -value : value, exact: !word, word };
  };
  const grouped = (text) => text.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  const shown = (value, scale = "", commas = false) => {
    const unit = ONE * 10n ** BigInt(SCALES[scale] ?? 0);
    const size = value < 0n ? -value : value;
    const whole = (size / unit).toString();
    const rest = (size % unit).toString().padStart(unit.toString().length - 1, "0").replace(/0+$/, "");
    return (value < 0n ? "-" : "") + (commas ? grouped(whole) : whole) + (rest ? `.${rest}` : "");
  };
  const told = (value, row, word = "") => {
    const { scale, unit } = row.dataset;
    const size = value < 0n ? -value : value;
    const own = size >= ONE * 10n ** BigInt(SCALES[scale] ?? 0) ? scale : "";
    const number = shown(value, own), step = ONE * 10n ** BigInt(SCALES[own] ?? 0);
    if (["余", "多"].includes(word)) {
      if (size < 10n * ONE) return `超${number}${own}${unit}`;
      // 20余万 leaves up to 1万 open, 21万余 less.
      return size % (10n * step) ? `${number}${own}${word}${unit}` : `${number}${word}${own}${unit}`;
    }
    const behind = ["以上", "以内", "以下", "左右", "上下"].includes(word);
    return behind ? `${number}${own}${unit}${word}` : `${word}${number}${own}${unit}`;
  };
  // What the rules of sums make of numbers that lie above what they say, as the server does
  // (tracker/ledger/intervals.py); null where the words allow no sum, or one that only the server tells.
  const OPEN = ["余", "多", "超", "超过"], LEAST = ["以上", "不少于", "不低于", "至少", "最低"];
  const lastPlace = (value) => {
    let place = 1n;
    for (let rest = value; rest && rest % 10n === 0n; rest /= 10n) place *= 10n;
    return value ? place : ONE;
  };
  const room = (one) => one.exact ? 0n : ["余", "多"].includes(one.word) ? lastPlace(one.value) : null;
  const added = (one, other) => {
    const value = one.value + other.value, hazy = [one, other].filter((each) => !each.exact);
    if (!hazy.length) return { value, exact: true, word: "" };
    if (!hazy.every(({ word }) => [...OPEN, ...LEAST].includes(word))) return null;
    if (!hazy.some(({ word }) => OPEN.includes(word))) return { value, exact: false, word: "以上" };
    const rooms = [one, other].map(room);
    const near = !rooms.includes(null) && rooms[0] + rooms[1] <= lastPlace(value);
    return { value, exact: false, word: near ? "余" : "超" };
  };
  const number = (text, row) => (text ? read(text, row.dataset.scale, row.dataset.unit) : null);
  // Cut, never rounded up: 99.996 % is not all.
  const percent = (part, whole) => {
    const share = part * 10000n / whole;
    const text = (share < 0n ? -share : share).toString().padStart(3, "0");
    const cents = text.slice(-2).replace(/0+$/, "");
    return `${share < 0n ? "-" : ""}${text.slice(0, -2)}${cents ? `.${cents}` : ""}%`;
  };
  const text = (row) => {
    const field = row.querySelector(`#${row.dataset.row}-text`);
    return field?.value ?? field?.textContent ?? "";
  };
  const said = (row) => number(text(row), row);

  const total = (row) => {
    const now = said(row);
    const beside = row.querySelector("input[name$='-cumulative']");
    if (beside) return number(beside.value, row);
    if (!now || row.dataset.lone !== undefined) return null;
    if (row.dataset.before === undefined) return now;
    const opening = row.querySelector("input[name$='-opening']")?.value;
    const before = number(opening || row.dataset.before, row);
    return before && (before.exact && !before.value ? now : added(before, now));
  };
  const opens = (row) => row.querySelector("input[name$='-opening']");
  const reckon = (row) => {
    const beside = row.querySelector("input[name$='-cumulative']");
    const sum = total(row), now = said(row);
    const out = row.querySelector("[data-total]");
    if (out) out.textContent = sum ? told(sum.value, row, sum.word) : beside || opens(row) ? "" : "—";
    const done = row.querySelector("[data-done]");
    const goal = number(row.dataset.goal ?? "", row);
    if (done) done.textContent = sum && sum.exact && goal?.value ? percent(sum.value, goal.value) : "";
    const period = row.querySelector("[data-period]");
    const since = number(row.dataset.since ?? "", row);
    if (period && since) period.textContent = now?.exact ? `本期${told(now.value - since.value, row)}` : "";
  };
  const reckonColumn = (row) => {
    const table = row.closest("table");
    const out = table?.querySelector(`[data-sum="${row.dataset.column}"]`);
    if (!out || out.hasAttribute("data-apart")) return;
    const found = [...table.querySelectorAll(`[data-column="${row.dataset.column}"]`)].map(said).filter(Boolean);
    const exact = found.every((one) => one.exact);
    out.textContent = found.length && exact ? told(found.reduce((sum, one) => sum + one.value, 0n), row) : "—";
  };
  const share = (one, other, { decimals, factor, unit }) => {
    const digits = BigInt(decimals), step = 10n ** digits;
    const twice = one * BigInt(factor) * step * 2n / other;
    const found = (twice + (twice < 0n ? -1n : 1n)) / 2n;
    const size = (found < 0n ? -found : found).toString().padStart(Number(digits) + 1, "0");
    const cut = size.length - Number(digits);
    return `${found < 0n ? "-" : ""}${size.slice(0, cut)}${digits ? `.${size.slice(cut)}` : ""}${unit}`;
  };
  const operands = (out) => [out.dataset.above, out.dataset.below].map((key) => {
    const row = form.querySelector(`[data-row="${key}"]`), found = row && said(row);
    return found?.exact ? found.value : null;
  });
  const reckonRatios = () => {
    form.querySelectorAll("[data-ratio]").forEach((out) => {
      const [one, other] = operands(out);
      out.textContent = one !== null && other ? share(one, other, out.dataset) : "—";
    });
    // Of all regions: what they add up to, divided; ratios themselves are never added.
    form.querySelectorAll("[data-ratio-of-all]").forEach((out) => {
      const each = [...out.closest("table").querySelectorAll(`[data-ratio="${out.dataset.ratioOfAll}"]`)];
      const pairs = each.map(operands);
      if (!pairs.length || pairs.some(([one, other]) => one === null || other === null)) { out.textContent = "—"; return; }
      const [one, other] = [0, 1].map((place) => pairs.reduce((sum, pair) => sum + pair[place], 0n));
      out.textContent = other ? share(one, other, each[0].dataset) : "—";
    });
  };

  // One line at the foot says what stands beside the field, and what its number is in full.
  const strip = form.querySelector("[data-beside]");
  const beside = (row) => {
    if (!strip || !row) return;
    const { scale, unit } = row.dataset, now = said(row);
    const from = (name) => row.dataset[name] || row.querySelector(`[data-${name}]`)?.textContent || "";
    const words = [];
    if (now && (scale || now.value >= 10000n * ONE)) words.push(`${told(now.value, row)} = ${shown(now.value, "", true)}${unit}`);
    else if (scale) words.push(`填 1 表示 1${scale}${unit}`);
    const named = [[form.dataset.lastWord || "上期", "last"], ["上年同期", "ago"], ["目标", "target"]];
    for (const [name, key] of named) { const said = from(key); if (said && said !== "—") words.push(`${name}${said}`); }
    const sum = total(row), goal = number(row.dataset.goal ?? "", row);
    if (sum) words.push(`本年累计${told(sum.value, row, sum.word)}`);
    if (sum?.exact && goal?.value) words.push(`完成${percent(sum.value, goal.value)}${form.dataset.pace ? `（序时${form.dataset.pace}）` : ""}`);
    strip.textContent = words.join("　");
    strip.hidden = !words.length;
  };
  form.addEventListener("focusin", (event) => { const row = place(event.target); if (row) beside(row); });
  form.addEventListener("input", (event) => {
    const row = place(event.target);
    if (!row) return;
    reckon(row); reckonColumn(row); reckonRatios(); beside(row);
  });
  entry.reckon = (row) => { reckon(row); reckonColumn(row); reckonRatios(); };
})();
