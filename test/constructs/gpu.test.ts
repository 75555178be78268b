import { Gpu } from "../../constructs";
import { GPU_CATALOGUE, largestBar1Gb } from "../../lib/model";

test("every model of the catalogue is a constant under its name, and there is no other constant", () => {
  const constants = Object.entries(Gpu).filter((entry): entry is [string, Gpu] => entry[1] instanceof Gpu);
  expect(constants.map(([key, { name, ids, memoryGb, bar1Gb }]) => [key, { name, ids, memoryGb, bar1Gb }])).toEqual(
    GPU_CATALOGUE.map(({ name, ids, memoryGb, bar1Gb = largestBar1Gb(memoryGb) }) => [
      name.replace(/-/g, "_"),
      { name, ids, memoryGb, bar1Gb },
    ]),
  );
});

test("a custom GPU has its ids in their canonical spelling, and a BAR1 of the next power of two unless told otherwise", () => {
  const narrow = Gpu.custom({ name: "A16 quarter", ids: ["0x10DE:0x25B6:s=0x10de:t=0x14a9"], memoryGb: 15 });
  expect(narrow).toMatchObject({ ids: ["10de:25b6:10de:14a9"], bar1Gb: 16 });
  expect(Gpu.custom({ name: "New", ids: ["10de:1"] })).toMatchObject({ memoryGb: undefined, bar1Gb: undefined });
  expect(Gpu.custom({ name: "X", ids: ["1234:1"], memoryGb: 24, bar1Gb: 0.25 })).toMatchObject({ ids: ["1234:0001"], bar1Gb: 0.25 });
});

test.each([
  [{ name: "X", ids: [], memoryGb: 1 }, 'GPU "X" has no id; give at least one, as "10de:20f1"'],
  [{ name: "X", ids: ["A100"], memoryGb: 1 }, '"A100" of GPU "X" is no PCI id; write it as "10de:20f1" or "10de:20f1:10de:145f"'],
  [{ name: "X", ids: ["1:2"], memoryGb: 0 }, 'memoryGb of GPU "X" is 0; give a number above 0'],
  [{ name: "X", ids: ["1:2"], memoryGb: 16, bar1Gb: Infinity }, 'bar1Gb of GPU "X" is Infinity; give a number above 0'],
])("a custom GPU of %j is refused", (props, message) => {
  expect(() => Gpu.custom(props)).toThrow(new Error(message));
});
