// The line to the server: sends the outbox in order, again and again, until it is acknowledged.
// One request is on its way at a time, but for what is handed over while the page goes away.

import { bytes } from "./outbox.js";

/**
 * @typedef {import("./outbox.js").Outbox} Outbox
 * @typedef {import("./outbox.js").Leftover} Leftover
 *
 * @typedef {{number: number, element: string, error?: string, message?: string}} RefusedValue
 * @typedef {{id: string, title: string, visible: boolean, status: string, current: boolean,
 *   enabled: boolean, children: Entry[]}} Entry
 * @typedef {{number: number, activity: string, title: string, url: string,
 *   standard: "1.2" | "2004", edition: string, sco: boolean,
 *   data: {[element: string]: string}}} Delivery
 * @typedef {{completion: string, success: string, score: string | null, time: string}} Result
 * @typedef {{state: "ended" | "blocked" | "suspended", message: string, result: Result}} Outcome
 * @typedef {{turn?: number, navigation: {[name: string]: boolean}, hidden: string[],
 *   toc: Entry[], request_valid: import("./datamodel.js").RequestValid,
 *   delivery: Delivery | {number: number} | null, outcome: Outcome | null}} View
 *   A delivery with its number alone says that the frame is to be left as it is.
 *   The turn grows whenever the session moves on, and never shrinks.
 * @typedef {{acknowledged: number, refused?: RefusedValue[]}} Answer
 *   to every request; it is a view as well where that is news to the page
 *
 * Why the learner's data is not safe on the server yet, in one word.
 * @typedef {null | "line" | "storage" | "refused" | "sign-in" | "elsewhere"} Trouble
 * @typedef {{save: "saved" | "saving" | "unsaved", trouble: Trouble}} Standing
 */

/** So many requests leave one after the other without waiting, since what is only in this device's
 * memory is lost when the browser is killed. */
const AT_ONCE = 3;
/** Milliseconds between the later ones, and up to how many it grows while values keep coming. */
const GAP = 50;
const LONGEST_GAP = 1000;
/** After this many quiet milliseconds it begins anew. */
const QUIET = 2000;
/** Back-off: first, longest; a Commit may try again after `PATIENCE`. Milliseconds. */
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 60000;
const PATIENCE = 2000;
/** Bytes that may be on their way while the page goes: 64 KiB by Fetch, less some for the wrapping. */
const KEEPALIVE = 63000;
/** Milliseconds after which a request is given up: a start, and so many for each byte (2 kB/s). */
const TIMEOUT = 30000;
const TIMEOUT_PER_BYTE = 0.5;
/** For so many milliseconds after the page is hidden, what content still sets is sent at once. */
const LEAVING = 1000;

/** The server has answered, and said no. */
export class Refusal extends Error {
  /** @param {number} status @param {{message?: string, sign_in_url?: string}} answer */
  constructor(status, answer) {
    super(answer.message || "");
    this.status = status;
    this.signInUrl = answer.sign_in_url || null;
  }
}

/** No answer, or none that the player's server gives: a lost line, a captive portal, a timeout. */
export class NoAnswer extends Error {}

export class Line {
  /**
   * @param {{outbox: Outbox, startUrl: string, commitUrl: string,
   *   fetch: (url: string, options: RequestInit) => Promise<Response>,
   *   beacon?: ((url: string, body: Blob) => boolean) | null,
   *   now: () => number, setTimeout: (run: () => void, wait: number) => any,
   *   clearTimeout: (timer: any) => void, random: () => number,
   *   onView: (view: View) => void, onStanding: (standing: Standing) => void}} options
   *   beacon: navigator.sendBeacon, where fetch knows no keepalive (Firefox before 133)
   */
  constructor(options) {
    this.options = options;
    this.outbox = options.outbox;
    /** Values that the server did not take. @type {RefusedValue[]} */
    this.refused = [];
    this.refusedUnseen = false;
    /** The server's words when it refused, and where to sign in again. @type {Refusal | null} */
    this.refusal = null;
    /** @type {Trouble} */
    this.stopped = null;
    this.started = false;
    this.pumping = false;
    this.urgent = false;
    this.leaving = false;
    this.single = false;
    this.failures = 0;
    this.streak = 0;
    this.acknowledged = 0;
    this.serial = 0;
    /** The newest view, its turn, and its request's place among all. @type {View | null} */
    this.view = null;
    this.turn = 0;
    this.latest = 0;
    this.lastSend = -Infinity;
    this.lastAnswer = -Infinity;
    /** Bytes and last number of what is on its way with keepalive. */
    this.alive = 0;
    this.carried = 0;
    /** @type {(() => void) | null} */
    this.wake = null;
    /** @type {{number: number, resolve: (view: View) => void}[]} */
    this.waiting = [];
  }

