import assert from "node:assert/strict";
import { test } from "node:test";

import { DeviceStorage, Server, begun, cut, deaf, hang, held, open, reply, settle } from "./world.mjs";

test("a first value leaves at once, with all that was set in the same breath", async () => {
  const { server, set } = await begun();
  set("cmi.location", "3");
  set("cmi.score.raw", "80");
  await settle();
  assert.deepEqual(server.values, { "cmi.location": "3", "cmi.score.raw": "80" });
  assert.deepEqual(server.numbers, [[1]]);
});

test("a few values soon after each other each leave at once", async () => {
  const { server, set } = await begun();
  for (const place of ["1", "2", "3"]) {
    set("cmi.location", place);
    await settle();
    assert.equal(server.values["cmi.location"], place);
  }
});

test("values that keep coming travel together, at longer and longer intervals", async () => {
  const { server, set, clock } = await begun();
  for (let call = 0; call < 2000; call += 1) {
    set("cmi.location", String(call));
    await clock.pass(5);
  }
  await clock.pass(1000);
  assert.equal(server.values["cmi.location"], "1999");
  assert.ok(server.numbers.length < 20, `${server.numbers.length} requests for 10 s of calls`);
});

test("a Commit does not wait for more", async () => {
  const { server, set, line, clock } = await begun();
  for (let call = 0; call < 100; call += 1) {
    set("cmi.location", String(call));
    await clock.pass(20);
  }
  set("cmi.location", "last");
  line.now();
  await clock.pass(50);
  assert.equal(server.values["cmi.location"], "last");
});

test("while a request is on its way, what comes is gathered for the next", async () => {
  const { server, set, clock } = await begun();
  const slow = held();
  server.faults.push(slow.fault);
  set("cmi.interactions.0.id", "a");
  await settle();
  set("cmi.interactions.1.id", "b");
  set("cmi.interactions.2.id", "c");
  await clock.pass(500);
  assert.deepEqual(server.numbers, [[1]]);
  slow.release();
  await clock.pass(500);
  assert.deepEqual(server.numbers, [[1], [2]]);
});

test("without a line the learner is told, and everything arrives when it is back", async () => {
  const { server, set, clock, line, standing } = await begun();
  server.fault = cut;
  set("cmi.location", "1");
  await clock.pass(600_000);
  set("cmi.location", "2");
  assert.equal(standing(), "unsaved: line");
  server.fault = null;
  line.retry();
  await clock.pass(100);
  assert.equal(server.values["cmi.location"], "2");
  assert.equal(standing(), "saved");
});

for (const what of ["start", "commit"]) {
  test(`who asks to try again while a ${what} is on its way need not wait when it fails`, async () => {
    const world = what === "start" ? open() : await begun();
    const { server, set, clock, line, standing } = world;
    server.fault = cut;
    if (what === "start") line.start();
    else set("cmi.location", "1");
    await clock.pass(100_000);
    let fail;
    server.fault = () =>
      new Promise((_resolve, reject) => {
        fail = () => reject(new TypeError("Failed to fetch"));
      });
    await clock.pass(60_000);
    line.retry();
    server.fault = null;
    fail();
    await clock.pass(1000);
    assert.equal(standing(), "saved");
  });
}

test("tries grow rarer, from one second to a minute", async () => {
  const { server, set, clock } = await begun();
  server.fault = cut;
  const begin = clock.time;
  set("cmi.location", "1");
  const times = [];
  for (let second = 0; second < 300; second += 1) {
    const before = server.requests.length;
    await clock.pass(1000);
    if (server.requests.length > before) times.push(Math.round((clock.time - begin) / 1000));
  }
  assert.deepEqual(times, [1, 3, 7, 15, 31, 63, 123, 183, 243]);
});

test("learners do not all return in the same second", async () => {
  const { server, set, clock, line } = await begun();
  line.options.random = () => 0;
  server.fault = cut;
  set("cmi.location", "1");
  await clock.pass(499);
  const before = server.numbers.length;
  await clock.pass(2);
  assert.equal(server.numbers.length, before + 1);
});

test("while the line is down, what was tried stays as it is and the rest can still grow", async () => {
  const { server, set, clock, line } = await begun();
  server.fault = cut;
  set("cmi.location", "tried");
  await settle();
  for (let page = 0; page < 50; page += 1) {
    set("cmi.location", String(page));
    await clock.pass(10_000);
  }
  server.fault = null;
  line.retry();
  await clock.pass(1000);
  assert.deepEqual(
    server.applied.map((entry) => entry.values),
    [[["cmi.location", "tried"]], [["cmi.location", "49"]]],
  );
});

test("an answer that was lost does no harm", async () => {
  const { server, set, clock } = await begun();
  server.faults.push(deaf);
  set("cmi.interactions.0.id", "a");
  await clock.pass(5000);
  assert.deepEqual(server.applied.map((entry) => entry.number), [1]);
  assert.deepEqual(server.numbers, [[1], [1]]);
});

test("a gap is filled by the next try", async () => {
  const { server, set, line, clock } = await begun();
  server.faults.push(cut, cut);
  set("cmi.location", "first");
  await settle();
  set("cmi.location", "second");
  line.hide();
  await settle();
  await clock.pass(5000);
  assert.deepEqual(server.applied.map((entry) => entry.number), [1, 2]);
});

const page = () => Promise.reject(new SyntaxError("This is no JSON."));

