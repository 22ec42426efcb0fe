// The size of the screen in a preview: what somebody types is made something that can be shown.

import assert from "node:assert/strict";
import test from "node:test";

import { side } from "../../../scorm/static/player/stage.js";

test("a side is whole pixels", () => {
  assert.equal(side("412", 360), 412);
  assert.equal(side(" 411.6 ", 360), 412);
});

test("what is no number leaves the side as it was", () => {
  for (const text of ["", " ", "wide", "NaN", "1e999"]) assert.equal(side(text, 360), 360);
});

test("no side is too small to be seen, or larger than any screen", () => {
  assert.equal(side("0", 360), 160);
  assert.equal(side("-5", 360), 160);
  assert.equal(side("99999", 360), 4000);
});
