import tseslint from "typescript-eslint";

const clock = ["Date.now", "Math.random"].map((name) => {
  const [object, property] = name.split(".");
  return { object, property, message: "The same input gives the same bytes: no clock, no chance." };
});

const locale = ["localeCompare", "toLocaleString", "toLocaleLowerCase", "toLocaleUpperCase"].map((property) => {
  return { property, message: "The same input gives the same bytes: no locale. Sort by code unit." };
});

// What is not the same each time, or not in the order that it is written in.
const globals = ["process", "console", "Date", "performance", "crypto", "Intl", "Worker", "globalThis"];
const timers = ["setTimeout", "setInterval", "setImmediate"];
const modules = ["process", "crypto", "perf_hooks", "worker_threads", "child_process", "timers"];

export default tseslint.config(
  { ignores: ["dist/", "cdktf.out/", "coverage/", "node_modules/", "test/data/"] },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      eqeqeq: "error",
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true }],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      // A lazy require keeps start-up fast; its type is given by an import type beside it.
      "@typescript-eslint/no-require-imports": "off",
      "no-restricted-properties": ["error", ...locale, ...clock],
    },
  },
  {
    files: ["lib/**/*.ts"],
    // What talks to people, to Terraform and to vCenter.
    ignores: ["lib/cli/**", "lib/provider/**", "lib/vsphere/**"],
    rules: {
      "no-restricted-globals": ["error", ...globals, ...timers],
      "no-restricted-imports": ["error", ...modules, ...modules.map((name) => `node:${name}`)],
      "no-console": "error",
    },
  },
  {
    files: ["test/**/*.ts"],
    rules: {
      // Its cases would be new ones each time, and a fresh clone fail by luck.
      "no-restricted-imports": [
        "error",
        { paths: [{ name: "fast-check", message: "Import test/properties instead, which fixes the seed." }] },
      ],
      "@typescript-eslint/unbound-method": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
    },
  },
);
