// Pages for offline use. core/offline_views.py puts `const VERSION = "…"` before this.
/* global VERSION */
// The network always comes first. Nothing is kept but what the server marks public, and the plan if the reader asked.
const PAGES = `pages ${VERSION}`;
// Filled by static/js/site.js when 留一份离线的 is tapped. A new number drops the plans that older releases kept.
const PLAN = "plan 2";
const DOOR = "/checklist/emergency/";
const OFFLINE = "/offline/";
const LOOK = "/look/"; // no page: the <html> tag of the page seen last, so that a kept one comes in today's look
const OPENED = 60; // pages that were opened; the emergency pages are not among them
const WAIT = 3000;

const says = (answer, word) => (answer.headers.get("Cache-Control") || "").split(", ").includes(word);
const may = (answer) => answer.status === 200 && answer.type === "basic" && says(answer, "public");

// The page, and what it can't be shown without.
async function take(cache, address) {
  const answer = await fetch(address);
  if (!may(answer) || answer.redirected) throw new Error(address);
  const html = await answer.clone().text();
  await cache.put(address, answer);
  const assets = [...html.matchAll(/(?:href|src|data-aloud)="(\/(?:static|qr)\/[^"#]+)/g)].map((found) => found[1]);
  await Promise.all(assets.map(async (asset) => (await cache.match(asset)) || cache.add(asset)));
  return html;
}

async function install() {
  const cache = await caches.open(PAGES);
  const door = await take(cache, DOOR);
  const cases = new Set(door.match(/\/checklist\/emergency\/[a-z0-9-]+\//g));
  await Promise.all([...cases, OFFLINE].map((address) => take(cache, address)));
  return self.skipWaiting();
}

async function activate() {
  const older = (await caches.keys()).filter((name) => name !== PAGES && name !== PLAN);
  await Promise.all(older.map((name) => caches.delete(name)));
  await self.clients.claim();
  // The page of the guide that was opened before there was a worker. No other address: a GET of the result counts.
  const [cache, open] = await Promise.all([shelf(), self.clients.matchAll()]);
  const paths = open.map(({ url }) => new URL(url).pathname).filter((path) => /^\/(guide\/([a-z0-9-]+\/)?)?$/.test(path));
  await Promise.all(paths.map((path) => take(cache, path).catch(() => {})));
}

// None after erasing: a worker that was sent away still has the last page in its hands.
async function shelf() {
  if (!(await caches.has(PAGES))) throw new Error("erased");
  return caches.open(PAGES);
}

async function keep(address, answer) {
  const cache = await shelf();
  const [tag] = (await answer.clone().text()).match(/<html[^>]*>/) || [];
  await cache.put(address, answer);
  if (tag) await cache.put(LOOK, new Response(tag));
  const opened = (await cache.keys()).filter(({ url }) => !/\/(static|qr|look|offline|emergency)\//.test(url));
  await Promise.all(opened.slice(0, -OPENED).map((page) => cache.delete(page)));
}

async function kept(address) {
  return (await caches.match(address, { cacheName: PLAN })) || caches.match(address, { cacheName: PAGES });
}

// A kept page says so itself: a line before everything else, without a script of the page.
async function withLine(page, address) {
  const look = await caches.match(LOOK, { cacheName: PAGES });
  const when = new Date(page.headers.get("Date"));
  const day = when.toLocaleDateString("zh-CN", { timeZone: "Asia/Shanghai", month: "long", day: "numeric" });
  const what = address.endsWith("/plan/") ? "留下的清单，这会儿点了记不下" : "存下的一页";
  const line = `<p class="notice" role="status">没连上，这是${day}${what}。 <a href="">再试一次</a></p>`;
  const tag = look && (await look.text());
  const html = (await page.text()).replace(/<main[^>]*>/, (main) => main + line);
  const headers = new Headers(page.headers);
  ["Content-Encoding", "Content-Length", "ETag"].forEach((name) => headers.delete(name));
  return new Response(tag ? html.replace(/<html[^>]*>/, () => tag) : html, { headers });
}

async function page(address, online) {
  const copy = await kept(address);
  const late = new Promise((resolve) => copy && setTimeout(resolve, WAIT));
  const answer = await Promise.race([online, late]).catch(() => undefined);
  if (answer && !(copy && answer.status > 501)) return answer;
  if (copy) return withLine(copy, address);
  return (await caches.match(OFFLINE, { cacheName: PAGES })) || Response.error();
}

// A name with a hash never means anything else. Without a network, another release's file is better than none.
async function asset(request) {
  const known = await caches.match(request);
  if (known) return known;
  try {
    const answer = await fetch(request);
    if (may(answer) && says(answer, "immutable")) {
      const copy = answer.clone();
      shelf().then((cache) => cache.put(request, copy)).catch(() => {});
    }
    return answer;
  } catch {
    const plain = (url) => url.replace(/\.[0-9a-f]{12}(\.\w+)$/, "$1");
    const all = await (await caches.open(PAGES)).keys();
    const similar = all.find(({ url }) => plain(url) === plain(request.url));
    return similar ? caches.match(similar) : Response.error();
  }
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (/^\/(static|qr)\//.test(pathname)) {
    event.respondWith(asset(request));
  } else if (request.mode === "navigate" && !pathname.startsWith("/admin/")) {
    const online = fetch(request);
    // Also what comes too late for this time is the newest for the next. A full phone keeps nothing, and shows it.
    event.waitUntil(online.then((answer) => may(answer) && keep(pathname, answer.clone())).catch(() => {}));
    event.respondWith(page(pathname, online));
  }
});