  /** Whether the device holds what the server has not, and the server still listens. */
  get safe() {
    return this.outbox.kept && this.stopped === null && this.refusal === null;
  }

  /** What a Commit may answer: once "false" after values that the server did not take. */
  honest() {
    const took = !this.refusedUnseen;
    this.refusedUnseen = false;
    return took && this.safe;
  }

  /**
   * Take the lease and get the first view, however long it takes; left-over outboxes of earlier
   * sessions go with it and are deleted when the server has answered. May be called again for a
   * whole view.
   * @returns {Promise<void>} when the view has been handed on, or the server refused for good
   */
  async start() {
    const all = this.outbox.leftovers();
    // All of them, else all but one, else none: what the server cannot take stays on this device
    // and keeps neither the others nor the learner out.
    const choices = [all, ...all.map((one) => all.filter((other) => other !== one)), []];
    this.started = false;
    while (this.stopped === null) {
      const leftovers = choices[0];
      const serial = this.nextSerial();
      const body = JSON.stringify({ session: this.outbox.session, leftovers });
      try {
        const answer = await this.post(this.options.startUrl, body, false);
        this.outbox.forget(leftovers);
        this.outbox.resume(answer.acknowledged);
        this.started = true;
        this.answered();
        this.take(answer, serial);
        this.pump();
        return;
      } catch (problem) {
        const untaken = problem instanceof Refusal && [400, 413].includes(problem.status);
        if (untaken && leftovers.length) choices.shift();
        else await this.failed(problem);
      }
    }
  }

  /** A value was kept: send it soon, together with what comes in the same breath. */
  changed() {
    if (this.leaving) Promise.resolve().then(() => this.handOver());
    else if (!this.pumping) this.pump();
    this.tell();
  }

