// The time that is left: counted on a clock that is turned by the tests.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Countdown, figures } from "../../../assessments/static/taking/countdown.js";

/** @param {number} left */
function begun(left) {
  const clock = { now: 0 };
  return { clock, count: new Countdown(left, 0, () => clock.now) };
}

test("it counts down by the clock that it was given, and never below nothing", () => {
  const { clock, count } = begun(90);
  clock.now = 30_000;
  assert.equal(count.left, 60);
  clock.now = 100_000;
  assert.equal(count.left, 0);
});

test("ten, five and one minutes are said once each", () => {
  const { clock, count } = begun(660);
  /** @type {number[]} */
  const said = [];
  for (let second = 0; second <= 660; second += 1) {
    clock.now = second * 1000;
    const due = count.due();
    if (due !== null) said.push(due);
  }
  assert.deepEqual(said, [10, 5, 1]);
});

test("a page that slept says only what is so now", () => {
  const { clock, count } = begun(660);
  clock.now = 620_000;
  assert.equal(count.due(), 1);
});

test("what is less than ten minutes at first is not said as ten", () => {
  const { count } = begun(400);
  assert.equal(count.due(), null);
});

test("the server sets it right, and only much more is time that somebody gave", () => {
  const { clock, count } = begun(100);
  clock.now = 40_000;
  assert.equal(count.heard(62), false);
  assert.equal(count.left, 62);
  assert.equal(count.heard(600), true);
  assert.equal(count.left, 600);
});

test("after more time was given, the minutes are said again", () => {
  const { clock, count } = begun(61);
  clock.now = 2000;
  assert.equal(count.due(), 1);
  count.heard(601);
  clock.now = 4000;
  assert.equal(count.due(), 10);
});

test("it is shown as a clock shows it", () => {
  assert.deepEqual([0, 65, 3845].map(figures), ["0:00", "1:05", "1:04:05"]);
});
