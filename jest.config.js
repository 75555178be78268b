/** @type {import("jest").Config} */
const project = (name, testMatch, testPathIgnorePatterns) => ({
  displayName: name,
  testMatch,
  testPathIgnorePatterns,
  testEnvironment: "node",
  // Hostile inputs are bounded by work, not time; this only ends what would never end.
  testTimeout: 120_000,
  transform: { "^.+\\.ts$": ["ts-jest", {}] },
  modulePathIgnorePatterns: ["<rootDir>/dist", "<rootDir>/cdktf.out"],
});

// Loading cdktf costs every test file that is set up with it: the constructs have a project of their own.
module.exports = {
  projects: [
    project("lib", ["<rootDir>/test/**/*.test.ts"], ["/node_modules/", "<rootDir>/test/constructs/", "<rootDir>/test/stacks/"]),
    project("constructs", ["<rootDir>/test/constructs/**/*.test.ts", "<rootDir>/test/stacks/**/*.test.ts"], ["/node_modules/"]),
  ],
};
