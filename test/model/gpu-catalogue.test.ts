import { formatPciId, GPU_CATALOGUE, gpuName, largestBar1Gb, mmioSizeGb, needs64BitMmio, parsePciId } from "../../lib/model";

test("every model has a name of its own, well-formed ids, and a BAR1 of a power of two with its source, or none", () => {
  expect(new Set(GPU_CATALOGUE.map(({ name }) => name)).size).toBe(GPU_CATALOGUE.length);
  for (const { ids, name, memoryGb, bar1Gb, bar1From } of GPU_CATALOGUE) {
    expect(name).toMatch(/^[A-Z][A-Z0-9]*(-[A-Z0-9]+)*$/);
    expect(ids.map((id) => formatPciId(parsePciId(id)!))).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
    expect([name, bar1Gb === undefined]).toEqual([name, bar1From === undefined]);
    if (bar1Gb !== undefined) expect(Number.isInteger(Math.log2(bar1Gb))).toBe(true);
    expect(memoryGb).toBeGreaterThan(0);
  }
});

test("a derived BAR1 is the next power of two at or above the frame buffer, or twice that where the next is uncertain", () => {
  for (const { name, memoryGb, bar1Gb } of GPU_CATALOGUE.filter(({ bar1From }) => bar1From === "derived")) {
    const derived = 2 ** Math.ceil(Math.log2(memoryGb));
    expect([name, bar1Gb]).toEqual([name, name === "A100-SXM-64GB" ? 2 * derived : derived]);
  }
});

test.each([
  ["10de:20f1", "A100-PCIE-40GB"],
  ["10de:20f1:10de:145f:a1", "A100-PCIE-40GB"],
  ["10de:25b6", "A2/A16"],
  ["10de:1e30", "QUADRO-RTX-6000/QUADRO-RTX-8000"],
  ["10de:1e36", "QUADRO-RTX-6000"],
  ["8086:0bda", "MAX-1100"],
  ["8086:1572", undefined],
])("the name of %s is %s", (id, name) => {
  expect(gpuName(parsePciId(id)!)).toBe(name);
});

// NVIDIA's chart for one and two GPUs, as far as the rule agrees with it, and its edges.
test.each<[string, number[], number | undefined]>([
  ["no GPU", [], undefined],
  ["one T4", [0.25], undefined],
  ["sixteen T4", Array<number>(16).fill(0.25), undefined],
  ["one Flex 140: at least the default window", [8], 32],
  ["one V100 16 GB", [16], 32],
  ["two V100 16 GB", [16, 16], 64],
  ["one A30", [32], 64],
  ["one A100 40 GB", [64], 128],
  ["two A100 40 GB", [64, 64], 256],
  ["three A100 40 GB", [64, 64, 64], 256],
  ["four A100 40 GB", [64, 64, 64, 64], 512],
  ["two H100 80 GB", [128, 128], 512],
  ["an A100 40 GB and a T4", [64, 0.25], 128],
])("the 64-bit MMIO size of %s", (_, bars, size) => {
  expect(mmioSizeGb(bars)).toBe(size);
});

test("256 MB is the largest BAR1 that needs no 64-bit MMIO", () => {
  expect([0.25, 0.5].map(needs64BitMmio)).toEqual([false, true]);
});

test.each([
  [24, 32],
  [48, 64],
  [32, 64],
  [96, 128],
])("a GPU with %d GB has a BAR1 of %d GB at most", (memoryGb, most) => {
  expect(largestBar1Gb(memoryGb)).toBe(most);
});
