import assert from "node:assert/strict";
import { test } from "node:test";

import { Outbox } from "../../../scorm/static/player/outbox.js";
import { DeviceStorage } from "./world.mjs";

const replaces = (element) => !/\.\d/.test(element);

function box(storage, session = "s1") {
  return new Outbox({ storage, registration: "r1", session, replaces });
}

function numbers({ entries: stored }) {
  return stored.map(({ text }) => JSON.parse(text).number);
}

function entries(outbox) {
  return outbox.batch({ most: Infinity }).entries.map((entry) => JSON.parse(outbox.text(entry)));
}

test("a value is on the device before anything else happens", () => {
  const storage = new DeviceStorage();
  box(storage).set("A", "cmi.location", "page 3");
  const stored = JSON.parse(storage.getItem("outbox/r1/s1/00000001"));
  assert.deepEqual(stored, {
    number: 1,
    activity: "A",
    kind: "set",
    values: [["cmi.location", "page 3"]],
  });
});

test("values that have not been sent share one entry, in the order of the calls", () => {
  const outbox = box(new DeviceStorage());
  outbox.set("A", "cmi.interactions.0.id", "q1");
  outbox.set("A", "cmi.interactions.0.type", "choice");
  assert.deepEqual(entries(outbox).map((entry) => entry.values), [
    [
      ["cmi.interactions.0.id", "q1"],
      ["cmi.interactions.0.type", "choice"],
    ],
  ]);
});

test("an entry that was handed out is not changed any more", () => {
  const outbox = box(new DeviceStorage());
  outbox.set("A", "cmi.location", "1");
  const before = entries(outbox);
  outbox.set("A", "cmi.location", "2");
  assert.deepEqual(entries(outbox), [
    ...before,
    { number: 2, activity: "A", kind: "set", values: [["cmi.location", "2"]] },
  ]);
});

test("a newer value takes the place of an unsent one where only the last counts", () => {
  const outbox = box(new DeviceStorage());
  for (let second = 0; second < 100; second += 1) {
    outbox.set("A", "cmi.session_time", `PT${second}S`);
  }
  assert.deepEqual(entries(outbox).map((entry) => entry.values), [[["cmi.session_time", "PT99S"]]]);
});

test("every value of a record is kept, since others may have depended on it", () => {
  const outbox = box(new DeviceStorage());
  outbox.set("A", "cmi.interactions.0.type", "choice");
  outbox.set("A", "cmi.interactions.0.type", "numeric");
  assert.equal(entries(outbox)[0].values.length, 2);
});

test("a value never moves across a session's beginning or end", () => {
  const outbox = box(new DeviceStorage());
  outbox.set("A", "cmi.location", "1");
  outbox.add("terminate", "A", "_none_");
  outbox.add("initialize", "A");
  outbox.set("A", "cmi.location", "2");
  assert.deepEqual(entries(outbox).map((entry) => entry.kind), [
    "set",
    "terminate",
    "initialize",
    "set",
  ]);
});

test("values of two activities never share an entry", () => {
  const outbox = box(new DeviceStorage());
  outbox.set("A", "cmi.location", "1");
  outbox.set("B", "cmi.location", "2");
  assert.deepEqual(entries(outbox).map((entry) => entry.activity), ["A", "B"]);
});

test("a long value is written once, not again with every small one", () => {
  const storage = new DeviceStorage();
  const outbox = box(storage);
  outbox.set("A", "cmi.suspend_data", "x".repeat(1024 * 1024));
  storage.writes.length = 0;
  for (let call = 0; call < 50; call += 1) outbox.set("A", `cmi.interactions.${call}.id`, `q${call}`);
  assert.ok(Math.max(...storage.writes) < 4096);
});

test("a value that grows long leaves the entry it shared", () => {
  const storage = new DeviceStorage();
  const outbox = box(storage);
  outbox.set("A", "cmi.suspend_data", "short");
  outbox.set("A", "cmi.location", "1");
  outbox.set("A", "cmi.suspend_data", "x".repeat(9000));
  storage.writes.length = 0;
  outbox.set("A", "cmi.location", "2");
  assert.ok(Math.max(...storage.writes) < 4096);
  const values = Object.fromEntries(entries(outbox).flatMap((entry) => entry.values));
  assert.deepEqual([values["cmi.suspend_data"].length, values["cmi.location"]], [9000, "2"]);
});

test("a long value set again and again takes room once", () => {
  const storage = new DeviceStorage(2_500_000);
  const outbox = box(storage);
  for (let page = 0; page < 10; page += 1) {
    outbox.set("A", "cmi.suspend_data", String(page).repeat(1024 * 1024));
  }
  assert.ok(outbox.kept);
});

