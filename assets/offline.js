// Keeps the page's files in the browser, so that it opens without a network.
// scripts/finish-dist writes in which files there are, and their version: all
// of one version are kept together and given out together.
const VERSION = "";
const FILES = ["./"];

const here = new URL("./", self.location);
// Other pages of the host, other copies of this one among them, have caches too.
const mine = `guillemet ${here.pathname} `;
const name = mine + VERSION;

self.addEventListener("install", (event) => {
  // A name that holds a hash is good as the browser has it; the others are asked for anew.
  const request = (file) =>
    new Request(new URL(file, here), { cache: /-[0-9a-f]{16}/.test(file) ? "default" : "no-cache" });
  event.waitUntil(caches.open(name).then((cache) => cache.addAll(FILES.map(request))));
});

// Until then the version before serves the tabs that are open.
self.addEventListener("message", (event) => {
  if (event.data === "renew") self.skipWaiting();
});

self.addEventListener("activate", (event) => {
  const old = (names) => names.filter((other) => other.startsWith(mine) && other !== name);
  event.waitUntil(caches.keys().then((names) => Promise.all(old(names).map((other) => caches.delete(other)))));
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || !url.href.startsWith(here.href)) return;
  const path = url.pathname.slice(here.pathname.length);
  const file = path === "" || path === "index.html" ? "./" : path;
  if (!FILES.includes(file)) return;
  // A query only tells one module of start.js from the other.
  const kept = caches.open(name).then((cache) => cache.match(new URL(file, here), { ignoreSearch: true }));
  // A new response has the address that was asked for, query and all.
  event.respondWith(kept.then((it) => (it ? new Response(it.body, it) : fetch(event.request))));
});
