// A finding that no mending settles: the agency is asked to file the figure, or a second person to let it pass.
"use strict";

(() => {
  class Settling {
    constructor(editor, list, agencies) {
      Object.assign(this, { editor, list, agencies });
      list.addEventListener("submit", (event) => {
        event.preventDefault();
        this.send(event.target);
      });
    }

    // The form under its finding: opened by one click, sent by the next.
    open(item, one, kind) {
      this.list.querySelector("form.settle")?.remove();
      const form = kind === "ask" ? this.asking(one) : waiving();
      form.className = "settle";
      Object.assign(form.dataset, { kind, digest: one.digest });
      item.append(form);
      form.querySelector(kind === "ask" && !one.agency ? "select" : "textarea, button").focus();
    }

    asking(one) {
      const form = document.createElement("form");
      const choices = [["", "请选择"], ...this.agencies.map(({ pk, short_name }) => [pk, short_name])];
      const select = labelled(form, "单位", "select", { name: "agency", required: true, className: "form-select" });
      select.append(...choices.map(([value, name]) => new Option(name, value, false, String(value) === String(one.agency || ""))));
      labelled(form, "请补报的内容（对方只看到这里写的）", "textarea", { name: "wanted", required: true, maxLength: 300, rows: 2, value: one.wanted, className: "form-control" });
      const hidden = Object.assign(document.createElement("input"), { type: "hidden", name: "indicator", value: one.indicator || "" });
      form.append(hidden, pressed("发送"));
      return form;
    }

    // The text is saved first: what people are asked about is a version, not what is being typed.
    async send(form) {
      const { kind, digest } = form.dataset;
      const fields = { ...Object.fromEntries(new FormData(form)), digest };
      const button = form.querySelector("button");
      button.disabled = true;
      const done = (await this.editor.save({ quiet: true })) && (await this.ask(kind, fields));
      button.disabled = false;
      if (!done) return;
      form.remove();
      await this.editor.prove();
    }

    async ask(kind, fields) {
      const address = kind === "ask" ? this.editor.root.dataset.requests : this.editor.root.dataset.waivers;
      const answer = await this.editor.post(address, fields).catch(() => null);
      this.editor.say(answer?.told?.said ?? "没有送出：网络不通，或文稿已不能修改。填写的内容还在，请再试一次。");
      return Boolean(answer?.ok);
    }

    // The list is made anew while somebody writes a reason: the form goes along with its finding.
    keeping(render) {
      const form = this.list.querySelector("form.settle");
      const focused = form?.contains(document.activeElement) ? document.activeElement : null;
      render();
      const item = form && [...this.list.children].find((one) => one.dataset.digest === form.dataset.digest);
      item?.append(form);
      if (item) focused?.focus();
    }
  }

  function waiving() {
    const form = document.createElement("form");
    labelled(form, "理由", "textarea", { name: "reason", required: true, maxLength: 500, rows: 2, className: "form-control" });
    form.append(pressed("提出，由另一人同意"));
    return form;
  }

  function labelled(form, words, tag, properties) {
    const label = document.createElement("label");
    const field = Object.assign(document.createElement(tag), properties);
    label.append(words, field);
    form.append(label);
    return field;
  }

  function pressed(words) {
    return Object.assign(document.createElement("button"), { type: "submit", className: "btn btn-sm btn-primary", textContent: words });
  }

  ShijiEditor.Settling = Settling;
})();
