// What a page moved by, without the reader having touched it.
window.moved = [];
new PerformanceObserver((list) => list.getEntries().forEach((entry) => window.moved.push({
    value: entry.value,
    element: entry.sources.map(({ node }) => node && node.outerHTML ? node.outerHTML.slice(0, 120) : "").join(" "),
}))).observe({ type: "layout-shift", buffered: true });
