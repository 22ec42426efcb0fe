// What this window keeps for itself until it is closed, or where it may not, until the page is.

/** @type {Map<string, string>} */
const here = new Map();

/** @param {string} key @returns {string} */
export function inWindow(key) {
  try {
    return window.sessionStorage.getItem(key) || "";
  } catch (noStorage) {
    return here.get(key) || "";
  }
}

/** @param {string} key @param {string} value */
export function keepInWindow(key, value) {
  here.set(key, value);
  try {
    window.sessionStorage.setItem(key, value);
  } catch (noStorage) {
    // Another language of the page asks here.
  }
}
