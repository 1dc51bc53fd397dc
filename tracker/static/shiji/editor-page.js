// The page of the editor as a ProseMirror document and back; places as the server counts them.
"use strict";

const ShijiEditor = {};
window.ShijiEditor = ShijiEditor;

(() => {
  const { Schema } = ProseMirror;
  const block = { content: "inline*", group: "line", defining: true };
  const data = (attrs) => Object.fromEntries(Object.entries(attrs).filter(([, value]) => value).map(([name, value]) => [`data-${name}`, value]));
  const read = (...names) => (element) => Object.fromEntries(names.map((name) => [name, element.getAttribute(`data-${name}`) || ""]));
  const empty = (...names) => Object.fromEntries(names.map((name) => [name, { default: "" }]));

  const schema = new Schema({
    nodes: {
      doc: { content: "title line*" },
      title: { content: "inline*", defining: true, toDOM: () => ["h1", { class: "title" }, 0] },
      paragraph: {
        ...block,
        attrs: { style: { default: "body" }, ...empty("key", "opens") },
        toDOM: (node) => ["p", { class: node.attrs.style, ...data({ style: node.attrs.style }) }, 0],
        parseDOM: [{ tag: "p", getAttrs: (element) => ({ style: element.getAttribute("data-style") || "body" }) }],
      },
      heading: {
        ...block,
        attrs: { level: { default: 1 }, ...empty("opens") },
        toDOM: (node) => [`h${node.attrs.level + 1}`, { class: `heading${node.attrs.level}` }, 0],
        parseDOM: [1, 2, 3, 4].map((level) => ({ tag: `h${level + 1}`, attrs: { level } })).concat({ tag: "h1", attrs: { level: 1 } }),
      },
      block: { group: "line", atom: true, selectable: false, draggable: false, attrs: empty("block", "opens"), toDOM: (node) => kept(node.attrs.block) },
      text: { group: "inline" },
      figure: {
        inline: true, group: "inline", atom: true, draggable: false, attrs: empty("figure", "surface", "chosen"),
        leafText: (node) => node.attrs.surface,
        toDOM: (node) => ["data", { class: "figure", ...data({ figure: node.attrs.figure, chosen: node.attrs.chosen }) }, node.attrs.surface],
        parseDOM: [{ tag: "data[data-figure]", getAttrs: (element) => ({ figure: element.dataset.figure, surface: element.textContent, chosen: element.dataset.chosen ?? "" }) }],
      },
      line_end: { inline: true, group: "inline", selectable: false, leafText: () => "\n", toDOM: () => ["br"], parseDOM: [{ tag: "br" }] },
    },
    marks: {
      named: { attrs: { kind: {} }, inclusive: false, toDOM: (mark) => ["span", { class: mark.attrs.kind, "data-kind": mark.attrs.kind }], parseDOM: [{ tag: "span[data-kind]", getAttrs: read("kind") }] },
      passage: { attrs: { passage: {} }, inclusive: false, toDOM: (mark) => ["span", { class: "passage", "data-passage": mark.attrs.passage }], parseDOM: [{ tag: "span[data-passage]", getAttrs: read("passage") }] },
    },
  });

  // A table, image or page break, shown and never edited here.
  function kept(mark) {
    const told = ShijiEditor.blocks?.[mark] ?? { name: "表格", caption: "", rows: [] };
    const rows = told.rows.map((row) => ["tr", ...row.map((cell) => ["td", cell])]);
    const table = rows.length ? [["table", ["tbody", ...rows]]] : [];
    return ["div", { class: "kept-block", contenteditable: "false" }, ["p", { class: "kept-name" }, `${told.name}${told.caption ? `　${told.caption}` : ""}`], ...table];
  }

  function inlines(runs = []) {
    return runs.flatMap((run) => {
      const marks = [run.kind && schema.marks.named.create({ kind: run.kind }), run.passage && schema.marks.passage.create({ passage: run.passage })].filter(Boolean);
      if (run.figure) return [schema.nodes.figure.create({ figure: run.figure, surface: run.text, chosen: run.chosen_for ?? "" }, null, marks)];
      return (run.text ?? "").split("\n").flatMap((words, at) => [...(at ? [schema.nodes.line_end.create(null, null, marks)] : []), ...(words ? [schema.text(words, marks)] : [])]);
    });
  }

  function line(told) {
    const { kind, runs, level, style, key = "", opens = "", block: mark = "" } = told;
    if (kind === "title") return schema.nodes.title.create(null, inlines(runs));
    if (kind === "heading") return schema.nodes.heading.create({ level: level || 1, opens }, inlines(runs));
    if (kind === "block") return schema.nodes.block.create({ block: mark, opens });
    return schema.nodes.paragraph.create({ style: style || "body", key, opens }, inlines(runs));
  }

  function runs(node) {
    const found = [];
    node.forEach((inline) => {
      const run = { text: inline.isText ? inline.text : inline.type.name === "line_end" ? "\n" : inline.attrs.surface };
      if (inline.attrs.figure) run.figure = inline.attrs.figure;
      if (inline.attrs.chosen) run.chosen_for = inline.attrs.chosen;
      for (const mark of inline.marks) Object.assign(run, mark.attrs);
      found.push(run);
    });
    return found;
  }

  ShijiEditor.schema = schema;
  ShijiEditor.toDoc = (page) => schema.nodes.doc.create(null, page.map(line));
  ShijiEditor.toPage = (doc) => {
    const page = [];
    doc.forEach((node) => page.push({ kind: node.type.name, ...node.attrs, runs: runs(node) }));
    return page;
  };

  // The server counts characters, the browser half characters: 𠮷 is one here and two there.
  const STOP = /[。！？\n\t]/;
  const count = (words) => Array.from(words).length;
  const words = (inline) => (inline.isText ? inline.text : inline.type.name === "line_end" ? "\n" : inline.attrs.surface);

  // Position in the document of character `offset` of line `number`; null when there is no such line.
  ShijiEditor.position = (doc, number, offset, end = false) => {
    if (number < 0 || number >= doc.childCount) return null;
    let start = 1;
    for (let at = 0; at < number; at += 1) start += doc.child(at).nodeSize;
    let left = offset, place = start, found = null;
    doc.child(number).forEach((inline, at) => {
      if (found !== null) return;
      const length = count(words(inline));
      if (left < length || (left === length && end)) {
        const inside = inline.isText ? Array.from(inline.text).slice(0, left).join("").length : left > 0 && end ? 1 : 0;
        found = start + at + inside;
      }
      left -= length;
      place = start + at + inline.nodeSize;
    });
    return found ?? place;
  };

  // The sentence in which text[from:to] stands with `surface` in its place: an origin is chosen for it alone.
  ShijiEditor.sentence = (doc, from, to, surface) => {
    const start = doc.resolve(from), end = doc.resolve(to);
    const before = start.parent.textBetween(0, start.parentOffset, "", words).split(STOP).at(-1);
    const after = end.parent.textBetween(end.parentOffset, end.parent.content.size, "", words).split(STOP)[0];
    return Array.from(`${before}${surface}${after}`).slice(0, 1000).join("");
  };

  // The line and character of a position, to find it again in another document.
  ShijiEditor.place = (doc, position) => {
    const resolved = doc.resolve(position);
    const node = resolved.depth ? resolved.node(1) : null;
    return { line: resolved.index(0), offset: node ? count(node.textBetween(0, resolved.parentOffset, "", (leaf) => words(leaf))) : 0 };
  };
})();
