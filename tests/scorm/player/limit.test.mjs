// The time that a package allows for a part: whose clock counts, and what happens when it is up.

import assert from "node:assert/strict";
import test from "node:test";

import { GRACE, Limit, allowance, seconds } from "../../../scorm/static/player/limit.js";

const MINUTE = 60000;
const DAY = 86400000;

for (const [time, expected] of [
  ["PT10M", 600],
  ["PT1H0.5S", 3600.5],
  ["P1DT2H3M4.25S", 93784.25],
  ["P1Y2M", 31536000 + 2 * 2628029],
  ["P0Y0M0DT0H0M5S", 5],
  ["PT01H059M020S", 7160],
  ["00:10:00", 600],
  ["0001:02:03.5", 3723.5],
  ["9999:99:99.99", 9999 * 3600 + 99 * 60 + 99.99],
  ["PT0S", 0],
  ["00:00:00", 0],
  ["", 0],
  ["P", 0],
  ["PT", 0],
  ["P1DT", 0],
  ["PT-5M", 0],
  ["PT1.5H", 0],
  ["1:00:00", 0],
  ["10:00", 0],
  ["10", 0],
  ["none", 0],
]) {
  test(`“${time}” is ${expected} seconds`, () => assert.equal(seconds(time), expected));
}

function of2004(allowed, action, more = {}) {
  const data = { "cmi.total_time": "PT0S", "cmi.mode": "normal", ...more };
  if (allowed !== undefined) data["cmi.max_time_allowed"] = allowed;
  if (action !== undefined) data["cmi.time_limit_action"] = action;
  return { standard: "2004", data };
}

function of12(allowed, action, more = {}) {
  const data = { "cmi.core.total_time": "0000:00:00.00", "cmi.core.lesson_mode": "normal", ...more };
  data["cmi.student_data.max_time_allowed"] = allowed;
  if (action !== undefined) data["cmi.student_data.time_limit_action"] = action;
  return { standard: "1.2", data };
}

for (const [action, exit, message] of [
  ["exit,message", true, true],
  ["exit,no message", true, false],
  ["continue,message", false, true],
  ["continue,no message", false, false],
  ["Exit, Message", true, true],
  ["exit, no message ", true, false],
  ["", false, false],
  [undefined, false, false],
  ["exit", true, false],
  ["message", false, false],
]) {
  test(`“${action}” ${exit ? "ends" : "does not end"} the part${message ? " and is told" : ""}`, () => {
    for (const delivery of [of2004("PT10M", action), of12("00:10:00", action)]) {
      const { left, ...found } = allowance(delivery);
      assert.deepEqual([left, found.exit, found.message], [10 * MINUTE, exit, message]);
    }
  });
}

test("what earlier sessions of the attempt took is gone", () => {
  assert.equal(allowance(of2004("PT10M", "", { "cmi.total_time": "PT9M30S" })).left, 30000);
  assert.equal(allowance(of12("00:10:00", "", { "cmi.core.total_time": "0000:12:00.00" })).left, -2 * MINUTE);
});

test("without a limit, with one of nothing or a strange one, and in a look back there is none", () => {
  for (const delivery of [
    of2004(undefined, "exit,message"),
    of2004("PT0S", "exit,message"),
    of12("00:00:00", "exit,message"),
    of12("ten minutes", "exit,message"),
    of12("", undefined),
    of2004("PT10M", "exit,message", { "cmi.mode": "review" }),
    of12("00:10:00", "exit,message", { "cmi.core.lesson_mode": "browse" }),
  ]) {
    assert.equal(allowance(delivery), null);
  }
});

test("the log can say what the package said", () => {
  const { element, allowed, action } = allowance(of2004("PT10M"));
  assert.deepEqual([element, allowed, action], ["cmi.max_time_allowed", "PT10M", "continue,no message"]);
});

