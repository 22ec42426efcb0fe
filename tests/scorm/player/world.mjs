// A device, a line and a server for the player's tests: storage with a quota, a clock that is
// moved by hand, and a server that keeps the protocol and can be told to fail.

import { Line } from "../../../scorm/static/player/line.js";
import { Outbox } from "../../../scorm/static/player/outbox.js";

/** What a browser lets be on its way with keepalive (Fetch 4.6), in bytes. */
const KEEPALIVE_LIMIT = 64 * 1024;

export class DeviceStorage {
  /** @param {number} quota characters */
  constructor(quota = Infinity) {
    this.map = new Map();
    this.quota = quota;
    this.writes = [];
  }

  get length() {
    return this.map.size;
  }

  /** The keys of what waits to be sent. */
  get waiting() {
    return Array.from(this.map.keys()).filter((key) => key.startsWith("outbox/"));
  }

  get used() {
    return Array.from(this.map).reduce((sum, [key, value]) => sum + key.length + value.length, 0);
  }

  key(at) {
    return Array.from(this.map.keys())[at] ?? null;
  }

  getItem(key) {
    return this.map.get(key) ?? null;
  }

  setItem(key, value) {
    this.writes.push(value.length);
    const before = this.map.has(key) ? key.length + this.map.get(key).length : 0;
    if (this.used - before + key.length + value.length > this.quota) {
      throw new DOMException("full", "QuotaExceededError");
    }
    this.map.set(key, value);
  }

  removeItem(key) {
    this.map.delete(key);
  }
}

export class Clock {
  constructor() {
    this.time = 0;
    this.timers = [];
  }

  now = () => this.time;

  setTimeout = (run, wait) => {
    const timer = { run, at: this.time + wait };
    this.timers.push(timer);
    return timer;
  };

  clearTimeout = (timer) => {
    this.timers = this.timers.filter((other) => other !== timer);
  };

  /** Move the clock, running what falls due on the way. */
  async pass(milliseconds) {
    const end = this.time + milliseconds;
    await settle();
    for (;;) {
      const due = this.timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      this.clearTimeout(due);
      this.time = Math.max(this.time, due.at);
      due.run();
      await settle();
    }
    this.time = end;
  }
}

