const { projects } = require("../../jest.config");
const [lib] = projects;

// The folders that mirror the engine's, and what asks it whole.
const NAMES = ["engine/*/*", "engine/worked-examples", "reference/regressions", "reference/referee"];

/** The tests that say most about the engine in a few seconds, as one project: the coverage of each test is asked for. */
module.exports = {
  ...lib,
  rootDir: "../..",
  testMatch: NAMES.map((name) => `<rootDir>/test/${name}.test.ts`),
};
