// Keeps the page for visits without a network: what it starts with at once, and whatever else it asks for from then on.
const NAME = "minisim-studio-__VERSION__";
const SHELL = "__SHELL__";

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(NAME)
      .then((cache) => cache.addAll(SHELL))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(
          names
            .filter((name) => name.startsWith("minisim-studio-") && name !== NAME)
            .map((name) => caches.delete(name)),
        ),
      )
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !isOurs(request)) return;
  event.respondWith(answer(request));
});

/** A recording may lie beside the page: it can be large, and another one may take its place. */
function isOurs({ url, mode }) {
  const { scope } = self.registration;
  if (!url.startsWith(scope)) return false;
  const inside = url.slice(scope.length).split(/[?#]/)[0];
  return mode === "navigate" || inside.startsWith("assets/") || SHELL.includes(inside);
}

async function answer(request) {
  const cache = await caches.open(NAME);
  const isPage = request.mode === "navigate";
  // Servers may say that an answer varies with the asker: ours does not, and its name changes with its content.
  const kept = await cache.match(isPage ? "./" : request, {
    ignoreVary: true,
    ignoreSearch: isPage,
  });
  if (kept) return kept;
  const fresh = await fetch(request);
  if (fresh.ok && !isPage && fresh.status === 200) await cache.put(request, fresh.clone());
  return fresh;
}