/** A page whose clock and timers are the test's; while it sleeps, its timers stand still. */
function page({ left = 10 * MINUTE, exit = true, rests = () => false, leave = () => true } = {}) {
  const world = { now: 1e12, said: [], timer: null, waits: [] };
  const limit = new Limit(
    { left, exit, message: true, element: "", allowed: "", action: "" },
    {
      now: () => world.now,
      setTimeout: (run, wait) => {
        assert.ok(wait > 0 && wait < 2 ** 31);
        world.waits.push(wait);
        world.timer = { run, at: world.now + wait };
        return world.timer;
      },
      clearTimeout: (timer) => {
        if (timer && world.timer === timer) world.timer = null;
      },
      rests,
      up: () => world.said.push("up"),
      leave: () => {
        world.said.push("leave");
        return leave();
      },
    },
  );
  const pass = (time) => {
    const until = world.now + time;
    while (world.timer && world.timer.at <= until) {
      const { run, at } = world.timer;
      world.timer = null;
      world.now = at;
      run();
    }
    world.now = until;
  };
  const sleep = (time) => {
    world.now += time;
    if (world.timer) world.timer.at += time;
  };
  return { limit, world, pass, sleep };
}

test("when the time is up it is told, and after some seconds the part is left, once", () => {
  const { world, pass } = page();
  pass(10 * MINUTE - 1);
  assert.deepEqual(world.said, []);
  pass(1);
  assert.deepEqual(world.said, ["up"]);
  pass(GRACE - 1);
  assert.deepEqual(world.said, ["up"]);
  pass(1);
  assert.deepEqual(world.said, ["up", "leave"]);
  pass(DAY);
  assert.deepEqual(world.said, ["up", "leave"]);
  assert.equal(world.timer, null);
});

test("where the part may go on it is told, and nothing else happens", () => {
  const { world, pass } = page({ exit: false });
  pass(DAY);
  assert.deepEqual(world.said, ["up"]);
  assert.equal(world.timer, null);
});

test("a time that was used up before is up at once, and content still has its seconds", () => {
  const { world, pass } = page({ left: -5 * MINUTE });
  assert.deepEqual(world.said, ["up"]);
  pass(GRACE);
  assert.deepEqual(world.said, ["up", "leave"]);
});

test("a device that slept past the time says so soon after it wakes", () => {
  const { world, pass, sleep } = page();
  pass(MINUTE);
  sleep(60 * MINUTE);
  assert.deepEqual(world.said, []);
  pass(15000);
  assert.deepEqual(world.said, ["up"]);
  pass(GRACE);
  assert.deepEqual(world.said, ["up", "leave"]);
});

test("somebody who comes back to the page is told at once", () => {
  const { limit, world, sleep } = page();
  sleep(60 * MINUTE);
  limit.look();
  assert.deepEqual(world.said, ["up"]);
});

test("a time longer than any timer takes is waited for", () => {
  const { world, pass } = page({ left: 30 * DAY });
  pass(30 * DAY - 1);
  assert.deepEqual(world.said, []);
  pass(1);
  assert.deepEqual(world.said, ["up"]);
});

test("once stopped it says nothing more, whenever that was", () => {
  for (const before of [0, 10 * MINUTE]) {
    const { limit, world, pass } = page();
    pass(before);
    const said = world.said.length;
    limit.stop();
    pass(DAY);
    limit.look();
    assert.equal(world.said.length, said);
    assert.equal(world.timer, null);
  }
});

test("time does not pass for content that has said goodbye", () => {
  const content = { gone: true };
  const { world, pass } = page({ rests: () => content.gone });
  pass(20 * MINUTE);
  assert.deepEqual(world.said, []);
  assert.ok(world.waits.length < 100);
  content.gone = false;
  pass(15000);
  assert.deepEqual(world.said, ["up"]);
});

test("while the learner is already moving it waits, and then leaves if they are still there", () => {
  let moving = true;
  const { world, pass } = page({ leave: () => !moving });
  pass(10 * MINUTE + GRACE + 1000);
  const tries = world.said.length;
  assert.ok(tries > 2);
  moving = false;
  pass(1000);
  assert.equal(world.said.length, tries + 1);
  assert.equal(world.timer, null);
});
