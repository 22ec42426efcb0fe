// Drawing questions from a pool.

import assert from "node:assert/strict";
import { test } from "node:test";

import { draw, seenAfter, stillFits } from "../../../../lms/authoring/content/draw.js";

/** A pool: how many questions each group has. */
function pool(sizes) {
  return Object.entries(sizes).flatMap(([group, size]) =>
    Array.from({ length: size }, (_each, at) => ({ id: `${group}-${at}`, group }))
  );
}

/** Numbers from 0 up to 1 that are the same in each run. */
function numbers(seed) {
  let state = seed;
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648;
  };
}

function perGroup(drawn) {
  const counts = {};
  for (const id of drawn) counts[id[0]] = (counts[id[0]] || 0) + 1;
  return counts;
}

const TEN = pool({ a: 10, b: 10, c: 10, d: 10 });

test("a draw takes evenly from all groups, in the pool's order and nothing twice", () => {
  for (let seed = 1; seed < 50; seed += 1) {
    const drawn = draw(TEN, 12, [], numbers(seed));
    assert.deepEqual(perGroup(drawn), { a: 3, b: 3, c: 3, d: 3 });
    assert.deepEqual(drawn, TEN.map(({ id }) => id).filter((id) => drawn.includes(id)));
  }
});

test("where groups cannot all give the same, no two of them differ by more than one", () => {
  for (let seed = 1; seed < 50; seed += 1) {
    const counts = Object.values(perGroup(draw(TEN, 10, [], numbers(seed))));
    assert.deepEqual(counts.sort(), [2, 2, 3, 3]);
  }
});

test("small groups give what they have, the others the rest", () => {
  assert.deepEqual(perGroup(draw(pool({ a: 1, b: 2, c: 20 }), 12, [], numbers(3))), { a: 1, b: 2, c: 9 });
});

test("a new try draws first those that were not seen", () => {
  let seen = [];
  const met = new Set();
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const drawn = draw(TEN, 12, seen, numbers(attempt + 7));
    drawn.forEach((id) => met.add(id));
    seen = seenAfter(TEN, seen, drawn);
  }
  assert.equal(met.size, 36);
  const last = draw(TEN, 12, seen, numbers(99));
  for (const { id } of TEN) assert.equal(met.has(id) || last.includes(id), true);
  assert.deepEqual(seenAfter(TEN, seen, last), last);
});

test("more than the pool has is the whole pool", () => {
  assert.deepEqual(draw(pool({ a: 2, b: 1 }), 12, [], numbers(1)), ["a-0", "a-1", "b-0"]);
});

test("a draw that was kept fits only the pool and the number it was made for", () => {
  const drawn = draw(TEN, 12, [], numbers(1));
  assert.equal(stillFits(TEN, 12, drawn), true);
  assert.equal(stillFits(TEN, 10, drawn), false);
  assert.equal(stillFits(TEN.filter(({ id }) => id !== drawn[0]), 12, drawn), false);
  assert.equal(stillFits(TEN, 2, ["a-0", "a-0"]), false);
  assert.equal(stillFits(pool({ a: 2 }), 12, ["a-0", "a-1"]), true);
});