/** Let everything that waits for nothing but its turn happen. */
export async function settle() {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

export class Server {
  constructor() {
    this.sessions = new Map();
    this.lease = null;
    this.delivery = 0;
    /** How often the session has moved on, and when what is in the frame was put there. */
    this.turn = 0;
    this.began = 0;
    this.values = {};
    this.applied = [];
    /** Whether it keeps what comes too late. */
    this.keepsLate = true;
    /** How many late entries it has room for. */
    this.keepsMost = Infinity;
    this.late = [];
    this.requests = [];
    /** Bytes of a request that it reads. */
    this.limit = 8 * 1024 * 1024;
    /** Entries that it reads at once. */
    this.most = Infinity;
    /** How many entries it keeps that come before their turn. */
    this.ahead = Infinity;
    /** Bytes on their way with keepalive. */
    this.alive = 0;
    this.refused = [];
    /** What to do with the next requests, in turn; then everything goes well. */
    this.faults = [];
    /** What to do with every request while it is set. */
    this.fault = null;
  }

  fetch = async (url, options) => {
    const body = JSON.parse(options.body);
    const request = { url, body, keepalive: options.keepalive, size: options.body.length };
    const size = new TextEncoder().encode(options.body).length;
    if (options.keepalive && this.alive + size > KEEPALIVE_LIMIT) throw new TypeError("Too much.");
    this.requests.push(request);
    if (size > this.limit || (JSON.parse(options.body).entries || []).length > this.most) {
      return reply(413, {});
    }
    if (options.keepalive) this.alive += size;
    const fault = this.faults.shift() || this.fault;
    try {
      return await (fault ? fault(() => this.answer(url, body), options) : this.answer(url, body));
    } finally {
      if (options.keepalive) this.alive -= size;
    }
  };

  get numbers() {
    return this.requests
      .filter(({ body }) => body.entries)
      .map(({ body }) => body.entries.map((entry) => entry.number));
  }

  answer(url, { session, page, seen, leftovers, entries }) {
    if (entries && entries.some(malformed)) {
      return reply(400, { error: "malformed", message: "This cannot be read." });
    }
    if (leftovers && JSON.stringify(leftovers).includes("unreadable")) {
      return reply(400, { error: "malformed", message: "This cannot be read." });
    }
    if (leftovers) {
      for (const left of leftovers) {
        if (left.session === this.lease) this.apply(left.session, left.entries);
        else this.late.push(left);
      }
      if (!this.sessions.has(session)) {
        this.sessions.set(session, { acknowledged: 0, waiting: new Map(), page });
        this.lease = session;
        this.deliver();
      }
    }
    const another = this.sessions.get(session).page !== page;
    if (another || this.lease !== session) {
      const more = this.keepsLate && entries && !another ? this.setAside(session, entries) : {};
      return reply(409, { error: "superseded", message: "Opened somewhere else.", ...more });
    }
    if (entries) this.apply(session, entries);
    return reply(200, this.news(session, seen));
  }

  /** Keep what comes too late; `kept` is the end of the unbroken run of numbers that is here. */
  setAside(session, entries) {
    const { acknowledged, waiting } = this.sessions.get(session);
    const late = this.late.filter((left) => left.session === session);
    const here = new Set(late.flatMap((left) => left.entries.map(({ number }) => number)));
    const fresh = entries.filter(({ number }) => number > acknowledged && !here.has(number));
    const taken = fresh.slice(0, Math.max(0, this.keepsMost - here.size));
    if (taken.length) this.late.push({ session, entries: taken });
    for (const { number } of taken) here.add(number);
    let kept = acknowledged;
    while (here.has(kept + 1) || waiting.has(kept + 1)) kept += 1;
    return { kept };
  }

  /** The next activity is put before the learner. */
  deliver() {
    this.turn += 1;
    this.delivery += 1;
    this.began = this.turn;
  }

  apply(session, entries) {
    const kept = this.sessions.get(session);
    for (const entry of entries) {
      const next = entry.number === kept.acknowledged + 1;
      const room = next || kept.waiting.size < this.ahead;
      if (entry.number > kept.acknowledged && room) kept.waiting.set(entry.number, entry);
      this.drain(kept);
    }
  }

  drain(kept) {
    while (kept.waiting.has(kept.acknowledged + 1)) {
      kept.acknowledged += 1;
      const entry = kept.waiting.get(kept.acknowledged);
      kept.waiting.delete(kept.acknowledged);
      this.applied.push(entry);
      for (const [element, value] of entry.values || []) this.values[element] = value;
      if (entry.kind === "navigate") this.deliver();
    }
  }

  /** What is acknowledged, and the view where it is news to a page that has seen this turn. */
  news(session, seen) {
    const { acknowledged } = this.sessions.get(session);
    const refused = this.refused.splice(0);
    const answer = refused.length ? { acknowledged, refused } : { acknowledged };
    return seen === this.turn ? answer : { ...answer, turn: this.turn, ...this.view(seen) };
  }

  view(seen = -1) {
    const whole = { number: this.delivery, url: `/cap/${this.delivery}`, data: {} };
    return {
      navigation: {},
      hidden: [],
      toc: [],
      request_valid: {},
      delivery: this.began > seen ? whole : { number: this.delivery },
      outcome: null,
    };
  }
}

function malformed(entry) {
  const homeless = entry.kind === "set" && !entry.activity;
  return homeless || JSON.stringify(entry).includes("unreadable");
}

/** @returns what fetch gives */
export function reply(status, body) {
  return { ok: status < 300, status, json: async () => body };
}

/** The request never reaches the server. */
export const cut = () => Promise.reject(new TypeError("Failed to fetch"));

/** The server takes it, but its answer is lost. */
export const deaf = async (answer) => {
  answer();
  throw new TypeError("Failed to fetch");
};

/** Nothing happens until the page gives the request up. */
export const hang = (_answer, { signal }) =>
  new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(new DOMException("aborted", "AbortError")));
  });

/** A fault that holds an answer back until it is let go. */
export function held() {
  let release;
  const gate = new Promise((resolve) => {
    release = resolve;
  });
  const fault = async (answer) => {
    const made = answer();
    await gate;
    return made;
  };
  return { fault, release };
}

/** A page on a device: an outbox, a line, and what they told the page. */
export function open({
  server = new Server(),
  storage = new DeviceStorage(),
  clock = new Clock(),
  session = "s1",
  page,
  beacon = null,
  replaces = (element) => !/\.\d/.test(element),
} = {}) {
  const outbox = new Outbox({ storage, registration: "r1", session, replaces });
  const told = [];
  const views = [];
  const line = new Line({
    outbox,
    startUrl: "/cap/start",
    commitUrl: "/cap/commit",
    page,
    fetch: server.fetch,
    beacon,
    now: clock.now,
    setTimeout: clock.setTimeout,
    clearTimeout: clock.clearTimeout,
    random: () => 1,
    onView: (view) => views.push(view),
    onStanding: ({ save, trouble }) => {
      const words = trouble ? `${save}: ${trouble}` : save;
      if (told[told.length - 1] !== words) told.push(words);
    },
  });
  const set = (element, value) => {
    outbox.set("A", element, value);
    line.changed();
  };
  const standing = () => told[told.length - 1];
  return { server, storage, clock, outbox, line, told, views, set, standing };
}

/** A page whose session has begun and is quiet. */
export async function begun(options) {
  const page = open(options);
  await page.line.start();
  await page.clock.pass(5000);
  return page;
}
