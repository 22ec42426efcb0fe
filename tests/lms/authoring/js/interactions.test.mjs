// Answers as interactions, in both notations, taken by the strictest sites.

import assert from "node:assert/strict";
import { test } from "node:test";

import { interaction, localized, pattern, readable, report } from "../../../../lms/authoring/content/interactions.js";
import { Session } from "../../../../lms/authoring/content/session.js";
import { StrictHost } from "./strict_host.mjs";

const AT = new Date(2026, 10, 26, 9, 5, 7, 123);
const CHOICE = {
  id: "p4-interpreter", type: "choice", asked: "Who may\n interpret?", original: "Who may interpret?",
  language: "en", right: ["a", "c"], chosen: ["b"], result: "wrong", latency: 61_000, at: AT,
};

test("a choice in 2004", () => {
  assert.deepEqual(interaction(CHOICE, true), [
    ["id", "p4-interpreter"],
    ["type", "choice"],
    ["timestamp", AT.toISOString().replace("123Z", "12Z")],
    ["correct_responses.0.pattern", "a[,]c"],
    ["weighting", "1"],
    ["learner_response", "b"],
    ["result", "incorrect"],
    ["latency", "PT0H1M1S"],
    ["description", "{lang=en}Who may interpret?"],
  ]);
});

test("a choice in 1.2 can be read from its identifier", () => {
  assert.deepEqual(interaction(CHOICE, false), [
    ["id", "p4-interpreter-who-may-interpret"],
    ["type", "choice"],
    ["time", "09:05:07"],
    ["correct_responses.0.pattern", "a,c"],
    ["weighting", "1"],
    ["student_response", "b"],
    ["result", "wrong"],
    ["latency", "00:01:01"],
  ]);
});

test("a decision has no right answer, no weight, and no time where none was measured", () => {
  const decision = { ...CHOICE, right: null, result: "neutral", latency: null, chosen: ["go-on"] };
  const names = interaction(decision, true).map(([name]) => name);
  assert.deepEqual(names, ["id", "type", "timestamp", "learner_response", "result", "description"]);
});

test("patterns of each type in both notations", () => {
  const written = [
    ["choice", ["a", "c"]], ["true-false", ["true"]], ["true-false", ["false"]],
    ["matching", ["a.2", "b.10"]], ["choice", ["go-on"]], ["choice", []],
  ].map(([type, values]) => [pattern(type, values, true), pattern(type, values, false)]);
  assert.deepEqual(written, [
    ["a[,]c", "a,c"], ["true", "t"], ["false", "f"],
    ["a[.]2[,]b[.]10", "a.2,b.a"], ["go_on", "go-on"], ["", ""],
  ]);
});

test("a description is one line of at most 250 characters with its language", () => {
  assert.equal(localized("  One\n\ttwo  ", "es"), "{lang=es}One two");
  assert.equal(localized("{x}", "en"), "{lang=en}(x}");
  assert.equal(localized("س".repeat(400), "ar").length, 250);
  assert.equal(localized("🙂".repeat(400), "en").isWellFormed(), true);
});

test("an identifier of 1.2 is printable ASCII of at most 255 characters", () => {
  assert.equal(readable("p1-sky", "Où est l’été ?"), "p1-sky-ou-est-l-ete");
  assert.equal(readable("p1-sky", "من؟"), "p1-sky");
  assert.equal(readable("p1-sky", "Word ".repeat(100)).length <= 255, true);
  assert.match(readable("p1-sky", "Word ".repeat(100)), /^[a-z0-9]+(-[a-z0-9]+)*$/);
});

for (const standard of ["2004", "1.2"]) {
  test(`the strictest sites take every type in ${standard}`, () => {
    const host = new StrictHost(standard);
    const session = new Session(standard, host.api, () => {});
    const matching = { ...CHOICE, type: "matching", right: ["a.1", "b.12"], chosen: ["a.2", "b.12"] };
    const truth = { ...CHOICE, type: "true-false", right: ["true"], chosen: ["false"] };
    for (const each of [CHOICE, matching, truth]) report(session, each);
    assert.deepEqual([host.refusals, session.get("cmi.interactions._count")], [[], "3"]);
  });
}

test("a site that keeps no interactions is asked once for each", () => {
  const host = new StrictHost("1.2");
  const session = new Session("1.2", host.api, () => {});
  host.full.add("cmi.interactions.0.id");
  report(session, CHOICE);
  assert.deepEqual(host.sets, []);
});

test("no more are sent than every site must keep", () => {
  const host = new StrictHost("2004");
  const session = new Session("2004", host.api, () => {});
  for (let count = 0; count < 260; count += 1) report(session, CHOICE);
  assert.equal(session.get("cmi.interactions._count"), "250");
});
