// Our scripts run as they are written, on the browsers that package.json lists: no build step makes them older.
import js from "@eslint/js";
import compat from "eslint-plugin-compat";
import { createRequire } from "node:module";

const { browserslist } = createRequire(import.meta.url)("./package.json");

export default [
  js.configs.recommended,
  compat.configs["flat/recommended"],
  {
    // The newest syntax that Chrome 87 and iOS 14.0 both read.
    languageOptions: { ecmaVersion: 2020, sourceType: "script" },
    settings: { targets: browserslist, lintAllEsApis: true },
    rules: { "no-unused-vars": ["error", { caughtErrors: "none" }] },
  },
];