for (const [what, trouble, fault] of [
  ["a server in trouble", "site", () => reply(503, { error: "busy" })],
  ["a server that asks for patience", "site", () => reply(429, {})],
  ["somebody else's sign-in page", "line", () => ({ ok: true, status: 200, json: page })],
  ["somebody else's JSON", "line", () => reply(200, { hello: true })],
  ["an error page", "line", () => ({ ok: false, status: 404, json: page })],
  ["a web server without the site behind it", "site", () => ({ ok: false, status: 502, json: page })],
  ["an error page of the site's own", "site", () => ({ ok: false, status: 500, json: page })],
  ["a network that wants a sign-in", "line", () => ({ ok: false, status: 511, json: page })],
  ["a network that forbids", "line", () => ({ ok: false, status: 403, json: page })],
]) {
  test(`${what} is no answer: it is tried again`, async () => {
    const { server, set, clock, told } = await begun();
    server.faults.push(fault);
    set("cmi.location", "1");
    await clock.pass(5000);
    assert.ok(told.includes(`unsaved: ${trouble}`));
    assert.equal(server.values["cmi.location"], "1");
  });
}

test("a request that hangs is given up and made again", async () => {
  const { server, set, clock } = await begun();
  server.faults.push(hang);
  set("cmi.location", "1");
  await clock.pass(40_000);
  assert.equal(server.values["cmi.location"], "1");
});

test("a long value has the time that a slow line takes", async () => {
  const { server, set, clock, told } = await begun();
  const slow = held();
  server.faults.push(slow.fault);
  set("cmi.suspend_data", "x".repeat(1024 * 1024));
  await clock.pass(300_000);
  slow.release();
  await clock.pass(100);
  assert.ok(!told.includes("unsaved: line"));
  assert.equal(server.values["cmi.suspend_data"].length, 1024 * 1024);
});

test("a Commit tries again at once, but does not hammer", async () => {
  const { server, set, line, clock } = await begun();
  server.fault = cut;
  set("cmi.location", "1");
  await clock.pass(200_000);
  const before = server.requests.length;
  await clock.pass(3000);
  for (let call = 0; call < 100; call += 1) line.now();
  await settle();
  for (let call = 0; call < 100; call += 1) line.now();
  await settle();
  assert.equal(server.requests.length, before + 1);
});

test("another window takes over: this one stops, says so, and hands back what it has", async () => {
  const { server, set, line, clock, storage, standing } = await begun();
  server.lease = "s2";
  set("cmi.location", "too late");
  set("cmi.suspend_data", "x".repeat(70_000));
  await clock.pass(1000);
  assert.equal(standing(), "unsaved: elsewhere");
  assert.equal(line.honest(), false);
  assert.equal(storage.waiting.length, 0);
  const kept = server.late.flatMap(({ entries }) => entries.flatMap(({ values }) => values));
  assert.deepEqual(
    kept.map(([element]) => element),
    ["cmi.location", "cmi.suspend_data"],
  );
  await clock.pass(100_000);
  assert.equal(server.numbers.length, 2);
});

test("what a page has when another takes over is handed back when the line returns", async () => {
  const { server, set, clock, storage } = await begun();
  server.lease = "s2";
  set("cmi.location", "too late");
  set("cmi.suspend_data", "x".repeat(70_000));
  server.faults.push(null, cut, cut);
  await clock.pass(1000);
  assert.equal(storage.waiting.length, 1);
  await clock.pass(20_000);
  assert.equal(storage.waiting.length, 0);
  assert.equal(server.late.length, 2);
});

test("what is handed back goes in parts when it is too much for the server at once", async () => {
  const { server, set, clock, line } = await begun({ storage: null });
  server.fault = cut;
  for (let at = 0; at < 40; at += 1) {
    set(`cmi.interactions.${at}.id`, "x".repeat(2000));
    await clock.pass(10);
  }
  const waiting = line.outbox.entries.length;
  assert.ok(waiting > 10, `${waiting} entries wait`);
  server.lease = "s2";
  server.most = 3;
  server.fault = null;
  await clock.pass(200_000);
  assert.equal(line.outbox.entries.length, 0);
  assert.equal(line.handing, false);
});

test("a server that keeps nothing of what is late leaves it on the device", async () => {
  const { server, set, line, clock, storage, standing } = await begun();
  server.keepsLate = false;
  server.lease = "s2";
  set("cmi.location", "too late");
  await clock.pass(100_000);
  set("cmi.location", "later still");
  line.now();
  await clock.pass(100_000);
  assert.equal(standing(), "unsaved: elsewhere");
  assert.equal(server.numbers.length, 1);
  assert.equal(line.refusal.message, "Opened somewhere else.");
  assert.equal(line.honest(), false);
  assert.equal(storage.waiting.length, 2);
});

/** What is kept beside the record, each entry's number. */
const late = (server) => server.late.flatMap(({ entries }) => entries.map(({ number }) => number));

test("what never arrived is handed back, though what was sent after it is kept already", async () => {
  const { server, set, line, clock, storage } = await begun();
  server.faults.push(hang); // the line takes it, and it never arrives
  set("cmi.suspend_data", "x".repeat(200_000));
  await settle();
  set("cmi.location", "9");
  server.lease = "s2";
  const slow = held();
  server.faults.push(slow.fault);
  line.hide();
  slow.release();
  await settle();
  assert.equal(line.stopped, "elsewhere");
  await clock.pass(1000);
  assert.deepEqual(late(server).sort(), [1, 2]);
  assert.equal(storage.waiting.length, 0);
});

