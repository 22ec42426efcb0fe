// The service worker: what it answers from what is kept, and that nothing that lies there decides
// what an answer may do.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";

import { Keeper, meant, namesOf, serve, spanOf } from "../../../scorm/static/player/keep.js";
import { cacheOf, isKept, placeOf } from "../../../scorm/static/player/places.js";

const HOST = "http://label.content.test";
const VERSION = "0123456789abcdef".repeat(2);
const PLAYER = "/static/player/a1b2/player.js";
const SOURCE = "export const ours = true;";
const means = {
  headers: {
    page: { "Content-Security-Policy": "default-src 'none'; report-uri /{capability}/report" },
    content: { "Content-Security-Policy": "default-src 'self'; report-uri /{capability}/report" },
    bare: { "Content-Security-Policy": "sandbox" },
  },
  player: { [PLAYER]: createHash("sha256").update(SOURCE).digest("hex") },
};

/** @param {{[place: string]: Response}} stored by place, or `cache place` @param {any} fetch */
function keeper(stored, fetch = () => Promise.reject(new TypeError("no line"))) {
  const match = async (place, { cacheName = "any" } = {}) =>
    (stored[place] || stored[`${cacheName} ${place}`])?.clone();
  return new Keeper({ caches: { match }, fetch }, means);
}

function ask(path, { navigates = false, range, method = "GET" } = {}) {
  const headers = new Headers(range ? { Range: range } : {});
  return { url: HOST + path, method, mode: navigates ? "navigate" : "cors", headers };
}

const file = (name) => `${cacheOf(VERSION)} ${placeOf(name)}`;
const html = (text) => new Response(text, { headers: { "Content-Type": "text/html" } });

test("a file is meant by its version and its path, whoever's address it is", () => {
  assert.deepEqual(meant(`/.eJ_-w/${VERSION}/media/a%20b.mp4`, false), {
    kind: "member", capability: ".eJ_-w", version: VERSION, name: "media/a b.mp4",
  }); // prettier-ignore
  assert.equal(meant(`/cap/${VERSION}/100%.js`, false)?.name, "100%.js");
});

test("other addresses are none of its business", () => {
  for (const path of ["/cap/commit", "/cap/keep", "/keep.js", "/cap/short/a.html", "/", "/cap/play"]) {
    assert.equal(meant(path, false), null, path);
  }
  assert.equal(meant(`/a;b=c/${VERSION}/a.html`, false), null, "It would stand in a header.");
  assert.equal(meant("/", true)?.kind, "page");
  assert.equal(meant("/cap/play", true)?.capability, "cap");
  assert.equal(meant(PLAYER, false)?.kind, "player");
});

test("what is sent is never touched", () => {
  assert.equal(keeper({}).answer(ask("/", { navigates: true, method: "POST" })), null);
  assert.equal(keeper({}).answer(ask("/cap/commit")), null);
});

test("a folder is its index, and doubled slashes are one", () => {
  assert.deepEqual(namesOf("a/"), ["a/index.html", "a/index.htm"]);
  assert.deepEqual(namesOf(""), ["index.html", "index.htm"]);
  assert.deepEqual(namesOf("a//./b.js"), ["a//./b.js", "a/b.js"]);
  assert.deepEqual(namesOf("a/b.js"), ["a/b.js"]);
});

test("one span of a file can be asked for, and what is none gets all of it", () => {
  const spans = {
    "bytes=0-3": [0, 3], "bytes=4-": [4, 9], "bytes=-3": [7, 9], "bytes=-30": [0, 9],
    "bytes=4-99": [4, 9], "bytes=10-": [10, 0], "bytes=-0": [10, 0], "bytes=5-4": null,
    "bytes=0-1,3-4": null, "items=0-1": null, "bytes=-": null,
  }; // prettier-ignore
  for (const [range, span] of Object.entries(spans)) assert.deepEqual(spanOf(range, 10), span, range);
  assert.equal(spanOf(null, 10), null);
});

test("a kept file comes with the policy of the worker, whatever lies beside it in the cache", async () => {
  const headers = { "Content-Type": "text/html", "Content-Security-Policy": "default-src *" };
  const stored = { [file("a.html")]: new Response("<p>a", { headers }) };
  const answer = await keeper(stored).answer(ask(`/cap/${VERSION}/a.html`));
  assert.equal(await answer.text(), "<p>a");
  assert.equal(answer.headers.get("Content-Type"), "text/html");
  assert.equal(
    answer.headers.get("Content-Security-Policy"),
    "default-src 'self'; report-uri /cap/report",
  );
});

