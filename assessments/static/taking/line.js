// The line to the server: requests that tell apart a line that is cut, a sign-in that has ended,
// and a server that cannot answer.

/** Milliseconds after which an answer is not waited for any more. */
const PATIENCE = 30_000;

/** Why nothing came back: `offline`, `busy` or `signed-out`. */
export class NoAnswer extends Error {
  /** @param {"offline" | "busy" | "signed-out"} why */
  constructor(why) {
    super(why);
    this.why = why;
  }
}

/**
 * @param {string} url
 * @param {RequestInit} [more]
 */
async function ask(url, more = {}) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    return await fetch(url, { signal: stop.signal, ...more });
  } catch {
    throw new NoAnswer("offline");
  } finally {
    clearTimeout(timer);
  }
}

/** @returns {NodeListOf<HTMLInputElement>} */
const tokens = () => document.querySelectorAll("input[name=csrf_token]");

/** Who signs in anew has a new token: a page of the attempt brings it, when it can be read. */
async function renew() {
  const answer = await ask(location.href);
  if (!answer.ok || new URL(answer.url).pathname !== location.pathname) {
    throw new NoAnswer(answer.status >= 500 ? "busy" : "signed-out");
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const token = page.querySelector("input[name=csrf_token]")?.getAttribute("value");
  if (!token) throw new NoAnswer("signed-out");
  for (const input of tokens()) input.value = token;
}

/**
 * Send JSON, and read what comes back.
 *
 * @param {string} url
 * @param {string} body
 * @param {boolean} leaving whether the page is being left
 */
export async function post(url, body, leaving) {
  for (let again = false; ; again = true) {
    const headers = { "Content-Type": "application/json", "X-CSRF-Token": tokens()[0].value };
    const answer = await ask(url, {
      ...{ method: "POST", body, headers, keepalive: leaving, redirect: "manual" },
    });
    if (answer.ok) return read(answer);
    const refused = answer.status === 0 || [400, 401, 403].includes(answer.status);
    if (!refused || again || leaving) throw new NoAnswer(refused ? "signed-out" : "busy");
    await renew();
  }
}

/**
 * Ask for JSON.
 *
 * @param {string} url
 */
export async function get(url) {
  const answer = await ask(url, { redirect: "manual" });
  if (answer.ok) return read(answer);
  const refused = answer.status === 0 || [401, 403].includes(answer.status);
  throw new NoAnswer(refused ? "signed-out" : "busy");
}

/** @param {Response} answer */
async function read(answer) {
  try {
    return await answer.json();
  } catch {
    throw new NoAnswer("offline");
  }
}