test("what content sets while its frame is taken away is handed back too, in one request", async () => {
  const { server, set, line, clock, storage } = await begun();
  server.lease = "s2";
  set("cmi.location", "too late");
  await settle();
  assert.equal(line.stopped, "elsewhere");
  set("cmi.suspend_data", "in pagehide");
  set("cmi.exit", "suspend");
  line.now();
  await clock.pass(1000);
  assert.deepEqual(late(server), [1, 2]);
  assert.deepEqual(server.numbers, [[1], [2]]);
  assert.equal(storage.waiting.length, 0);
  assert.equal(line.honest(), false);
});

test("what content sets while something is being handed back follows it", async () => {
  const { server, set, line, clock, storage } = await begun();
  server.lease = "s2";
  set("cmi.location", "too late");
  set("cmi.suspend_data", "x".repeat(70_000));
  const slow = held();
  server.faults.push(null, slow.fault);
  await settle();
  set("cmi.exit", "suspend");
  line.now();
  await settle();
  assert.deepEqual(server.numbers, [[1], [2]]);
  slow.release();
  await clock.pass(1000);
  assert.deepEqual(server.numbers, [[1], [2], [3]]);
  assert.equal(storage.waiting.length, 0);
});

test("what was set while a page asked whether it still counts is handed back", async () => {
  const { server, set, line, clock, storage, standing } = await begun();
  server.lease = "s2";
  const slow = held();
  server.faults.push(slow.fault);
  line.ask();
  await settle();
  set("cmi.location", "too late");
  slow.release();
  await clock.pass(1000);
  assert.deepEqual(late(server), [1]);
  assert.equal(storage.waiting.length, 0);
  assert.equal(standing(), "unsaved: elsewhere");
});

test("a server that has no more room for what is late is not asked again", async () => {
  const { server, set, line, clock, storage } = await begun();
  server.keepsMost = 1;
  server.lease = "s2";
  set("cmi.location", "too late");
  set("cmi.suspend_data", "x".repeat(70_000));
  await clock.pass(1000);
  set("cmi.exit", "suspend");
  line.now();
  await clock.pass(100_000);
  assert.deepEqual(late(server), [1]);
  assert.deepEqual(server.numbers, [[1], [2]]);
  assert.equal(storage.waiting.length, 2);
});

test("a server in trouble is given what another page's beginning left, when it is well", async () => {
  const { server, set, clock, storage } = await begun();
  server.lease = "s2";
  set("cmi.location", "too late");
  set("cmi.suspend_data", "x".repeat(70_000));
  server.faults.push(null, () => reply(503, { error: "busy" }));
  await clock.pass(10_000);
  assert.deepEqual(late(server), [1, 2]);
  assert.equal(storage.waiting.length, 0);
});

test("a page that hands back and has no line goes on when it returns", async () => {
  const { server, set, line, clock, storage } = await begun();
  server.lease = "s2";
  set("cmi.location", "too late");
  set("cmi.suspend_data", "x".repeat(70_000));
  server.faults.push(null);
  await settle();
  server.fault = cut;
  await clock.pass(3_600_000);
  server.fault = null;
  line.retry();
  await clock.pass(1000);
  assert.equal(storage.waiting.length, 0);
});

test("each page says its own word, that the server tells two on one address apart", async () => {
  const { server, set } = await begun({ page: "one" });
  set("cmi.location", "1");
  await settle();
  assert.deepEqual(server.requests.map(({ body }) => body.page), ["one", "one"]);
});

test("a copy of a page stops before it begins, and touches nothing of the other's", async () => {
  const first = await begun({ page: "one" });
  first.server.fault = cut;
  first.set("cmi.location", "offline");
  first.line.now();
  await settle();
  first.server.fault = null;
  const copy = open({ ...first, page: "another" });
  await copy.line.start();
  copy.line.retry();
  await settle();
  assert.equal(copy.standing(), "unsaved: elsewhere");
  assert.equal(copy.views.length, 0);
  assert.equal(first.storage.waiting.length, 1);
  assert.ok(first.server.requests.every(({ body }) => body.leftovers || body.page === "one"));
  first.line.retry();
  await first.clock.pass(1000);
  assert.equal(first.server.values["cmi.location"], "offline");
  assert.equal(first.standing(), "saved");
});

test("a quiet page that is asked learns that it was taken over", async () => {
  const { server, line, standing } = await begun();
  server.lease = "s2";
  await line.ask();
  assert.equal(standing(), "saved: elsewhere");
});

test("a page that heard from the server lately does not ask", async () => {
  const { server, line, clock } = await begun();
  const before = server.requests.length;
  await line.ask(600_000);
  assert.equal(server.requests.length, before);
  await clock.pass(600_000);
  await line.ask(600_000);
  assert.equal(server.requests.length, before + 1);
});

const ended = () =>
  reply(403, { error: "capability", message: "Ended.", sign_in_url: "http://site/again" });

test("an address that has ended is told, and after signing in again all goes on in its place", async () => {
  const { server, set, line, clock, standing, views } = await begun();
  server.fault = ended;
  set("cmi.location", "1");
  await clock.pass(10_000);
  set("cmi.location", "2");
  assert.equal(standing(), "unsaved: sign-in");
  assert.equal(line.refusal.signInUrl, "http://site/again");
  assert.equal(line.honest(), true); // it is on this device
  server.fault = null;
  line.retry();
  await clock.pass(200);
  assert.equal(server.values["cmi.location"], "2");
  assert.equal(standing(), "saved");
  assert.equal(views.length, 1);
  assert.ok(server.requests.every(({ url }) => url.startsWith("/cap/")));
});

test("a page whose address has ended notices by itself that it opens again", async () => {
  const { server, set, clock, standing } = await begun();
  server.fault = ended;
  set("cmi.location", "1");
  await clock.pass(3600_000);
  const before = server.requests.length;
  await clock.pass(600_000);
  assert.ok(server.requests.length - before <= 10);
  server.fault = null;
  await clock.pass(60_000);
  assert.equal(server.values["cmi.location"], "1");
  assert.equal(standing(), "saved");
});

