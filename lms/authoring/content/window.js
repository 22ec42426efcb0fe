// What this window keeps for itself until it is closed; where it may not, nothing is kept.

/** @param {string} key @returns {string} */
export function inWindow(key) {
  try {
    return window.sessionStorage.getItem(key) || "";
  } catch (noStorage) {
    return "";
  }
}

/** @param {string} key @param {string} value */
export function keepInWindow(key, value) {
  try {
    window.sessionStorage.setItem(key, value);
  } catch (noStorage) {
    // The page has it as long as it is open.
  }
}
