// Nothing typed is lost: kept on the server while typing, in the browser while the line is down.
"use strict";

(() => {
  const WAIT = 1500;
  const AGAIN = 8000;

  class Keeping {
    constructor(editor, serial) {
      this.editor = editor;
      this.serial = serial;
      this.name = `shiji-draft-${editor.release}-${editor.root.dataset.user}`;
      this.said = document.getElementById("editor-state");
      this.dirty = false;
      window.addEventListener("online", () => this.dirty && this.send());
      document.addEventListener("visibilitychange", () => document.hidden && this.dirty && this.send());
      window.addEventListener("pagehide", () => this.dirty && this.store());
    }

    // What this browser still holds from a time when it could not be sent.
    left() {
      try {
        const held = JSON.parse(localStorage.getItem(this.name));
        return held && Array.isArray(held.page) ? held : null;
      } catch {
        return null;
      }
    }

    changed() {
      this.dirty = true;
      this.say("正在输入……");
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.send(), WAIT);
      clearTimeout(this.local);
      this.local = setTimeout(() => this.dirty && this.store(), 200);
    }

    store() {
      const held = { number: this.editor.number, serial: this.serial, page: this.editor.page() };
      try {
        localStorage.setItem(this.name, JSON.stringify(held));
        return true;
      } catch {
        return false;
      }
    }

    forget() {
      localStorage.removeItem(this.name);
    }

    async send() {
      clearTimeout(this.timer);
      // Kept after it was saved, it would be found again as something that nobody saved.
      if (this.editor.saving) this.timer = setTimeout(() => this.send(), WAIT);
      if (this.sending || this.stopped || this.editor.saving) return;
      const { doc } = this.editor.view.state;
      this.sending = true;
      try {
        const answer = await this.editor.post(this.editor.root.dataset.keep, { page: JSON.stringify(ShijiEditor.toPage(doc)), serial: this.serial });
        if (answer.ok) this.kept(answer.told, doc);
        else if (answer.status === 409 && answer.told?.page) this.elsewhere(answer.told);
        else this.failed(answer.told?.said ?? "服务器没有接受，修改已存在本机。请另开一页重新登录，再回到这里。");
      } catch {
        this.failed("网络不通，修改已存在本机，恢复后自动送出。");
      } finally {
        this.sending = false;
      }
    }

    // Somebody goes to another page of ours: what was typed last is on the server before it opens.
    async leave(address) {
      while (this.sending) await this.editor.asking;
      if (this.dirty) await this.send();
      location.assign(address);
    }

    kept(told, doc) {
      this.serial = told.serial;
      if (doc !== this.editor.view.state.doc) {
        this.changed();
        return;
      }
      this.dirty = false;
      clearTimeout(this.local);
      this.forget();
      this.say(`已自动暂存 ${clock()}，还没有保存为新的一版`);
    }

    failed(words) {
      const stored = this.store();
      this.say(stored ? words : "网络不通，浏览器也不让存放，请把正文复制到别处。");
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.send(), AGAIN);
    }

    // What this browser held comes back: at once, after a merge, or by choice; never over another text.
    async restore(seen) {
      const held = this.left();
      if (!held) return;
      const load = () => { this.editor.load(held.page); this.changed(); };
      if (held.number !== this.editor.number) await this.adopt(held);
      else if (held.serial === seen) load();
      else this.offer("本机还存有一份没有送出的修改，和服务器上暂存的不是同一份。", ["载入本机的", load], ["不要本机的", () => this.forget()]);
    }

    // Written on a version that is no longer the last: kept as such, then merged.
    async adopt(held) {
      const fields = { number: held.number, serial: held.serial, page: JSON.stringify(held.page) };
      const answer = await this.editor.post(this.editor.root.dataset.keep, fields).catch(() => null);
      if (answer?.ok) {
        this.forget();
        location.reload();
      } else this.say("本机还存有一份没有送出的修改，暂时不能送出，仍留在本机");
    }

    // Another window of the same person was quicker: she chooses, nothing is overwritten.
    elsewhere(told) {
      this.stopped = true;
      this.store();
      const go = (act) => () => { this.serial = told.serial; this.stopped = false; act(); };
      const theirs = go(() => { this.forget(); this.editor.load(told.page); this.dirty = false; this.say("已换成另一个窗口的内容"); });
      this.offer("您在另一个窗口里也修改了这份文稿。", ["用那边的", theirs], ["用这里的", go(() => this.send())]);
      this.say("没有暂存：另一个窗口里也有修改");
    }

    offer(words, ...choices) {
      const note = document.createElement("div");
      note.className = "note note-warning";
      note.setAttribute("role", "alert");
      note.append(words, ...choices.map(([name, act]) => {
        const pressed = document.createElement("button");
        pressed.type = "button";
        pressed.className = "btn btn-sm";
        pressed.textContent = name;
        pressed.addEventListener("click", () => { note.remove(); act(); });
        return pressed;
      }));
      this.editor.root.before(note);
    }

    saved(words) {
      this.serial = 0;
      this.dirty = false;
      clearTimeout(this.timer);
      clearTimeout(this.local);
      this.forget();
      this.say(words);
    }

    say(words) {
      this.said.textContent = words;
    }
  }

  function clock() {
    return new Date().toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false });
  }

  ShijiEditor.Keeping = Keeping;
})();
