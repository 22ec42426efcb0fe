// Content shares the player's origin and could lead the whole window away: only the player's own
// ways out are let through. What it needs is taken before any content runs, which could replace it.

const { apply } = Reflect;
const { stringify } = JSON;
const { startsWith } = String.prototype;
const { preventDefault } = Event.prototype;

/**
 * @param {object} made @param {string} name
 * @returns {(event: object) => any} reads a property as the browser has it
 */
function reader(made, name) {
  const found = /** @type {PropertyDescriptor} */ (Object.getOwnPropertyDescriptor(made, name));
  const get = /** @type {() => any} */ (found.get);
  return (event) => apply(get, event, []);
}

/**
 * Keep the window where it is. What the browser's own buttons and its address bar do goes through;
 * so does all where a browser has no Navigation API (docs/safety.md says what remains).
 * @param {any} page the player's window
 * @param {string} way where the player itself leads: this address, and those below it
 * @param {(address: string) => void} report told where content wanted to go
 */
export function guard(page, way, report) {
  const { navigation, NavigateEvent, NavigationDestination } = page;
  if (!navigation || !NavigateEvent) return;
  const destination = reader(NavigateEvent.prototype, "destination");
  const type = reader(NavigateEvent.prototype, "navigationType");
  const download = reader(NavigateEvent.prototype, "downloadRequest");
  const url = reader(NavigationDestination.prototype, "url");
  const same = reader(NavigationDestination.prototype, "sameDocument");
  navigation.addEventListener("navigate", (/** @type {Event} */ event) => {
    const to = destination(event);
    if (same(to) || type(event) === "traverse") return;
    const address = url(to);
    if (apply(startsWith, address, [way])) return;
    // What a page has made itself goes to this device alone, as the log of a preview does.
    if (download(event) !== null && apply(startsWith, address, ["blob:"])) return;
    apply(preventDefault, event, []);
    report(address);
  });
}

/**
 * @param {string} url where the server takes reports
 * @param {Navigator} navigator
 * @returns {(address: string) => void} tells the server, once for each host
 */
export function reporter(url, navigator) {
  const { sendBeacon } = navigator;
  const { URL } = globalThis;
  const { has, add } = Set.prototype;
  const told = new Set();
  return (address) => {
    const { origin } = new URL(address); // never a path, which could say who
    if (apply(has, told, [origin])) return;
    apply(add, told, [origin]);
    apply(sendBeacon, navigator, [url, stringify({ top: origin })]);
  };
}
