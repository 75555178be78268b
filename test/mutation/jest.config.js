const { projects } = require("../../jest.config");
const [lib] = projects;

const NAMES = [
  "engine/parts",
  "engine/options",
  "engine/worked-examples",
  "engine/bounds/every-placement",
  "engine/bounds/restarts",
  "engine/bounds/two-kinds",
  "reference/regressions",
  "reference/referee",
];

/** The tests that say most about the engine in a few seconds, as one project: the coverage of each test is asked for. */
module.exports = {
  ...lib,
  rootDir: "../..",
  testMatch: NAMES.map((name) => `<rootDir>/test/${name}.test.ts`),
};
