// Lengths of time and moments in both standards.

import assert from "node:assert/strict";
import { test } from "node:test";

import { duration, timestamp } from "../../../../lms/authoring/content/time.js";

test("lengths of time", () => {
  const written = [0, 59_400, 3_661_000, 400_000_000, -5].map((length) => [
    duration(length, true),
    duration(length, false),
  ]);
  assert.deepEqual(written, [
    ["PT0H0M0S", "00:00:00"],
    ["PT0H0M59S", "00:00:59"],
    ["PT1H1M1S", "01:01:01"],
    ["PT111H6M40S", "111:06:40"],
    ["PT0H0M0S", "00:00:00"],
  ]);
});

test("moments are of the world in 2004 and of the place in 1.2", () => {
  assert.equal(timestamp(new Date(Date.UTC(2026, 0, 2, 3, 4, 5, 678)), true), "2026-01-02T03:04:05.67Z");
  assert.equal(timestamp(new Date(2026, 0, 2, 3, 4, 5), false), "03:04:05");
});