test("a quiet page whose address has ended goes on when it opens again", async () => {
  const { server, line, clock, standing } = await begun();
  server.fault = ended;
  line.ask();
  await clock.pass(5000);
  assert.equal(standing(), "saved: sign-in");
  server.fault = null;
  line.retry();
  await clock.pass(1000);
  assert.equal(standing(), "saved");
});

test("an address that opens nothing any more is told in the server's own words", async () => {
  const { server, set, line, clock, standing } = await begun();
  server.fault = () => reply(403, { error: "capability", message: "The account is closed." });
  set("cmi.location", "1");
  await clock.pass(10_000);
  assert.equal(standing(), "unsaved: closed");
  assert.equal(line.refusal.message, "The account is closed.");
  assert.equal(line.honest(), true); // it is on this device
  server.fault = null;
  await clock.pass(60_000);
  assert.equal(standing(), "saved");
});

test("an address that has ended before the start begins where it was, after signing in again", async () => {
  const server = new Server();
  server.fault = ended;
  const page = open({ server });
  const starting = page.line.start();
  await page.clock.pass(10_000);
  assert.equal(page.standing(), "unsaved: sign-in");
  server.fault = null;
  page.line.retry();
  await starting;
  assert.equal(page.views.length, 1);
});

test("values that the server refused make the next Commit false, and stay on record", async () => {
  const { server, set, line, standing } = await begun();
  server.refused = [{ number: 1, element: "cmi.location", error: "406" }];
  set("cmi.location", "1");
  await settle();
  assert.equal(standing(), "unsaved: refused");
  assert.deepEqual([line.honest(), line.honest()], [false, true]);
  assert.equal(line.refused.size, 1);
});

test("an entry that cannot be read is set aside, told, and holds up nothing", async () => {
  const { server, set, line, clock, standing } = await begun();
  server.fault = cut;
  set("cmi.interactions.0.id", "tried");
  await settle();
  set("cmi.suspend_data", `unreadable${"x".repeat(4000)}`);
  set("cmi.location", "good");
  server.fault = null;
  line.retry();
  await clock.pass(5000);
  assert.equal(server.values["cmi.location"], "good");
  assert.deepEqual(Array.from(line.refused.values(), ({ element }) => element), ["cmi.suspend_data"]);
  assert.equal(standing(), "unsaved: refused");
  assert.equal(line.outbox.entries.length, 0);
});

test("a step that cannot be read is set aside and holds up nothing", async () => {
  const { server, outbox, set, line, clock, standing } = await begun();
  outbox.add("navigate", null, "unreadable");
  line.now();
  set("cmi.location", "1");
  await clock.pass(10_000);
  assert.equal(server.values["cmi.location"], "1");
  assert.equal(standing(), "saved");
});

test("a request that can never be read is retried without haste", async () => {
  const { server, outbox, line, clock } = await begun();
  server.fault = () => reply(400, { error: "malformed" });
  outbox.add("navigate", "A", "continue");
  line.now();
  await clock.pass(10_000);
  assert.ok(server.requests.length < 8);
});

test("a hidden page that lives on sends what did not fit", async () => {
  const { server, set, line, clock } = await begun();
  line.hide();
  set("cmi.suspend_data", "x".repeat(100_000));
  await clock.pass(2000);
  assert.equal(server.values["cmi.suspend_data"].length, 100_000);
});

test("a hidden page hands over what is left, and it outlives the page", async () => {
  const { server, set, line } = await begun();
  const slow = held();
  server.faults.push(slow.fault);
  set("cmi.location", "1");
  await settle();
  set("cmi.exit", "suspend");
  line.hide();
  assert.deepEqual(server.requests.slice(1).map(({ keepalive }) => keepalive), [true, true]);
  assert.deepEqual(server.numbers, [[1], [2]]);
});

test("what content sets while the page goes is handed over at once", async () => {
  const { server, set, line } = await begun();
  line.hide();
  set("cmi.location", "in pagehide");
  set("cmi.exit", "suspend");
  await Promise.resolve();
  assert.deepEqual(server.numbers, [[1]]);
  assert.ok(server.requests[1].keepalive);
});

test("no more than 64 KiB is on its way with keepalive, and the rest beside it", async () => {
  const { server, outbox, line } = await begun();
  for (let part = 0; part < 40; part += 1) {
    outbox.set("A", `cmi.interactions.${part}.description`, "x".repeat(3000));
  }
  line.hide();
  line.hide();
  const sent = server.requests.slice(1);
  const alive = sent.filter(({ keepalive }) => keepalive);
  assert.ok(alive.length > 0);
  assert.ok(alive.reduce((sum, { size }) => sum + size, 0) <= 64 * 1024);
  assert.deepEqual(server.numbers.flat(), server.numbers.flat().map((_, at) => at + 1));
  assert.equal(server.numbers.flat().length, 40);
});

const LONG = "x".repeat(1024 * 1024);

test("what is too long for keepalive does not hold back what comes after it", async () => {
  const { server, set, line } = await begun();
  server.faults.push(hang); // whatever is on its way when the page goes
  set("cmi.suspend_data", LONG);
  await settle();
  set("cmi.location", "9");
  set("cmi.exit", "suspend");
  line.hide();
  assert.deepEqual(server.numbers, [[1], [2]]);
  assert.deepEqual(server.requests.slice(1).map(({ keepalive }) => keepalive), [false, true]);
});

