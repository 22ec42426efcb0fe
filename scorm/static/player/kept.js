// Taking a course away: stores it on the device when its learner asks, and goes on with it there
// while the line is down. Only who asks, or has asked, loads this.

import { KEPT_INDEX, SAVED_PAGE, KEPT_SHELF, cacheOf, isKept, placeOf } from "./places.js";
import { Shelf } from "./shelf.js";

/**
 * @typedef {import("./line.js").View} View
 * @typedef {import("./line.js").Delivery} Delivery
 * @typedef {import("./outbox.js").Held} Held
 * @typedef {import("./player.js").Player} Page
 * @typedef {{version: string, session: string, files: [string, number][], bytes: number,
 *   player: string[], roams: boolean, shelf?: import("./shelf.js").Plain}} Index
 *   what the server says of the course; files: each with its bytes; player: the page's own
 */

/** Files that are fetched at once. */
const AT_A_TIME = 4;
/** Milliseconds before what has changed is stored. */
const SOON_STORED = 300;

export class Kept {
  /** @param {Page} player */
  constructor(player) {
    this.player = player;
    this.words = player.words;
    this.place = player.contents.foot;
    /** What is kept; null when nothing is. @type {Index | null} */
    this.index = null;
    /** What the server has acknowledged of every part. @type {Shelf | null} */
    this.shelf = null;
    /** What it acknowledged since a newer shelf was asked for. @type {import("./shelf.js").Said[] | null} */
    this.passed = null;
    /** The newest entry that led somewhere without the server; 0 when it knows of all. */
    this.last = 0;
    /** Deliveries that the server does not know are numbered downwards. */
    this.number = 0;
    /** What the server has delivered last. @type {Delivery | null} */
    this.full = null;
    this.asked = false;
    /** @type {number | undefined} */
    this.saving = undefined;
    player.outbox.folded = (entry) => this.fold(entry);
    window.addEventListener("pagehide", () => this.store());
    window.addEventListener("storage", ({ key }) => {
      if (key === this.hereKey && this.index) player.elsewhere();
    });
  }

  get key() {
    return `kept/${this.player.settings.registration}`;
  }

  /** Says which window has gone on with the course without asking the server. */
  get hereKey() {
    return `here/${this.player.settings.registration}`;
  }

  /* What is stored ------------------------------------------------------------------------- */

  /** Find what is kept already. */
  async open() {
    const { keep } = this.player.settings;
    this.index = await this.read(KEPT_INDEX);
    if (!this.index || !keep) {
      await this.drop();
      return;
    }
    const plain = await this.read(KEPT_SHELF);
    if (plain && this.index.roams) this.shelf = new Shelf(plain);
    this.draw();
  }

  /** @param {string} place @returns {Promise<any>} JSON; null when there is none */
  async read(place) {
    const stored = await caches.match(place);
    return stored ? stored.json() : null;
  }

  /** @param {string} url @returns {Promise<Response>} rejected when it cannot be had */
  async fetch(url) {
    const response = await fetch(url, { credentials: "omit" });
    if (!response.ok) throw new TypeError(`${url} was refused.`);
    return response;
  }

