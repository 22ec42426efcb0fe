// Follows a batch until it has ended. Without this script the page reloads itself now and then.

const EVERY = 1000;

const place = /** @type {HTMLElement} */ (document.querySelector("[data-batch]"));
const bar = /** @type {HTMLProgressElement} */ (place.querySelector("progress"));
const seen = /** @type {HTMLElement} */ (place.querySelector("[data-seen]"));

async function look() {
  try {
    const answer = await fetch(place.dataset.batch ?? "", { cache: "no-store" });
    if (answer.status >= 500) throw new Error("The site starts anew, or is busy.");
    if (answer.redirected || !answer.ok) return window.location.reload();
    const found = await answer.json();
    if (found.over) return window.location.reload();
    bar.value = found.seen;
    seen.textContent = String(found.seen);
  } catch {
    // The line or the site is away; it is asked again.
  }
  setTimeout(look, EVERY);
}

setTimeout(look, EVERY);
