// A figure is one piece: a click shows where it comes from and how else it may be written.
"use strict";

(() => {
  const { NodeSelection, TextSelection } = ProseMirror;

  class FigureMenu {
    constructor(editor) {
      this.editor = editor;
      this.box = document.getElementById("origin");
      this.box.addEventListener("click", (event) => {
        const chosen = event.target.closest("[data-form]");
        if (chosen) this.write(chosen.dataset.form);
      });
    }

    async open(position) {
      const { view } = this.editor;
      const node = view.state.doc.nodeAt(position);
      if (!node?.attrs.figure) return;
      this.at = { position, figure: node.attrs.figure };
      const answer = await this.editor.part(this.editor.figureAddress(node.attrs.figure)).catch(() => null);
      if (this.at?.position !== position) return;
      if (!answer?.ok) {
        this.box.textContent = answer ? "这个数字没有可查的来源。" : "网络没有连通，来源稍后再看。";
        return;
      }
      this.box.innerHTML = await answer.text();
      this.mark(node.attrs.surface);
      this.box.closest("section").scrollIntoView({ block: "nearest" });
    }

    mark(surface) {
      this.box.querySelectorAll("[data-form]").forEach((one) => one.setAttribute("aria-pressed", String(one.dataset.form === surface)));
    }

    moved(transaction) {
      if (this.at) this.at.position = transaction.mapping.map(this.at.position);
    }

    write(surface) {
      const { view } = this.editor;
      const node = this.at && view.state.doc.nodeAt(this.at.position);
      if (node?.attrs.figure !== this.at?.figure) return;
      const { position } = this.at;
      const tr = view.state.tr.setNodeMarkup(position, null, { ...node.attrs, surface }, node.marks);
      view.dispatch(tr.setSelection(NodeSelection.create(tr.doc, position)));
      this.mark(surface);
      view.focus();
    }

    // The figure as words, selected: from here on it is what the proof finds in it.
    loosen(view, position) {
      const node = view.state.doc.nodeAt(position);
      if (!node?.attrs.figure) return false;
      const words = view.state.schema.text(node.attrs.surface, node.marks);
      const tr = view.state.tr.replaceWith(position, position + 1, words);
      view.dispatch(tr.setSelection(TextSelection.create(tr.doc, position, position + words.nodeSize)));
      return true;
    }
  }

  ShijiEditor.FigureMenu = FigureMenu;
})();
