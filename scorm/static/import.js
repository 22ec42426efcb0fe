// Follows a check until it has ended. Without this script the page reloads itself now and then.

const EVERY = 1000;

const place = /** @type {HTMLElement} */ (document.querySelector("[data-import]"));
const bar = place.querySelector("progress");
const percent = place.querySelector("[data-percent]");

async function look() {
  try {
    const answer = await fetch(place.dataset.import ?? "", { cache: "no-store" });
    if (answer.status >= 500) throw new Error("The site starts anew, or is busy.");
    if (answer.redirected || !answer.ok) return window.location.reload();
    const found = await answer.json();
    if (found.state !== place.dataset.state) return window.location.reload();
    if (bar !== null && found.state === "working") bar.value = found.percent;
    if (percent !== null && found.state === "working") percent.textContent = `${found.percent} %`;
  } catch {
    // The line or the site is away; it is asked again.
  }
  setTimeout(look, EVERY);
}

if (bar !== null) setTimeout(look, EVERY);
