// The line to the server: sends the outbox in order, again and again, until it is acknowledged.
// One request is on its way at a time, but for what is handed over while the page goes away.
// The server takes each entry once and in order, so that sending again never does harm.

import { NoAnswer, Refusal, post } from "./request.js";

/**
 * @typedef {import("./outbox.js").Outbox} Outbox
 * @typedef {import("./outbox.js").Leftover} Leftover
 * @typedef {import("./outbox.js").Held} Held
 * @typedef {import("./outbox.js").Batch} Batch
 *
 * @typedef {{number: number, element: string, error?: string, message?: string}} RefusedValue
 * @typedef {{id: string, title: string, visible: boolean, status: string, current: boolean,
 *   enabled: boolean, needs?: string, children: Entry[]}} Entry
 * @typedef {{number: number, activity: string, title: string, url: string,
 *   standard: "1.2" | "2004", edition: string, sco: boolean,
 *   data: {[element: string]: string},
 *   stores: import("./datamodel.js").SharedStore[]}} Delivery
 * @typedef {{completion: string, success: string, score: string | null, time: string}} Result
 * @typedef {{state: "ended" | "blocked" | "suspended", message: string, result: Result}} Outcome
 * @typedef {{turn: number, navigation: {[name: string]: boolean}, hidden: string[],
 *   toc: Entry[], request_valid: import("./datamodel.js").RequestValid,
 *   delivery: Delivery | {number: number} | null, outcome: Outcome | null,
 *   declined?: string}} View
 *   A delivery with its number alone says that the frame is to be left as it is.
 *   Declined says why the newest navigation request was refused.
 *   The turn grows whenever the session moves on, and never shrinks.
 * @typedef {{acknowledged: number, refused?: RefusedValue[]}} Answer
 *   to every request; it is a view as well where that is news to the page
 *
 * Why the learner's data is not safe on the server yet, in one word.
 * @typedef {null | "line" | "site" | "storage" | "refused" | "sign-in" | "closed" |
 *   "elsewhere"} Trouble
 * @typedef {{save: "saved" | "saving" | "unsaved", trouble: Trouble}} Standing
 */

/** So many requests leave one after the other without waiting, since what is only in this device's
 * memory is lost when the browser is killed. */
const AT_ONCE = 3;
/** Milliseconds between the later ones, and up to how many it grows while values keep coming, while
 * somebody hurries (Commit), and while more than `MUCH` waits. */
const GAP = 50;
const LONGEST_GAP = 1000;
const HURRIED_GAP = 333;
const FULL_GAP = 250;
/** Characters that wait: 48 KiB where each takes three bytes, so that they still fit in what may be
 * handed over while the page goes. */
const MUCH = 16384;
/** After this many quiet milliseconds it begins anew. */
const QUIET = 2000;
/** Back-off: first, longest; a Commit may try again after `PATIENCE`. Milliseconds. */
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 60000;
const PATIENCE = 2000;
/** Bytes that may be on their way while the page goes: 64 KiB by Fetch, less some for the wrapping. */
const KEEPALIVE = 63000;
/** Bytes of entries in a request without keepalive; the server reads 8 MiB. */
const PORTION = 7 * 1024 * 1024;
/** So many portions of left-overs that the server cannot take are tried again in halves. */
const HALVINGS = 16;
/** For so many milliseconds after the page is hidden, what content still sets is sent at once, in so
 * many requests at most. */
const LEAVING = 1000;
const AT_GOODBYE = 8;
/** How often a page that another has followed tries to hand back what it still has, and the answer
 * that it was too much at once. */
const HAND_BACKS = 8;
const UNREADABLE = -1;

