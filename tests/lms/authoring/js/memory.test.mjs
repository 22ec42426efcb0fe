// What is kept between visits: short, bounded, and read whatever became of it.

import assert from "node:assert/strict";
import { test } from "node:test";

import { ROOM, packed, unpacked } from "../../../../lms/authoring/content/memory.js";

const EMPTY = unpacked("");

function full() {
  const kept = unpacked("");
  kept.done = kept.shown = true;
  kept.best.set("final", 83.33).set("pretest", 50);
  kept.draws.set("final", ["quiz-a", "quiz-b"]);
  kept.answers.set("quiz-a", ["a", "c"]).set("quiz-b", ["a.1", "b.2"]).set("p1-none", []);
  kept.checked.add("quiz-a");
  kept.places.set("p4-story", "go-on");
  kept.sent.add("p8-next");
  kept.seen.set("final", ["quiz-a", "quiz-b", "quiz-c"]);
  return kept;
}

test("all of it comes back", () => {
  assert.deepEqual(unpacked(packed(full(), ROOM["2004"])), full());
});

test("it is short", () => {
  assert.equal(
    packed(full(), 4096),
    "2;d;s;bfinal=83.33;bpretest=50;wfinal=quiz-a,quiz-b;cquiz-a=a,c;aquiz-b=a.1,b.2;ap1-none=;" +
      "pp4-story=go-on;rp8-next;nfinal=quiz-a,quiz-b,quiz-c;"
  );
});

test("text that was cut short loses only its last records", () => {
  const text = packed(full(), 4096);
  for (let end = 0; end < text.length; end += 1) {
    const kept = unpacked(text.slice(0, end));
    assert.equal(kept.done, end >= "2;d;".length);
    for (const [id, values] of kept.answers) assert.deepEqual(values, full().answers.get(id));
  }
});

test("foreign text is nothing", () => {
  for (const text of ['{"answers":{"a":["b"]},"done":true}', "1;d;", "d;", "null", "2", ";;;"]) {
    assert.deepEqual(unpacked(text), EMPTY);
  }
});

test("what cannot be in a record is left out", () => {
  const kept = unpacked("2;bfinal=1000;bpretest=x;q;A=1;a__proto__=a;a<b>=c;z9=1;d;");
  assert.deepEqual(kept, { ...EMPTY, done: true });
});

test("a quiz of 12 from 40 and a part with 10 checks and a scenario have room in 1.2", () => {
  const name = (prefix, at) => `${prefix}-a-name-of-thirty-letters-${at}`;
  const quiz = unpacked("");
  quiz.best.set("final", 83.33);
  const pool = Array.from({ length: 40 }, (_each, at) => name("quiz", at));
  quiz.draws.set("final", pool.slice(0, 12));
  pool.slice(0, 12).forEach((id) => quiz.answers.set(id, ["a", "b", "c"]) && quiz.checked.add(id));
  quiz.seen.set("final", pool);
  const part = unpacked("");
  for (let at = 0; at < 10; at += 1) part.answers.set(name("p4", at), ["a.1", "b.2", "c.3", "d.1", "e.2"]);
  part.places.set("p4-story", name("step", 1));
  for (const kept of [quiz, part]) {
    assert.deepEqual(unpacked(packed(kept, ROOM["1.2"])), kept);
    assert.equal(packed(kept, ROOM["1.2"]).length < 3000, true);
  }
});

test("more than there is room for is never sent; what matters most is", () => {
  const kept = full();
  for (let at = 0; at < 500; at += 1) kept.answers.set(`quiz-${at}`, ["a"]);
  const text = packed(kept, ROOM["1.2"]);
  assert.equal(text.length <= 4096, true);
  assert.deepEqual(unpacked(text).best, kept.best);
});
