// What is wrong with the layout of a page. tools/audit/layout.py says what it is given.
({ width, type, targets, line, zoom }) => {
    const found = [];
    const report = (rule, element) => found.push(`${rule}: ${element.outerHTML.slice(0, 90)}`);
    const shown = (element) => element.getClientRects().length && getComputedStyle(element).visibility !== "hidden";
    document.querySelectorAll("details").forEach((details) => { details.open = true; });
    document.documentElement.style.fontSize = zoom ? "210%" : "";

    if (document.scrollingElement.scrollWidth > window.innerWidth) {
        [...document.querySelectorAll("body *")]
            .filter((each) => each.getBoundingClientRect().right > window.innerWidth + 0.5 && !each.closest(".sprite"))
            .slice(0, 3).forEach((each) => report("wider than the window", each));
        if (!found.length) found.push("wider than the window");
    }
    const bar = document.querySelector(".bar");
    if (zoom && bar) {
        if (bar.getBoundingClientRect().height > window.innerHeight / 4) report("the bar covers the page", bar);
        bar.querySelectorAll("a").forEach((link) => link.scrollWidth > link.clientWidth && report("cut off", link));
    }
    if (zoom) return found;
    const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (words.nextNode()) {
        const place = words.currentNode.parentElement;
        if (!words.currentNode.textContent.trim() || !place.getClientRects().length) continue;
        const style = getComputedStyle(place), size = parseFloat(style.fontSize);
        const scale = place.ownerSVGElement ? place.getScreenCTM().a : 1;
        // A citation is raised and small; what a thumb hits is its padding.
        if (size * scale < type - 0.1 && !place.closest("sup.cite")) report(`type of ${size} px`, place);
        const tight = parseFloat(style.lineHeight) / size < 1.29;
        if (tight && !place.closest("sup, svg, .no, #value")) report("lines too tight", place);
    }
    for (const [selector, least] of Object.entries(targets))
        for (const place of document.querySelectorAll(selector)) {
            const { height } = place.getBoundingClientRect();
            if (shown(place) && height < least - 0.1) report(`${height} px high, not ${least}`, place);
        }
    if (width === 1280)
        document.querySelectorAll("main p:not([role=group])").forEach((text) => shown(text)
            && text.getBoundingClientRect().width / parseFloat(getComputedStyle(text).fontSize) > line
            && report("lines too long", text));
    return [...new Set(found)];
}
