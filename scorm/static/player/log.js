// The run-time log of a preview: every call of the content with its answer, for whoever makes it.
// Learners' pages never load it. Content waits for none of this: calls are only noted while it
// runs, and drawn with the next frame.

import { make } from "./make.js";
import { Stage } from "./stage.js";
import { sweep } from "./sweep.js";
import { fill } from "./words.js";

/**
 * @typedef {import("./api.js").Call} Call
 * @typedef {import("./line.js").RefusedValue} RefusedValue
 * @typedef {{[key: string]: string}} Words
 * @typedef {{[code: string]: string}} Errors the standard's words for each code
 *
 * One line of the log. `at`: milliseconds since the launch; `failed`: whether the call was in error
 * @typedef {{serial: number, at: number, part: string, call: string, element: string,
 *   value: string, result: string, error: string, name: string, words: string,
 *   failed: boolean}} Row
 */

/** Lines that are kept, and characters in them; the oldest go first. */
const MOST_KEPT = 5000;
const MOST_CHARACTERS = 8000000;
/** Characters of an element's name that are kept: more than any element has. */
const LONGEST_NAME = 500;
/** Lines that are in the page, and how many are put there in one frame. */
const MOST_DRAWN = 500;
const IN_A_FRAME = 50;
/** Characters of a value that are shown at once. */
const AT_A_GLANCE = 120;
/** Pixels from the end that still count as there. */
const NEAR = 40;
/** Percent of the page's height: least, first, most; and by how much a key moves it. */
const HEIGHTS = { least: 20, first: 45, onPhones: 70, most: 85, step: 5 };

/** Calls that only ask what went wrong: the code that they tell is not their own. */
const ASKS = /Get(LastError|ErrorString|Diagnostic)$/;

const COLUMNS = ["time", "call", "element", "value", "result", "error", "words"];

/** @param {string} name content may call anything so */
function cut(name) {
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name;
}

/** What a line takes of MOST_CHARACTERS. @param {Omit<Row, "serial" | "at">} line */
function taken({ element, value, result, words }) {
  return element.length + value.length + result.length + words.length;
}

/** What has been said, and what of it is kept. No page is needed for this. */
export class Journal {
  /** @param {() => number} now a clock in milliseconds */
  constructor(now) {
    this.now = now;
    this.began = now();
    /** @type {Row[]} */
    this.lines = [];
    this.characters = 0;
    this.count = 0;
    /** Of the lines, those that content called: the site's refusals are none. */
    this.calls = 0;
    this.errors = 0;
    this.dropped = 0;
    /** @type {Set<string>} */
    this.known = new Set();
  }

  /** @param {Call} call @param {string} part its title @param {Errors} errors */
  add(call, part, errors) {
    const [first = "", second = ""] = call.arguments;
    const named = /[GS]etValue$/.test(call.name);
    const failed = call.error !== "0" && !ASKS.test(call.name);
    this.calls += 1;
    this.keep({
      part,
      call: call.name,
      element: named ? cut(first) : "",
      value: named ? second : first,
      result: call.result,
      error: failed ? call.error : "0",
      name: failed ? errors[call.error] || "" : "",
      words: failed ? call.diagnostic : "",
      failed,
    });
  }

  /** @param {RefusedValue} refused @param {Errors} errors @param {Words} words */
  refuse(refused, errors, words) {
    const key = `${refused.number} ${refused.element}`;
    if (this.known.has(key)) return;
    this.known.add(key);
    const { error = "", message = "" } = refused;
    this.keep({
      part: "",
      call: words.site,
      element: cut(refused.element),
      value: "",
      result: words.refused,
      error,
      name: errors[error] || "",
      words: message,
      failed: true,
    });
  }

  /** What the player does by itself. @param {string} part @param {string} what
   * @param {{element?: string, value?: string, result: string}} why */
  note(part, what, { element = "", value = "", result }) {
    this.keep({
      part, call: what, element, value, result, error: "0", name: "", words: "", failed: false,
    }); // prettier-ignore
  }

