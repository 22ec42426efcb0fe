// Sends a package in parts, and goes on where it was when the line drops (tus 1.0.0). What has been
// sent is known by the server alone: nothing is kept on this device. Without this script the form
// sends the file in one piece.

const TUS = { "Tus-Resumable": "1.0.0" };
const SMALLEST = 64 * 1024;
const LARGEST = 8 * 1024 * 1024;
const FIRST = 256 * 1024;
/** Seconds that a part may take: so much is sent again when the line drops. */
const PART_TAKES = 4;
const WAITS = [1, 2, 4, 8, 15];
/** Seconds without a sign of life after which a line counts as dropped. */
const SILENCE = 60;

/** The server's refusal, in its own words; or null when it is worth another try. */
class Refused extends Error {}

for (const form of document.querySelectorAll("form[data-upload]")) {
  watch(/** @type {HTMLFormElement} */ (form));
}

/** @param {HTMLFormElement} form */
function watch(form) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const file = /** @type {HTMLInputElement} */ (form.querySelector("input[type=file]")).files?.[0];
    if (file !== undefined && form.getAttribute("aria-busy") !== "true") send(form, file);
  });
}

/**
 * @param {HTMLFormElement} form
 * @param {File} file
 */
async function send(form, file) {
  const state = /** @type {HTMLElement} */ (form.querySelector("[data-upload-state]"));
  const stop = /** @type {HTMLButtonElement} */ (form.querySelector("[data-stop]"));
  state.hidden = false;
  if (file.size > Number(form.dataset.limit)) return say(form, form.dataset.large);
  say(form, "");
  form.setAttribute("aria-busy", "true");
  const stopping = new AbortController();
  const end = () => stopping.abort();
  stop.hidden = false;
  stop.addEventListener("click", end);
  try {
    const address = await sendAll(form, file, stopping.signal);
    window.location.assign(address);
  } catch (problem) {
    if (problem instanceof Refused) say(form, problem.message);
    else if (!stopping.signal.aborted) throw problem;
    else window.location.reload();
  } finally {
    form.removeAttribute("aria-busy");
    stop.hidden = true;
    stop.removeEventListener("click", end);
  }
}

/**
 * @param {HTMLFormElement} form
 * @param {File} file
 * @param {AbortSignal} signal stops it; what was sent is kept
 * @returns {Promise<string>} the address of the page that follows the check
 */
async function sendAll(form, file, signal) {
  const begun = () => patiently(form, signal, () => begin(form, file, signal));
  const address = unfinished(form, file) ?? (await begun());
  let offset = await patiently(form, signal, () => whereToGoOn(form, address, signal));
  if (offset > 0) say(form, form.dataset.goneOn);
  let length = FIRST;
  do {
    show(form, offset, file.size);
    const from = offset;
    const began = performance.now();
    offset = await patiently(form, signal, async (again) => {
      const at = again ? await whereToGoOn(form, address, signal) : from;
      if (at !== from && at < file.size) return at;
      // When all is there already, an empty last part asks for the check.
      return sendPart(form, address, file.slice(at, from + length), at, file.size, signal);
    });
    const seconds = (performance.now() - began) / 1000;
    length = Math.min(LARGEST, Math.max(SMALLEST, length * Math.min(2, PART_TAKES / seconds)));
    length = Math.round(length);
  } while (offset < file.size);
  show(form, file.size, file.size);
  return address;
}

/**
 * Does something again while the line is away, after longer and longer rests.
 *
 * @template T
 * @param {HTMLFormElement} form
 * @param {AbortSignal} signal
 * @param {(again: boolean) => Promise<T>} step is told whether an earlier try got no answer
 * @returns {Promise<T>}
 */
async function patiently(form, signal, step) {
  for (let tries = 0; ; tries += 1) {
    signal.throwIfAborted();
    try {
      const found = await step(tries > 0);
      if (tries > 0) say(form, "");
      return found;
    } catch (problem) {
      if (problem instanceof Refused) throw problem;
      signal.throwIfAborted();
      say(form, form.dataset.broken);
      await rest(WAITS[Math.min(tries, WAITS.length - 1)], signal);
    }
  }
}

/**
 * Waits for so many seconds, or until the line is said to be back.
 *
 * @param {number} seconds
 * @param {AbortSignal} signal
 * @returns {Promise<void>}
 */
function rest(seconds, signal) {
  return new Promise((go) => {
    const timer = setTimeout(done, seconds * 1000);
    function done() {
      clearTimeout(timer);
      window.removeEventListener("online", done);
      signal.removeEventListener("abort", done);
      go();
    }
    window.addEventListener("online", done);
    signal.addEventListener("abort", done);
  });
}

/**
 * The address of what was sent of this very file before, if there is one.
 *
 * @param {HTMLFormElement} form
 * @param {File} file
 */
