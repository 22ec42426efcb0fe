// Which questions of a pool a try gets: evenly from all groups, and first those not seen yet.

/** @typedef {{id: string, group: string}} Pooled */

/**
 * @param {Pooled[]} pool @param {number} count how many; more than there are is all
 * @param {string[]} seen questions of earlier tries
 * @param {() => number} random from 0 up to 1
 * @returns {string[]} in the pool's order
 */
export function draw(pool, count, seen, random) {
  /** @type {Map<string, string[]>} */
  const groups = new Map();
  for (const { id, group } of shuffled(pool, random)) {
    groups.set(group, [...(groups.get(group) || []), id]);
  }
  const isOld = (/** @type {string} */ id) => (seen.includes(id) ? 1 : 0);
  const queues = Array.from(groups.values(), (ids) => ids.sort((a, b) => isOld(a) - isOld(b)));
  /** @type {string[]} */
  const drawn = [];
  while (drawn.length < Math.min(count, pool.length)) {
    // One from each group in turn; where not all get one, those that have new questions do.
    const open = shuffled(queues.filter((ids) => ids.length > 0), random);
    open.sort((a, b) => isOld(a[0]) - isOld(b[0]));
    for (const ids of open.slice(0, count - drawn.length)) drawn.push(String(ids.shift()));
  }
  return pool.map(({ id }) => id).filter((id) => drawn.includes(id));
}

/** Whether a draw that was kept can be asked of this pool. @param {Pooled[]} pool @param {number} count @param {string[]} drawn */
export function stillFits(pool, count, drawn) {
  const ids = pool.map(({ id }) => id);
  const known = new Set(drawn.filter((id) => ids.includes(id)));
  return known.size === drawn.length && known.size === Math.min(count, pool.length);
}

/** What has been seen after another draw; when all was, it begins anew. @param {Pooled[]} pool @param {string[]} seen @param {string[]} drawn */
export function seenAfter(pool, seen, drawn) {
  const all = pool.map(({ id }) => id).filter((id) => seen.includes(id) || drawn.includes(id));
  return all.length === pool.length ? drawn : all;
}

/** @template T @param {T[]} items @param {() => number} random @returns {T[]} */
function shuffled(items, random) {
  const mixed = items.slice();
  for (let at = mixed.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    [mixed[at], mixed[other]] = [mixed[other], mixed[at]];
  }
  return mixed;
}
