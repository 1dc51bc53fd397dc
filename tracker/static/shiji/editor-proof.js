// The proof beside the text: colours on figures, findings that jump, mend and let choose a source.
"use strict";

(() => {
  const { Decoration, DecorationSet, Plugin, PluginKey, TextSelection } = ProseMirror;
  const key = new PluginKey("proof");
  const WAIT = 500;
  const LOOKS = { verified: "ok", rounded: "ok", derived: "ok", loose: "loose", ambiguous: "loose", waived: "loose", no_ledger: "none" };
  const worth = (one) => one.blocks || one.kind === "wording" || one.verdict === "ambiguous" || one.verdict === "loose";
  const look = (one) => (one.blocks ? "proof-bad" : one.kind === "wording" ? "proof-word" : `proof-${LOOKS[one.verdict] ?? "bad"}`);

  // A finding that only repeats what the figure itself offers.
  const said = (one, all) => one.kind === "wording" && !one.blocks
    && all.some((figure) => figure.blocks && figure.source?.citable && figure.line === one.line && figure.start === one.start && figure.end === one.end);

  function decorations(doc, remarks) {
    const found = [];
    remarks.forEach((one, number) => {
      const from = ShijiEditor.position(doc, one.line, one.start);
      const to = ShijiEditor.position(doc, one.line, one.end, true);
      if (from !== null && to > from) found.push(Decoration.inline(from, to, { class: look(one), title: [one.label, one.message].filter(Boolean).join("：") }, { number }));
    });
    return DecorationSet.create(doc, found);
  }

  const plugin = new Plugin({
    key,
    state: {
      init: () => DecorationSet.empty,
      apply: (transaction, old) => transaction.getMeta(key) ?? old.map(transaction.mapping, transaction.doc),
    },
    props: { decorations: (state) => key.getState(state) },
  });

  class Proof {
    constructor(editor) {
      this.editor = editor;
      this.list = document.getElementById("findings");
      this.stops = document.getElementById("editor-stops");
      this.remarks = [];
      this.asked = 0;
      this.settling = new ShijiEditor.Settling(editor, this.list, ShijiEditor.agencies);
      this.list.addEventListener("click", (event) => this.clicked(event));
    }

    get view() { return this.editor.view; }

    later() {
      clearTimeout(this.timer);
      this.list.setAttribute("aria-busy", "true");
      this.timer = setTimeout(() => this.ask(), WAIT);
    }

    async ask() {
      const { doc } = this.view.state;
      const number = ++this.asked;
      let answer;
      try {
        answer = await this.editor.post(this.editor.root.dataset.proof, { page: JSON.stringify(ShijiEditor.toPage(doc)) });
      } catch {
        answer = null; // Keeping says that the line is down; the marks that are there stay.
      }
      if (number !== this.asked || doc !== this.view.state.doc) return;
      this.list.removeAttribute("aria-busy");
      if (!answer?.ok) return;
      this.untrue(answer.told.figures);
      this.show(answer.told.remarks);
    }

    // A chip that the server takes for words (pasted from another document) becomes words here too.
    untrue(lines) {
      const base = (name) => name.replace(/_\d+$/, "");
      const { state } = this.view;
      const tr = state.tr;
      state.doc.forEach((node, at, number) => {
        const true_ = new Set((lines[number] ?? []).map(base));
        node.forEach((inline, inside) => {
          if (!inline.attrs.figure || true_.has(base(inline.attrs.figure))) return;
          const from = tr.mapping.map(at + 1 + inside);
          tr.replaceWith(from, from + 1, state.schema.text(inline.attrs.surface));
        });
      });
      if (tr.docChanged) this.view.dispatch(tr);
    }

    show(all) {
      const remarks = all.filter((one) => !said(one, all));
      this.remarks = remarks;
      const { state } = this.view;
      this.view.dispatch(state.tr.setMeta(key, decorations(state.doc, remarks)).setMeta("addToHistory", false));
      const listed = remarks.map((one, number) => [one, number]).filter(([one]) => worth(one)).sort(([a], [b]) => b.blocks - a.blocks);
      const stops = remarks.filter((one) => one.blocks).length;
      this.stops.textContent = stops ? `${stops}处须处理` : "没有须处理的问题";
      this.stops.classList.toggle("has-stops", stops > 0);
      this.settling.keeping(() => this.list.replaceChildren(...(listed.length ? listed.map(([one, number]) => this.item(one, number)) : [text("li", remarks.length ? `${remarks.length}个数字都有着落。` : "正文里没有数字。", "quiet")])));
    }

    item(one, number) {
      const item = document.createElement("li");
      item.className = `finding${one.blocks ? " finding-stop" : ""}`;
      const jump = text("button", `${one.label}　“${one.raw ?? this.words(number)}”`, "finding-jump");
      jump.type = "button";
      jump.dataset.number = number;
      if (one.rule) jump.title = one.rule;
      item.append(jump);
      if (one.message) item.append(text("p", one.message));
      if (one.suggestion !== null && one.suggestion !== undefined) item.append(button(`改为“${one.suggestion || "（删去）"}”`, { mend: number }));
      const offers = [one.source, ...(one.rivals ?? [])].filter((source) => source?.citable);
      if (one.kind === "figure" && one.verdict === "ambiguous") offers.forEach((source) => item.append(button(`选用：${source.name}（${source.span}）`, { choose: number, key: source.key })));
      else if (one.kind === "figure" && one.blocks) offers.slice(0, 3).forEach((source) => item.append(offer(source, number)));
      if (one.digest) item.dataset.digest = one.digest;
      (one.settling ?? []).forEach((words) => item.append(text("p", words, "finding-settling")));
      if (one.askable && !one.asked) item.append(button("请单位补报", { settle: "ask", about: number }));
      if (one.waivable && !one.waiving) item.append(button("申请例外", { settle: "waive", about: number }));
      return item;
    }

    words(number) {
      const span = this.span(number);
      return span ? this.view.state.doc.textBetween(span.from, span.to, "", (leaf) => leaf.attrs.surface ?? "") : "";
    }

    // Where a remark stands now; what was typed since has moved it.
    span(number) {
      return key.getState(this.view.state).find(undefined, undefined, (spec) => spec.number === number)[0] ?? null;
    }

    clicked(event) {
      const pressed = event.target.closest("button");
      if (!pressed) return;
      const { number, mend, choose, take, key: source, settle, about } = pressed.dataset;
      if (settle) this.settling.open(pressed.closest("li"), this.remarks[about], settle);
      if (number !== undefined) this.jump(Number(number));
      if (mend !== undefined) this.replace(Number(mend), this.remarks[mend].suggestion);
      if (choose !== undefined) this.cite(Number(choose), source, this.words(Number(choose)));
      if (take !== undefined) this.takeUp(Number(take), source);
    }

    jump(number) {
      const span = this.span(number);
      if (!span) return;
      const { state } = this.view;
      this.view.dispatch(state.tr.setSelection(TextSelection.create(state.doc, span.from, span.to)).scrollIntoView());
      this.view.focus();
    }

    next(step = 1) {
      const spans = key.getState(this.view.state).find().filter(({ spec }) => worth(this.remarks[spec.number] ?? {})).sort((a, b) => a.from - b.from);
      if (!spans.length) return;
      const { from } = this.view.state.selection;
      const ahead = step > 0 ? spans.find((span) => span.from > from) : [...spans].reverse().find((span) => span.from < from);
      this.jump((ahead ?? spans.at(step > 0 ? 0 : -1)).spec.number);
    }

    replace(number, words) {
      const span = this.span(number);
      if (!span) return;
      const { tr } = this.view.state;
      this.view.dispatch(words ? tr.insertText(words, span.from, span.to) : tr.delete(span.from, span.to));
      this.view.focus();
    }

    cite(number, source, surface) {
      const span = this.span(number);
      if (!span) return;
      const chosen = ShijiEditor.sentence(this.view.state.doc, span.from, span.to, surface);
      const chip = ShijiEditor.schema.nodes.figure.create({ figure: source, surface, chosen });
      this.view.dispatch(this.view.state.tr.replaceWith(span.from, span.to, chip));
      this.view.focus();
    }

    // The form of a figure is the server's to say.
    async takeUp(number, source) {
      const answer = await this.editor.part(this.editor.figureAddress(source)).catch(() => null);
      if (!answer?.ok) return;
      const part = new DOMParser().parseFromString(await answer.text(), "text/html");
      const form = part.querySelector("[data-form]");
      if (form) this.cite(number, source, form.dataset.form);
    }
  }

  function text(tag, words, kind = "") {
    const element = document.createElement(tag);
    if (kind) element.className = kind;
    element.textContent = words;
    return element;
  }

  // The same number needs only its origin, and keeps the form in which it was written.
  function offer(source, number) {
    const fact = `${source.name} ${source.value}${source.unit}`;
    if (source.agrees) return button(`就是这个数：${fact}`, { choose: number, key: source.key });
    return button(`改用台账：${fact}`, { take: number, key: source.key });
  }

  function button(words, dataset) {
    const made = text("button", words, "btn btn-sm");
    made.type = "button";
    Object.assign(made.dataset, dataset);
    return made;
  }

  Object.assign(ShijiEditor, { Proof, proofPlugin: plugin });
})();