  /** Store all of it. What an earlier try has brought is not fetched again. */
  async keep() {
    const { keep, registration } = this.player.settings;
    const base = /** @type {{url: string}} */ (keep).url.slice(0, -"keep".length);
    this.passed = [];
    /** @type {Index} */
    const index = await (await this.fetch(`${base}keep`)).json();
    const cache = await caches.open(cacheOf(index.version));
    const waiting = index.files.slice();
    let done = 0;
    const work = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const [name, size] = next;
        const path = name.split("/").map(encodeURIComponent).join("/");
        if (!(await cache.match(placeOf(name)))) {
          await cache.put(placeOf(name), await this.fetch(`${base}${index.version}/${path}`));
        }
        done += size;
        this.progress(done / (index.bytes || 1));
      }
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, work));
    await this.page(cache, index, base);
    await navigator.serviceWorker.register("/keep.js", { updateViaCache: "none" });
    if (navigator.storage && navigator.storage.persist) await navigator.storage.persist();
    this.player.outbox.put(this.key, JSON.stringify([index.session, 0]));
    this.take(index);
  }

  /** The page itself, as this window has it, and what it is made of.
   * @param {Cache} cache @param {Index} index @param {string} base */
  async page(cache, index, base) {
    const { page } = this.player.settings;
    const text = await (await this.fetch(`${base}play`)).text();
    const mine = text.replace(/"page": "\w+"/, `"page": "${page}"`);
    await cache.put(SAVED_PAGE, new Response(mine));
    for (const url of index.player) {
      if (!(await cache.match(url))) await cache.put(url, await this.fetch(url));
    }
    await cache.put(KEPT_INDEX, new Response(JSON.stringify({ ...index, shelf: undefined })));
    if (index.shelf) await cache.put(KEPT_SHELF, new Response(JSON.stringify(index.shelf)));
  }

  /** @param {Index} index */
  take(index) {
    this.index = index;
    this.shelf = index.shelf ? new Shelf(index.shelf) : null;
    for (const entry of this.passed || []) if (this.shelf) this.shelf.fold(entry);
    this.passed = null;
    this.remember();
  }

  /** Another visit: the session is another, and the course may be. */
  async refresh() {
    const { settings } = this.player;
    if (!this.index || this.asked || !settings.keep || !settings.keep.url) return;
    this.asked = true;
    this.passed = [];
    try {
      /** @type {Index} */
      const index = await (await this.fetch(settings.keep.url)).json();
      if (index.version !== this.index.version) {
        await this.drop();
        return;
      }
      const cache = await caches.open(cacheOf(index.version));
      await this.page(cache, index, settings.keep.url.slice(0, -"keep".length));
      this.take(index);
    } catch (problem) {
      if (!(problem instanceof TypeError)) throw problem;
      this.asked = false; // the line is gone again: what was kept before is still there
    }
  }

  /** Nothing of the course stays but answers that are not sent. */
  async drop() {
    const { outbox } = this.player;
    window.clearTimeout(this.saving);
    this.index = null;
    this.shelf = null;
    if (outbox.storage) {
      outbox.storage.removeItem(this.key);
      outbox.storage.removeItem(this.hereKey);
    }
    for (const name of await caches.keys()) if (isKept(name)) await caches.delete(name);
    const found = await navigator.serviceWorker.getRegistration("/");
    if (found) await found.unregister();
    this.draw();
  }

  /* What the server has acknowledged --------------------------------------------------------- */

  /** @param {Held} entry */
  fold(entry) {
    const said = JSON.parse(this.player.outbox.text(entry));
    if (this.passed) this.passed.push(said);
    if (!this.shelf || !this.mine()) return;
    this.shelf.fold(said);
    this.remember();
  }

  /** Whether what is kept was kept for this session. */
  mine() {
    return this.index !== null && this.index.session === this.player.settings.session;
  }

  /** How far the session has come must never be forgotten: the server takes each number once. */
  remember() {
    const { shelf, player } = this;
    if (!shelf) return;
    const word = JSON.stringify([player.settings.session, shelf.plain.acknowledged]);
    player.outbox.put(this.key, word);
    window.clearTimeout(this.saving);
    this.saving = window.setTimeout(() => this.store(), SOON_STORED);
  }

  async store() {
    const { shelf, index } = this;
    if (!shelf || !index) return;
    const cache = await caches.open(cacheOf(index.version));
    await cache.put(KEPT_SHELF, new Response(JSON.stringify(shelf.plain)));
  }

  /* Without a line ------------------------------------------------------------------------- */

  /** Where the learner is by all that this device knows. @returns {Shelf | null} */
  now() {
    if (!this.shelf || !this.mine()) return null;
    const { outbox } = this.player;
    const now = this.shelf.copy();
    for (const entry of outbox.entries) now.fold(JSON.parse(outbox.text(entry)));
    return now;
  }

  /**
   * The line is down, and the learner or content has asked to go somewhere.
   * @param {number} number the entry's
   * @returns {boolean} whether it has led there
   */
  goOn(number) {
    const { player } = this;
    const now = player.standing.trouble === "line" ? this.now() : null;
    if (!now || now.plain.lost) return false;
    this.last = number;
    player.line.instead(number, this.view(now));
    return true;
  }

  /** @param {Shelf} now @returns {View} */
  view(now) {
    this.number -= 1;
    return now.view(this.number, this.words.keep_end);
  }

  /** The page was opened without a line: go on where it was closed. */
  begin() {
    const { player } = this;
    const { outbox, settings, line } = player;
    const now = this.now();
    if (!now || line.started) return;
    const [session, acknowledged] = JSON.parse((outbox.storage?.getItem(this.key)) || "[]");
    if (session !== settings.session) return;
    outbox.resume(Math.max(acknowledged, now.plain.acknowledged));
    now.fold({ number: outbox.next, kind: "navigate", activity: null, request: "back" });
    if (now.plain.lost) return;
    outbox.put(this.hereKey, `${Date.now()} ${Math.random()}`);
    const number = outbox.add("navigate", null, "back");
    this.last = number;
    line.goOn();
    player.show(this.view(now));
  }

  /**
   * The server has caught up, or not yet.
   * @param {View} view what it says
   * @returns {boolean} whether it does not know yet where this device has gone
   */
  ahead(view) {
    const { player } = this;
    const { delivery } = view;
    if (delivery && "url" in delivery) this.full = delivery;
    if (player.line.acknowledged < this.last) return true;
    if (this.last && delivery && this.full && this.full.number === delivery.number) {
      const { current } = player;
      view.delivery = this.full;
      if (current && current.activity === this.full.activity) {
        current.number = delivery.number;
        view.delivery = { number: delivery.number };
      }
    }
    this.last = 0;
    this.refresh();
    return false;
  }

  /* What the learner sees of it -------------------------------------------------------------- */

  draw() {
    const { keep } = this.player.settings;
    if (this.index) this.show([this.words.kept_here], [[this.words.keep_remove, () => this.remove()]]);
    else if (keep && keep.url) this.player.offerKeeping();
    else this.place.hidden = true;
  }

  /** Say what will be stored, and ask. */
  async ask() {
    const { words } = this;
    const { keep } = this.player.settings;
    const moving = keep && keep.roams ? words.keep_moves : words.keep_waits;
    const address = `${window.location.origin}/`;
    this.show(
      [words.keep_what, moving, words.keep_away.replace("{address}", `\u2068${address}\u2069`)],
      [
        [words.keep_yes, () => this.start()],
        [words.keep_no, () => this.player.offerKeeping(true)],
      ],
      true,
    );
  }

  async start() {
    this.progress(0);
    try {
      await this.keep();
    } catch (problem) {
      if (!(problem instanceof TypeError) && !(problem instanceof DOMException)) throw problem;
      this.show([this.words.keep_failed], [[this.words.retry, () => this.start()]], true);
      return;
    }
    this.draw();
    this.place.focus();
  }

  /** @param {number} share */
  progress(share) {
    const percent = Math.floor(share * 100);
    this.show([this.words.keeping.replace("{percent}", String(percent))], []);
  }

  remove() {
    if (!this.player.outbox.entries.length) {
      this.drop();
      return;
    }
    const { words } = this;
    const buttons = /** @type {[string, () => void][]} */ ([
      [words.keep_remove, () => this.drop()],
      [words.keep_no, () => this.draw()],
    ]);
    this.show([words.keep_unsent], buttons, true);
  }

  /** @param {string[]} paragraphs @param {[string, () => void][]} buttons
   * @param {boolean} [focus] */
  show(paragraphs, buttons, focus = false) {
    const made = paragraphs.map((words) => {
      const paragraph = document.createElement("p");
      paragraph.textContent = words;
      return paragraph;
    });
    this.place.replaceChildren(
      ...made,
      ...buttons.map(([words, press]) => this.player.pressed(words, press)),
    );
    this.place.hidden = false;
    this.place.tabIndex = -1;
    if (focus) this.place.focus();
  }
}
