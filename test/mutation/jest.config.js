const { projects } = require("../../jest.config");
const [lib] = projects;

// What is beside the folders that mirror the engine's asks it whole.
const NAMES = ["engine/worked-examples", "reference/regressions", "reference/referee"];

/** The tests that say most about the engine in little time, as one project: the coverage of each test is asked for. */
module.exports = {
  ...lib,
  rootDir: "../..",
  testMatch: ["engine/*/*", ...NAMES].map((name) => `<rootDir>/test/${name}.test.ts`),
};
