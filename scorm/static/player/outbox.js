// What content has set and the server has not acknowledged, written to this device before
// anything else happens (write-ahead). One record in storage for each entry, so that a long value
// is written once and not again with every small one.

/**
 * One entry of the protocol. `text` is its JSON, made when it is stored or sent; `head` is the part
 * of it before the values, and `key` its place on the device.
 * @typedef {{number: number, kind: string, activity: string | null, key: string, head: string,
 *   pairs: string[], places: Map<string, number>, text: string | null, size: number,
 *   sent: boolean}} Held
 *
 * Entries that travel together, and their bytes.
 * @typedef {{entries: Held[], size: number}} Batch
 *
 * An entry as an earlier session stored it.
 * @typedef {{number: number, kind: string, activity: string | null, values?: [string, string][],
 *   request?: string}} Entry
 *
 * The same as it lies there: its key and its JSON.
 * @typedef {{key: string, text: string}} Stored
 *
 * @typedef {{session: string, entries: Stored[]}} Leftover
 */

/** Characters of values that share one entry; a longer value has an entry of its own. */
const SHARED = 2048;

/** Characters of an entry that Commit looks at one by one on the device; of a longer one it looks
 * only whether all are there. */
const COMPARED = 16384;
/** Values need an activity; this is the one of an entry that has none. */
const NOWHERE = "-";

const encoder = new TextEncoder();

/** @param {string} text @returns {number} bytes in UTF-8 */
export function bytes(text) {
  return encoder.encode(text).length;
}

export class Outbox {
  /**
   * @param {{storage: Storage | null, registration: string, session: string,
   *   replaces?: (element: string) => boolean}} options
   *   storage: null where the browser allows none: entries then live as long as the page;
   *   replaces: whether a new value of the element makes an earlier one meaningless
   */
  constructor({ storage, registration, session, replaces }) {
    this.storage = storage;
    this.session = session;
    this.base = `outbox/${registration}/`;
    this.leaseKey = `lease/${registration}`;
    /** Says who has read left-overs here last, and how often. */
    this.readerKey = `reader/${registration}`;
    this.reader = storage && storage.getItem(this.readerKey);
    this.readings = 0;
    this.replaces = replaces || (() => false);
    /** Told of each entry that the server has, before it goes. */
    this.folded = (/** @type {Held} */ _entry) => {};
    /** @type {Held[]} */
    this.entries = [];
    /** Where each element's value stands in the present run of unsent values.
     * @type {Map<string, Held>} */
    this.run = new Map();
    /** @type {Set<Held>} */
    this.unstored = new Set();
    this.next = 1;
    for (const key of this.keys(session)) {
      const text = this.read(key);
      if (text === null) continue;
      /** @type {Entry} */
      const { kind, activity, request, number } = JSON.parse(text);
      const held = this.append(kind, activity, request, number);
      Object.assign(held, { text, sent: true });
    }
  }

  /** Whether this device holds everything that the server has not acknowledged. */
  get kept() {
    return this.unstored.size === 0;
  }

  /**
   * Content shares this origin's storage and may have emptied it or written over it: what is gone
   * or altered is written again.
   * @returns {boolean} whether this device holds everything that the server has not acknowledged
   */
  keep() {
    if (this.storage === null) return this.kept;
    this.unstored = new Set(this.entries.filter((entry) => !this.holds(entry)));
    this.store();
    return this.kept;
  }

  /** @param {Held} entry @returns {boolean} whether the device has it as it is now */
  holds(entry) {
    const there = /** @type {Storage} */ (this.storage).getItem(entry.key);
    const text = this.text(entry);
    if (there === null || there.length !== text.length) return false;
    return text.length > COMPARED || there === text;
  }

  /** @param {string} session @param {number} number */
  key(session, number) {
    return `${this.base}${session}/${String(number).padStart(8, "0")}`;
  }

  /** @param {string} [session] @returns {string[]} this registration's keys, in order of number */
  keys(session) {
    const prefix = session === undefined ? this.base : `${this.base}${session}/`;
    const found = [];
    const { storage } = this;
    for (let at = 0; storage !== null && at < storage.length; at += 1) {
      const key = storage.key(at);
      if (key !== null && key.startsWith(prefix)) found.push(key);
    }
    return found.sort();
  }

  /** @param {string} key @returns {string | null} JSON; what is none is removed */
  read(key) {
    const storage = /** @type {Storage} */ (this.storage);
    const text = storage.getItem(key);
    try {
      return JSON.parse(String(text)) === null ? null : text;
    } catch (problem) {
      if (!(problem instanceof SyntaxError)) throw problem;
      storage.removeItem(key);
      return null;
    }
  }