export class Line {
  /**
   * @param {{outbox: Outbox, startUrl: string, commitUrl: string, page?: string,
   *   fetch: (url: string, options: RequestInit) => Promise<Response>,
   *   beacon?: ((url: string, body: Blob) => boolean) | null,
   *   now: () => number, setTimeout: (run: () => void, wait: number) => any,
   *   clearTimeout: (timer: any) => void, random: () => number,
   *   onView: (view: View) => void, onStanding: (standing: Standing) => void}} options
   *   page: a word of this page's own: a copy of it has the same address and session;
   *   beacon: navigator.sendBeacon, where fetch knows no keepalive (Firefox before 133);
   *   now: a clock that nobody sets (performance.now), in milliseconds
   */
  constructor(options) {
    this.options = options;
    this.outbox = options.outbox;
    /** Values that the server did not take. @type {Map<string, RefusedValue>} */
    this.refused = new Map();
    this.refusedUnseen = false;
    /** The server's words when it refused, and where to sign in again. @type {Refusal | null} */
    this.refusal = null;
    /** @type {Trouble} */
    this.stopped = null;
    /** Once another page has taken over: whether the server keeps what this one still has, whether
     * that is on its way, and whether some of it arrived, which does not count. */
    this.keeps = false;
    this.handing = false;
    this.handedBack = false;
    this.started = false;
    this.pumping = false;
    this.asking = false;
    this.urgent = false;
    /** Whether somebody asked to try again while a request was on its way. */
    this.anew = false;
    /** Entries that the server takes at once. */
    this.portion = Infinity;
    this.failures = 0;
    /** What the last failure was. @type {Trouble} */
    this.failure = null;
    /** Requests since it was last quiet, and those of them that somebody hurried. */
    this.streak = 0;
    this.hurries = 0;
    this.acknowledged = 0;
    this.serial = 0;
    /** The newest view, its turn, and its request's place among all. @type {View | null} */
    this.view = null;
    this.turn = 0;
    this.latest = 0;
    this.lastSend = -Infinity;
    this.lastAnswer = -Infinity;
    /** What is on its way: with keepalive, so that it outlives the page, and its bytes; without.
     * @type {Set<Held>} */
    this.alive = new Set();
    this.aliveBytes = 0;
    /** @type {Set<Held>} */
    this.mortal = new Set();
    this.leaving = false;
    this.goodbyes = 0;
    /** @type {any} */
    this.staying = null;
    /** @type {(() => void) | null} */
    this.wake = null;
    /** @type {{number: number, resolve: (view: View) => void}[]} */
    this.waiting = [];
  }

  /** What a Commit may answer: "true" when this device or the server has every value, and once
   * "false" after values that the server did not take. */
  honest() {
    const took = !this.refusedUnseen;
    this.refusedUnseen = false;
    return this.outbox.keep() && this.stopped === null && took;
  }

  /**
   * Take the lease and get the first view, however long it takes; left-over outboxes of earlier
   * sessions go with it, in portions, and are deleted when the server has answered. What it cannot
   * take stays on this device and keeps neither the rest nor the learner out. May be called again
   * for a whole view.
   * @returns {Promise<void>} when the view has been handed on, or the server refused for good
   */
  async start() {
    const portions = this.outbox.leftovers(PORTION);
    let halvings = 0;
    this.started = false;
    while (this.stopped === null && !this.started) {
      const leftovers = portions[0] || [];
      const serial = this.nextSerial();
      const more = portions.length > 1;
      const body = this.opening(leftovers, more);
      this.anew = false;
      try {
        const answer = await this.post(this.options.startUrl, body, false);
        this.outbox.forget(leftovers);
        portions.shift();
        if (portions.length) continue;
        this.outbox.resume(answer.acknowledged);
        this.started = true;
        this.answered();
        this.take(answer, serial);
        this.pump();
        return;
      } catch (problem) {
        const untaken = problem instanceof Refusal && problem.unreadable && leftovers.length;
        if (untaken) {
          portions.splice(0, 1, ...(halvings < HALVINGS ? halves(leftovers) : []));
          halvings += 1;
        } else await this.failed(problem);
      }
    }
  }

  /** A value was kept: send it soon, together with what comes in the same breath. */
  changed() {
    if (this.stopped !== null) this.handBack();
    else if (this.leaving) Promise.resolve().then(() => this.handOver());
    else if (!this.pumping) this.pump();
    else if (this.wake && !this.failures && this.outbox.waits(MUCH)) this.wake();
    this.tell();
  }

  /** Content or the learner wants it sent: do not wait for more. */
  now() {
    this.tell();
    if (this.stopped !== null || this.leaving) {
      this.handBack();
      this.handOver();
      return;
    }
    this.urgent = true;
    const backingOff = this.failures > 0 && this.options.now() - this.lastSend < PATIENCE;
    if (this.wake && !backingOff) this.wake();
    this.pump();
  }

  /** The line may be back, or somebody asks: try again at once. */
  retry() {
    this.stay();
    this.urgent = true;
    this.anew = true;
    if (this.wake) this.wake();
    this.pump();
    this.handBack();
  }

  /** Ask the server whether this page still holds the lease, when it was not asked for long.
   * @param {number} [since] milliseconds that count as long */
  async ask(since = 0) {
    const lately = this.options.now() - this.lastAnswer < since;
    if (!this.started || this.outbox.entries.length || lately) return;
    this.asking = true;
    await this.pump();
  }

  /** The page may be gone in a moment: hand over what fits, and the rest at the next launch. */
  hide() {
    this.leaving = true;
    this.goodbyes = 0;
    this.options.clearTimeout(this.staying);
    this.staying = this.options.setTimeout(() => {
      this.stay();
      this.pump();
    }, LEAVING);
    this.handOver();
  }

