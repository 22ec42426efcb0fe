// What the content of a preview has stored on this device goes when the preview ends, where it has
// a host of its own, which nothing else ever uses.

/** What the player itself has waiting there is not content's. */
const OURS = /^(outbox|lease|reader)\//;

/** @param {Storage} storage */
function empty(storage) {
  for (const key of Object.keys(storage)) if (!OURS.test(key)) storage.removeItem(key);
}

/** @param {Window & typeof globalThis} page */
export async function sweep(page) {
  try {
    empty(page.localStorage);
    empty(page.sessionStorage);
    const { indexedDB, caches } = page;
    const found = "databases" in indexedDB ? await indexedDB.databases() : []; // older browsers
    for (const { name } of found) if (name) indexedDB.deleteDatabase(name);
    for (const name of caches ? await caches.keys() : []) await caches.delete(name);
  } catch (problem) {
    if (!(problem instanceof DOMException)) throw problem; // this browser keeps its storage shut
  }
}
