// Questions to think about in writing. What is written stays in this window, and leaves it only
// when the learner sends it to the learning site or keeps it as a file.

import { localized } from "./interactions.js";
import { kept, save, session } from "./launch.js";
import { find, findAll, listen, plain, say, shownLanguage } from "./page.js";
import { timestamp } from "./time.js";
import { inWindow, keepInWindow } from "./window.js";

/** Characters of a comment that every site keeps (RTE 4.2.2; in 1.2 of all together, 3.4.4). */
const LONGEST_COMMENT = 4000;
const MOST_COMMENTS = 4096;
/** Nobody can type it. */
const BETWEEN = "\u0000";

export class CourseReflection extends HTMLElement {
  connectedCallback() {
    new Reflection(this);
  }
}

class Reflection {
  /** @param {HTMLElement} element */
  constructor(element) {
    this.element = element;
    this.id = element.id;
    this.fields = /** @type {HTMLTextAreaElement[]} */ (findAll(element, "textarea"));
    this.told = find(element, ".told");
    this.asked = false;
    this.restore();
    listen(element, "submit", (event) => event.preventDefault());
    listen(element, "input", () => {
      this.store();
      this.tell("");
    });
    if (session.recording) this.offer(".send", () => this.send());
    this.offer(".file", () => this.keepAsFile());
    this.offer(".clear", () => this.clear());
    if (kept.sent.has(this.id)) this.tell("reflection_sent");
  }

  /** @param {string} name of a button @param {() => void} pressed */
  offer(name, pressed) {
    const button = find(this.element, name);
    button.hidden = false;
    listen(button, "click", () => {
      if (name !== ".clear") this.asked = false;
      if (name === ".clear" || this.written) pressed();
      else this.tell("reflection_empty");
    });
  }

  /** @param {string} name of words, or nothing @param {Object<string, number>} [gaps] */
  tell(name, gaps) {
    this.told.textContent = name && say(name, gaps);
  }

  /** Where this window keeps it: another course in it may have the same names. */
  get key() {
    return `${window.location.pathname.replace(/[^/]*$/, "")}#${this.id}`;
  }

  /** What this window has from before, one text for each box. */
  restore() {
    const texts = inWindow(this.key).split(BETWEEN);
    this.fields.forEach((field, at) => (field.value = texts[at] || ""));
  }

  store() {
    keepInWindow(this.key, this.fields.map(({ value }) => value).join(BETWEEN));
  }

  /** Each question with what was written to it, where something was. */
  get written() {
    return this.fields
      .filter((field) => field.value.trim() !== "")
      .map((field) => `${plain(field.labels[0])}\n${field.value.trim()}`)
      .join("\n\n");
  }

  send() {
    const { written } = this;
    const before = session.is2004 ? "" : session.get("cmi.comments");
    const most = session.is2004 ? LONGEST_COMMENT : MOST_COMMENTS - before.length;
    // Sites of 2004 take one line; in 1.2 comments follow one another without a gap.
    const text = session.is2004
      ? localized(written.replace(/\n+/g, " / "), shownLanguage(), Infinity)
      : `${before && "\n\n"}${written}`;
    if (text.length > most) {
      this.tell("reflection_long", { count: text.length, most: Math.max(0, most) });
      return;
    }
    const sent = session.is2004 ? this.comment(text) : session.set("cmi.comments", text);
    if (sent) kept.sent.add(this.id);
    save();
    this.tell(sent ? "reflection_sent" : "reflection_unsent");
  }

  /** @param {string} text @returns {boolean} */
  comment(text) {
    const count = Number(session.get("cmi.comments_from_learner._count")) || 0;
    const record = `cmi.comments_from_learner.${count}.`;
    if (!session.set(record + "comment", text)) return false;
    session.set(record + "location", this.id);
    session.set(record + "timestamp", timestamp(new Date(), true));
    return true;
  }

  keepAsFile() {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([this.written + "\n"], { type: "text/plain" }));
    link.download = this.id + ".txt";
    link.click();
    URL.revokeObjectURL(link.href);
    this.tell("reflection_file");
  }

  /** Asks first: what was not sent or kept as a file is gone then. */
  clear() {
    if (!this.asked && this.written) {
      this.asked = true;
      this.tell("reflection_clear");
      return;
    }
    this.asked = false;
    this.fields.forEach((field) => (field.value = ""));
    this.store();
    this.tell("reflection_cleared");
    this.fields[0].focus();
  }
}