  /** The page lives on. */
  stay() {
    this.options.clearTimeout(this.staying);
    this.leaving = false;
    if (this.options.beacon) this.alive.clear(); // nobody says what came of a beacon
  }

  /**
   * @param {number} number
   * @returns {Promise<View>} what is so when the entry has been acknowledged
   */
  settled(number) {
    return new Promise((resolve) => {
      this.waiting.push({ number, resolve });
    });
  }

  /** Whoever waits for an entry is told what has come of it by the device alone.
   * @param {number} number @param {View} view */
  instead(number, view) {
    const { waiting } = this;
    this.waiting = waiting.filter((each) => each.number !== number);
    for (const each of waiting) if (each.number === number) each.resolve(view);
  }

  /** The session goes on where another page of it was closed, without a start. */
  goOn() {
    this.started = true;
    this.retry();
  }

  /** All that waits leaves now: small entries in a request that outlives the page, and what is too
   * long for one in another that may, since a hidden page often lives on. */
  handOver() {
    if (!this.started || this.stopped !== null || this.goodbyes >= AT_GOODBYE) return;
    const small = this.outbox.batch({
      most: KEEPALIVE - this.aliveBytes,
      passing: true,
      skip: (entry) => this.alive.has(entry),
    });
    if (small.entries.length) this.part(small, true);
    const large = this.outbox.batch({ most: PORTION, atLeastOne: true, skip: this.isAway });
    if (large.entries.length) this.part(large, false);
  }

  /** @param {Held} entry */
  isAway = (entry) => this.alive.has(entry) || this.mortal.has(entry);

  /** @param {Batch} batch @param {boolean} keepalive */
  async part(batch, keepalive) {
    this.goodbyes += 1;
    const { beacon, commitUrl } = this.options;
    if (keepalive && beacon) {
      const body = new Blob([this.wrap(batch.entries)], { type: "application/json" });
      if (beacon(commitUrl, body)) batch.entries.forEach((entry) => this.alive.add(entry));
      return;
    }
    try {
      await this.deliver(batch, keepalive);
    } catch (problem) {
      // Whatever went wrong, the entries are still in the outbox, and the pump goes on with them.
      if (problem instanceof Refusal) this.refuse(problem);
      else if (!(problem instanceof NoAnswer)) throw problem;
    }
    if (this.leaving) return;
    if (this.wake && !this.failures) this.wake();
    this.pump();
  }

  /** Whether there is something to ask or to send that is not on its way. */
  owes() {
    const [next] = this.outbox.entries;
    return (next && !this.isAway(next)) || this.asking || this.refusal !== null;
  }

  /** Send until nothing is left. */
  async pump() {
    if (this.pumping || !this.started || this.stopped !== null || !this.owes()) return;
    this.pumping = true;
    await null; // calls in one breath travel together
    while (this.stopped === null && this.owes()) {
      const wait = this.waitFor();
      if (wait > 0) {
        await this.pause(wait);
        continue;
      }
      try {
        await this.send();
      } catch (problem) {
        await this.failed(problem);
      }
    }
    this.pumping = false;
    this.tell();
  }

  /** Milliseconds until the next request may leave. */
  waitFor() {
    const since = this.options.now() - this.lastSend;
    if (since >= QUIET) [this.streak, this.hurries] = [0, 0];
    if (this.streak < AT_ONCE) return 0;
    let gap = Math.min(LONGEST_GAP, GAP * 2 ** (this.streak - AT_ONCE));
    if (this.urgent) gap = Math.min(gap, HURRIED_GAP, GAP * 2 ** this.hurries);
    if (this.outbox.waits(MUCH)) gap = Math.min(gap, FULL_GAP);
    return gap - since;
  }

  async send() {
    const batch = this.outbox.batch({
      most: KEEPALIVE,
      count: this.portion,
      again: this.failures > 0,
      atLeastOne: true,
      skip: this.isAway,
    });
    this.lastSend = this.options.now();
    this.streak += 1;
    if (this.urgent) this.hurries += 1;
    this.urgent = false;
    this.anew = false;
    this.asking = false;
    try {
      await this.deliver(batch, !this.failures && this.aliveBytes + batch.size <= KEEPALIVE);
    } catch (problem) {
      const unreadable = problem instanceof Refusal && problem.unreadable;
      const [first] = batch.entries;
      if (!unreadable || !first) throw problem;
      if (batch.entries.length > 1) this.portion = Math.ceil(batch.entries.length / 2);
      else if (!this.setAside(first, problem.message)) throw problem;
    }
  }