test("a long value set as the page is hidden leaves at once, and the page may live on", async () => {
  const { server, set, line, clock, standing } = await begun();
  set("cmi.suspend_data", LONG);
  set("cmi.location", "9");
  line.hide();
  assert.deepEqual(server.requests.slice(1).map(({ keepalive }) => keepalive), [true, false]);
  await clock.pass(100);
  assert.equal(server.values["cmi.suspend_data"].length, LONG.length);
  assert.equal(server.values["cmi.location"], "9");
  assert.equal(standing(), "saved");
  await clock.pass(5000);
  assert.equal(server.numbers.length, 2);
});

test("a long value set while the page stays arrives", async () => {
  const { server, set, line, clock, standing } = await begun();
  set("cmi.suspend_data", LONG);
  line.now();
  await clock.pass(100);
  assert.equal(line.honest(), true);
  assert.equal(server.values["cmi.suspend_data"].length, LONG.length);
  assert.equal(standing(), "saved");
});

test("a long value set right before the page is closed arrives at the next launch, all after it too", async () => {
  const { server, set, line, storage, clock } = await begun();
  server.fault = (answer, { keepalive }) => (keepalive ? answer() : hang(answer, { signal }));
  const { signal } = new AbortController();
  set("cmi.suspend_data", LONG);
  set("cmi.location", "9");
  assert.equal(line.honest(), true);
  line.hide();
  await settle();
  assert.equal(server.values["cmi.location"], undefined); // it waits behind the gap
  server.fault = null;
  const next = open({ server, storage, clock, session: "s2" });
  await next.line.start();
  assert.equal(server.values["cmi.suspend_data"].length, LONG.length);
  assert.equal(server.values["cmi.location"], "9");
  assert.deepEqual(server.applied.map(({ number }) => number), [1, 2]);
  assert.equal(storage.waiting.length, 0);
});

test("a gap that the server does not close is sent again from where it begins", async () => {
  const { server, set, line, clock, standing } = await begun();
  server.ahead = 0; // it keeps nothing that comes before its turn
  server.faults.push(cut, cut);
  set("cmi.suspend_data", "first".repeat(5000));
  await settle();
  set("cmi.location", "second");
  line.hide();
  await clock.pass(20_000);
  assert.deepEqual(server.applied.map((entry) => entry.number), [1, 2]);
  assert.equal(standing(), "saved");
});

test("what a browser will not carry with keepalive leaves without", async () => {
  const { server, set, clock, told } = await begun();
  server.alive = 64 * 1024; // somebody else's, on the same page
  set("cmi.location", "1");
  await clock.pass(100);
  assert.equal(server.values["cmi.location"], "1");
  assert.ok(!told.includes("unsaved: line"));
});

test("a value that nears what can be handed over does not wait for more", async () => {
  const { server, set, clock } = await begun();
  for (let call = 0; call < 300; call += 1) {
    set("cmi.location", String(call));
    await clock.pass(20);
  }
  await clock.pass(400);
  set("cmi.suspend_data", "x".repeat(50_000));
  await clock.pass(250);
  assert.equal(server.values["cmi.suspend_data"].length, 50_000);
});

test("content that never stops while the page goes does not flood the server", async () => {
  const { server, set, line, clock } = await begun();
  line.hide();
  for (let call = 0; call < 200; call += 1) {
    set("cmi.location", String(call));
    await clock.pass(5);
  }
  await clock.pass(2000);
  assert.ok(server.numbers.length < 16, `${server.numbers.length} requests`);
  assert.equal(server.values["cmi.location"], "199");
});

test("a page that was hidden for a moment goes on as before", async () => {
  const { server, set, line, clock, standing } = await begun();
  line.hide();
  await clock.pass(200);
  line.retry();
  set("cmi.location", "1");
  await clock.pass(900);
  line.hide();
  await clock.pass(200); // the first goodbye's time is over, the second's is not
  assert.equal(line.leaving, true);
  await clock.pass(3000);
  assert.equal(line.leaving, false);
  assert.equal(server.values["cmi.location"], "1");
  assert.equal(standing(), "saved");
});

test("an answer to what was handed over ends the waiting for a line", async () => {
  const { server, set, line, clock, standing } = await begun();
  server.fault = cut;
  set("cmi.suspend_data", "x".repeat(3000));
  await clock.pass(300_000);
  server.fault = null;
  line.hide();
  set("cmi.location", "2");
  await clock.pass(1500);
  assert.equal(standing(), "saved");
  assert.equal(server.values["cmi.location"], "2");
});

test("a browser whose fetch knows no keepalive uses a beacon", async () => {
  const beacons = [];
  const beacon = (url, body) => beacons.push([url, body]) > 0;
  const { server, set, line, clock } = await begun({ beacon });
  line.hide();
  set("cmi.location", "1");
  await Promise.resolve();
  assert.equal(beacons.length, 1);
  assert.equal(beacons[0][0], "/cap/commit");
  assert.deepEqual(JSON.parse(await beacons[0][1].text()).entries[0].values, [
    ["cmi.location", "1"],
  ]);
  assert.equal(beacons[0][1].type, "application/json");
  await clock.pass(2000); // the page lives on
  assert.equal(server.values["cmi.location"], "1");
});

test("a second window on this device carries over what the first left, and the server counts it once", async () => {
  const first = await begun();
  first.server.fault = cut;
  first.set("cmi.location", "offline");
  await settle();
  first.server.fault = null;
  const second = open({ ...first, session: "s2" });
  await second.line.start();
  await first.clock.pass(5000);
  assert.equal(first.server.values["cmi.location"], "offline");
  assert.equal(first.server.applied.length, 1);
  assert.equal(first.standing(), "unsaved: elsewhere");
});

