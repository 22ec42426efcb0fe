// What was answered and is not saved yet. It lies on the device until the server has it, and is
// sent again under the same name until the server has answered: then it is done once, however
// often it arrived.

/**
 * @typedef {{fields: {[name: string]: string[]}, certainty: number | null, flagged: boolean}} Given
 * @typedef {{
 *   key: string, position: number, base: number, flags: number, own: boolean,
 *   sending: {post: string, given: Given} | null, next: Given | null,
 *   held?: boolean,
 * }} Item one question; `held` while two versions of it wait for a choice,
 *   `flags` how often its flag had been changed when the page was made
 * @typedef {{position: number, revision: number, at: string | null, why?: string,
 *   flagged: boolean, flags: number,
 *   yours?: {[name: string]: string[]}, theirs?: {[name: string]: string[]}}} Outcome
 * @typedef {{state: string, left: number | null, saved: Outcome[], conflicts: Outcome[],
 *   late: Outcome[]}} Told
 */

/** A name that nothing else has. */
export const unique = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
};

export class Outbox {
  /** @type {Map<string, Item>} */
  items = new Map();
  /** Whether the device keeps what is here. */
  kept = true;
  /** @type {Promise<void> | null} */
  running = null;

  /**
   * @param {object} line
   * @param {string} line.attempt
   * @param {string} line.tab this tab's own name, the same after a reload
   * @param {Storage | null} line.storage
   * @param {(body: string, leaving: boolean) => Promise<Told>} line.send throws when it did not
   *   arrive, or nobody knows
   * @param {(kind: "saved" | "conflict" | "late", item: Item, given: Given, outcome: Outcome) => void}
   *   line.heard
   */
  constructor({ attempt, tab, storage, send, heard }) {
    this.prefix = `quiz/${attempt}/`;
    this.tab = tab;
    /** @type {Storage | null} */
    this.storage = storage;
    this.send = send;
    this.heard = heard;
    this.load();
  }

  /** What earlier pages of this device left: of this tab, and of tabs that are gone. */
  load() {
    if (!this.storage) return;
    for (const key of Object.keys(this.storage)) {
      if (!key.startsWith(this.prefix) || this.items.has(key)) continue;
      try {
        const { base, flags = 0, sending, next } = JSON.parse(this.storage.getItem(key) ?? "");
        const [position, tab] = key.slice(this.prefix.length).split("/");
        const own = tab === this.tab;
        this.items.set(key, { key, position: Number(position), base, flags, own, sending, next });
      } catch {
        this.storage.removeItem(key);
      }
    }
  }

  /** Whether the server has everything. */
  get empty() {
    return this.items.size === 0;
  }

  /** Whether something waits for a choice. */
  get held() {
    return [...this.items.values()].some((item) => item.held);
  }

  /**
   * The newest that was answered in this tab.
   *
   * @param {number} position
   * @returns {Item | undefined}
   */
  own(position) {
    return this.items.get(this.key(position));
  }

  /** @param {number} position */
  key(position) {
    return `${this.prefix}${position}/${this.tab}`;
  }

  /**
   * Something was answered.
   *
   * @param {number} position
   * @param {Given} given
   * @param {number} base revision that the page was made from
   * @param {number} flags how often the flag had been changed then
   */
  put(position, given, base, flags) {
    const key = this.key(position);
    const item = this.items.get(key) ?? {
      ...{ key, position, base, flags, own: true, sending: null, next: null },
    };
    item.next = given;
    this.items.set(key, item);
    this.keep(item);
  }

  /**
   * A choice between two versions was made.
   *
   * @param {Item} item
   * @param {number} revision on which it was made
   * @param {boolean} here whether the one of this window counts
   */
  choose(item, revision, here) {
    item.held = false;
    item.base = revision;
    if (here) this.keep(item);
    else this.drop(item);
  }

  /** @param {Item} item */
  keep(item) {
    const { base, flags, sending, next } = item;
    try {
      this.storage?.setItem(item.key, JSON.stringify({ base, flags, sending, next }));
      this.kept = this.storage !== null;
    } catch {
      this.kept = false;
    }
  }

  /** @param {Item} item */
  drop(item) {
    this.items.delete(item.key);
    this.storage?.removeItem(item.key);
  }

  /** Nothing of this attempt stays on the device. */
  clear() {
    for (const item of [...this.items.values()]) this.drop(item);
  }

  /**
   * Send what is here, until nothing is left that can be sent; two calls are one.
   *
   * @returns {Promise<void>} fails when something did not arrive, or nobody knows
   */
  flush() {
    const running = (this.running ??= this.work().finally(() => {
      this.running = null;
    }));
    return running;
  }

  async work() {
    for (let batch = this.batch(); batch.length; batch = this.batch()) {
      const told = await this.send(this.body(batch), false);
      for (const item of batch) this.answered(item, told);
    }
  }

  /** The page is being left: send everything once more, without waiting for an answer. */
  leave() {
    for (const batch of this.posts()) this.send(this.body(batch), true).catch(() => {});
  }

  /** @returns {Item[][]} what is being sent, request by request, and what was not sent yet */
  posts() {
    const fresh = this.fresh();
    /** @type {Map<string, Item[]>} */
    const found = new Map();
    for (const item of [...this.items.values()].concat(fresh)) {
      const post = item.sending?.post;
      if (!post || item.held) continue;
      const batch = found.get(post) ?? [];
      if (!batch.includes(item)) found.set(post, [...batch, item]);
    }
    return [...found.values()];
  }

  /** What is sent in one request: first again what nobody knows of, by the same name. */
  batch() {
    const again = [...this.items.values()].find((item) => item.sending && !item.held);
    if (!again) return this.fresh();
    const post = again.sending?.post;
    return [...this.items.values()].filter((item) => item.sending?.post === post && !item.held);
  }

  /** What was not sent yet gets a name for one request. */
  fresh() {
    const post = unique();
    /** @type {Item[]} */
    const batch = [];
    for (const item of this.items.values()) {
      // One version of a question at a time: the server answers by its position.
      const other = batch.some((each) => each.position === item.position);
      if (!item.next || item.sending || item.held || other) continue;
      item.sending = { post, given: item.next };
      item.next = null;
      this.keep(item);
      batch.push(item);
    }
    return batch;
  }

  /** @param {Item[]} batch of one name */
  body(batch) {
    const answers = batch.map(({ position, base, flags, sending }) => ({
      position,
      revision: base,
      flags,
      ...sending?.given,
    }));
    return JSON.stringify({ post: batch[0].sending?.post, answers });
  }

  /**
   * @param {Item} item
   * @param {Told} told
   */
  answered(item, told) {
    const given = item.sending?.given;
    if (!given) return;
    /** @param {Outcome[]} outcomes */
    const of = (outcomes) => outcomes.find((each) => each.position === item.position);
    const [saved, conflict, late] = [of(told.saved), of(told.conflicts), of(told.late)];
    item.sending = null;
    const outcome = saved ?? conflict ?? late;
    if (outcome) {
      item.flags = outcome.flags;
      // A flag that was not touched since is the one that the server has.
      if (item.next?.flagged === given.flagged) item.next.flagged = outcome.flagged;
    }
    if (saved) {
      item.base = saved.revision;
      if (item.next) this.keep(item);
      else this.drop(item);
      this.heard("saved", item, given, saved);
    } else if (conflict) {
      item.next ??= given;
      item.held = true;
      this.keep(item);
      this.heard("conflict", item, item.next, conflict);
    } else if (late) {
      this.drop(item);
      this.heard("late", item, given, late);
    }
  }
}
