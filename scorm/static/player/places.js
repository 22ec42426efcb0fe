// Where what is kept of a course lies among the device's caches: nothing in these names says of
// what course it is. A content host belongs to one registration, so that there is one course on it.

export const KEPT_INDEX = "/kept/index";
export const KEPT_SHELF = "/kept/shelf";
export const SAVED_PAGE = "/kept/page";
const OF_KEPT = "kept-";

/** @param {string} version @returns {string} the name of the cache with its files */
export function cacheOf(version) {
  return OF_KEPT + version;
}

/** @param {string} cache @returns {boolean} whether it is one of those */
export function isKept(cache) {
  return cache.startsWith(OF_KEPT);
}

/** @param {string} name @returns {string} where a file of the package lies */
export function placeOf(name) {
  return `/kept/file/${encodeURIComponent(name)}`;
}