test("what a window sets while another one hands in what it has is not lost", async () => {
  const first = await begun();
  first.server.fault = cut;
  first.set("cmi.location", "tried");
  await settle();
  first.set("cmi.exit", "suspend"); // on the device, and not tried yet
  first.server.fault = null;
  const slow = held();
  first.server.faults.push(slow.fault);
  const second = open({ ...first, session: "s2" });
  const starting = second.line.start();
  await settle();
  first.set("cmi.suspend_data", "meanwhile");
  slow.release();
  await starting;
  await first.clock.pass(5000);
  const entries = first.server.applied.concat(first.server.late.flatMap((left) => left.entries));
  const values = Object.fromEntries(entries.flatMap((entry) => entry.values || []));
  assert.deepEqual(values, {
    "cmi.location": "tried",
    "cmi.exit": "suspend",
    "cmi.suspend_data": "meanwhile",
  });
});

test("left-overs stay on the device until the server has answered", async () => {
  const storage = new DeviceStorage();
  const server = new Server();
  const first = await begun({ server, storage });
  server.fault = cut;
  first.set("cmi.location", "offline");
  await settle();
  const second = open({ server, storage, clock: first.clock, session: "s2" });
  const starting = second.line.start();
  await settle();
  assert.equal(storage.waiting.length, 1);
  assert.equal(second.standing(), "unsaved: line");
  server.fault = null;
  second.line.retry();
  await settle();
  await starting;
  assert.equal(storage.waiting.length, 0);
});

test("left-overs that the server cannot read do not keep the learner out", async () => {
  const storage = new DeviceStorage();
  storage.setItem("outbox/r1/s0/00000001", '{"number":1,"kind":"unreadable","activity":"A"}');
  const { views } = await begun({ storage });
  assert.equal(views.length, 1);
  assert.equal(storage.waiting.length, 1);
});

test("what the server cannot read of one session does not keep another one's answers back", async () => {
  const first = await begun();
  first.server.fault = cut;
  first.set("cmi.location", "offline");
  await settle();
  first.server.fault = null;
  first.storage.setItem(
    "outbox/r1/s0/00000001",
    '{"number":1,"kind":"unreadable","activity":"A"}',
  );
  const second = open({ ...first, session: "s2" });
  await second.line.start();
  assert.equal(first.server.values["cmi.location"], "offline");
  assert.deepEqual(first.storage.waiting, ["outbox/r1/s0/00000001"]);
});

for (const [what, json] of [
  ["the site", async () => ({})],
  ["a server on the way", page],
]) {
  test(`left-overs that are too large for ${what} do not keep the learner out`, async () => {
    const storage = new DeviceStorage();
    storage.setItem("outbox/r1/s0/00000001", '{"number":1,"kind":"set","activity":"A"}');
    const server = new Server();
    server.faults.push(() => ({ ok: false, status: 413, json }));
    const { views } = await begun({ storage, server });
    assert.equal(views.length, 1);
  });

  test(`what is too large for ${what} together is sent in parts`, async () => {
    const { server, set, clock, standing } = await begun();
    server.fault = (answer, { body }) =>
      body.length > 4000 ? { ok: false, status: 413, json } : answer();
    for (let part = 0; part < 3; part += 1) {
      set(`cmi.interactions.${part}.description`, "x".repeat(3000));
    }
    await clock.pass(60_000);
    assert.equal(Object.keys(server.values).length, 3);
    assert.equal(standing(), "saved");
  });
}

test("left-overs of many megabytes come in as many requests as the server can read", async () => {
  const first = await begun();
  first.outbox.announce();
  first.server.fault = cut;
  first.set("cmi.location", "newest");
  for (let part = 0; part < 5; part += 1) {
    first.set(`cmi.interactions.${part}.description`, "م".repeat(1024 * 1024));
  }
  await settle();
  for (let number = 1; number <= 4; number += 1) {
    const values = [["cmi.suspend_data", "ü".repeat(1024 * 1024)]];
    const old = { number, activity: "A", kind: "set", values };
    first.storage.setItem(`outbox/r1/s0/0000000${number}`, JSON.stringify(old));
  }
  first.server.fault = null;
  const { server, storage } = first;
  server.requests.length = 0;
  const second = open({ ...first, session: "s2" });
  await second.line.start();
  assert.ok(server.requests.every(({ size }) => size <= server.limit));
  assert.equal(server.values["cmi.location"], "newest");
  assert.equal(second.views.length, 1);
  assert.deepEqual(storage.waiting, []);
});

test("an entry that no server takes stays on the device, and the rest around it is sent", async () => {
  const first = await begun();
  first.outbox.announce();
  first.server.fault = cut;
  for (const name of ["a", "b", "c", "d", "e"]) {
    first.set(`cmi.interactions.${name}.0`, name.repeat(name === "d" ? 9000 : 3000));
  }
  await settle();
  first.server.fault = null;
  first.server.limit = 8000;
  const second = open({ ...first, session: "s2" });
  await second.line.start();
  assert.equal(second.views.length, 1);
  assert.deepEqual(
    first.storage.waiting,
    ["outbox/r1/s1/00000004"],
  );
  const sent = first.server.late.flatMap(({ entries }) => entries).concat(first.server.applied);
  assert.deepEqual(sent.map(({ number }) => number).sort(), [1, 2, 3, 5]);
});

