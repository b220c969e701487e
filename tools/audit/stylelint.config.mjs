// One question is asked of the stylesheet: do the browsers that package.json lists know all of it?
import { createRequire } from "node:module";

const { browserslist } = createRequire(import.meta.url)("./package.json");

export default {
  plugins: ["stylelint-no-unsupported-browser-features"],
  rules: {
    // Lists in :not() are newer than our browsers, and drop the whole rule there.
    "selector-not-notation": "simple",
    "plugin/no-unsupported-browser-features": [
      true,
      {
        browsers: browserslist,
        // What is known in part is used in the part that is known: overflow, columns, sticky, appearance.
        ignorePartialSupport: true,
        ignore: [
          "css-not-sel-list", // raised at every :not(); the rule above looks at what is in it
          "css-focus-visible", // iOS 14 draws its own ring instead
          "css-resize", // a text field that does not grow under the finger is a text field
          "css-paged-media", // margins of a sheet; iOS 14 takes its own
          "css-color-adjust", // fills of the poster on paper; iOS 14 knows the prefixed name
          "css-content-visibility", // on paper, for what is folded up: see the comment in site.css
        ],
      },
    ],
  },
};