  /** @param {Omit<Row, "serial" | "at">} line */
  keep(line) {
    this.lines.push({ serial: this.count, at: this.now() - this.began, ...line });
    this.count += 1;
    if (line.failed) this.errors += 1;
    this.characters += taken(line);
    let gone = this.lines.length > MOST_KEPT + IN_A_FRAME ? this.lines.length - MOST_KEPT : 0;
    for (let at = 0; at < gone; at += 1) this.forget(this.lines[at]);
    while (this.characters > MOST_CHARACTERS && gone < this.lines.length - 1) {
      this.forget(this.lines[gone]);
      gone += 1;
    }
    if (gone) this.lines.splice(0, gone);
  }

  /** @param {Row} line */
  forget(line) {
    this.characters -= taken(line);
    this.dropped += 1;
  }

  clear() {
    this.lines = [];
    this.characters = 0;
    this.calls = 0;
    this.errors = 0;
    this.dropped = 0;
  }

  /** @param {{errorsOnly: boolean, search: string}} filter @param {number} [from] serial */
  matching({ errorsOnly, search }, from = 0) {
    const wanted = search.toLowerCase();
    return this.lines.filter((line) => {
      if (line.serial < from || (errorsOnly && !line.failed)) return false;
      if (!wanted) return true;
      const { part, call, element, value, result, error, name, words } = line;
      const said = [part, call, element, value, result, error, name, words];
      return said.some((text) => text.toLowerCase().includes(wanted));
    });
  }

  /** For a file: everything that is kept. */
  toJSON() {
    return {
      dropped: this.dropped,
      calls: this.lines.map(({ serial, at, failed, name, words, ...line }) => ({
        seconds: Number((at / 1000).toFixed(3)),
        ...line,
        ...(failed ? { error_name: name, diagnostic: words } : {}),
      })),
    };
  }
}

/** @param {Node | string} inside as it was written, whichever way the page runs */
function cell(inside) {
  return inside === "" ? make("td") : make("td", {}, make("div", {}, make("bdi", {}, inside)));
}

/** An element's name, which may wrap at its dots. @param {string} name */
function breakable(name) {
  const whole = make("bdi", { dir: "ltr" });
  name.split(".").forEach((token, at) => {
    if (at) whole.append(".", make("wbr"));
    whole.append(token);
  });
  return whole;
}

/** The panel below the content, and beside it the size of the screen. */
export class CallLog {
  /** @param {Words} words @param {HTMLElement} main what holds the content
   * @param {boolean} sweeps whether what content stores here goes at the end: where the preview
   *   shares its host with courses, it is theirs too */
  constructor(words, main, sweeps) {
    this.words = words;
    this.sweeps = sweeps;
    this.stage = new Stage(main, words);
    this.journal = new Journal(() => performance.now());
    /** @type {Errors} */
    this.errors = {};
    this.acknowledged = 0;
    this.filter = { errorsOnly: false, search: "" };
    /** The next line to draw. */
    this.next = 0;
    this.waits = false;
    /** Whether the newest line is kept in sight: until somebody scrolls away from the end. */
    this.follows = true;
    this.height = window.innerWidth < 720 ? HEIGHTS.onPhones : HEIGHTS.first;
    this.toggle = make("button", {
      type: "button", "aria-expanded": "false", "aria-controls": "log-panel",
    }, words.title); // prettier-ignore
    this.state = make("p", { dir: "auto" });
    this.note = make("p", { class: "note", dir: "auto" });
    this.rows = make("tbody");
    this.panel = make("div", { id: "log-panel" });
    this.panel.hidden = true;
    this.scroller = make("div", {
      class: "calls", role: "region", "aria-label": words.calls, tabindex: "0",
    }); // prettier-ignore
    this.draw();
  }

  /**
   * @param {string} part @param {Errors} errors
   * @returns {(call: Call) => void} for the API object of one part
   */
  of(part, errors) {
    this.errors = errors;
    return (call) => {
      this.journal.add(call, part, errors);
      this.soon();
    };
  }