test("left-overs that no server takes are not tried over and over", async () => {
  const first = await begun();
  first.server.fault = cut;
  for (let part = 0; part < 300; part += 1) {
    first.set(`cmi.interactions.${part}.description`, "x".repeat(3000));
  }
  await settle();
  first.server.fault = null;
  first.server.limit = 2000;
  first.server.requests.length = 0;
  const second = open({ ...first, session: "s2" });
  await second.line.start();
  assert.equal(second.views.length, 1);
  assert.equal(first.storage.waiting.length, 300);
  assert.ok(first.server.requests.length < 40, `${first.server.requests.length} requests`);
});

test("a gap inside what was left is the server's affair: it gets all of it", async () => {
  const first = await begun();
  first.outbox.announce();
  first.server.fault = cut;
  for (const name of ["a", "b", "c"]) {
    first.set(`cmi.interactions.${name}.0`, name.repeat(3000));
  }
  await settle();
  first.storage.removeItem("outbox/r1/s1/00000002");
  first.server.fault = null;
  const second = open({ ...first, session: "s2" });
  await second.line.start();
  const [request] = first.server.requests.slice(-1);
  assert.deepEqual(request.body.leftovers[0].entries.map(({ number }) => number), [1, 3]);
  assert.deepEqual(first.storage.waiting, []);
});

test("a session that was superseded before it began says so", async () => {
  const server = new Server();
  server.sessions.set("s1", { acknowledged: 0, waiting: new Map() });
  server.lease = "s2";
  const page = open({ server });
  await page.line.start();
  assert.equal(page.standing(), "unsaved: elsewhere");
});

test("nothing is sent before the session has begun", async () => {
  const page = open();
  page.set("cmi.location", "1");
  page.line.now();
  page.line.hide();
  await page.clock.pass(1000);
  assert.deepEqual(page.server.requests, []);
});

test("the page says which turn it has seen, and hears no more than is news to it", async () => {
  const { server, set, line, views, outbox, clock } = await begun();
  set("cmi.location", "1");
  await clock.pass(3000);
  assert.equal(views.length, 1);
  outbox.add("navigate", "A", "continue");
  line.now();
  await clock.pass(3000);
  set("cmi.location", "2");
  await settle();
  assert.deepEqual(server.requests.slice(1).map(({ body }) => body.seen), [1, 1, 2]);
  assert.deepEqual(views.map(({ turn }) => turn), [1, 2]);
  assert.equal(outbox.entries.length, 0);
});

test("an older answer that comes late does not undo a newer one", async () => {
  const { server, outbox, line, clock, views } = await begun();
  const slow = held();
  server.faults.push(slow.fault);
  outbox.add("navigate", "A", "continue");
  line.now();
  await settle();
  outbox.add("navigate", "A", "continue");
  line.hide();
  await clock.pass(500);
  assert.equal(views.at(-1).delivery.number, 3);
  slow.release();
  await clock.pass(5000);
  assert.equal(views.at(-1).delivery.number, 3);
  assert.equal(line.acknowledged, 2);
  assert.equal(outbox.entries.length, 0);
});

test("an answer that comes twice changes nothing", async () => {
  const { server, set, line, views } = await begun();
  server.refused = [{ number: 1, element: "cmi.location", error: "406" }];
  let answer;
  server.faults.push(async (make) => {
    answer = await (await make()).json();
    return reply(200, answer);
  });
  set("cmi.location", "1");
  await settle();
  assert.equal(line.honest(), false);
  line.take(answer, line.latest);
  assert.equal(line.refused.size, 1);
  assert.equal(line.honest(), true);
  assert.deepEqual([views.length, line.turn, line.acknowledged], [1, 1, 1]);
});

test("who waits for an entry learns what came of it", async () => {
  const { set, outbox, line, clock, server } = await begun();
  set("cmi.location", "1");
  const before = server.delivery;
  const number = outbox.add("navigate", "A", "continue");
  line.now();
  const view = line.settled(number);
  await clock.pass(200);
  assert.equal((await view).delivery.number, before + 1);
});

test("who waits for an entry that changed nothing goes on with what is known", async () => {
  const { outbox, line, clock } = await begun();
  outbox.set("A", "cmi.location", "1");
  line.now();
  const view = line.settled(1);
  await clock.pass(200);
  assert.equal((await view).turn, 1);
});

test("a device without room makes Commit false until the server has it", async () => {
  const { server, set, line, clock, standing } = await begun({ storage: new DeviceStorage(50) });
  server.fault = cut;
  set("cmi.location", "1");
  await settle();
  assert.equal(standing(), "unsaved: storage");
  assert.equal(line.honest(), false);
  server.fault = null;
  line.retry();
  await clock.pass(200);
  assert.equal(line.honest(), true);
  assert.equal(standing(), "saved");
});

test("timers that come late after a sleep lose nothing", async () => {
  const { server, set, clock, standing } = await begun();
  server.faults.push(cut, cut);
  set("cmi.location", "1");
  await settle();
  clock.time += 8 * 3600 * 1000;
  await clock.pass(0);
  assert.equal(server.values["cmi.location"], "1");
  assert.equal(standing(), "saved");
});

for (const [what, call] of [
  ["sets", () => {}],
  ["sets and commits", (line) => line.now()],
]) {
  test(`content that ${what} 200 times a second costs the server a few requests a second`, async () => {
    const { server, set, line, clock, storage, standing } = await begun();
    storage.writes.length = 0;
    for (let time = 0; time < 60_000; time += 5) {
      const at = Math.floor(time / 5);
      set(at % 2 ? `cmi.interactions.${at}.description` : "cmi.location", `call ${at}`);
      call(line);
      await clock.pass(5);
    }
    await clock.pass(3000);
    assert.ok(server.numbers.length < 60 * 4, `${server.numbers.length} requests`);
    assert.ok(Math.max(...storage.writes) < 2500);
    assert.equal(server.values["cmi.location"], "call 11998");
    assert.equal(server.values["cmi.interactions.11999.description"], "call 11999");
    assert.equal(standing(), "saved");
    assert.equal(storage.waiting.length, 0);
  });
}

