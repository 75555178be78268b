/** @type {import("jest").Config} */
const project = (name, testMatch, testPathIgnorePatterns) => ({
  displayName: name,
  testMatch,
  testPathIgnorePatterns,
  testEnvironment: "node",
  transform: { "^.+\\.ts$": ["ts-jest", {}] },
  modulePathIgnorePatterns: ["<rootDir>/dist", "<rootDir>/cdktf.out"],
});

// What the other projects have.
const elsewhere = ["constructs/", "stacks/", "e2e/", "package/", "referee/", "provider/plugin/terraform[.]test[.]ts"];

// Loading cdktf costs every test file that is set up with it: the constructs have a project of their own.
module.exports = {
  // Hostile inputs are bounded by work, not time; this only ends what would never end. (Not heeded in a project.)
  testTimeout: 120_000,
  projects: [
    project("lib", ["<rootDir>/test/**/*.test.ts"], ["/node_modules/", ...elsewhere.map((place) => `<rootDir>/test/${place}`)]),
    project("constructs", ["<rootDir>/test/constructs/**/*.test.ts", "<rootDir>/test/stacks/**/*.test.ts"], ["/node_modules/"]),
    {
      ...project("e2e", ["<rootDir>/test/e2e/**/*.test.ts", "<rootDir>/test/provider/plugin/terraform.test.ts"], ["/node_modules/"]),
      globalSetup: "<rootDir>/test/e2e/rig/global-setup.ts",
    },
    project("referee", ["<rootDir>/test/referee/**/*.test.ts"], ["/node_modules/"]),
    project("published", ["<rootDir>/test/package/**/*.test.ts"], ["/node_modules/"]),
  ],
};
