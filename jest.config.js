/** @type {import("jest").Config} */
const project = (name, testMatch, testPathIgnorePatterns) => ({
  displayName: name,
  testMatch,
  testPathIgnorePatterns,
  testEnvironment: "node",
  transform: { "^.+\\.ts$": ["ts-jest", {}] },
  modulePathIgnorePatterns: ["<rootDir>/dist", "<rootDir>/cdktf.out"],
});

// Loading cdktf costs every test file that is set up with it: the constructs have a project of their own.
module.exports = {
  // Hostile inputs are bounded by work, not time; this only ends what would never end. (Not heeded in a project.)
  testTimeout: 120_000,
  projects: [
    project(
      "lib",
      ["<rootDir>/test/**/*.test.ts"],
      ["/node_modules/", "<rootDir>/test/constructs/", "<rootDir>/test/stacks/", "<rootDir>/test/e2e/"],
    ),
    project("constructs", ["<rootDir>/test/constructs/**/*.test.ts", "<rootDir>/test/stacks/**/*.test.ts"], ["/node_modules/"]),
    { ...project("e2e", ["<rootDir>/test/e2e/**/*.test.ts"], ["/node_modules/"]), globalSetup: "<rootDir>/test/e2e/rig/global-setup.ts" },
  ],
};
