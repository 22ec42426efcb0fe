import assert from "node:assert/strict";
import { test } from "node:test";
import { launched, tables } from "./ground.mjs";

const QUESTION = {
  "cmi.objectives.0.id": "obj",
  "cmi.interactions.0.id": "q",
  "cmi.interactions.0.type": "numeric",
  "cmi.interactions.0.correct_responses.0.pattern": "1[:]2",
};

/** What GetDiagnostic says after a call; a value makes it SetValue. */
function said(standard, name, value, values = standard === "2004" ? QUESTION : {}) {
  const { api } = launched(standard, { values });
  const prefix = standard === "1.2" ? "LMS" : "";
  api[`${prefix}Initialize`]("");
  if (value === undefined) api[`${prefix}GetValue`](name);
  else api[`${prefix}SetValue`](name, value);
  return api[`${prefix}GetDiagnostic`]("");
}

for (const [name, value, words] of [
  ["cmi.nothing", undefined, "cmi.nothing is no element of SCORM 2004."],
  ["cmi.objectives._count", "1", "cmi.objectives._count is kept by the LMS; it cannot be set."],
  ["cmi.mode", "review", "cmi.mode can only be read."],
  ["cmi.exit", undefined, "cmi.exit can only be set, never read."],
  ["cmi.location._children", undefined, "cmi.location has no list of children."],
  ["cmi.score._count", undefined, "cmi.score is no collection and has no count."],
  ["cmi.score._version", undefined, "Only cmi._version tells a version."],
  ["cmi.location", undefined, "cmi.location has no value yet."],
  [
    "cmi.objectives.3.id",
    undefined,
    "cmi.objectives.3.id: cmi.objectives has 1 records, counted from 0.",
  ],
  [
    "cmi.interactions.0.objectives.01.id",
    "x",
    "cmi.interactions.0.objectives.01.id: cmi.interactions.0.objectives has 0 records, counted from 0.",
  ],
  [
    "adl.nav.request_valid.choice",
    undefined,
    "adl.nav.request_valid.choice needs the ID of an activity, as {target=ID}.",
  ],
  [
    "cmi.interactions.0.correct_responses.1.pattern",
    "3[:]4",
    "cmi.interactions.0.correct_responses.1.pattern: an interaction of this type has one correct response pattern.",
  ],
  [
    "cmi.interactions.1.learner_response",
    "1",
    "cmi.interactions.1.learner_response needs id and type of the same record set first.",
  ],
  ["cmi.objectives.0.id", "other", "cmi.objectives.0.id has been set and cannot change."],
  ["cmi.objectives.1.id", "obj", "cmi.objectives.1.id: another record has “obj” already."],
  [
    "cmi.score.scaled",
    "7",
    "cmi.score.scaled takes a decimal number such as 0.75 from -1 to 1, not “7”.",
  ],
  [
    "cmi.success_status",
    "good",
    "cmi.success_status takes one of passed, failed, unknown, not “good”.",
  ],
  [
    "cmi.interactions.0.result",
    "",
    "cmi.interactions.0.result takes one of correct, incorrect, unanticipated, neutral, or a number, not “”.",
  ],
  [
    "cmi.interactions.0.learner_response",
    "abc",
    "cmi.interactions.0.learner_response takes a response of the interaction type numeric, not “abc”.",
  ],
  ["cmi.objectives.1.id", "a b", "cmi.objectives.1.id takes an identifier (a URI without blanks), not “a b”."],
  [
    "adl.nav.request",
    "up",
    "adl.nav.request takes a navigation request such as continue or {target=ID}choice, not “up”.",
  ],
  ["cmi.session_time", "10", "cmi.session_time takes a duration such as PT1H2M3.5S, not “10”."],
]) {
  test(`GetDiagnostic after ${name}${value === undefined ? "" : ` = ${value}`} says: ${words}`, () => {
    assert.equal(said("2004", name, value), words);
  });
}

for (const [name, value, words] of [
  ["cmi.objectives.0.id", "", "cmi.objectives.0.id takes 1 to 255 characters, no blanks, not “”."],
  [
    "cmi.core.lesson_location",
    "x".repeat(256),
    `cmi.core.lesson_location takes at most 255 characters, not “${"x".repeat(39)}…”.`,
  ],
  ["cmi.core.score.raw", "200", "cmi.core.score.raw takes a decimal number such as 75.5 from 0 to 100, not “200”."],
]) {
  test(`LMSGetDiagnostic after ${name} says: ${words}`, () => {
    assert.equal(said("1.2", name, value), words);
  });
}

test("every type of both tables has words for what it takes", () => {
  for (const standard of ["1.2", "2004"]) {
    for (const [name, element] of Object.entries(tables[standard].elements)) {
      if (!["rw", "wo"].includes(element.access) || !element.type) continue;
      const words = said(standard, name.replace(/\.n(?=\.|$)/g, ".0"), "\n no \n");
      assert.doesNotMatch(words, /takes ,|undefined/, name);
    }
  }
});

test("words stay below 255 characters however long names and values are", () => {
  const long = "x".repeat(5000);
  assert.ok(said("2004", `cmi.${long}`).length < 255);
  assert.ok(said("2004", "cmi.success_status", long).length < 255);
  const name = `cmi.objectives.${"9".repeat(5000)}.id`;
  assert.ok(said("2004", name, long).length < 255);
});

test("a code that is not the last error gets its own words, and an unknown one none", () => {
  const { api } = launched("2004");
  api.Initialize("");
  api.GetValue("cmi.location");
  assert.equal(api.GetDiagnostic("404"), "Data Model Element Is Read Only");
  assert.equal(api.GetDiagnostic("403"), "cmi.location has no value yet.");
  assert.equal(api.GetDiagnostic("001"), "");
});