  /** Content or the learner wants it sent: do not wait for more. */
  now() {
    this.tell();
    if (this.leaving) {
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
    this.leaving = false;
    this.carried = 0;
    this.urgent = true;
    if (this.wake) this.wake();
    this.pump();
  }

  /** Ask the server whether this page still holds the lease, when it was not asked for long.
   * @param {number} [since] milliseconds that count as long */
  async ask(since = 0) {
    if (!this.started || this.stopped !== null || this.outbox.entries.length) return;
    if (this.options.now() - this.lastAnswer < since) return;
    const serial = this.nextSerial();
    try {
      const answer = await this.post(this.options.commitUrl, this.wrap([]), true);
      this.answered();
      this.take(answer, serial);
    } catch (problem) {
      if (problem instanceof Refusal) this.refuse(problem);
      else if (!(problem instanceof NoAnswer)) throw problem;
    }
  }

  /** The page may be gone in a moment: hand over what fits, and the rest at the next launch. */
  hide() {
    this.leaving = true;
    this.options.setTimeout(() => {
      this.leaving = false;
      this.pump();
    }, LEAVING);
    this.handOver();
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

  handOver() {
    if (!this.started || this.stopped !== null) return;
    const after = Math.max(this.carried, this.acknowledged);
    const { texts, last, size } = this.outbox.batch({ most: KEEPALIVE - this.alive, after });
    if (!texts.length) return;
    const body = this.wrap(texts);
    const { beacon } = this.options;
    if (beacon) {
      if (beacon(this.options.commitUrl, new Blob([body], { type: "application/json" }))) this.carried = last;
      return;
    }
    const serial = this.nextSerial();
    this.carry(last, size, this.post(this.options.commitUrl, body, true)).then(
      (answer) => this.take(answer, serial),
      (problem) => {
        // Whatever went wrong, the entries are still in the outbox, and the pump goes on with them.
        if (problem instanceof Refusal && problem.status === 409) this.refuse(problem);
      },
    );
  }

  /**
   * @template T
   * @param {number} last @param {number} size @param {Promise<T>} request @returns {Promise<T>}
   */
  carry(last, size, request) {
    this.alive += size;
    this.carried = Math.max(this.carried, last);
    return request.finally(() => {
      this.alive -= size;
      if (this.carried === last) this.carried = 0;
    });
  }

  /** Send until nothing is left. */
  async pump() {
    if (this.pumping || !this.started || this.stopped !== null) return;
    if (!this.outbox.entries.length) return;
    this.pumping = true;
    await null; // calls in one breath travel together
    while (this.outbox.entries.length && this.stopped === null) {
      const wait = this.waitFor();
      if (wait > 0) await this.pause(wait);
      if (!this.outbox.entries.length || this.stopped !== null) break;
      this.urgent = false;
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
    if (since >= QUIET) this.streak = 0;
    this.streak += 1;
    if (this.streak <= AT_ONCE) return 0;
    const gap = this.urgent ? GAP : GAP * 2 ** (this.streak - AT_ONCE - 1);
    return Math.max(0, Math.min(gap, LONGEST_GAP) - since);
  }

  async send() {
    const { texts, first, last, size } = this.outbox.batch({
      most: KEEPALIVE,
      count: this.single ? 1 : Infinity,
      again: this.failures > 0,
      atLeastOne: true,
    });
    const serial = this.nextSerial();
    this.lastSend = this.options.now();
    const keepalive = this.alive + size <= KEEPALIVE;
    try {
      const request = this.post(this.options.commitUrl, this.wrap(texts), keepalive);
      const answer = await (keepalive ? this.carry(last, size, request) : request);
      this.answered();
      this.take(answer, serial);
    } catch (problem) {
      const unreadable =
        problem instanceof Refusal && (problem.status === 400 || problem.status === 413);
      if (!unreadable || !first) throw problem;
      if (texts.length > 1) this.single = true;
      else if (!this.setAside(first, problem.message)) throw problem;
    }
  }

  /**
   * One entry that the server cannot read must not hold up the others.
   * @param {import("./outbox.js").Held} entry @param {string} message
   * @returns {boolean} false when there was nothing in it to set aside
   */
  setAside(entry, message) {
    const { number } = entry;
    const lost = this.outbox.empty(entry);
    this.note(lost.map((element) => ({ number, element, message })));
    this.single = false;
    return lost.length > 0;
  }

  /** @param {RefusedValue[]} refused */
  note(refused) {
    const news = refused.filter(({ number, element }) =>
      this.refused.every((known) => known.number !== number || known.element !== element),
    );
    if (!news.length) return;
    this.refused.push(...news);
    this.refusedUnseen = true;
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
      this.turn = view.turn || 0;
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
    const turn = view.turn || 0;
    if (turn !== this.turn) return turn > this.turn ? view : null;
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
    this.refusal = null;
    this.lastAnswer = this.options.now();
  }

  /** Note what went wrong and wait, longer each time (jittered, so that learners do not return
   * all at once after an outage). @param {unknown} problem */
  async failed(problem) {
    if (problem instanceof Refusal) this.refuse(problem);
    else if (!(problem instanceof NoAnswer)) throw problem;
    if (this.stopped !== null) return;
    this.failures += 1;
    this.tell();
    const longest = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (this.failures - 1));
    await this.pause(longest * (0.5 + this.options.random() / 2));
    this.urgent = true;
  }

  /** @param {Refusal} refusal */
  refuse(refusal) {
    if (refusal.status === 409) this.stopped = "elsewhere";
    if (refusal.status === 409 || refusal.status === 403) this.refusal = refusal;
    this.tell();
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
    if (this.stopped !== null) return { save: pending ? "unsaved" : "saved", trouble: this.stopped };
    if (this.refusal) return { save: "unsaved", trouble: "sign-in" };
    if (pending && !this.outbox.kept) return { save: "unsaved", trouble: "storage" };
    if (pending && this.failures) return { save: "unsaved", trouble: "line" };
    if (pending) return { save: "saving", trouble: null };
    if (this.refused.length) return { save: "unsaved", trouble: "refused" };
    return { save: "saved", trouble: null };
  }

  nextSerial() {
    this.serial += 1;
    return this.serial;
  }

  /** @param {string[]} texts */
  wrap(texts) {
    const session = JSON.stringify(this.outbox.session);
    return `{"session":${session},"seen":${this.turn},"entries":[${texts.join(",")}]}`;
  }

  /**
   * @param {string} url @param {string} body @param {boolean} keepalive
   * @returns {Promise<Answer>}
   */
  async post(url, body, keepalive) {
    const abort = new AbortController();
    const limit = TIMEOUT + bytes(body) * TIMEOUT_PER_BYTE;
    const timer = this.options.setTimeout(() => abort.abort(), limit);
    try {
      const response = await this.options.fetch(url, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body,
        keepalive,
        signal: abort.signal,
        credentials: "omit",
        cache: "no-store",
        redirect: "error",
      });
      const answer = await response.json();
      if (response.ok && answer && typeof answer.acknowledged === "number") return answer;
      if (response.ok) throw new NoAnswer("This is not the player's server.");
      throw new Refusal(response.status, answer || {});
    } catch (problem) {
      if (problem instanceof Refusal || problem instanceof NoAnswer) throw problem;
      // fetch: TypeError without a line, AbortError by us; json: SyntaxError for somebody's page.
      throw new NoAnswer(String(problem));
    } finally {
      this.options.clearTimeout(timer);
    }
  }
}
