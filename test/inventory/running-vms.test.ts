import { mistakesIn, read } from "./files";

const DEVICES = [
  { address: "0000:af:00.0", id: "10de:20f1" },
  { address: "0000:d8:00.0", id: "10de:20f1" },
  { id: "10de:20f1", count: 2 },
  { id: "10de:20f1", count: 1, label: "T" },
  { id: "10de:2331", count: 2 },
];
const HOST = { name: "h", esxi: "8.0.2", cpu_mhz: 1, memory_mb: 1, devices: DEVICES };

function holding(...vms: readonly object[]): readonly (readonly string[])[] {
  const texts = vms.map((vm, at) => ({ name: `v${at}`, host: "h", memory_mb: 1, ...vm }));
  const [cluster] = read("a.json", JSON.stringify({ clusters: [{ name: "c", hosts: [HOST], vms: texts }] })).clusters;
  return cluster!.vms.map(({ devices }) => devices);
}

const holds = (id: string, count?: number, label?: string) => ({
  id,
  ...(count === undefined ? {} : { count }),
  ...(label === undefined ? {} : { label }),
});

test("what is held by kind is the first that is free, counted ones before those with an address", () => {
  expect(holding({ holds: [holds("10de:20f1")] }, { holds: [holds("10de:20f1", 2)] }, { holds: [holds("10de:20f1")] })).toEqual([
    ["ffff:00:00.0"],
    ["0000:af:00.0", "ffff:01:00.0"],
    ["0000:d8:00.0"],
  ]);
});

test("what another VM holds by address is not free, wherever that stands", () => {
  expect(holding({ holds: [holds("10de:20f1", 3)] }, { devices: ["0000:af:00.0"] })).toEqual([
    ["0000:d8:00.0", "ffff:00:00.0", "ffff:01:00.0"],
    ["0000:af:00.0"],
  ]);
});

test("a label is the label, and none is none", () => {
  expect(holding({ holds: [holds("10de:20f1", 1, "T"), holds("10de:2331", 2)] }, { holds: [holds("10de:20f1", undefined, "")] })).toEqual([
    ["ffff:02:00.0", "ffff:03:00.0", "ffff:04:00.0"],
    ["ffff:00:00.0"],
  ]);
});

test("only what is held by kind is said to stand for its kind", () => {
  const vm = { name: "v", host: "h", memory_mb: 1, devices: ["0000:d8:00.0"], holds: [holds("10de:2331")] };
  const [running] = read("a.json", JSON.stringify({ clusters: [{ name: "c", hosts: [HOST], vms: [vm] }] })).clusters[0]!.vms;
  expect(running).toMatchObject({ devices: ["0000:d8:00.0", "ffff:03:00.0"], heldByKind: ["ffff:03:00.0"] });
});

test("each VM of a range holds as many on its own host", () => {
  const hosts = [{ ...HOST, name: "h[1-2]" }];
  const vms = [{ name: "v[1-2]", host: "h[1-2]", memory_mb: 1, holds: [holds("10de:2331", 2)] }];
  const [cluster] = read("a.json", JSON.stringify({ clusters: [{ name: "c", hosts, vms }] })).clusters;
  expect(cluster!.vms.map(({ host, devices }) => [host, devices.length])).toEqual([
    ["h1", 2],
    ["h2", 2],
  ]);
});

test("a VM that is off runs nowhere, and needs no memory for devices that it will ask for", () => {
  const vms = [{ name: "v", host: "h", memory_mb: 4096, power: "off", requests: [{ allowed: ["10de:20f1"] }] }];
  const [cluster] = read("a.json", JSON.stringify({ clusters: [{ name: "c", hosts: [HOST], vms }] })).clusters;
  expect(cluster!.vms).toEqual([]);
  expect(cluster!.poweredOff).toMatchObject([{ name: "v", host: "h", requests: [{ allowed: [{ vendor: 0x10de }] }] }]);
});

describe.each([
  ["a cluster without hosts", { hosts: [] }],
  ["a VM that asks and holds nothing", { vms: [{ name: "v", host: "h", memory_mb: 1, requests: [{ allowed: ["10de:20f1"] }] }] }],
  [
    "a VM that holds what it can't have asked for",
    { vms: [{ name: "v", host: "h", memory_mb: 1, devices: ["0000:af:00.0"], requests: [{ allowed: ["10de:2331"] }] }] },
  ],
  ["a VM on a host in maintenance", { hosts: [{ ...HOST, state: "maintenance" }], vms: [{ name: "v", host: "h" }] }],
  [
    "two VMs of one uuid",
    {
      vms: [
        { name: "v", host: "h", uuid: "u" },
        { name: "w", host: "h", uuid: "u" },
      ],
    },
  ],
])("%s", (_, fields) => {
  const clusters = [{ name: "c", hosts: [HOST], ...fields }];

  test("is a mistake where somebody wrote it", () => {
    expect(mistakesIn("a.json", JSON.stringify({ clusters }))).toBeDefined();
  });

  test("is read where a vCenter showed it", () => {
    expect(mistakesIn("a.json", JSON.stringify({ source: { kind: "vcenter", complete: true }, clusters }))).toBeUndefined();
  });
});