  /**
   * What earlier sessions of this registration left on the device. The newest comes first: what it
   * left counts as long as no other session has begun.
   * @param {number} [most] bytes of a portion that has more than one entry
   * @returns {Leftover[][]} in portions
   */
  leftovers(most = Infinity) {
    const sessionOf = (/** @type {string} */ key) => key.slice(this.base.length).split("/")[0];
    const keys = this.keys().filter((key) => sessionOf(key) !== this.session);
    if (keys.length) this.sign();
    const newest = keys.length ? this.storage?.getItem(this.leaseKey) : null;
    keys.sort((one, other) => Number(sessionOf(other) === newest) - Number(sessionOf(one) === newest));
    /** @type {Leftover[][]} */
    const portions = [];
    /** @type {Leftover[]} */
    let portion = [];
    let size = 0;
    for (const key of keys) {
      const text = this.read(key);
      if (text === null) continue;
      const length = bytes(text) + 1;
      if (!portions.length || size + length > most) {
        portion = [];
        portions.push(portion);
        size = 0;
      }
      size += length;
      const last = portion[portion.length - 1];
      if (last && last.session === sessionOf(key)) last.entries.push({ key, text });
      else portion.push({ session: sessionOf(key), entries: [{ key, text }] });
    }
    return portions;
  }

  /** Another window that is open learns that what it has stored is being read. */
  sign() {
    this.readings += 1;
    this.reader = `${this.session} ${this.readings}`;
    this.put(this.readerKey, this.reader);
  }

  /** What another window has read is not changed any more: the server takes each number once. */
  watch() {
    const reader = this.storage && this.storage.getItem(this.readerKey);
    if (reader === this.reader) return;
    this.reader = reader;
    for (const entry of this.entries) entry.sent = true;
  }

  /** Other windows of this registration on this device learn that this session has begun. */
  announce() {
    this.put(this.leaseKey, this.session); // where it is full, they learn it when they write
  }

  /** Remove what is still as it was sent: where there was no room to sign for it, the window that
   * wrote it may have added to it since.
   * @param {Leftover[]} leftovers what the server has taken */
  forget(leftovers) {
    const storage = /** @type {Storage} */ (this.storage);
    for (const { key, text } of leftovers.flatMap(({ entries }) => entries)) {
      if (storage.getItem(key) === text) storage.removeItem(key);
    }
  }

  /** @param {number} acknowledged how many entries of this session the server has: go on from there */
  resume(acknowledged) {
    this.acknowledge(acknowledged);
    this.next = Math.max(this.next, acknowledged + 1);
  }

  /**
   * Keep a value. Values that have not been sent yet share an entry while they are short, and a
   * newer value takes the place of an older one where only the last counts.
   * @param {string} activity @param {string} element @param {string} value
   */
  set(activity, element, value) {
    const pair = JSON.stringify([element, value]);
    this.watch();
    const before = this.run.get(element);
    if (before && !before.sent && before.activity === activity && this.replaces(element)) {
      const place = /** @type {number} */ (before.places.get(element));
      const size = before.size - before.pairs[place].length + pair.length;
      if (size <= SHARED || before.pairs.length === 1) {
        before.pairs[place] = pair;
        before.size = size;
        before.text = null;
        this.write(before);
        return;
      }
    }
    let entry = this.entries[this.entries.length - 1];
    const shared =
      entry &&
      entry.kind === "set" &&
      !entry.sent &&
      entry.activity === activity &&
      entry.size + pair.length <= SHARED;
    if (!shared) {
      if (!entry || entry.kind !== "set" || entry.activity !== activity) this.run.clear();
      entry = this.append("set", activity);
    }
    entry.places.set(element, entry.pairs.length);
    entry.pairs.push(pair);
    entry.size += pair.length;
    entry.text = null;
    this.run.set(element, entry);
    this.write(entry);
  }

  /**
   * @param {"initialize" | "terminate" | "navigate"} kind
   * @param {string | null} activity
   * @param {string} [request] the navigation request
   * @returns {number} the entry's number
   */
  add(kind, activity, request) {
    this.run.clear();
    const entry = this.append(kind, activity, request);
    this.write(entry);
    return entry.number;
  }

  /**
   * @param {string} kind
   * @param {string | null} activity
   * @param {string} [request]
   * @param {number} [number]
   * @returns {Held}
   */
  append(kind, activity, request, number = this.next) {
    const entry = {
      number,
      kind,
      activity,
      key: this.key(this.session, number),
      head: JSON.stringify({ number, activity, kind, request }).slice(0, -1),
      pairs: [],
      places: new Map(),
      text: null,
      size: 0,
      sent: false,
    };
    this.next = number + 1;
    this.entries.push(entry);
    return entry;
  }

