// `npm run mutate -- --mutate lib/engine/constraints/matching.ts`: every small change of the code that no test notices. The tests are about
// a minute's worth (jest.config.js beside this), with a part of the cases of each property.
process.env.PASSTHRU_LONG ??= "0.1";

/** @type {import("@stryker-mutator/api/core").PartialStrykerOptions} */
export default {
  testRunner: "jest",
  jest: { configFile: "test/mutation/jest.config.js", enableFindRelatedTests: false },
  coverageAnalysis: "perTest",
  mutate: ["lib/engine/**/*.ts"],
  ignorePatterns: ["dist", "cdktf.out", "cdktf.crowded.out", "coverage"],
  concurrency: 1,
  timeoutMS: 30_000,
  reporters: ["clear-text"],
  clearTextReporter: { allowColor: false, reportTests: false, reportScoreTable: true },
  tempDirName: ".stryker-tmp",
  // What a mutant may do to a search is found by the tests, not by the compiler.
  checkers: [],
};
