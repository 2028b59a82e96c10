// What ESLint finds at fault in the page's scripts; tests/export/explorer/test_data.py runs it.

import js from "@eslint/js";
import globals from "globals";

export default [
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2023, sourceType: "module", globals: { ...globals.browser, ...globals.node } },
    rules: {
      eqeqeq: "error",
      "no-var": "error",
      "prefer-const": "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      // Characters that XML and Turtle may not hold are looked for by what they are.
      "no-control-regex": "off",
    },
  },
];
