/* Answers for the server while there is no network: static files, and one page that plays what was
   loaded ahead. Nothing of a person is in its cache. */

const { page, home, files, version } = self.quizapp;
const CACHE = `quizapp-${version}`;
const PATIENCE = 8000; // for a page, in ms

async function install() {
  const cache = await caches.open(CACHE);
  await cache.add(new Request(page, { credentials: "omit" }));
  await cache.addAll(files);
  await self.skipWaiting();
}

async function activate() {
  const names = await caches.keys();
  await Promise.all(names.filter((each) => each !== CACHE).map((each) => caches.delete(each)));
  await self.clients.claim();
}

async function findFile(request) {
  return (await caches.match(request)) ?? fetch(request);
}

const wait = () =>
  new Promise((_, reject) => {
    setTimeout(reject, PATIENCE);
  });

/** The page that was asked for, or the one that needs no network. */
async function visit(request) {
  try {
    return await Promise.race([fetch(request), wait()]);
  } catch {
    return (await caches.match(page)) ?? Response.error();
  }
}

/** Today, all pages of a review, and its start; an answer that was posted must not be lost. */
function canPlay({ method }, { pathname }) {
  if (method !== "GET") return pathname === `${home}review`;
  return pathname === home || pathname.startsWith(`${home}review/`);
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (address.origin !== self.location.origin) return;
  if (files.includes(address.pathname)) event.respondWith(findFile(request));
  else if (request.mode === "navigate" && canPlay(request, address)) {
    event.respondWith(visit(request));
  }
});
