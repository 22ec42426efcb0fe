// The service worker of a content host: answers from what the learner has kept on the device. It
// takes no orders from pages and stores nothing. Content can write over what is stored, as it can
// over all that its host has; so what an answer may do comes from here and never from there.

import { SAVED_PAGE, cacheOf, placeOf } from "./places.js";

/**
 * @typedef {{headers: {[kind: string]: {[name: string]: string}},
 *   player: {[path: string]: string}}} Means
 *   headers: of the player page, of what is shown or runs, of what can do neither;
 *   player: the SHA-256 of each file of the player
 * @typedef {{kind: "page" | "player" | "member", capability: string, version: string,
 *   name: string}} Meant
 */

const ADDRESS = /^\/([\w.-]+)\/([0-9a-f]{32})\/(.*)$/;
const PAGE = /^\/([\w.-]+)\/play$/;
const OF_PLAYER = /^\/static\/player\/[0-9a-f]+\/[\w.]+$/;
const RANGE = /^bytes=(\d*)-(\d*)$/;
const PASSIVE = /^(image\/(?!svg)|font\/|text\/css)/;
/** Milliseconds that the line has to bring the player page. */
const PAGE_WAITS = 8000;
const NO_CAPABILITY = "kept";
/** @type {{[ending: string]: string}} */
const TYPES = { js: "text/javascript", css: "text/css", json: "application/json" };

/** What a GET asks for; null when it is none of ours.
 * @param {string} path @param {boolean} navigates @returns {Meant | null} */
export function meant(path, navigates) {
  const [, capability = NO_CAPABILITY] = PAGE.exec(path) || [];
  if (navigates && (path === "/" || PAGE.test(path))) {
    return { kind: "page", capability, version: "", name: "" };
  }
  if (OF_PLAYER.test(path)) return { kind: "player", capability, version: "", name: path };
  const found = ADDRESS.exec(path);
  if (!found) return null;
  return { kind: "member", capability: found[1], version: found[2], name: decoded(found[3]) };
}

/** @param {string} path */
function decoded(path) {
  try {
    return decodeURIComponent(path);
  } catch (problem) {
    if (!(problem instanceof URIError)) throw problem;
    return path;
  }
}

/** The names that a file may have that is asked for so, the likeliest first.
 * @param {string} name */
export function namesOf(name) {
  const plain = name.split("/").filter((part) => part !== "" && part !== ".").join("/"); // prettier-ignore
  const folder = /(^|\/)\.?$/.test(name);
  const inside = plain ? `${plain}/` : "";
  return folder ? [`${inside}index.html`, `${inside}index.htm`] : [...new Set([name, plain])];
}

/**
 * The part of a file that is asked for (RFC 9110 §14): one span alone; else all of it.
 * @param {string | null} range @param {number} size
 * @returns {[number, number] | null} the first byte and the last; the first beyond the last where
 *   there is nothing of the kind
 */
export function spanOf(range, size) {
  const [, from = "", to = ""] = RANGE.exec(range || "") || [];
  if (from === "" && to === "") return null;
  if (from === "") return Number(to) ? [Math.max(0, size - Number(to)), size - 1] : [size, 0];
  const last = to === "" ? size - 1 : Math.min(Number(to), size - 1);
  if (to !== "" && Number(to) < Number(from)) return null;
  return Number(from) >= size ? [size, 0] : [Number(from), last];
}

/** @param {{[name: string]: string}} headers @param {string} capability */
function filled(headers, capability) {
  const pairs = Object.entries(headers);
  return new Headers(pairs.map(([name, value]) => [name, value.replace("{capability}", capability)]));
}