  /** The time for a part is up. @param {string} part
   * @param {import("./limit.js").Allowance} allowed @param {boolean} [left] it is being left */
  limit(part, { element, allowed, action }, left = false) {
    const { limit, limit_left } = this.words;
    if (left) this.journal.note(part, limit_left, { result: "exit" });
    else this.journal.note(part, limit, { element, value: allowed, result: action });
    this.soon();
  }

  /** What the server has said. @param {number} acknowledged @param {Map<string, RefusedValue>} refused */
  answered(acknowledged, refused) {
    if (acknowledged === this.acknowledged && refused.size === this.journal.known.size) return;
    this.acknowledged = acknowledged;
    for (const value of refused.values()) this.journal.refuse(value, this.errors, this.words);
    this.soon();
  }

  /** The preview was to begin with a part that learners cannot choose then: it says so.
   * @param {HTMLElement} place @param {string} why the server's sentence */
  past(place, why) {
    const [before, after] = this.words.past.split("{why}");
    place.lang = document.documentElement.lang;
    place.replaceChildren(before, make("span", { lang: "en", dir: "ltr" }, why), after);
  }

  /** The preview is over: there is no content to be seen, and it leaves nothing on this device. */
  over() {
    this.stage.root.hidden = true;
    if (this.sweeps) sweep(window);
  }

  /* The page --------------------------------------------------------------------------------- */

