// The guard of the window: what it lets through, what it holds back and tells, and that content
// cannot take its means away. What a browser does of itself is in tests/browser/test_hostile.py.

import assert from "node:assert/strict";
import { test } from "node:test";

const own = Event.prototype.preventDefault;

class NavigationDestination {
  #to;
  constructor(to) {
    this.#to = to;
  }
  get url() {
    return this.#to.url;
  }
  get sameDocument() {
    return Boolean(this.#to.sameDocument);
  }
}

class NavigateEvent extends Event {
  #how;
  constructor(how) {
    super("navigate", { cancelable: true });
    this.#how = how;
  }
  get destination() {
    return new NavigationDestination(this.#how);
  }
  get navigationType() {
    return this.#how.type || "push";
  }
  get downloadRequest() {
    return this.#how.download === undefined ? null : this.#how.download;
  }
}

const { guard, reporter } = await import("../../../scorm/static/player/guard.js");
const WAY = "http://site.test/courses/x";

/** A guarded window: `go` says whether a navigation went through. */
function guarded() {
  const navigation = new EventTarget();
  const told = [];
  guard({ navigation, NavigateEvent, NavigationDestination }, WAY, (address) => told.push(address));
  const go = (url, how = {}) => navigation.dispatchEvent(new NavigateEvent({ url, ...how }));
  return { navigation, told, go };
}

test("the way back to the course is open, and what lies below it", () => {
  const { go, told } = guarded();
  assert.ok(go(WAY));
  assert.ok(go(`${WAY}/preview-record`));
  assert.deepEqual(told, []);
});

test("everywhere else the window does not go, and it is told", () => {
  const { go, told } = guarded();
  const addresses = ["https://evil.test/", "http://site.test/admin", "http://x.content.test/signed/v/a.html"];
  for (const address of addresses) assert.ok(!go(address));
  assert.ok(!go("https://evil.test/", { type: "reload" }));
  assert.deepEqual(told, [...addresses, "https://evil.test/"]);
});

test("within the page, and back in the history, it goes as ever", () => {
  const { go, told } = guarded();
  assert.ok(go("http://x.content.test/#part", { sameDocument: true }));
  assert.ok(go("http://site.test/learning/", { type: "traverse" }));
  assert.deepEqual(told, []);
});

test("what the page has made is downloaded, what a stranger has is not", () => {
  const { go } = guarded();
  assert.ok(go("blob:http://x.content.test/1", { download: "log.json" }));
  assert.ok(!go("blob:http://x.content.test/1"));
  assert.ok(!go("https://evil.test/", { download: "x" }));
});

test("content that replaces what the guard uses has come too late", (context) => {
  const { go, navigation } = guarded();
  navigation.addEventListener("navigate", (event) => event.stopImmediatePropagation());
  const { apply } = Reflect;
  const { startsWith } = String.prototype;
  context.after(() => {
    Event.prototype.preventDefault = own;
    Reflect.apply = apply;
    String.prototype.startsWith = startsWith;
  });
  Event.prototype.preventDefault = () => {};
  Reflect.apply = () => true;
  String.prototype.startsWith = () => true;
  Object.defineProperty(NavigateEvent.prototype, "navigationType", { get: () => "traverse" });
  Object.defineProperty(NavigationDestination.prototype, "url", { get: () => WAY });
  assert.ok(!go("https://evil.test/"));
});

test("a browser without the Navigation API goes on without a guard", () => {
  guard({}, WAY, () => assert.fail());
});

test("each origin is told once, and no path of it", () => {
  const sent = [];
  const navigator = { sendBeacon: (url, body) => sent.push([url, JSON.parse(body)]) };
  const report = reporter("/signed/report", navigator);
  for (const path of ["ana?secret", "again", ""]) report(`https://evil.test/${path}`);
  report("https://other.test/");
  assert.deepEqual(sent, [
    ["/signed/report", { top: "https://evil.test" }],
    ["/signed/report", { top: "https://other.test" }],
  ]);
});
