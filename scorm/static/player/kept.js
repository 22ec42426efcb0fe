// Taking a course away: stores it on the device when its learner asks, and goes on with it there
// while the line is down. Only who asks, or has asked, loads this.

import { KEPT_INDEX, SAVED_PAGE, KEPT_SHELF, cacheOf, isKept, placeOf } from "./places.js";
import { Shelf } from "./shelf.js";
import { control } from "./sheet.js";

/**
 * @typedef {import("./line.js").View} View
 * @typedef {import("./line.js").Delivery} Delivery
 * @typedef {import("./outbox.js").Held} Held
 * @typedef {import("./player.js").Player} Page
 * @typedef {{version: string, session: string, files: [string, number][], bytes: number,
 *   player: string[], roams: boolean, words: {[name: string]: string},
 *   shelf?: import("./shelf.js").Plain, whole?: boolean}} Index
 *   what the server says of the course; files: each with its bytes; player: the page's own;
 *   whole: whether all of it is on the device
 */

/** Files that are fetched at once. */
const AT_A_TIME = 4;

export class Kept {
  /** @param {Page} player */
  constructor(player) {
    this.player = player;
    /** What is said of it: it comes with what is kept. @type {{[name: string]: string}} */
    this.words = player.words;
    this.place = player.contents.foot;
    /** What is kept; null when nothing is. @type {Index | null} */
    this.index = null;
    /** What the server has acknowledged of every part. @type {Shelf | null} */
    this.shelf = null;
    /** What it acknowledged since a newer shelf was asked for.
     * @type {import("./shelf.js").Said[] | null} */
    this.passed = null;
    /** The session that was heard of here before this page's. @type {string | undefined} */
    this.before = undefined;
    /** The newest entry that led somewhere without the server; 0 when it knows of all. */
    this.last = 0;
    /** Deliveries that the server does not know are numbered downwards. */
    this.number = 0;
    /** What the server has delivered last. @type {Delivery | null} */
    this.full = null;
    this.asked = false;
    /** Whether the shelf is on its way to the device, and whether it has changed since. */
    this.storing = false;
    this.changed = false;
    player.outbox.folded = (entry) => this.fold(entry);
    window.addEventListener("storage", ({ key, newValue }) => {
      if (key === this.hereKey && newValue) this.giveWay();
    });
  }

  /** Another window has taken this session over, and its numbers: nothing more is said here. */
  giveWay() {
    const { player } = this;
    if (player.session) player.session.closed = true;
    player.line.stop(null);
    player.elsewhere();
  }

  get key() {
    return `kept/${this.player.settings.registration}`;
  }

  /** Says which window has gone on with the course without asking the server. */
  get hereKey() {
    return `here/${this.player.settings.registration}`;
  }

  /** What the addresses of this session begin with. */
  get base() {
    return this.player.settings.commit_url.slice(0, -"commit".length);
  }

  /* What is stored ------------------------------------------------------------------------- */

