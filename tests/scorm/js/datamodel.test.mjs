// What the parity test cannot say: exact comparison, sharing, speed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { compare, length } from "../../../scorm/static/player/formats.js";
import { languages, launched, tables } from "./ground.mjs";
import { createDataModel } from "../../../scorm/static/player/datamodel.js";

for (const [one, other, sign] of [
  ["0.8", "0.80", 0],
  ["-0", "+0.0", 0],
  ["0.80000000000000000000001", "0.8", 1],
  ["-0.5", "-0.51", 1],
  ["-0.51", "-0.5", -1],
  ["10", "9", 1],
  ["-10", "-9", -1],
  ["007", "7", 0],
  ["0", "-1", 1],
  ["9".repeat(400), "9".repeat(399), 1],
]) {
  test(`${one.slice(0, 30)} against ${other.slice(0, 30)} gives ${sign}`, () => {
    assert.equal(Math.sign(compare(one, other)), sign);
    assert.equal(Math.sign(compare(other, one)), sign === 0 ? 0 : -sign);
  });
}

test("a character beyond the first plane counts once, and half of one too", () => {
  assert.equal(length("a😀b"), 3);
  assert.equal(length("\ud83da"), 2);
});

test("what a model holds makes another like it", () => {
  const { api, model } = launched("2004");
  api.Initialize("");
  api.SetValue("cmi.objectives.0.id", "a");
  api.SetValue("cmi.objectives.0.score.raw", "5");
  const again = createDataModel({ table: tables[2004], languages, values: model.values() });
  assert.deepEqual(again.values(), model.values());
  assert.deepEqual(again.get("cmi.objectives._count"), ["1", 0]);
});

test("a table is not changed by what content does", () => {
  const before = JSON.stringify(tables);
  const { api } = launched("2004");
  api.Initialize("");
  api.SetValue("cmi.interactions.0.id", "a");
  assert.equal(JSON.stringify(tables), before);
});

test("setting and getting a value takes microseconds", () => {
  const { api } = launched("2004");
  api.Initialize("");
  for (let at = 0; at < 100; at += 1) api.SetValue(`cmi.objectives.${at}.id`, `o${at}`);
  const times = [];
  for (let turn = 0; turn < 2000; turn += 1) {
    const name = `cmi.objectives.${turn % 100}.score.scaled`;
    const start = process.hrtime.bigint();
    api.SetValue(name, "0.5");
    api.GetValue(name);
    times.push(Number(process.hrtime.bigint() - start) / 1000);
  }
  times.sort((one, other) => one - other);
  assert.ok(times[1000] < 20, `median ${times[1000]} µs`);
});