test("a long value that is set again and again is paced too", async () => {
  const { server, set, clock } = await begun();
  for (let call = 0; call < 1000; call += 1) {
    set("cmi.suspend_data", String(call).padStart(50_000));
    await clock.pass(5);
  }
  await clock.pass(1000);
  assert.ok(server.numbers.length < 5 * 6, `${server.numbers.length} requests`);
  assert.equal(server.values["cmi.suspend_data"].trim(), "999");
});

test("nothing depends on what day this device thinks it is", async () => {
  const { Date } = globalThis;
  globalThis.Date = class {
    constructor() {
      throw new Error("The player must not ask for the day.");
    }

    static now() {
      throw new Error("The player must not ask for the day.");
    }
  };
  try {
    const { server, set, line, clock } = await begun();
    server.faults.push(cut, cut);
    set("cmi.location", "1");
    line.hide();
    await clock.pass(10_000);
    assert.equal(server.values["cmi.location"], "1");
  } finally {
    globalThis.Date = Date;
  }
});

test("values that content's own emptying of the storage took are written again before Commit says true", async () => {
  const { server, set, line, storage, clock } = await begun();
  server.fault = cut;
  set("cmi.location", "1");
  await settle();
  set("cmi.suspend_data", "2");
  storage.map.clear();
  assert.equal(line.honest(), true);
  server.fault = null;
  const next = open({ server, storage, clock, session: "s2" });
  await next.line.start();
  assert.deepEqual(server.values, { "cmi.location": "1", "cmi.suspend_data": "2" });
});

test("a full device that has some room again makes Commit true", async () => {
  const { server, set, line, storage, standing } = await begun({ storage: new DeviceStorage(50) });
  server.fault = cut;
  set("cmi.location", "1");
  await settle();
  assert.equal(line.honest(), false);
  storage.quota = Infinity;
  assert.equal(line.honest(), true);
  line.tell();
  assert.equal(standing(), "unsaved: line");
});

test("a timer that comes late does not try twice", async () => {
  const { server, set, clock } = await begun();
  server.faults.push(cut, cut);
  set("cmi.location", "1");
  await settle();
  const before = server.numbers.length;
  clock.time += 8 * 3600 * 1000;
  await clock.pass(10_000);
  assert.equal(server.numbers.length, before + 1);
});

test("a long way that is too much for the server at once goes in parts", async () => {
  const { server, line, outbox, clock, standing } = await begun();
  server.most = 7;
  server.fault = cut;
  for (let number = 1; number <= 40; number += 1) outbox.add("navigate", "A", "continue");
  line.changed();
  await clock.pass(5000);
  server.fault = null;
  line.retry();
  await clock.pass(20000);
  assert.equal(standing(), "saved");
  assert.equal(server.applied.length, 40);
  const sizes = server.numbers.map(({ length }) => length);
  assert.deepEqual(sizes.slice(-8), [5, 5, 5, 5, 5, 5, 5, 5]);
});

test("who waits for an entry can be told by the device, and is not told again", async () => {
  const { server, line, outbox, clock } = await begun();
  server.fault = cut;
  const number = outbox.add("navigate", "A", "continue");
  const other = outbox.add("navigate", "A", "continue");
  const told = [];
  line.settled(number).then((view) => told.push(view));
  line.settled(other).then(() => told.push("the server"));
  line.now();
  line.instead(number, "the device");
  await clock.pass(5000);
  assert.deepEqual(told, ["the device"]);
  server.fault = null;
  line.retry();
  await clock.pass(5000);
  assert.deepEqual(told, ["the device", "the server"]);
});

/** A page whose session has gone on after it was closed, and without a line. */
async function openedAgain() {
  const first = await begun();
  first.set("cmi.location", "1");
  await first.clock.pass(5000);
  first.server.fault = cut;
  const { server, storage, clock } = first;
  const again = open({ server, storage, clock });
  const starting = again.line.start();
  await clock.pass(500);
  again.outbox.resume(1);
  again.outbox.add("navigate", null, "back");
  again.line.goOn();
  return { server, clock, again, starting };
}

test("a session goes on without a start where its page was closed", async () => {
  const { server, clock, again, starting } = await openedAgain();
  await starting;
  server.fault = null;
  again.line.retry();
  await clock.pass(5000);
  assert.equal(again.standing(), "saved");
  assert.deepEqual(server.applied.map(({ number }) => number), [1, 2]); // prettier-ignore
  assert.equal(server.requests.filter(({ url }) => url === "/cap/start").length, 2);
});

test("what was done without a line is handed back when another device has followed", async () => {
  const { server, clock, again, starting } = await openedAgain();
  again.outbox.set("A", "cmi.location", "2");
  await starting;
  server.fault = null;
  server.lease = "s2";
  again.line.retry();
  await clock.pass(60000);
  assert.equal(again.line.stopped, "elsewhere");
  assert.deepEqual(again.outbox.entries, []);
  assert.deepEqual(late(server), [2, 3]);
});

test("what the server has is told of before it goes", async () => {
  const { outbox, set, clock } = await begun();
  const told = [];
  outbox.folded = (entry) => told.push([entry.number, outbox.storage.getItem(entry.key) !== null]);
  set("cmi.location", "1");
  await clock.pass(5000);
  assert.deepEqual(told, [[1, true]]);
});
