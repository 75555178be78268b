import { example, inMemory } from "./files";

test("JSON loads neither the YAML library nor hcl2-parser, and plain HCL neither", () => {
  jest.isolateModules(() => {
    for (const library of ["yaml", "hcl2-parser"]) {
      jest.doMock(library, () => {
        throw new Error(`${library} was loaded`);
      });
    }
    const { readInventory } = require("../../lib/inventory") as typeof import("../../lib/inventory");
    const files = inMemory({ "a.json": example("full.json"), "a.hcl": example("contract.hcl"), "a.yaml": example("full.yaml") });
    expect(readInventory(files, ["a.json"]).clusters).toHaveLength(1);
    expect(readInventory(files, ["a.hcl"]).clusters).toHaveLength(1);
    expect(() => readInventory(files, ["a.yaml"])).toThrow("yaml was loaded");
  });
});