  /** Find what is kept already. */
  async open() {
    const { keep } = this.player.settings;
    /** @type {Index | null} */
    const index = await this.read(KEPT_INDEX);
    if (!index || !keep) {
      await this.drop();
      return;
    }
    this.words = { ...this.player.words, ...index.words };
    if (!index.whole) {
      this.partly();
      return;
    }
    this.index = index;
    [this.before] = this.marked();
    const shelf = await this.read(KEPT_SHELF);
    if (shelf) this.shelf = new Shelf(shelf);
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

  /** What the server says of the course now. @returns {Promise<Index>} */
  async news() {
    const { url } = /** @type {{url: string}} */ (this.player.settings.keep);
    return (await this.fetch(url)).json();
  }

  /** Store all of it. What an earlier try has brought is not fetched again. */
  async keep() {
    this.passed = [];
    const index = await this.news();
    const cache = await caches.open(cacheOf(index.version));
    const waiting = index.files.slice();
    let done = 0;
    const bring = async (/** @type {string} */ name) => {
      const path = name.split("/").map(encodeURIComponent).join("/");
      if (await cache.match(placeOf(name))) return;
      await cache.put(placeOf(name), await this.fetch(`${this.base}${index.version}/${path}`));
    };
    const work = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        try {
          await bring(next[0]);
        } catch (problem) {
          waiting.length = 0; // the others do not go on either
          throw problem;
        }
        done += next[1];
        this.progress(done / (index.bytes || 1));
      }
    };
    // From here on it can be removed, however far it comes.
    await this.put(cache, KEPT_INDEX, { ...index, shelf: undefined });
    this.mark(0);
    const ends = await Promise.allSettled(Array.from({ length: AT_A_TIME }, work));
    for (const each of ends) if (each.status === "rejected") throw each.reason;
    if (navigator.storage && navigator.storage.persist) await navigator.storage.persist();
    await this.take(cache, index);
  }

  /** This session is the one to go on with. What says so comes in an order in which nothing is
   * taken for whole that is not: last of all that it is there.
   * @param {Cache} cache @param {Index} index */
  async take(cache, index) {
    const { page } = this.player.settings;
    await navigator.serviceWorker.register("/keep.js", { updateViaCache: "none" });
    await navigator.serviceWorker.ready;
    for (const url of index.player) {
      if (!(await cache.match(url))) await cache.put(url, await this.fetch(url));
    }
    const text = await (await this.fetch(`${this.base}play`)).text();
    const { shelf, ...rest } = index;
    this.index = { ...rest, whole: true };
    const before = this.mine() && this.shelf ? this.shelf.plain.before : this.before;
    this.shelf = shelf ? new Shelf({ ...shelf, session: index.session, before }) : null;
    for (const entry of this.passed || []) if (this.shelf) this.shelf.fold(entry);
    this.passed = null;
    this.mark(this.player.line.acknowledged);
    if (this.shelf) await this.put(cache, KEPT_SHELF, this.shelf.plain);
    else await cache.delete(KEPT_SHELF);
    // The page as this window has it: its word is the one that the session knows.
    const mine = text.replace(/"page": "\w+"/, `"page": "${page}"`);
    await cache.put(SAVED_PAGE, new Response(mine));
    await this.put(cache, KEPT_INDEX, this.index);
  }

  /** The session that was last heard of here, and how far it had come.
   * @returns {[string?, number?]} */
  marked() {
    const { storage } = this.player.outbox;
    return JSON.parse((storage && storage.getItem(this.key)) || "[]");
  }

  /** @param {Cache} cache @param {string} place @param {object} plain */
  put(cache, place, plain) {
    return cache.put(place, new Response(JSON.stringify(plain)));
  }

  /** How far the session has come, which must never be forgotten: the server takes each number
   * once. @param {number} acknowledged */
  mark(acknowledged) {
    const { outbox, settings } = this.player;
    const known = outbox.put(this.key, JSON.stringify([settings.session, acknowledged]));
    if (!known && outbox.storage) outbox.storage.removeItem(this.key);
  }

  /** Another visit: the session is another, and the course may be. */
  async refresh() {
    const { settings } = this.player;
    if (!this.index || this.asked || !settings.keep || !settings.keep.url) return;
    this.asked = true;
    this.passed = [];
    try {
      const index = await this.news();
      if (index.version !== this.index.version) {
        await this.drop();
        return;
      }
      await this.take(await caches.open(cacheOf(index.version)), index);
    } catch (problem) {
      if (!(problem instanceof TypeError) && !(problem instanceof DOMException)) throw problem;
      this.asked = false; // no line again, or no room: what was kept before is still there
      this.passed = null;
    }
  }

  /** Nothing of the course stays but answers that are not sent. */
  async drop() {
    this.index = null;
    this.shelf = null;
    // Not the outbox's storage, which on a shared computer is another one.
    for (const key of [this.key, this.hereKey]) window.localStorage.removeItem(key);
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
    const { keep } = this.player.settings;
    if (!this.index || !keep || !keep.url) return; // who only looks is in another session
    this.mark(said.number);
    if (!this.shelf || !this.mine()) return;
    this.shelf.fold(said);
    this.store().catch((problem) => {
      if (!(problem instanceof DOMException)) throw problem; // no room; the next may find some
    });
  }

  /** Whether what is kept is of this session. */
  mine() {
    return this.shelf !== null && this.shelf.plain.session === this.player.settings.session;
  }

  /** Store what is known now, once the last of it is stored. */
  async store() {
    this.changed = true;
    if (this.storing) return;
    this.storing = true;
    await null; // what is acknowledged in one breath is stored in one
    try {
      while (this.changed && this.shelf && this.index) {
        this.changed = false;
        const cache = await caches.open(cacheOf(this.index.version));
        await this.put(cache, KEPT_SHELF, this.shelf.plain);
      }
    } finally {
      this.storing = false;
    }
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
    const { trouble } = player.standing;
    const now = trouble === "line" || trouble === "site" ? this.now() : null;
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
    // What was marked last may not have reached the disk; a session that is none of these has
    // followed this one, which then no longer counts.
    const [session, acknowledged = 0] = this.marked();
    const mine = session === settings.session;
    if (session && !mine && session !== now.plain.before) return;
    outbox.resume(Math.max(mine ? acknowledged : 0, now.plain.acknowledged));
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
    const { keep_remove, kept_here } = this.words;
    if (this.index) this.show([kept_here, this.away()], [[keep_remove, () => this.remove()]]);
    else if (keep && keep.url) this.player.offerKeeping();
    else this.place.hidden = true;
  }

  /** How the course is found again without a line. */
  away() {
    const address = `\u2068${window.location.origin}/\u2069`;
    return this.words.keep_away.replace("{address}", address);
  }

  /** Say what will be stored, and ask. */
  async ask() {
    const { player } = this;
    /** @type {Index} */
    let index;
    try {
      index = await this.news();
    } catch (problem) {
      if (!(problem instanceof TypeError)) throw problem;
      this.show([player.words.line], [[player.words.retry, () => this.ask()]], true);
      return;
    }
    this.words = { ...player.words, ...index.words };
    const { keep_what, keep_moves, keep_waits, keep_yes, keep_no } = this.words;
    this.show(
      [keep_what, index.roams ? keep_moves : keep_waits, this.away()],
      [
        [keep_yes, () => this.start()],
        [keep_no, () => player.offerKeeping(true)],
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
      this.passed = null;
      this.partly();
      return;
    }
    this.draw();
    this.place.focus();
  }

  /** Not all of it is there. */
  partly() {
    const { keep_failed, keep_remove, retry } = this.words;
    const again = /** @type {[string, () => void]} */ ([retry, () => this.start()]);
    this.show([keep_failed], [again, [keep_remove, () => this.drop()]]);
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
      ...buttons.map(([words, press]) => control({ words, press })),
    );
    this.place.hidden = false;
    this.place.tabIndex = -1;
    if (focus) this.place.focus();
  }
}
