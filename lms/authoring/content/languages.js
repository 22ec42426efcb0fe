// Another language in place: the page's content is exchanged, the session with the learning site
// goes on. Where the page cannot be fetched (from a folder, for one), the link is a link.

import { isFramed, session } from "./launch.js";
import { byId, findAll, listen, mainPart, say, shownLanguage } from "./page.js";
import { inWindow, keepInWindow } from "./window.js";

const KEY = "tutela-language";

/** The learner's language: chosen in this window, or known to the learning site; where neither
 * says one, those of the browser, the most wanted first. @returns {readonly string[]} */
function wanted() {
  const known = inWindow(KEY) || session.get(session.names.language);
  if (known) return [known];
  return isAskedFor() ? [] : navigator.languages;
}

/** Whether the address itself says the language: that of a translation, or of the sources in a
 * window of their own, which a page opens in the language that it is read in. */
function isAskedFor() {
  const [original] = links();
  if (original && original.hreflang !== shownLanguage()) return true;
  return mainPart().dataset.kind === "sources" && !isFramed;
}

/** To the languages that the page has, the course's own first. */
function links() {
  return /** @type {HTMLAnchorElement[]} */ (findAll(document, "nav.languages a"));
}

/** @param {string} language */
function remember(language) {
  session.set(session.names.language, language);
  session.commit();
  keepInWindow(KEY, language);
}

/** The page's link to a language, or to the one it is a variety of. @param {string} language @returns {HTMLAnchorElement | null} */
function linkTo(language) {
  const exact = links().find((link) => link.hreflang.toLowerCase() === language.toLowerCase());
  return exact || links().find((link) => link.hreflang === language.split("-")[0]) || null;
}

/** Show the learner's language, or say that the page has not got it. @param {() => void} arrived */
export async function showWanted(arrived) {
  const languages = wanted();
  const link = languages.map(linkTo).find((each) => each !== null);
  const first = languages.length > 0 ? languages[0] : "";
  const lacking = linkTo(first) ? "" : first.split("-")[0];
  if (link && link.hreflang !== shownLanguage()) await exchange(link, arrived);
  findAll(document, "p.untranslated").forEach((line) => {
    line.hidden = line.lang !== lacking;
  });
}

/** Listen for the links to languages. @param {() => void} arrived */
export function watchLanguages(arrived) {
  listen(document, "click", async (event) => {
    const link = event.target instanceof Element && event.target.closest("nav.languages a");
    if (!(link instanceof HTMLAnchorElement)) return;
    event.preventDefault();
    const before = link.getBoundingClientRect().top;
    remember(link.hreflang);
    if (link.hreflang === shownLanguage()) return;
    if (await exchange(link, arrived)) {
      const same = linkTo(link.hreflang);
      if (!same) return;
      same.focus({ preventScroll: true });
      window.scrollBy(0, same.getBoundingClientRect().top - before);
    } else if (session.running && !navigator.onLine) {
      byId("saving").textContent = say("language_failed");
    } else {
      window.location.href = link.href;
    }
  });
}

/** @param {HTMLAnchorElement} link @param {() => void} arrived @returns {Promise<boolean>} whether it could be done */
async function exchange(link, arrived) {
  const page = await fetched(link.href);
  if (!page) return false;
  const { lang, dir } = page.documentElement;
  Object.assign(document.documentElement, { lang, dir });
  document.title = page.title;
  document.body.replaceChildren(...page.body.childNodes);
  arrived();
  return true;
}

/** @param {string} address @returns {Promise<Document | null>} its addresses made absolute */
async function fetched(address) {
  try {
    const answer = await fetch(address);
    if (!answer.ok) return null;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const name of ["href", "src"]) {
      findAll(page.body, `[${name}]`).forEach((element) => {
        const value = String(element.getAttribute(name));
        if (!value.startsWith("#")) element.setAttribute(name, new URL(value, address).href);
      });
    }
    return page.querySelector("main") && page;
  } catch (unreachable) {
    return null;
  }
}