test("a picture can do nothing at all", async () => {
  for (const [type, policy] of [["image/png", /^sandbox$/], ["image/svg+xml", /self/], ["", /self/]]) {
    const headers = type ? { "Content-Type": type } : {};
    const stored = { [file("a")]: new Response(new Blob(["x"]), { headers }) };
    const answer = await keeper(stored).answer(ask(`/cap/${VERSION}/a`));
    assert.match(answer.headers.get("Content-Security-Policy"), policy, type);
  }
});

test("a part of a kept film is answered as one", async () => {
  const kept = keeper({ [file("film.mp4")]: new Response("0123456789") });
  const part = await kept.answer(ask(`/cap/${VERSION}/film.mp4`, { range: "bytes=2-4" }));
  assert.equal(part.status, 206);
  assert.equal(await part.text(), "234");
  assert.equal(part.headers.get("Content-Range"), "bytes 2-4/10");
  assert.equal(part.headers.get("Content-Length"), "3");
  const none = await kept.answer(ask(`/cap/${VERSION}/film.mp4`, { range: "bytes=10-" }));
  assert.equal(none.status, 416);
  assert.equal(none.headers.get("Content-Range"), "bytes */10");
});

test("what is not kept comes over the line", async () => {
  const answer = await keeper({}, async ({ url }) => new Response(url)).answer(
    ask(`/cap/${VERSION}/b.html`),
  );
  assert.equal(await answer.text(), `${HOST}/cap/${VERSION}/b.html`);
});

test("a file of the player is answered when it is ours to the last byte", async () => {
  const online = async () => new Response("over the line");
  const ours = await keeper({ [PLAYER]: new Response(SOURCE) }, online).answer(ask(PLAYER));
  assert.equal(await ours.text(), SOURCE);
  assert.equal(ours.headers.get("Content-Type"), "text/javascript; charset=utf-8");
  const stored = { [PLAYER]: new Response(`${SOURCE} evil()`) };
  const other = await keeper(stored, online).answer(ask(PLAYER));
  assert.equal(await other.text(), "over the line");
  const unknown = await keeper(stored, online).answer(ask("/static/player/ff/other.js"));
  assert.equal(await unknown.text(), "over the line");
});

test("the page comes over the line, and from the device where there is none or the site has failed", async () => {
  const stored = { "/kept/page": html("kept") };
  const open = (path, fetch) => keeper(stored, fetch).answer(ask(path, { navigates: true }));
  assert.equal(await (await open("/", async () => new Response("site"))).text(), "site");
  const failed = await open("/cap/play", async () => new Response("", { status: 502 }));
  assert.equal(await failed.text(), "kept");
  assert.equal(failed.headers.get("Content-Type"), "text/html; charset=utf-8");
  const without = await open("/", undefined);
  assert.equal(
    without.headers.get("Content-Security-Policy"),
    "default-src 'none'; report-uri /kept/report",
  );
});

test("where no page is kept the line has the last word", async () => {
  const open = (fetch) => keeper({}, fetch).answer(ask("/", { navigates: true }));
  assert.equal((await open(async () => new Response("", { status: 502 }))).status, 502);
  await assert.rejects(open(undefined), TypeError);
});

test("a line that brings nothing for long is none", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const silent = keeper({ "/kept/page": html("kept") }, () => new Promise(() => {}));
  const asked = silent.answer(ask("/", { navigates: true }));
  context.mock.timers.tick(8000);
  assert.equal(await (await asked).text(), "kept");
});

test("it answers for its own host alone, and at once", async () => {
  const listeners = {};
  const said = [];
  const scope = {
    caches: { match: async () => undefined },
    fetch: async () => new Response("line"),
    location: { origin: HOST },
    clients: { claim: () => said.push("claim") },
    skipWaiting: () => said.push("skip"),
    addEventListener: (name, run) => Object.assign(listeners, { [name]: run }),
  };
  serve(scope, means);
  listeners.install();
  listeners.activate({ waitUntil: () => said.push("wait") });
  assert.deepEqual(said, ["skip", "claim", "wait"]);
  const answers = [];
  const respondWith = (answer) => answers.push(answer);
  listeners.fetch({ request: ask(PLAYER), respondWith });
  listeners.fetch({ request: ask("/cap/keep"), respondWith });
  listeners.fetch({ request: { ...ask(PLAYER), url: `http://other.test${PLAYER}` }, respondWith });
  assert.equal(answers.length, 1);
  assert.equal(await (await answers[0]).text(), "line");
});

test("the caches of what is kept can be told from others", () => {
  assert.equal(isKept(cacheOf("ab")), true);
  assert.equal(isKept("of-content"), false);
});
