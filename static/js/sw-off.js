// Instead of the service worker where SERVICE_WORKER is off: clears up after it, and goes.
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => {
  const cleared = caches.keys().then((names) => Promise.all(names.map((name) => caches.delete(name))));
  event.waitUntil(cleared.then(() => self.registration.unregister()));
});