test("names and values of any text survive", () => {
  const storage = new DeviceStorage();
  const odd = 'quotes " \\ \u2028 \ud800 نص 🙂';
  box(storage).set('A"]', "cmi.suspend_data", odd);
  const [entry] = entries(box(storage));
  assert.deepEqual([entry.activity, entry.values], ['A"]', [["cmi.suspend_data", odd]]]);
});

test("what is acknowledged leaves the device", () => {
  const storage = new DeviceStorage();
  const outbox = box(storage);
  outbox.add("initialize", "A");
  outbox.set("A", "cmi.location", "1");
  outbox.acknowledge(1);
  assert.deepEqual(storage.waiting, ["outbox/r1/s1/00000002"]);
});

test("a page that comes back to its session goes on with its numbers", () => {
  const storage = new DeviceStorage();
  box(storage).set("A", "cmi.location", "1");
  const again = box(storage);
  again.set("A", "cmi.location", "2");
  assert.deepEqual(entries(again).map((entry) => entry.number), [1, 2]);
});

test("numbers go on after what the server has", () => {
  const outbox = box(new DeviceStorage());
  outbox.resume(7);
  assert.equal(outbox.add("initialize", "A"), 8);
});

test("a full device is admitted, and the value kept in memory", () => {
  const outbox = box(new DeviceStorage(100));
  outbox.set("A", "cmi.suspend_data", "x".repeat(200));
  assert.equal(outbox.kept, false);
  assert.equal(entries(outbox)[0].values[0][1].length, 200);
});

test("what found no room is stored as soon as there is some", () => {
  const storage = new DeviceStorage(220);
  const outbox = box(storage);
  outbox.add("initialize", "A");
  outbox.set("A", "cmi.suspend_data", "x".repeat(100));
  assert.equal(outbox.kept, false);
  outbox.acknowledge(1);
  assert.ok(outbox.kept);
  assert.deepEqual(storage.waiting, ["outbox/r1/s1/00000002"]);
});

test("a browser without storage holds nothing once the server has everything, and says so", () => {
  const outbox = box(null);
  assert.ok(outbox.kept);
  outbox.set("A", "cmi.location", "1");
  assert.equal(outbox.kept, false);
  outbox.acknowledge(1);
  assert.ok(outbox.kept);
  assert.deepEqual(outbox.leftovers(), []);
});

test("earlier sessions of the same registration are found, each in order", () => {
  const storage = new DeviceStorage();
  const old = box(storage, "s0");
  old.add("initialize", "A");
  old.set("A", "cmi.location", "1");
  const other = new Outbox({ storage, registration: "r2", session: "s9" });
  other.add("initialize", "B");
  const [[left, ...more]] = box(storage).leftovers();
  assert.deepEqual(more, []);
  assert.deepEqual([left.session, numbers(left)], ["s0", [1, 2]]);
});

test("only what the server was given is forgotten", () => {
  const storage = new DeviceStorage();
  const old = box(storage, "s0");
  old.add("initialize", "A");
  const outbox = box(storage);
  const leftovers = outbox.leftovers();
  old.set("A", "cmi.location", "set meanwhile in the other window");
  leftovers.forEach((portion) => outbox.forget(portion));
  assert.deepEqual(storage.waiting, ["outbox/r1/s0/00000002"]);
});

test("what another window has read is not changed any more", () => {
  const storage = new DeviceStorage();
  const old = box(storage, "s0");
  const outbox = box(storage);
  for (const place of ["1", "2"]) {
    old.set("A", "cmi.location", place);
    outbox.leftovers();
  }
  old.set("A", "cmi.location", "3");
  old.set("A", "cmi.location", "4");
  assert.deepEqual(entries(old).map(({ values }) => values[0][1]), ["1", "2", "4"]);
});

test("a left-over that grew after it was read, where nobody could sign for it, stays on the device", () => {
  const storage = new DeviceStorage();
  const old = box(storage, "s0");
  old.add("initialize", "A");
  old.set("A", "cmi.location", "1");
  const outbox = box(storage);
  const leftovers = outbox.leftovers();
  storage.removeItem("reader/r1");
  old.set("A", "cmi.exit", "suspend"); // in the other window, into the same entry
  leftovers.forEach((portion) => outbox.forget(portion));
  assert.deepEqual(storage.waiting, ["outbox/r1/s0/00000002"]);
  const [[left]] = outbox.leftovers();
  assert.equal(JSON.parse(left.entries[0].text).values.length, 2);
});