/** @param {ArrayBuffer} bytes */
async function digestOf(bytes) {
  const found = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(found, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export class Keeper {
  /** @param {{caches: CacheStorage, fetch: (request: Request) => Promise<Response>}} browser
   * @param {Means} means */
  constructor(browser, means) {
    this.browser = browser;
    this.means = means;
  }

  /** @param {Request} request @returns {Promise<Response> | null} null: as if nobody was here */
  answer(request) {
    const url = new URL(request.url);
    if (request.method !== "GET") return null;
    const asked = meant(url.pathname, request.mode === "navigate");
    if (!asked) return null;
    if (asked.kind === "page") return this.page(request, asked);
    return asked.kind === "player" ? this.player(request, asked) : this.member(request, asked);
  }

  /** The line first: what the site says of the course counts. @param {Request} request
   * @param {Meant} asked */
  async page(request, { capability }) {
    /** @type {any} */
    let timer;
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new TypeError("The line is too slow.")), PAGE_WAITS);
    });
    try {
      const answer = await Promise.race([this.browser.fetch(request), late]);
      if (answer.status < 500) return answer;
      return (await this.storedPage(capability)) || answer;
    } catch (problem) {
      const stored = await this.storedPage(capability);
      if (!stored) throw problem;
      return stored;
    } finally {
      clearTimeout(timer);
    }
  }

  /** @param {string} capability */
  async storedPage(capability) {
    const stored = await this.browser.caches.match(SAVED_PAGE);
    if (!stored) return null;
    const headers = filled(this.means.headers.page, capability);
    headers.set("Content-Type", "text/html; charset=utf-8");
    headers.set("Cache-Control", "no-store");
    return new Response(await stored.text(), { headers });
  }

  /** Only what is ours to the last byte. @param {Request} request @param {Meant} asked */
  async player(request, { name }) {
    const stored = this.means.player[name] && (await this.browser.caches.match(name));
    if (stored) {
      const bytes = await stored.arrayBuffer();
      if ((await digestOf(bytes)) === this.means.player[name]) {
        const headers = filled(this.means.headers.bare, "");
        headers.set("Content-Type", `${TYPES[name.split(".")[1]]}; charset=utf-8`);
        return new Response(bytes, { headers });
      }
    }
    return this.browser.fetch(request);
  }

  /** @param {Request} request @param {Meant} asked */
  async member(request, { capability, version, name }) {
    const { caches, fetch } = this.browser;
    for (const each of namesOf(name)) {
      const stored = await caches.match(placeOf(each), { cacheName: cacheOf(version) });
      if (stored) return this.part(stored, request.headers.get("Range"), capability);
    }
    return fetch(request);
  }

  /** @param {Response} stored @param {string | null} range @param {string} capability */
  async part(stored, range, capability) {
    const body = await stored.blob();
    const type = stored.headers.get("Content-Type") || "application/octet-stream";
    const { bare, content } = this.means.headers;
    const headers = filled(PASSIVE.test(type) ? bare : content, capability);
    headers.set("Content-Type", type);
    headers.set("Accept-Ranges", "bytes");
    const span = spanOf(range, body.size);
    if (!span) return new Response(body, { headers });
    const [first, last] = span;
    if (first > last) {
      headers.set("Content-Range", `bytes */${body.size}`);
      return new Response(null, { status: 416, headers });
    }
    headers.set("Content-Range", `bytes ${first}-${last}/${body.size}`);
    headers.set("Content-Length", String(last - first + 1));
    return new Response(body.slice(first, last + 1), { status: 206, headers });
  }
}

/** Begin to answer. @param {any} worker its global scope @param {Means} means */
export function serve(worker, means) {
  const { caches } = worker;
  const keeper = new Keeper({ caches, fetch: (request) => worker.fetch(request) }, means);
  worker.addEventListener("install", () => worker.skipWaiting());
  worker.addEventListener("activate", (/** @type {any} */ event) => {
    event.waitUntil(worker.clients.claim());
  });
  worker.addEventListener("fetch", (/** @type {any} */ event) => {
    const mine = new URL(event.request.url).origin === worker.location.origin;
    const answer = mine ? keeper.answer(event.request) : null;
    if (answer) event.respondWith(answer);
  });
}
