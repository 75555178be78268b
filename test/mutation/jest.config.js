const { projects } = require("../../jest.config");
const [lib] = projects;

/** The tests that say most about the engine in a few seconds, as one project: the coverage of each test is asked for. */
module.exports = {
  ...lib,
  rootDir: "../..",
  testMatch: ["engine/parts", "engine/options", "engine/worked-examples", "reference/referee"].map((name) => `<rootDir>/test/${name}.test.ts`),
};
