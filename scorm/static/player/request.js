// One request to the player's server, and what can come of it: an answer, a refusal, or nothing that
// the server has said.

import { bytes } from "./outbox.js";

/** @typedef {import("./line.js").Answer} Answer */

/** Milliseconds after which a request is given up: a start, and so many for each byte (2 kB/s). */
const TIMEOUT = 30000;
const TIMEOUT_PER_BYTE = 0.5;

/** The server has answered, and said no. */
export class Refusal extends Error {
  /** @param {number} status
   * @param {{message?: string, sign_in_url?: string, kept?: number}} answer */
  constructor(status, answer) {
    super(answer.message || "");
    this.status = status;
    this.signInUrl = answer.sign_in_url || null;
    /** The number up to which the server has all of this page's entries, if only beside the
     * record; null when it keeps nothing for this page. */
    this.kept = typeof answer.kept === "number" ? answer.kept : null;
  }

  /** Whether it is about what was sent, and not about who sent it or when. */
  get unreadable() {
    return this.status === 400 || this.status === 413;
  }

  /** Whether it may be otherwise in a while. */
  get passing() {
    return this.status === 429 || this.status >= 500;
  }
}

/** No answer, or none that the player's server gives: a lost line, a captive portal, a timeout. */
export class NoAnswer extends Error {}

/**
 * @param {{fetch: (url: string, options: RequestInit) => Promise<Response>,
 *   setTimeout: (run: () => void, wait: number) => any, clearTimeout: (timer: any) => void}} means
 * @param {string} url @param {string} body @param {boolean} keepalive
 * @returns {Promise<Answer>} rejected with a {@link Refusal} or a {@link NoAnswer}
 */
export async function post(means, url, body, keepalive) {
  const abort = new AbortController();
  const limit = TIMEOUT + bytes(body) * TIMEOUT_PER_BYTE;
  const timer = means.setTimeout(() => abort.abort(), limit);
  try {
    const response = await means.fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body,
      keepalive,
      signal: abort.signal,
      credentials: "omit",
      cache: "no-store",
      redirect: "error",
    });
    const answer = await response.json().catch((problem) => untold(response, problem));
    if (response.ok && answer && typeof answer.acknowledged === "number") return answer;
    if (response.ok) throw new NoAnswer("This is not the player's server.");
    throw new Refusal(response.status, answer || {});
  } catch (problem) {
    if (problem instanceof Refusal || problem instanceof NoAnswer) throw problem;
    // fetch: TypeError without a line, AbortError by us; json: SyntaxError for somebody's page.
    throw new NoAnswer(String(problem), { cause: problem });
  } finally {
    means.clearTimeout(timer);
  }
}

/**
 * A page instead of JSON is somebody else's, who stands in between; but for a web server that has
 * no answer from the site, or lets nothing so large through to it.
 * @param {Response} response @param {unknown} problem @returns {{}} what is known of the refusal
 */
function untold({ status }, problem) {
  const ours = status === 413 || (status >= 500 && status !== 511); // 511: a network's sign-in
  if (problem instanceof SyntaxError && ours) return {};
  throw problem;
}
