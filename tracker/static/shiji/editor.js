// The editor's page: paper, keys, paste, saving. Without it the textarea goes the same way.
"use strict";

(() => {
  const root = document.querySelector("[data-editor]");
  const told = document.getElementById("editor-data");
  if (!root || !told || !window.ProseMirror) return;
  const { DOMParser: PageParser, EditorState, EditorView, NodeSelection, Plugin, TextSelection, baseKeymap, history, keymap, redo, undo } = ProseMirror;
  const { FigureMenu, Keeping, Proof, proofPlugin, schema, toDoc, toPage, position, place } = ShijiEditor;
  const begin = JSON.parse(told.textContent);
  const paper = document.getElementById("paper");
  const tools = root.querySelector(".editor-tools");
  const style = document.getElementById("editor-style");
  ShijiEditor.blocks = begin.blocks;
  ShijiEditor.agencies = begin.agencies;

  const editor = {
    root,
    release: begin.release,
    number: begin.number,
    page: () => toPage(editor.view.state.doc),
    figureAddress: (key) => `${root.dataset.figures}${editor.number}/${encodeURIComponent(key)}/`,

    // One question at a time, in the order in which they came: what was typed first arrives first.
    inTurn(ask) {
      const turn = (editor.asking ?? Promise.resolve()).then(ask, ask);
      const done = turn.catch(() => null).then(() => editor.asking === done && root.removeAttribute("data-asking"));
      editor.asking = done;
      root.setAttribute("data-asking", "");
      return turn;
    },

    // A part of a page by fetch. Throws when the line is down.
    part: (address) => editor.inTurn(() => fetch(address, { headers: { "X-Requested-With": "XMLHttpRequest" } })),

    // A form of ours by fetch; `told` is the JSON of the answer. Throws when the line is down.
    post: (address, fields) => editor.inTurn(async () => {
      const body = new URLSearchParams({ number: editor.number, ...fields });
      const token = root.querySelector("[name=csrfmiddlewaretoken]").value;
      const answer = await fetch(address, { method: "POST", body, headers: { "X-CSRFToken": token, "X-Requested-With": "XMLHttpRequest" } });
      const json = (answer.headers.get("Content-Type") ?? "").includes("json");
      return { ok: answer.ok && json, status: answer.status, told: json ? await answer.json() : null };
    }),

    // Another text in place of this one, the cursor where it was.
    load(page) {
      const { state } = editor.view;
      const at = place(state.doc, state.selection.head);
      const tr = state.tr.replaceWith(0, state.doc.content.size, toDoc(page).content).setMeta("addToHistory", false).setMeta("loaded", true);
      const back = position(tr.doc, Math.min(at.line, tr.doc.childCount - 1), at.offset, true);
      editor.view.dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(Math.min(back, tr.doc.content.size)))));
    },

    // The next version; whether the text that was there then is saved. `quiet`: who asks goes on from here.
    async save({ quiet = false } = {}) {
      if (editor.saving) return false;
      editor.saving = true;
      keeping.say("正在保存……");
      const { doc } = editor.view.state;
      try {
        const answer = await editor.post(root.dataset.save, { page: JSON.stringify(toPage(doc)) });
        if (answer.ok) {
          saved(answer.told, doc, quiet);
          return true;
        }
        if (answer.told?.merge) location.assign(answer.told.merge);
        else keeping.failed(answer.told?.said ?? "没有保存：登录已失效，或文稿已不能修改。修改已存在本机。");
      } catch {
        keeping.failed("网络不通，没有保存。修改已存在本机，恢复后请再保存。");
      } finally {
        editor.saving = false;
      }
      return false;
    },
    say: (words) => keeping.say(words),
    prove: () => proof.ask(),
  };

  function saved(answer, doc, quiet) {
    editor.number = answer.number;
    document.querySelector("[data-version]").textContent = `第${answer.number}版`;
    document.querySelector("[data-working]")?.remove();
    root.querySelectorAll("[name=number]").forEach((field) => { field.value = answer.number; });
    keeping.saved(answer.said);
    if (doc !== editor.view.state.doc) keeping.changed();
    else if (!toDoc(answer.page).eq(doc)) editor.load(answer.page); // Else what can be undone stays so.
    if (!quiet) proof.ask();
  }

  // Tables, images and page breaks stay: a deletion that would take one away does nothing.
  const guard = new Plugin({
    filterTransaction(transaction, state) {
      if (!transaction.docChanged || transaction.getMeta("loaded")) return true;
      const held = (doc) => { let count = 0; doc.forEach((node) => { count += node.type.name === "block"; }); return count; };
      const whole = held(transaction.doc) === held(state.doc);
      if (!whole) keeping.say("表格、图片和分页在这里不能删除或复制");
      return whole;
    },
  });

  const lineEnd = (state, dispatch) => {
    dispatch?.(state.tr.replaceSelectionWith(schema.nodes.line_end.create()).scrollIntoView());
    return true;
  };
  const loosen = (state, dispatch, view) => state.selection instanceof NodeSelection && Boolean(dispatch) && menu.loosen(view, state.selection.from);
  const openChip = (state, dispatch) => {
    if (!(state.selection instanceof NodeSelection) || !state.selection.node.attrs.figure) return false;
    if (dispatch) menu.open(state.selection.from);
    return true;
  };
  const keys = {
    "Mod-z": undo, "Mod-y": redo, "Mod-Shift-z": redo, "Shift-Enter": lineEnd, F2: loosen, Enter: openChip,
    "Mod-Alt-m": () => { remark(); return true; },
  };

  // From Word and elsewhere only the structure is taken: headings, paragraphs, words.
  const BLOCKS = new Set(["P", "DIV", "LI", "TR", "H1", "H2", "H3", "H4", "H5", "H6", "BLOCKQUOTE", "PRE", "SECTION", "ARTICLE", "UL", "OL", "TABLE", "TBODY"]);
  const SKIPPED = new Set(["STYLE", "SCRIPT", "META", "LINK", "TITLE", "HEAD", "XML", "O:P", "DEL"]);
  const LOOKS = /<style[\s\S]*?<\/style>|<!--[\s\S]*?-->|\s(?:style|on\w+)\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+)/gi;
  function clean(pasted) {
    if (pasted.includes("data-pm-slice")) return pasted;
    const html = pasted.replace(LOOKS, "");
    const lines = [];
    let words = "", tag = "p";
    const close = () => {
      const text = words.replace(/[ \t\r\n\u00a0]+/g, " ").trim();
      if (text) lines.push([tag, text]);
      words = "";
    };
    (function walk(node, kind) {
      for (const child of node.childNodes) {
        if (child.nodeType === 3) words += child.data;
        if (child.nodeType !== 1 || SKIPPED.has(child.nodeName.toUpperCase())) continue;
        const name = child.nodeName.toUpperCase();
        if (BLOCKS.has(name)) close();
        const heading = /^H[1-4]$/.exec(name) ? `h${Number(name[1]) + 1}` : /^MsoHeading|^MsoTitle/.test(child.className) ? "h2" : null;
        const inner = heading ?? (BLOCKS.has(name) ? "p" : kind);
        tag = inner;
        walk(child, inner);
        if (name === "TD" || name === "TH") words += " ";
        if (name === "BR") words += " ";
        if (BLOCKS.has(name)) close();
        tag = kind;
      }
    })(new DOMParser().parseFromString(html, "text/html").body, "p");
    close();
    const holder = document.createElement("div");
    if (lines.length === 1 && lines[0][0] === "p") return escaped(lines[0][1]);
    holder.append(...lines.map(([kind, text]) => Object.assign(document.createElement(kind), { textContent: text })));
    return holder.innerHTML;
  }
  function escaped(words) {
    return Object.assign(document.createElement("div"), { textContent: words }).innerHTML;
  }

  const proof = new Proof(editor);
  const keeping = new Keeping(editor, begin.serial);
  const menu = new FigureMenu(editor);

  editor.view = new EditorView(paper, {
    state: EditorState.create({ doc: toDoc(begin.page), plugins: [keymap(keys), keymap(baseKeymap), history(), proofPlugin, guard] }),
    attributes: { role: "textbox", "aria-multiline": "true", "aria-label": "正文", spellcheck: "false", class: "document" },
    clipboardParser: PageParser.fromSchema(schema),
    transformPastedHTML: clean,
    handleClickOn: (view, at, node, nodeAt) => { if (node.attrs.figure) menu.open(nodeAt); return false; },
    handleDoubleClickOn: (view, at, node, nodeAt) => Boolean(node.attrs.figure) && menu.loosen(view, nodeAt),
    dispatchTransaction(transaction) {
      const { state, transactions } = editor.view.state.applyTransaction(transaction);
      editor.view.updateState(state);
      transactions.forEach((one) => menu.moved(one));
      if (transactions.some((one) => one.docChanged && !one.getMeta("loaded"))) {
        keeping.changed();
        proof.later();
      }
      showStyle(state);
    },
  });

  function showStyle(state) {
    const { parent } = state.selection.$from;
    style.disabled = !["paragraph", "heading"].includes(parent.type.name);
    style.value = parent.type.name === "heading" ? `heading${parent.attrs.level}` : parent.attrs.style ?? "body";
  }

  style.addEventListener("change", () => {
    const { state } = editor.view;
    const level = /^heading(\d)$/.exec(style.value)?.[1];
    const tr = state.tr;
    state.doc.nodesBetween(state.selection.from, state.selection.to, (node, at) => {
      if (!["paragraph", "heading"].includes(node.type.name)) return node.type.name === "doc";
      const { opens, key = "" } = node.attrs;
      if (level) tr.setNodeMarkup(at, schema.nodes.heading, { level: Number(level), opens });
      else tr.setNodeMarkup(at, schema.nodes.paragraph, { style: style.value, key, opens });
      return false;
    });
    editor.view.dispatch(tr);
    editor.view.focus();
  });

  // A remark on the selected words of one paragraph.
  function remark() {
    const form = document.querySelector(".talk-new");
    const { state } = editor.view;
    const { $from, from, to } = state.selection;
    const end = Math.min(to, $from.end(Math.min(1, $from.depth)));
    const say = (node) => node.attrs.surface ?? (node.type.name === "line_end" ? "\n" : "");
    if (form && end > from) {
      form.elements.quote.value = state.doc.textBetween(from, end, "", say).slice(0, 200);
      form.elements.before.value = state.doc.textBetween($from.start(1), from, "", say).slice(-40);
    }
    form?.elements.text.focus();
  }

  const acts = {
    save: () => editor.save(),
    undo: () => undo(editor.view.state, editor.view.dispatch),
    redo: () => redo(editor.view.state, editor.view.dispatch),
    next: () => proof.next(),
    remark,
  };
  root.addEventListener("click", (event) => {
    const act = event.target.closest("[data-act]")?.dataset.act;
    if (act) acts[act]();
  });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") { event.preventDefault(); editor.save(); }
    if (event.key === "F8") { event.preventDefault(); proof.next(event.shiftKey ? -1 : 1); }
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    const aside = event.ctrlKey || event.metaKey || event.shiftKey || event.button || event.defaultPrevented;
    if (!link || aside || !keeping.dirty || link.target || link.hasAttribute("download") || link.origin !== location.origin) return;
    if (link.getAttribute("href").startsWith("#")) return;
    event.preventDefault();
    keeping.leave(link.href);
  });

  // Remarks jump to the words that they are about.
  document.getElementById("talk").addEventListener("click", (event) => {
    const item = event.target.closest("[data-goto]")?.closest("[data-line]");
    if (!item || Number(item.dataset.line) < 0) return;
    const { state } = editor.view;
    const [line, start, length] = [item.dataset.line, item.dataset.start, item.dataset.length].map(Number);
    const from = position(state.doc, line, start), to = position(state.doc, line, start + length, true);
    if (from === null) return;
    editor.view.dispatch(state.tr.setSelection(TextSelection.create(state.doc, from, Math.max(from, to))).scrollIntoView());
    editor.view.focus();
  });

  paper.hidden = false;
  tools.hidden = false;
  root.querySelector(".editor-bar").hidden = false;
  root.querySelector("[data-fallback]").hidden = true;
  showStyle(editor.view.state);
  keeping.restore(begin.serial);
  proof.ask();
})();
