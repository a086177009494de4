// Has the browser keep the page, so that it opens without a connection too.

const NAME = "buurtsein-page";
const WORKER = "/page/worker.js";

/** Keeps what the page consists of; a browser that can't do so needs a connection, and nothing else changes. */
export async function keepPage(forms) {
  if (!("serviceWorker" in navigator)) return;
  const trusted = window.trustedTypes?.createPolicy("page", { createScriptURL: () => WORKER });
  await navigator.serviceWorker.register(trusted?.createScriptURL(WORKER) ?? WORKER, { scope: "/" });
  const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
  const own = loaded.filter((name) => name.startsWith(`${location.origin}/page/`));
  const cache = await caches.open(NAME);
  await cache.addAll([...new Set([location.pathname, ...own, ...forms])]);
}