  /**
   * @param {Batch} batch @param {boolean} keepalive
   * @returns {Promise<void>} when its answer has been taken
   */
  async deliver(batch, keepalive) {
    try {
      await this.attempt(batch, keepalive);
    } catch (problem) {
      // TypeError: no line, or more is on its way with keepalive than this browser allows.
      const refused = problem instanceof NoAnswer && problem.cause instanceof TypeError;
      if (!keepalive || !refused) throw problem;
      await this.attempt(batch, false);
    }
  }

  /** @param {Batch} batch @param {boolean} keepalive */
  async attempt({ entries, size }, keepalive) {
    const away = keepalive ? this.alive : this.mortal;
    const carried = keepalive ? size : 0;
    const serial = this.nextSerial();
    entries.forEach((entry) => away.add(entry));
    this.aliveBytes += carried;
    try {
      const answer = await this.post(this.options.commitUrl, this.wrap(entries), keepalive);
      this.answered();
      this.take(answer, serial);
    } finally {
      this.aliveBytes -= carried;
      entries.forEach((entry) => away.delete(entry));
    }
  }

  /**
   * One entry that the server cannot read must not hold up the others.
   * @param {Held} entry @param {string} message
   * @returns {boolean} false when there was nothing in it to set aside
   */
  setAside(entry, message) {
    const { number } = entry;
    const lost = this.outbox.empty(entry);
    this.note(lost.map((element) => ({ number, element, message })));
    this.portion = Infinity;
    return lost.length > 0;
  }

  /** @param {RefusedValue[]} refused */
  note(refused) {
    for (const value of refused) {
      const key = `${value.number} ${value.element}`;
      if (this.refused.has(key)) continue;
      this.refused.set(key, value);
      this.refusedUnseen = true;
    }
  }

  /**
   * Answers may overtake each other, come late, or come twice: none sets the page back.
   * @param {Answer} answer @param {number} serial its request's
   */
  take(answer, serial) {
    this.note(answer.refused || []);
    const view = this.newer(answer, serial);
    if (answer.acknowledged > this.acknowledged) {
      this.acknowledged = answer.acknowledged;
      this.outbox.acknowledge(this.acknowledged);
    }
    if (this.wake && !this.outbox.entries.length) this.wake();
    if (view) {
      this.view = view;
      this.turn = view.turn;
      this.latest = serial;
      this.options.onView(view);
    }
    this.settle();
    this.tell();
  }

  /**
   * @param {Answer} answer @param {number} serial
   * @returns {View | null} the view in it, unless there is none or a newer one has been taken
   */
  newer(answer, serial) {
    if (!("toc" in answer)) return null;
    const view = /** @type {View & Answer} */ (answer);
    if (view.turn !== this.turn) return view.turn > this.turn ? view : null;
    const late = serial < this.latest || view.acknowledged < this.acknowledged;
    return late ? null : view;
  }

  /** Those who wait for an entry that the server has by now learn what came of it. */
  settle() {
    const { view, waiting } = this;
    if (view === null) return;
    this.waiting = waiting.filter(({ number }) => number > this.acknowledged);
    for (const { number, resolve } of waiting) if (number <= this.acknowledged) resolve(view);
  }

  answered() {
    this.failures = 0;
    this.failure = null;
    this.refusal = null;
    this.lastAnswer = this.options.now();
  }