function unfinished(form, file) {
  for (const row of document.querySelectorAll("[data-unfinished]")) {
    const { name, stamp, package: key, unfinished: address } = /** @type {HTMLElement} */ (row)
      .dataset;
    if (name === file.name && stamp === stampOf(file) && key === replaces(form)) return address;
  }
  return undefined;
}

/** @param {File} file */
function stampOf(file) {
  return `${file.size}-${file.lastModified}`;
}

/** @param {HTMLFormElement} form */
function replaces(form) {
  return /** @type {HTMLInputElement | null} */ (form.elements.namedItem("replaces"))?.value ?? "";
}

/** @param {HTMLFormElement} form */
function token(form) {
  const field = /** @type {HTMLInputElement} */ (form.elements.namedItem("csrf_token"));
  return { "X-CSRF-Token": field.value };
}

/**
 * @param {HTMLFormElement} form
 * @param {File} file
 * @param {AbortSignal} signal
 * @returns {Promise<string>} the address that takes its parts
 */
async function begin(form, file, signal) {
  const said = { filename: file.name, stamp: stampOf(file), package: replaces(form) };
  const pairs = Object.entries(said).filter(([, value]) => value !== "");
  const answer = await fetch(form.dataset.upload ?? "", {
    method: "POST",
    redirect: "manual",
    signal,
    headers: {
      ...TUS,
      ...token(form),
      "Upload-Length": String(file.size),
      "Upload-Metadata": pairs.map(([name, value]) => `${name} ${base64(value)}`).join(","),
    },
  });
  await refuse(form, answer, answer.type === "opaqueredirect" ? 401 : answer.status);
  return answer.headers.get("Location") ?? "";
}

/** @param {string} text */
function base64(text) {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

/**
 * @param {HTMLFormElement} form
 * @param {string} address
 * @param {AbortSignal} signal
 * @returns {Promise<number>} the bytes that the server has
 */
async function whereToGoOn(form, address, signal) {
  const answer = await fetch(address, { method: "HEAD", redirect: "manual", headers: TUS, signal });
  await refuse(form, answer, answer.type === "opaqueredirect" ? 401 : answer.status);
  return Number(answer.headers.get("Upload-Offset"));
}

/**
 * @param {HTMLFormElement} form
 * @param {string} address
 * @param {Blob} part
 * @param {number} offset
 * @param {number} whole
 * @param {AbortSignal} signal
 * @returns {Promise<number>} the bytes that the server has now
 */
function sendPart(form, address, part, offset, whole, signal) {
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.open("PATCH", address);
    const drop = () => request.abort();
    let silence = setTimeout(drop, SILENCE * 1000);
    signal.addEventListener("abort", drop);
    const headers = {
      ...TUS,
      ...token(form),
      "Upload-Offset": String(offset),
      "Content-Type": "application/offset+octet-stream",
    };
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.addEventListener("progress", (event) => {
      clearTimeout(silence);
      silence = setTimeout(drop, SILENCE * 1000);
      show(form, offset + event.loaded, whole);
    });
    request.addEventListener("loadend", () => {
      clearTimeout(silence);
      signal.removeEventListener("abort", drop);
    });
    for (const event of ["error", "abort"]) {
      request.addEventListener(event, () => failed(new Error("The line dropped.")));
    }
    request.addEventListener("load", () => {
      const at = Number(request.getResponseHeader("Upload-Offset"));
      const signedOut = request.responseURL !== address;
      if (request.status === 204 || request.status === 409) done(at);
      else failed(problem(form, signedOut ? 401 : request.status, request.responseText));
    });
    request.send(part);
  });
}

/**
 * @param {HTMLFormElement} form
 * @param {Response} answer
 * @param {number} status
 */
async function refuse(form, answer, status) {
  if (status >= 300) throw problem(form, status, await answer.text());
}

/**
 * What an answer means: an error that is worth another try, or a refusal.
 *
 * @param {HTMLFormElement} form
 * @param {number} status
 * @param {string} words of the server, for a refusal that it explains
 */
function problem(form, status, words) {
  if (status === 401 || status === 403 || status === 400) return new Refused(form.dataset.signedOut);
  if (status === 423 || status === 429 || (status >= 500 && status !== 507)) return new Error("Busy.");
  const explained = words !== "" && !words.startsWith("<");
  return new Refused(explained ? words : form.dataset.failed);
}

/**
 * @param {HTMLFormElement} form
 * @param {string | undefined} words
 */
function say(form, words) {
  /** @type {HTMLElement} */ (form.querySelector("[role=status]")).textContent = words ?? "";
}

/**
 * @param {HTMLFormElement} form
 * @param {number} sent bytes
 * @param {number} whole bytes
 */
function show(form, sent, whole) {
  const percent = Math.floor((100 * sent) / Math.max(1, whole));
  /** @type {HTMLProgressElement} */ (form.querySelector("progress")).value = percent;
  /** @type {HTMLElement} */ (form.querySelector("[data-percent]")).textContent = `${percent} %`;
}