  draw() {
    const { words } = this;
    const only = make("input", { type: "checkbox" });
    const search = make("input", { type: "search", autocomplete: "off", spellcheck: "false" });
    const clear = make("button", { type: "button" }, words.clear);
    const download = make("button", { type: "button" }, words.download);
    only.addEventListener("change", () => this.choose({ errorsOnly: only.checked }));
    search.addEventListener("input", () => this.choose({ search: search.value }));
    clear.addEventListener("click", () => {
      this.journal.clear();
      this.redraw();
    });
    download.addEventListener("click", () => this.download());
    const { scroller } = this;
    scroller.addEventListener("scroll", () => {
      const below = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
      this.follows = below < NEAR;
    });
    const heads = COLUMNS.map((name) => make("th", { scope: "col" }, words[name]));
    this.scroller.append(
      make("table", {}, make("thead", {}, make("tr", {}, ...heads)), this.rows),
    );
    const tools = make("div", { class: "tools" });
    tools.append(make("label", {}, only, words.errors_only));
    tools.append(make("label", { class: "search" }, words.search, search), clear, download);
    this.panel.append(this.handle(), tools, this.note, this.scroller);
    this.toggle.addEventListener("click", () => this.show(Boolean(this.panel.hidden)));
    this.panel.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.target === search) return;
      this.show(false);
      this.toggle.focus();
    });
    this.root = make("section", { id: "log", "aria-label": words.title });
    this.root.append(make("div", { class: "log-bar" }, this.toggle, this.state, this.stage.root), this.panel);
    this.resize(this.height);
    document.body.append(this.root);
    window.addEventListener("pagehide", () => this.over());
    this.soon();
  }

  /** The upper edge, which a pointer or the arrow keys move. */
  handle() {
    const edge = make("div", {
      class: "edge", role: "separator", tabindex: "0", "aria-orientation": "horizontal",
      "aria-label": this.words.height, "aria-controls": "log-panel",
      "aria-valuemin": String(HEIGHTS.least), "aria-valuemax": String(HEIGHTS.most),
    }); // prettier-ignore
    this.edge = edge;
    edge.addEventListener("keydown", (event) => {
      const steps = { ArrowUp: HEIGHTS.step, ArrowDown: -HEIGHTS.step }[event.key];
      if (!steps) return;
      event.preventDefault();
      this.resize(this.height + steps);
    });
    edge.addEventListener("pointerdown", (event) => edge.setPointerCapture(event.pointerId));
    edge.addEventListener("pointermove", (event) => {
      if (!edge.hasPointerCapture(event.pointerId)) return;
      const bottom = this.panel.getBoundingClientRect().bottom;
      this.resize(((bottom - event.clientY) / window.innerHeight) * 100);
    });
    return edge;
  }

  /** @param {number} percent */
  resize(percent) {
    this.height = Math.round(Math.min(HEIGHTS.most, Math.max(HEIGHTS.least, percent)));
    this.panel.style.height = `${this.height}vh`;
    if (this.edge) this.edge.setAttribute("aria-valuenow", String(this.height));
  }

  /** @param {boolean} open */
  show(open) {
    this.panel.hidden = !open;
    this.toggle.setAttribute("aria-expanded", String(open));
    this.redraw();
  }

  /** @param {{errorsOnly?: boolean, search?: string}} change */
  choose(change) {
    Object.assign(this.filter, change);
    this.redraw();
  }

  redraw() {
    this.rows.replaceChildren();
    this.follows = true;
    this.next = 0;
    this.soon();
  }

  soon() {
    if (this.waits) return;
    this.waits = true;
    window.requestAnimationFrame(() => {
      this.waits = false;
      this.tell();
      if (!this.panel.hidden) this.catchUp();
    });
  }

  tell() {
    const { words, journal } = this;
    const { errors } = journal;
    const values = {
      calls: journal.calls,
      errors,
      number: this.acknowledged,
    };
    this.state.textContent = fill(errors ? words.state_errors : words.state, values);
    this.state.toggleAttribute("data-failed", errors > 0);
    const found = [];
    if (journal.dropped) found.push(fill(words.dropped, { count: journal.dropped }));
    if (this.rows.childElementCount >= MOST_DRAWN) found.push(fill(words.drawn, { count: MOST_DRAWN }));
    this.note.textContent = found.join(" ");
    this.note.hidden = !found.length;
  }

  /** Put some of what is new on the page; the rest with the next frames. */
  catchUp() {
    const { scroller, rows, journal } = this;
    const found = journal.matching(this.filter, this.next).slice(-MOST_DRAWN);
    if (!found.length) {
      this.next = journal.count;
      return;
    }
    const now = found.slice(0, IN_A_FRAME);
    rows.append(...now.map((line) => this.row(line)));
    this.next = found.length > now.length ? now[now.length - 1].serial + 1 : journal.count;
    while (rows.childElementCount > MOST_DRAWN) rows.firstElementChild?.remove();
    if (this.follows) scroller.scrollTop = scroller.scrollHeight;
    this.tell();
    if (found.length > now.length) this.soon();
  }

  /** @param {Row} line */
  row(line) {
    const { words } = this;
    const error = line.failed ? `${line.error} ${line.name}`.trim() || words.refused : "";
    const cells = [
      cell((line.at / 1000).toFixed(3)),
      make("th", { scope: "row" }, make("div", {}, make("bdi", { dir: "ltr" }, line.call))),
      cell(line.element ? breakable(line.element) : ""),
      cell(this.long(line.value)),
      cell(this.long(line.result)),
      cell(error),
      cell(line.words),
    ];
    cells[5].classList.add("error");
    cells[6].lang = "en";
    cells.forEach((cell, at) => cell.setAttribute("data-label", words[COLUMNS[at]]));
    const row = make("tr", {}, ...cells);
    row.toggleAttribute("data-failed", line.failed);
    return row;
  }

  /** A long value is cut, with its length, and opens. @param {string} value */
  long(value) {
    if (value.length <= AT_A_GLANCE) return value;
    const length = fill(this.words.characters, { count: value.length });
    const summary = make("summary", {}, `${value.slice(0, AT_A_GLANCE)}… `, make("i", {}, length));
    return make("details", {}, summary, value);
  }

  download() {
    const text = JSON.stringify(this.journal, null, 1);
    const href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    make("a", { href, download: "run-time-log.json" }).click();
    window.setTimeout(() => URL.revokeObjectURL(href), 60000);
  }
}