  /** Note what went wrong and wait, longer each time (jittered, so that learners do not return
   * all at once after an outage); not when somebody has asked meanwhile to try again.
   * @param {unknown} problem */
  async failed(problem) {
    if (problem instanceof Refusal) this.refuse(problem);
    else if (!(problem instanceof NoAnswer)) throw problem;
    if (this.stopped !== null) return;
    this.failures += 1;
    this.failure = problem instanceof Refusal ? "site" : "line";
    this.tell();
    const longest = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (this.failures - 1));
    if (!this.anew) await this.pause(longest * (0.5 + this.options.random() / 2));
    this.urgent = true;
  }

  /** @param {Refusal} refusal */
  refuse(refusal) {
    if (refusal.status === 409 || refusal.status === 403) this.refusal = refusal;
    if (refusal.status === 409 && this.stopped === null) this.stop(refusal.kept);
    this.tell();
  }

  /**
   * Another page has taken over. One that stops before it has begun has only read what is on this
   * device: it belongs to the page that wrote it.
   * @param {number | null} kept
   */
  stop(kept) {
    this.stopped = "elsewhere";
    if (this.wake) this.wake();
    if ((this.view === null && !this.started) || kept === null) return;
    this.keeps = true;
    this.release(kept);
    this.handBack();
  }

  /** @param {number} kept up to here the server has all */
  release(kept) {
    const [first] = this.outbox.entries;
    if (first && first.number <= kept) this.handedBack = true;
    this.outbox.acknowledge(kept);
  }

  /** What this page still has no longer counts, nor does what its content says while it goes. The
   * server keeps it for an admin all the same, for it may be nowhere else. What it does not take
   * stays on this device. */
  async handBack() {
    if (!this.keeps || this.handing) return;
    this.handing = true;
    await null; // calls in one breath travel together
    let tries = 0;
    let count = Infinity;
    while (this.keeps && this.outbox.entries.length && tries <= HAND_BACKS) {
      if (tries) await this.pause(FIRST_WAIT * 2 ** tries);
      const { entries } = this.outbox.batch({ most: KEEPALIVE, count, atLeastOne: true });
      const kept = await this.handed(entries);
      if (kept === undefined) {
        tries += 1;
      } else if (kept === UNREADABLE && entries.length > 1) {
        count = Math.ceil(entries.length / 2);
      } else {
        tries = 0;
        this.keeps = kept !== null && kept >= entries[0].number;
        this.release(kept || 0);
      }
      this.tell();
    }
    this.handing = false;
  }

  /**
   * @param {Held[]} entries
   * @returns {Promise<number | null | undefined>} the number up to which the server has all now;
   *   null when it keeps nothing; undefined when it could not be asked; UNREADABLE when it was
   *   asked too much
   */
  async handed(entries) {
    try {
      return (await this.post(this.options.commitUrl, this.wrap(entries), false)).acknowledged;
    } catch (problem) {
      if (!(problem instanceof Refusal) || problem.passing) return undefined;
      return problem.unreadable ? UNREADABLE : problem.kept;
    }
  }

  /** @param {number} wait milliseconds @returns {Promise<void>} then, or when woken */
  pause(wait) {
    return new Promise((resolve) => {
      const done = () => {
        this.options.clearTimeout(timer);
        this.wake = null;
        resolve();
      };
      const timer = this.options.setTimeout(done, wait);
      this.wake = done;
    });
  }

  tell() {
    this.options.onStanding(this.standing());
  }

  /** @returns {Standing} */
  standing() {
    const pending = this.outbox.entries.length > 0 || !this.started;
    const save = pending || this.handedBack ? "unsaved" : "saved";
    if (this.stopped !== null) return { save, trouble: this.stopped };
    if (this.refusal) return { save, trouble: this.refusal.signInUrl ? "sign-in" : "closed" };
    if (pending && !this.outbox.kept) return { save, trouble: "storage" };
    if (pending && this.failures) return { save, trouble: this.failure };
    if (pending) return { save: "saving", trouble: null };
    if (this.refused.size) return { save: "unsaved", trouble: "refused" };
    return { save, trouble: null };
  }

  nextSerial() {
    this.serial += 1;
    return this.serial;
  }

  /** @param {Leftover[]} leftovers @param {boolean} more */
  opening(leftovers, more) {
    const left = leftovers.map(({ session, entries }) =>
      joined({ session }, "entries", entries.map(({ text }) => text)),
    );
    const { session } = this.outbox;
    return joined({ session, page: this.options.page, more }, "leftovers", left);
  }

  /** @param {Held[]} entries */
  wrap(entries) {
    const { session } = this.outbox;
    const texts = entries.map((entry) => this.outbox.text(entry));
    return joined({ session, page: this.options.page, seen: this.turn }, "entries", texts);
  }

  /** @param {string} url @param {string} body @param {boolean} keepalive */
  post(url, body, keepalive) {
    return post(this.options, url, body, keepalive);
  }
}

/**
 * @param {object} head @param {string} name @param {string[]} texts JSON
 * @returns {string} the head's JSON, with a list of the texts under the name
 */
function joined(head, name, texts) {
  return `${JSON.stringify(head).slice(0, -1)},"${name}":[${texts.join(",")}]}`;
}

/**
 * What the server cannot take whole it may take in part.
 * @param {Leftover[]} leftovers
 * @returns {Leftover[][]} two halves; none of a single entry
 */
function halves(leftovers) {
  if (leftovers.length > 1) return inTwo(leftovers);
  const [{ session, entries }] = leftovers;
  return entries.length > 1 ? inTwo(entries).map((part) => [{ session, entries: part }]) : [];
}

/** @template T @param {T[]} list @returns {T[][]} */
function inTwo(list) {
  const middle = Math.ceil(list.length / 2);
  return [list.slice(0, middle), list.slice(middle)];
}
