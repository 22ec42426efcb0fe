// What content has set and the server has not acknowledged, written to this device before
// anything else happens. One record in storage for each entry, so that a long value is written
// once and not again with every small one.

/**
 * @typedef {{number: number, kind: string, activity: string | null,
 *   values?: [string, string][], request?: string}} Entry
 */

const PREFIX = "outbox";
const COALESCE = 8192;

export class Outbox {
  /**
   * @param {{storage: Storage, registration: string, session: string}} options
   */
  constructor({ storage, registration, session }) {
    this.storage = storage;
    this.base = `${PREFIX}/${registration}/`;
    this.session = session;
    /** Whether the last write reached the device. */
    this.kept = true;
    /** @type {Entry[]} */
    this.entries = this.load(session);
    this.next = this.entries.length ? this.entries[this.entries.length - 1].number + 1 : 1;
    this.open = false;
  }

  /** @param {string} session @param {number} number */
  key(session, number) {
    return `${this.base}${session}/${String(number).padStart(8, "0")}`;
  }

  /** @returns {string[]} */
  keys() {
    const found = [];
    try {
      for (let at = 0; at < this.storage.length; at += 1) {
        const key = this.storage.key(at);
        if (key !== null && key.startsWith(this.base)) found.push(key);
      }
    } catch (error) {
      return [];
    }
    return found.sort();
  }

  /** @param {string} session @returns {Entry[]} */
  load(session) {
    const prefix = `${this.base}${session}/`;
    const found = [];
    for (const key of this.keys()) {
      if (!key.startsWith(prefix)) continue;
      try {
        found.push(JSON.parse(String(this.storage.getItem(key))));
      } catch (error) {
        this.storage.removeItem(key);
      }
    }
    return found;
  }

  /** What earlier sessions of this registration left on the device. */
  leftovers() {
    const sessions = new Set(
      this.keys().map((key) => key.slice(this.base.length).split("/")[0]),
    );
    sessions.delete(this.session);
    return Array.from(sessions).map((session) => ({ session, entries: this.load(session) }));
  }

  /** @param {{session: string}[]} leftovers what the server has taken */
  forget(leftovers) {
    for (const { session } of leftovers) {
      for (const key of this.keys()) {
        if (key.startsWith(`${this.base}${session}/`)) this.storage.removeItem(key);
      }
    }
  }

  /** The server knows this many entries of the session: numbers go on from there. */
  continueFrom(/** @type {number} */ acknowledged) {
    this.acknowledge(acknowledged);
    this.next = Math.max(this.next, acknowledged + 1);
  }

  /** @param {string} activity @param {string} element @param {string} value */
  set(activity, element, value) {
    const last = this.entries[this.entries.length - 1];
    if (this.open && last && last.kind === "set" && last.activity === activity && last.values) {
      last.values.push([element, value]);
      this.size += element.length + value.length;
      this.write(last);
      this.open = this.size < COALESCE;
      return this.kept;
    }
    this.size = element.length + value.length;
    this.add({ kind: "set", activity, values: [[element, value]] });
    this.open = this.size < COALESCE;
    return this.kept;
  }

  /** @param {{kind: string, activity: string | null, values?: [string, string][],
   *   request?: string}} content */
  add(content) {
    const entry = { number: this.next, ...content };
    this.next += 1;
    this.open = false;
    this.entries.push(entry);
    this.write(entry);
    return this.kept;
  }

  /** @param {Entry} entry */
  write(entry) {
    try {
      this.storage.setItem(this.key(this.session, entry.number), JSON.stringify(entry));
      this.kept = true;
    } catch (error) {
      this.kept = false;
    }
  }

  /**
   * The oldest entries, as many as fit.
   * @param {number} most bytes of JSON
   * @returns {{entries: Entry[], all: boolean}}
   */
  batch(most) {
    const entries = [];
    let size = 0;
    for (const entry of this.entries) {
      size += new Blob([JSON.stringify(entry)]).size + 1;
      if (size > most) break;
      entries.push(entry);
    }
    if (entries.length === this.entries.length) this.open = false;
    return { entries, all: entries.length === this.entries.length };
  }

  /** @param {number} number everything up to it is safe on the server */
  acknowledge(number) {
    while (this.entries.length && this.entries[0].number <= number) {
      const entry = /** @type {Entry} */ (this.entries.shift());
      try {
        this.storage.removeItem(this.key(this.session, entry.number));
      } catch (error) {
        this.kept = false;
      }
    }
    if (!this.entries.length) this.open = false;
  }
}

/** A stand-in where the browser allows no storage: entries live as long as the page. */
export class PageStorage {
  constructor() {
    /** @type {Map<string, string>} */
    this.map = new Map();
  }

  get length() {
    return this.map.size;
  }

  /** @param {number} at */
  key(at) {
    return Array.from(this.map.keys())[at] || null;
  }

  /** @param {string} key */
  getItem(key) {
    const value = this.map.get(key);
    return value === undefined ? null : value;
  }

  /** @param {string} key @param {string} value */
  setItem(key, value) {
    this.map.set(key, value);
  }

  /** @param {string} key */
  removeItem(key) {
    this.map.delete(key);
  }
}
