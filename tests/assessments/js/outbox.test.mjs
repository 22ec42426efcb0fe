// What was answered and is not saved yet, over a server that is played by the tests.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Outbox } from "../../../assessments/static/taking/outbox.js";

const given = (/** @type {string} */ text) => ({
  fields: { answer: [text] },
  certainty: null,
  flagged: false,
});

class Kept {
  /** @param {string} key */
  getItem(key) {
    return /** @type {any} */ (this)[key] ?? null;
  }
  /** @param {string} key @param {string} value */
  setItem(key, value) {
    /** @type {any} */ (this)[key] = value;
  }
  /** @param {string} key */
  removeItem(key) {
    delete (/** @type {any} */ (this)[key]);
  }
}

const NO_FLAG = { flagged: false, flags: 0 };

/** @param {any} [more] `flag` is what the server has of it */
function world({ storage = new Kept(), tab = "one", answers = [], flag = NO_FLAG } = {}) {
  /** @type {any[]} */
  const sent = [];
  /** @type {any[]} */
  const heard = [];
  const outbox = new Outbox({
    attempt: "a",
    tab,
    storage: /** @type {any} */ (storage),
    send: async (body) => {
      sent.push(JSON.parse(body));
      const answer = answers.shift() ?? "saved";
      if (answer === "lost") throw new Error("lost");
      const outcomes = sent.at(-1).answers.map((/** @type {any} */ each) => ({
        ...{ position: each.position, revision: each.revision + 1, at: "now", theirs: {} },
        ...flag,
      }));
      const told = { state: "open", left: null, saved: [], conflicts: [], late: [] };
      return { ...told, [answer]: outcomes };
    },
    heard: (kind, item, what) => heard.push([kind, item.position, what.fields]),
  });
  return { outbox, sent, heard, storage };
}

test("a flag that another window set since is not sent over by what is typed later", async () => {
  const { outbox, sent } = world({ flag: { flagged: true, flags: 1 } });
  outbox.put(0, given("one"), 0, 0);
  const first = outbox.flush();
  outbox.put(0, given("two"), 0, 0);
  await first;
  const told = sent.map(({ answers: [{ flagged, flags }] }) => [flagged, flags]);
  assert.deepEqual(told, [
    [false, 0],
    [true, 1],
  ]);
});

test("a flag that was changed after what was sent is sent with what the server then had", async () => {
  const { outbox, sent } = world({ flag: { flagged: false, flags: 2 } });
  outbox.put(0, given("one"), 0, 0);
  const first = outbox.flush();
  outbox.put(0, { ...given("one"), flagged: true }, 0, 0);
  await first;
  const [{ flagged, flags }] = sent[1].answers;
  assert.deepEqual([flagged, flags], [true, 2]);
});

test("what is saved does not stay on the device", async () => {
  const { outbox, storage } = world();
  outbox.put(0, given("one"), 0, 0);
  assert.equal(Object.keys(storage).length, 1);
  await outbox.flush();
  assert.deepEqual(Object.keys(storage), []);
  assert.equal(outbox.empty, true);
});

test("all that was answered goes in one request", async () => {
  const { outbox, sent } = world();
  outbox.put(0, given("one"), 0, 0);
  outbox.put(1, given("two"), 4, 0);
  await outbox.flush();
  assert.deepEqual(sent.map((each) => each.answers.length), [2]);
  assert.equal(sent[0].answers[1].revision, 4);
});

test("what nobody answered is sent again by the same name before anything newer", async () => {
  const { outbox, sent } = world({ answers: ["lost"] });
  outbox.put(0, given("one"), 0, 0);
  await assert.rejects(outbox.flush());
  outbox.put(0, given("two"), 0, 0);
  await outbox.flush();
  assert.equal(sent[0].post, sent[1].post);
  assert.deepEqual(sent[1].answers[0].fields, { answer: ["one"] });
  assert.deepEqual(sent[2].answers[0].fields, { answer: ["two"] });
  assert.equal(sent[2].answers[0].revision, 1);
});

test("a page that is loaded again goes on by the same names", async () => {
  const storage = new Kept();
  const before = world({ storage, answers: ["lost"] });
  before.outbox.put(0, given("one"), 0, 0);
  await assert.rejects(before.outbox.flush());
  const after = world({ storage });
  assert.equal(after.outbox.own(0)?.own, true);
  await after.outbox.flush();
  assert.equal(after.sent[0].post, before.sent[0].post);
  assert.deepEqual(Object.keys(storage), []);
});

test("what a tab left that is gone is sent as well, each for itself", async () => {
  const storage = new Kept();
  world({ storage, tab: "gone" }).outbox.put(0, given("theirs"), 0, 0);
  const { outbox, sent } = world({ storage });
  assert.equal(outbox.own(0), undefined);
  outbox.put(0, given("ours"), 0, 0);
  await outbox.flush();
  assert.deepEqual(sent.map((each) => each.answers.length), [1, 1]);
});

test("two versions wait for a choice, and what is chosen is saved on the newer one", async () => {
  const { outbox, sent, heard } = world({ answers: ["conflicts"] });
  outbox.put(0, given("here"), 0, 0);
  await outbox.flush();
  assert.deepEqual(heard[0], ["conflict", 0, { answer: ["here"] }]);
  assert.equal(outbox.held, true);
  const item = /** @type {any} */ (outbox.own(0));
  outbox.choose(item, 7, true);
  await outbox.flush();
  assert.equal(sent[1].answers[0].revision, 7);
  assert.equal(outbox.empty, true);
});

test("the version of the server leaves nothing to be sent", async () => {
  const { outbox, sent } = world({ answers: ["conflicts"] });
  outbox.put(0, given("here"), 0, 0);
  await outbox.flush();
  outbox.choose(/** @type {any} */ (outbox.own(0)), 7, false);
  await outbox.flush();
  assert.equal(sent.length, 1);
  assert.equal(outbox.empty, true);
});

test("what came too late is not sent again", async () => {
  const { outbox, heard } = world({ answers: ["late"] });
  outbox.put(0, given("one"), 0, 0);
  await outbox.flush();
  assert.equal(heard[0][0], "late");
  assert.equal(outbox.empty, true);
});

test("who leaves sends what is on its way and what is not, without waiting", async () => {
  const { outbox, sent } = world();
  outbox.put(0, given("one"), 0, 0);
  outbox.leave();
  assert.equal(sent.length, 1);
});

test("a device that keeps nothing says so, and sends all the same", async () => {
  const full = new Kept();
  full.setItem = () => {
    throw new Error("full");
  };
  const { outbox, sent } = world({ storage: full });
  outbox.put(0, given("one"), 0, 0);
  assert.equal(outbox.kept, false);
  await outbox.flush();
  assert.equal(sent.length, 1);
});

test("what is on the device and cannot be read is taken away", () => {
  const storage = new Kept();
  storage.setItem("quiz/a/0/one", "{");
  world({ storage });
  assert.deepEqual(Object.keys(storage), []);
});

test("nothing of an attempt stays when it is cleared", () => {
  const { outbox, storage } = world();
  outbox.put(0, given("one"), 0, 0);
  outbox.clear();
  assert.deepEqual(Object.keys(storage), []);
});