test("a record that cannot be read is removed and holds up nothing", () => {
  const storage = new DeviceStorage();
  storage.setItem("outbox/r1/s0/00000001", '{"number": 1, "kin');
  assert.deepEqual(box(storage).leftovers(), []);
  assert.equal(storage.waiting.length, 0);
});

test("a batch is as much as fits, and one entry at least where asked", () => {
  const outbox = box(new DeviceStorage());
  outbox.set("A", "cmi.suspend_data", "x".repeat(5000));
  outbox.set("A", "cmi.location", "1");
  assert.equal(outbox.batch({ most: 1000 }).entries.length, 0);
  assert.equal(outbox.batch({ most: 1000, atLeastOne: true }).entries.length, 1);
  assert.equal(outbox.batch({ most: 9000 }).entries.length, 2);
});

test("bytes are counted, not characters", () => {
  const outbox = box(new DeviceStorage());
  outbox.set("A", "cmi.suspend_data", "م".repeat(600));
  assert.equal(outbox.batch({ most: 1000 }).entries.length, 0);
});

test("smaller entries may go before one that does not fit", () => {
  const outbox = box(new DeviceStorage());
  outbox.set("A", "cmi.suspend_data", "x".repeat(5000));
  outbox.add("terminate", "A", "_none_");
  const { entries: passed } = outbox.batch({ most: 1000, passing: true });
  assert.deepEqual(passed.map(({ number }) => number), [2]);
});

test("what somebody else took from the device is written again when it is asked for", () => {
  const storage = new DeviceStorage();
  const outbox = box(storage);
  outbox.add("initialize", "A");
  outbox.set("A", "cmi.location", "1");
  storage.map.clear();
  assert.ok(outbox.keep());
  assert.equal(storage.waiting.length, 2);
});

for (const [what, spoil] of [
  ["took away", (storage, key) => storage.removeItem(key)],
  ["emptied", (storage, key) => storage.setItem(key, "")],
  ["wrote over", (storage, key) => storage.setItem(key, storage.getItem(key).replace("1", "7"))],
]) {
  test(`one entry of many that somebody else ${what} is written again, and it alone`, () => {
    const storage = new DeviceStorage();
    const outbox = box(storage);
    for (const activity of ["A", "B", "C"]) outbox.set(activity, "cmi.location", "1");
    outbox.set("D", "cmi.suspend_data", "x".repeat(100_000));
    outbox.add("terminate", "D", "_none_");
    const before = new Map(storage.map);
    for (const number of [2, 4]) spoil(storage, `outbox/r1/s1/0000000${number}`);
    const altered = Array.from(before).filter(([key, text]) => storage.getItem(key) !== text);
    storage.writes.length = 0;
    assert.ok(outbox.keep());
    assert.deepEqual(storage.writes, altered.map(([, text]) => text.length));
    assert.deepEqual(new Map([...storage.map].sort()), before);
  });
}

test("what an earlier page of the session stored is written again whole", () => {
  const storage = new DeviceStorage();
  box(storage).set("A", "cmi.location", "1");
  const again = box(storage);
  storage.map.clear();
  assert.ok(again.keep());
  assert.deepEqual(entries(box(storage))[0].values, [["cmi.location", "1"]]);
});

test("a full device is not tried over and over for everything that waits", () => {
  const storage = new DeviceStorage(100);
  const outbox = box(storage);
  for (let part = 0; part < 50; part += 1) {
    outbox.set("A", `cmi.interactions.${part}.description`, "x".repeat(3000));
  }
  storage.writes.length = 0;
  assert.equal(outbox.keep(), false);
  assert.equal(storage.writes.length, 1);
});

test("left-overs come in portions, and what the newest session left comes first", () => {
  const storage = new DeviceStorage();
  for (const session of ["s7", "s3", "s5"]) {
    const old = box(storage, session);
    old.announce();
    for (let part = 0; part < 3; part += 1) old.set("A", `cmi.objectives.${part}.id`, "م".repeat(2000));
  }
  storage.setItem("lease/r1", "s5");
  const portions = box(storage, "s9").leftovers(9000);
  const told = portions.map((portion) =>
    portion.map((left) => [left.session, ...numbers(left)]),
  );
  assert.deepEqual(told, [
    [["s5", 1, 2]],
    [["s5", 3], ["s3", 1]],
    [["s3", 2, 3]],
    [["s7", 1, 2]],
    [["s7", 3]],
  ]);
});
