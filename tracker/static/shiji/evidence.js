// Several files at once: each with its own words, its own progress, its own reason when it is refused.
// Without this file the form sends them all in one go.
(() => {
  const large = (bytes) => (bytes >= 1048576 ? `${(bytes / 1048576).toFixed(1)}兆` : `${Math.ceil(bytes / 1024)}KB`);

  // What the server would refuse anyway, said before the file has travelled.
  function refusal(file, input) {
    const ending = /\.[^.]+$/.exec(file.name.toLowerCase())?.[0] ?? "";
    if (!input.dataset.endings.split(" ").includes(ending)) return `不接受“${ending || "没有扩展名的"}”文件。`;
    if (!file.size) return "文件是空的，请检查后重新选择。";
    if (file.size > Number(input.dataset.largest)) return `文件${large(file.size)}，超过${large(Number(input.dataset.largest))}，请压缩或拆分。`;
    return "";
  }

  function line(file, input, queue) {
    const item = document.createElement("li");
    const name = document.createElement("span");
    name.textContent = `${file.name}（${large(file.size)}）`;
    const words = document.createElement("input");
    words.className = "form-control";
    words.maxLength = 200;
    words.placeholder = "说明，可不填";
    words.setAttribute("aria-label", `${file.name}的说明`);
    const bar = document.createElement("progress");
    bar.max = 100;
    bar.value = 0;
    bar.setAttribute("aria-label", `${file.name}的上传进度`);
    const state = document.createElement("span");
    item.append(name, words, bar, state);
    queue.append(item);
    const one = { file, item, words, bar, state, done: false, wrong: "" };
    say(one, refusal(file, input));
    return one;
  }

  function say(one, wrong) {
    one.wrong = wrong;
    one.item.querySelector(".bad")?.remove();
    one.state.textContent = wrong ? "没有上传" : one.done ? "已上传" : "待上传";
    if (!wrong) return;
    const reason = document.createElement("span");
    reason.className = "bad";
    reason.textContent = wrong;
    one.item.append(reason);
  }

  function send(form, one) {
    return new Promise((settle) => {
      const body = new FormData();
      for (const name of ["csrfmiddlewaretoken", "at", "figure"]) if (form.elements[name]) body.append(name, form.elements[name].value);
      body.append("caption", one.words.value || form.elements.caption.value);
      body.append("file", one.file);
      const request = new XMLHttpRequest();
      request.open("POST", form.getAttribute("action"));
      request.setRequestHeader("X-Requested-With", "XMLHttpRequest");
      request.upload.addEventListener("progress", (event) => {
        if (event.lengthComputable) one.bar.value = Math.floor(100 * event.loaded / event.total);
        one.state.textContent = one.bar.value < 100 ? `${one.bar.value}%` : "正在保存";
      });
      request.addEventListener("load", () => {
        let answer = {};
        try { answer = JSON.parse(request.responseText); } catch { /* a page: told by its status below */ }
        one.done = request.status === 201;
        say(one, one.done ? "" : answer.wrong?.join("") || "没有上传，请刷新页面后重试。");
        settle();
      });
      request.addEventListener("error", () => { say(one, "网络没有连通，没有上传，请检查网络后再点上传。"); settle(); });
      request.send(body);
    });
  }

  document.querySelectorAll("form[data-evidence]").forEach((form) => {
    const input = form.querySelector("input[type=file]");
    const queue = form.querySelector("[data-queue]");
    const button = form.querySelector("button[type=submit]");
    let lines = [];
    input.addEventListener("change", () => {
      queue.replaceChildren();
      lines = [...input.files].map((file) => line(file, input, queue));
    });
    form.addEventListener("submit", async (event) => {
      const waiting = lines.filter((one) => !one.done && !refusal(one.file, input));
      if (!lines.length) return;
      event.preventDefault();
      button.disabled = true;
      for (const one of waiting) await send(form, one);
      button.disabled = false;
      form.removeAttribute("aria-busy");
      if (lines.every((one) => one.done)) location.reload();
    });
  });
})();
