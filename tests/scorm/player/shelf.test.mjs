// What the device works out by itself, beside what the server is held against in
// tests/scorm/runtime/test_keeping.py.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Shelf, spent } from "../../../scorm/static/player/shelf.js";

const line = (id, children = []) => ({
  id, title: id, visible: true, status: "not started", current: false, enabled: true, children,
}); // prettier-ignore

/** A course of two parts in a chapter and one beside it. */
function plain(standard = "2004", parts = ["a", "b", "c"]) {
  return {
    acknowledged: 0,
    over: null,
    current: "a",
    active: true,
    targets: { course: "a", chapter: "a", a: "a", b: "b", c: "c" },
    stores: { shared: null },
    view: {
      turn: 1,
      navigation: {},
      hidden: [],
      toc: [line("chapter", [line("a"), line("b")]), line("c")],
      request_valid: { choice: { a: "false" }, jump: {} },
      delivery: null,
      outcome: null,
    },
    parts: parts.map((activity) => ({
      activity, title: activity, url: `/cap/v/${activity}.html`, standard, edition: standard,
      sco: true, stores: [], fresh: {}, data: null, resumes: false,
      assumes: { completed: false, passed: false }, terminated: false, begun: false,
    })),
  }; // prettier-ignore
}

/** @param {Shelf} shelf */
function told(shelf, ...entries) {
  entries.forEach((entry) => shelf.fold({ number: shelf.plain.acknowledged + 1, ...entry }));
  return shelf.copy().view(-1, "over");
}

const set = (activity, ...values) => ({ kind: "set", activity, values });
const go = (request, activity = null) => ({ kind: "navigate", activity, request });

test("an entry counts once", () => {
  const shelf = new Shelf(plain("1.2"));
  shelf.fold({ number: 1, ...set("a", ["cmi.comments", "once"]) });
  shelf.fold({ number: 1, ...set("a", ["cmi.comments", "once"]) });
  assert.equal(shelf.current.data["cmi.comments"], "once");
});

test("a copy goes its own way", () => {
  const shelf = new Shelf(plain());
  told(shelf.copy(), go("continue", "a"));
  assert.equal(shelf.plain.current, "a");
});

test("what is set in one part is shared with another through a store, and hidden where it may not be read", () => {
  const given = plain();
  given.parts[0].stores = [{ target: "shared", readable: true, writable: true }];
  given.parts[1].stores = [{ target: "shared", readable: false, writable: true }];
  const shelf = new Shelf(given);
  assert.equal(told(shelf, set("a", ["adl.data.0.store", "x"])).delivery.stores[0].value, "x");
  assert.equal(told(shelf, go("continue", "a")).delivery.stores[0].value, null);
});

test("a store that the part does not have is none", () => {
  const shelf = new Shelf(plain());
  told(shelf, set("a", ["adl.data.7.store", "x"]));
  assert.deepEqual(shelf.plain.stores, { shared: null });
});

test("what is asked for at the goodbye after the time was up ends the course", () => {
  const shelf = new Shelf(plain());
  const view = told(
    shelf,
    { kind: "initialize", activity: "a" },
    set("a", ["cmi.exit", "time-out"]),
    { kind: "terminate", activity: "a", request: "continue" },
  );
  assert.equal(view.outcome.state, "ended");
  assert.equal(view.outcome.message, "over");
});

test("after the end nothing leads anywhere, and nobody comes back", () => {
  const shelf = new Shelf(plain());
  told(shelf, go("exitAll", "a"), go("continue", "a"));
  assert.equal(shelf.plain.over, "ended");
  assert.equal(shelf.plain.lost, undefined);
  told(shelf, go("back"));
  assert.equal(shelf.plain.lost, true);
});

