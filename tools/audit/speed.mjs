// Runs Lighthouse, as a phone on a slow network, on each page that comes in on standard input as
// [{name, address, cookie, indexable}], and prints its scores and what cost points, as JSON.
import { readFileSync } from "node:fs";
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const { chrome: chromePath, flags, pages } = JSON.parse(readFileSync(0, "utf8"));
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];

function costly({ categories, audits }) {
  return Object.values(categories).flatMap(({ id, auditRefs }) =>
    auditRefs
      .filter((ref) => ref.weight > 0 && audits[ref.id].score !== null && audits[ref.id].score < 1)
      .map((ref) => {
        const { title, displayValue, details } = audits[ref.id];
        const node = details?.items?.[0]?.node;
        return { category: id, rule: ref.id, element: [title, displayValue, node?.snippet].filter(Boolean).join("  ") };
      }),
  );
}

// On a busy machine Chromium's trace may lack its first event (NO_NAVSTART, "Please run Lighthouse again"): that says
// nothing about the page.
async function visit(port, address, cookie, indexable, attempts = 3) {
  const { lhr } = await lighthouse(address, {
    port,
    onlyCategories: CATEGORIES.filter((id) => id !== "seo" || indexable),
    extraHeaders: cookie ? { Cookie: cookie } : {},
    disableStorageReset: false,
    logLevel: "silent",
  });
  return lhr.runtimeError?.code === "NO_NAVSTART" && attempts > 1
    ? visit(port, address, cookie, indexable, attempts - 1)
    : lhr;
}

const browser = await launch({ chromePath, chromeFlags: flags, logLevel: "silent" });
try {
  const results = [];
  for (const { name, address, cookie, indexable } of pages) {
    const lhr = await visit(browser.port, address, cookie, indexable);
    if (lhr.runtimeError) {
      throw new Error(`${name}: ${lhr.runtimeError.message}`);
    }
    const scores = Object.fromEntries(
      Object.values(lhr.categories).map(({ id, score }) => [id, Math.round((score ?? 0) * 100)]),
    );
    results.push({ name, scores, costly: costly(lhr) });
  }
  process.stdout.write(JSON.stringify(results));
} finally {
  await browser.kill();
}