  /** @param {Held} entry @returns {string} its JSON */
  text(entry) {
    if (entry.text === null) {
      const { head, kind, pairs } = entry;
      entry.text = kind === "set" ? `${head},"values":[${pairs.join(",")}]}` : `${head}}`;
    }
    return entry.text;
  }

  /** @param {Held} entry @returns {boolean} whether the device has it */
  write(entry) {
    const stored = this.put(entry.key, this.text(entry));
    if (stored) this.unstored.delete(entry);
    else this.unstored.add(entry);
    return stored;
  }

  /** @param {string} key @param {string} text @returns {boolean} whether the device has it */
  put(key, text) {
    if (this.storage === null) return false;
    try {
      this.storage.setItem(key, text);
      return true;
    } catch (problem) {
      if (!(problem instanceof DOMException)) throw problem; // QuotaExceededError: it is full
      return false;
    }
  }

  /**
   * The oldest entries, as many as fit, and at least one when `atLeastOne`. What has been handed out
   * is not changed any more.
   * @param {{most: number, count?: number, skip?: (entry: Held) => boolean, again?: boolean,
   *   atLeastOne?: boolean, passing?: boolean}} options
   *   most: bytes of JSON; count: entries; skip: which are not meant;
   *   again: only what has been sent before, so that the rest can still grow while the line is down;
   *   passing: later ones may go before one that does not fit
   * @returns {Batch}
   */
  batch({ most, count = Infinity, skip = () => false, again, atLeastOne, passing }) {
    /** @type {Held[]} */
    const entries = [];
    let size = 0;
    for (const entry of this.entries) {
      if (entries.length === count || (again && !entry.sent && entries.length)) break;
      if (skip(entry)) continue;
      const text = this.text(entry);
      const room = atLeastOne && !entries.length ? Infinity : most - size;
      const length = text.length < room ? bytes(text) + 1 : Infinity;
      if (length <= room) {
        entry.sent = true;
        entries.push(entry);
        size += length;
      } else if (!passing) break;
    }
    return { entries, size };
  }

  /** @param {number} most @returns {boolean} whether so many characters wait to be sent */
  waits(most) {
    let size = 0;
    for (let at = this.entries.length - 1; at >= 0 && !this.entries[at].sent; at -= 1) {
      size += this.entries[at].size;
      if (size >= most) return true;
    }
    return false;
  }

  /** @param {number} number everything up to it is safe on the server */
  acknowledge(number) {
    while (this.entries.length && this.entries[0].number <= number) {
      const entry = /** @type {Held} */ (this.entries.shift());
      this.unstored.delete(entry);
      this.folded(entry);
      if (this.storage !== null) this.storage.removeItem(entry.key);
    }
    this.store();
  }

  /** Store what found no room before, until there is none again. */
  store() {
    for (const entry of Array.from(this.unstored)) if (!this.write(entry)) return;
  }

  /**
   * The server will never take this entry: an empty one goes in its place, so that what follows
   * is not held up.
   * @param {Held} entry
   * @returns {string[]} the elements that are lost
   */
  empty(entry) {
    const { number, values = [] } = JSON.parse(this.text(entry));
    entry.kind = "set";
    entry.head = JSON.stringify({ number, activity: NOWHERE, kind: "set" }).slice(0, -1);
    entry.pairs = [];
    entry.text = null;
    this.write(entry);
    return values.map((/** @type {[string, string]} */ pair) => pair[0]);
  }
}

/** What goes with the page and never reaches a disk: a browser's own storages all do, and what is
 * removed from them stays there for a while. */
export class PageMemory {
  constructor() {
    /** @type {Map<string, string>} */
    this.values = new Map();
  }

  get length() {
    return this.values.size;
  }

  /** @param {number} at */
  key(at) {
    return Array.from(this.values.keys())[at] ?? null;
  }

  /** @param {string} key */
  getItem(key) {
    return this.values.get(key) ?? null;
  }

  /** @param {string} key @param {string} value */
  setItem(key, value) {
    this.values.set(key, value);
  }

  /** @param {string} key */
  removeItem(key) {
    this.values.delete(key);
  }

  clear() {
    this.values.clear();
  }
}

/** @param {boolean} passing whether it is to go with the window, as all that a preview stores
 * @param {boolean} shared whether others use the device too
 * @returns {Storage | null} this origin's storage, or null where the browser keeps it shut */
export function deviceStorage(passing, shared) {
  if (shared) return new PageMemory();
  try {
    return passing ? window.sessionStorage : window.localStorage;
  } catch (problem) {
    if (problem instanceof DOMException) return null; // SecurityError: the person's own setting
    throw problem;
  }
}
