// The violations that axe finds on a page with everything unfolded.
async (options) => {
    document.querySelectorAll("details").forEach((details) => { details.open = true; });
    const { violations } = await axe.run(document, options);
    return violations.map(({ id, help, nodes }) => ({
        rule: `${id}: ${help}`, elements: nodes.map((node) => `${node.target.join(" ")}  ${node.html.slice(0, 160)}`),
    }));
}