test("what only the server can work out is left to it", () => {
  for (const request of ["abandon", "{target=nowhere}choice", "_unknown_"]) {
    const shelf = new Shelf(plain());
    told(shelf, go(request, "a"));
    assert.equal(shelf.plain.lost, true, request);
  }
  const left = new Shelf(plain());
  told(left, go("exit", "a"), go("suspendAll"));
  assert.equal(left.plain.lost, true);
  const nowhere = new Shelf({ ...plain(), current: null });
  told(nowhere, go("continue"));
  assert.equal(nowhere.plain.lost, true);
});

test("the only part of a course ends it when it is left", () => {
  const shelf = new Shelf(plain("2004", ["a"]));
  assert.equal(told(shelf, go("exit", "a")).outcome.state, "ended");
});

test("a goodbye of content that is no part of the course says nothing", () => {
  const shelf = new Shelf(plain());
  const view = told(shelf, { kind: "terminate", activity: "gone", request: "continue" });
  assert.equal(view.delivery.activity, "a");
});

test("the contents say what was reached, and the chapter what its parts did", () => {
  const shelf = new Shelf(plain());
  const done = (activity, ...values) => [
    { kind: "initialize", activity },
    set(activity, ...values, ["cmi.exit", "suspend"]),
  ];
  const statuses = (view) => [
    view.toc[0].status,
    ...view.toc[0].children.map(({ status }) => status),
    view.toc[1].status,
  ];
  const passed = [["cmi.scaled_passing_score", "0.5"], ["cmi.score.scaled", "0.6"], ["cmi.completion_status", "completed"]]; // prettier-ignore
  let view = told(shelf, ...done("a", ...passed), go("continue", "a"));
  assert.deepEqual(statuses(view), ["in progress", "passed", "in progress", "not started"]);
  assert.equal(view.toc[0].children[1].current, true);
  view = told(shelf, ...done("b", ["cmi.success_status", "passed"]), go("continue", "b"));
  assert.deepEqual(statuses(view), ["passed", "passed", "passed", "in progress"]);
  view = told(
    shelf,
    ...done("c", ["cmi.completion_threshold", "1"], ["cmi.progress_measure", "0.5"]),
    go("previous", "c"),
    ...done("b", ["cmi.scaled_passing_score", "0.5"], ["cmi.score.scaled", "0.2"]),
    go("continue", "b"),
  );
  assert.deepEqual(statuses(view), ["failed", "passed", "failed", "in progress"]);
});

test("a chapter is completed when its parts are, however", () => {
  const shelf = new Shelf(plain("1.2"));
  const view = told(
    shelf,
    set("a", ["cmi.core.lesson_status", "completed"]),
    go("continue", "a"),
    set("b", ["cmi.core.lesson_status", "passed"]),
    go("continue", "b"),
  );
  assert.equal(view.toc[0].status, "completed");
});

test("a 1.2 course that is finished is ended by Exit, and one that is not keeps its place", () => {
  const shelf = new Shelf(plain("1.2", ["a"]));
  assert.equal(told(shelf.copy(), go("exitAll", "a")).outcome.state, "ended");
  const begun = [{ kind: "initialize", activity: "a" }, go("exitAll", "a")];
  assert.equal(told(shelf, ...begun).outcome.state, "suspended");
});

test("every part may be chosen, and the ways on are said to content too", () => {
  const shelf = new Shelf(plain());
  const { request_valid, navigation, toc } = told(shelf, go("{target=c}choice", "a"));
  assert.deepEqual(request_valid.choice, { a: "true" });
  assert.deepEqual([request_valid.continue, request_valid.previous], ["true", "true"]);
  assert.deepEqual(navigation, { continue: true, previous: true, suspend: true, exit: true });
  assert.deepEqual([toc[0].children[0].enabled, toc[1].enabled], [true, true]);
});

test("time is written as the server writes it", () => {
  assert.equal(spent(0, "2004"), "PT0S");
  assert.equal(spent(3600, "2004"), "PT1H");
  assert.equal(spent(3661.04, "2004"), "PT1H1M1.04S");
  assert.equal(spent(3661.5, "1.2"), "0001:01:01.50");
});
