// The line to the server: sends the outbox in order, again and again until it is acknowledged.

/**
 * @typedef {import("./outbox.js").Outbox} Outbox
 * @typedef {{acknowledged: number, capability: string, refused: {element: string}[],
 *   navigation: Record<string, boolean>, hidden: string[], toc: object[],
 *   request_valid: object, delivery: any, outcome: any}} View
 */

const SOON = 50;
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 60000;
const KEEPALIVE = 60 * 1024;
const BATCH = 2 * 1024 * 1024;

/** The server has answered, and said no: sending the same again is of no use. */
export class Refused extends Error {
  /** @param {number} status @param {{error?: string, message?: string, sign_in_url?: string}} body */
  constructor(status, body) {
    super(body.message || `The server answered ${status}.`);
    this.status = status;
    this.body = body;
  }
}

export class Line {
  /**
   * @param {{outbox: Outbox, startUrl: string, commitUrl: string,
   *   fetch: typeof globalThis.fetch, setTimeout: (run: () => void, wait: number) => any,
   *   clearTimeout: (timer: any) => void, random?: () => number,
   *   onView: (view: View) => void, onState: (state: string) => void,
   *   onRefused: (refused: Refused) => void}} options
   */
  constructor(options) {
    this.options = options;
    this.outbox = options.outbox;
    this.startUrl = options.startUrl;
    this.commitUrl = options.commitUrl;
    this.random = options.random || Math.random;
    this.sending = false;
    this.stopped = false;
    this.failures = 0;
    /** @type {any} */
    this.timer = null;
    /** @type {(() => void)[]} */
    this.waiting = [];
  }

  /** Take the lease and get the first view; left-over outboxes go with it. @returns {Promise<View>} */
  async start() {
    const leftovers = this.outbox.leftovers();
    const view = await this.post(this.startUrl, { session: this.outbox.session, leftovers }, false);
    this.outbox.forget(leftovers);
    this.outbox.continueFrom(view.acknowledged);
    this.renew(view);
    return view;
  }

  /** Something was added: send it soon, together with what comes in the same breath. */
  changed() {
    if (this.stopped) return;
    this.options.onState(this.outbox.kept ? "saving" : "unsaved");
    if (this.timer === null && !this.sending) this.later(SOON);
  }

  /** Send now. */
  now() {
    if (this.stopped) return;
    this.cancel();
    this.send();
  }

  /** Resolves when the server has acknowledged everything. @returns {Promise<void>} */
  drained() {
    if (!this.outbox.entries.length && !this.sending) return Promise.resolve();
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      this.now();
    });
  }

  /** The page may be gone in a moment: hand over what still fits (64 KiB, Fetch keepalive). */
  leaving() {
    if (this.stopped || !this.outbox.entries.length) return;
    const { entries } = this.outbox.batch(KEEPALIVE);
    if (!entries.length) return;
    this.post(this.commitUrl, { session: this.outbox.session, entries }, true).then(
      (view) => this.take(view),
      () => {},
    );
  }

  stop() {
    this.stopped = true;
    this.cancel();
  }

  cancel() {
    if (this.timer !== null) this.options.clearTimeout(this.timer);
    this.timer = null;
  }

  /** @param {number} wait milliseconds */
  later(wait) {
    this.cancel();
    this.timer = this.options.setTimeout(() => {
      this.timer = null;
      this.send();
    }, wait);
  }

  async send() {
    if (this.sending || this.stopped) return;
    const { entries } = this.outbox.batch(BATCH);
    const first = entries.length ? entries : this.outbox.entries.slice(0, 1);
    if (!first.length) {
      this.settled();
      return;
    }
    this.sending = true;
    this.options.onState("saving");
    try {
      const body = { session: this.outbox.session, entries: first };
      const view = await this.post(this.commitUrl, body, false);
      this.sending = false;
      this.failures = 0;
      this.take(view);
      if (this.outbox.entries.length) this.later(SOON);
      else this.settled();
    } catch (error) {
      this.sending = false;
      this.failed(error);
    }
  }

  settled() {
    if (this.outbox.entries.length) return;
    this.options.onState("saved");
    for (const resolve of this.waiting.splice(0)) resolve();
  }

  /** @param {View} view */
  take(view) {
    this.outbox.acknowledge(view.acknowledged);
    this.renew(view);
    this.options.onView(view);
  }

  /** @param {unknown} error */
  failed(error) {
    this.options.onState("unsaved");
    if (error instanceof Refused) {
      if (error.status === 409 || error.status === 400) this.stop();
      this.options.onRefused(error);
      if (this.stopped) return;
    }
    this.failures += 1;
    const longest = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (this.failures - 1));
    this.later(longest * (0.5 + this.random() / 2));
  }

  /** A fresh capability replaces the first segment of both addresses. @param {View} view */
  renew(view) {
    const swap = (/** @type {string} */ url) => url.replace(/^\/[^/]+/, `/${view.capability}`);
    this.startUrl = swap(this.startUrl);
    this.commitUrl = swap(this.commitUrl);
  }

  /** @param {string} url @param {object} body @param {boolean} keepalive @returns {Promise<View>} */
  async post(url, body, keepalive) {
    const response = await this.options.fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      keepalive,
      credentials: "omit",
      cache: "no-store",
    });
    if (response.ok) return response.json();
    if (response.status >= 500 || response.status === 429) {
      throw new Error(`The server answered ${response.status}.`);
    }
    throw new Refused(response.status, await response.json().catch(() => ({})));
  }
}
