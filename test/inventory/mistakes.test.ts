import { example, mistakesIn } from "./files";

describe.each([
  ["hcl", /^( *)([a-z_]+)(?: = | "| \{)/],
  ["yaml", /^( *(?:- )?)([a-z_]+):/],
  ["json", /^( *")([a-z_]+)":/],
])("a typo in any key of %s", (format, keyOfLine) => {
  const lines = example(`full.${format}`).split("\n");
  const keys = lines.flatMap((line, index) => {
    const match = keyOfLine.exec(line);
    return match ? [{ index, column: match[1]!.length + (format === "json" ? 0 : 1), key: match[2]! }] : [];
  });

  test(`there are ${keys.length} of them`, () => {
    expect(keys.length).toBeGreaterThan(80);
  });

  test.each(keys)("$key in line $index is one mistake, at its place, and says what was meant", ({ index, column, key }) => {
    const text = lines.map((line, at) => (at === index ? line.replace(key, `${key}x`) : line)).join("\n");
    const [first, ...others] = mistakesIn(`a.${format}`, text)!.split("\n");
    expect(others).toEqual([]);
    expect(first).toMatch(
      new RegExp(`^a\\.${format}:${index + 1}:${column}  unknown (?:field|block) "${key}x".*; did you mean "${key}"\\?$`),
    );
  });
});

const HOST =
  'host "esx-[01-03].lab" {\n esxi = "8.0.2"\n cpu_mhz = 100\n memory_mb = 100\n device "0000:af:00.0" {\n id = "10de:20f1"\n }\n}\n';
const cluster = (inside: string) => `cluster "c" {\n${inside}\n${/^host /m.test(inside) ? "" : HOST}}\n`;
const afterHost = (inside: string) => cluster(HOST + inside);
const inHost = (inside: string) => cluster(`host "a" {\nesxi = "8.0.2"\ncpu_mhz = 1\nmemory_mb = 1\n${inside}\n}`);
const twoClusters = (...vcenters: readonly (string | undefined)[]) =>
  ["c", "d"]
    .map((name, at) => {
      const vcenter = vcenters[at] === undefined ? "" : `vcenter = "${vcenters[at]}"\n`;
      const host = `host "h" {\nesxi = "8.0.2"\ncpu_mhz = 1\nmemory_mb = 1\nid = "host-1"\n}\nvm "v" {\nhost = "h"\nid = "vm-1"\nuuid = "u"\n}`;
      return `cluster "${name}" {\n${vcenter}id = "domain-c8"\nresource_pool_id = "resgroup-9"\n${host}\nresource_pool "p" { id = "resgroup-12" }\n}\n`;
    })
    .join("");
const counted = (inside: string) => inHost(`devices "10de:20f1" { count = 2 }\n}\nvm "v" {\nhost = "a"\nmemory_mb = 1\n${inside}`);
const vm = (inside: string) => afterHost(`vm "v" {\nhost = "esx-01.lab"\n${inside}\n}`);

test.each<[string, string | undefined]>([
  // Names.
  [
    afterHost('vm "v" {\nhost = "esx-04.lab"\n}'),
    '11:8  host "esx-04.lab" of vm "v" is not declared; did you mean "esx-01.lab"? known: esx-01.lab to esx-03.lab',
  ],
  [afterHost('vm "v" {\nhost = "other"\n}'), '11:8  host "other" of vm "v" is not declared; known: esx-01.lab to esx-03.lab'],
  [afterHost(HOST), '10:6  host "esx-01.lab" is declared twice in cluster "c"'],
  [afterHost('vm "v" {\nhost = "esx-01.lab"\n}\nvm "v" {\nhost = "esx-01.lab"\n}'), '13:4  vm "v" is declared twice in cluster "c"'],
  [cluster('template "t" {}\ntemplate "t" {}'), '3:10  template "t" is declared twice in cluster "c"'],
  [cluster('planned "p" { memory_mb = 1 }\nplanned "p" { memory_mb = 1 }'), '3:9  planned VM "p" is declared twice in cluster "c"'],
  [
    cluster('planned "p" {\ncount = 2\nmemory_mb = 1\n}\nplanned "p[[1]" { memory_mb = 1 }'),
    '6:9  planned VM "p[1]" is one of the 2 of "p" already',
  ],
  [
    cluster('host_rule "r" {\nvms = []\nhosts = []\n}\nvm_rule "r" {\nvms = []\ntype = "together"\n}'),
    '6:9  rule "r" is declared twice in cluster "c"',
  ],
  [
    afterHost('host_rule "r" {\nvms = ["unknown is fine"]\nhosts = ["esx-[01-04].lab"]\n}'),
    '12:10  host "esx-04.lab" of host_rule "r" is not declared; did you mean "esx-01.lab"? known: esx-01.lab to esx-03.lab',
  ],
  [
    afterHost('ha {\nfailover_hosts = [\n"esx-01.lab",\n"esx-09.lab",\n]\n}'),
    '13:1  host "esx-09.lab" of failover_hosts is not declared; did you mean "esx-01.lab"? known: esx-01.lab to esx-03.lab',
  ],
  // Pools.
  [cluster('resource_pool "p" { parent = "q" }'), '2:30  parent "q" of resource_pool "p" is not declared; did you mean "p"? known: p'],
  [
    cluster('resource_pool "p" { parent = "q" }\nresource_pool "q" { parent = "p" }'),
    '2:30  resource_pool "p" is its own parent, through "q"\n3:30  resource_pool "q" is its own parent, through "p"',
  ],
  [cluster('resource_pool "p" {}\nresource_pool "p" {}'), '3:15  resource_pool "p" is declared twice in cluster "c"'],
  [
    cluster('resource_pool "p" {\nmemory_limit_mb = 1\nmemory_reservation_mb = 2\n}'),
    '4:25  resource_pool "p" reserves 2 MB, more than its limit of 1 MB',
  ],
  [vm('resource_pool = "gpu"'), '12:17  resource_pool "gpu" of vm "v" is not declared; none is declared'],
  // Devices.
  [
    inHost('device "0000:af:00.0" { id = "10de:20f1" }\ndevice "af:00.0" { id = "10de:20f1" }'),
    '7:8  device "0000:af:00.0" is declared twice on host "a"',
  ],
  [inHost('devices "10de:20f1" {}'), '6:1  a device needs an "address", or a "count" of devices alike'],
  [inHost('device "0000:af:00.0" {\nid = "10de:20f1"\ncount = 2\n}'), "8:9  a device has an address or a count, not both"],
  [
    inHost('device "0000:af:00.0" { id = "10de" }'),
    '6:30  id must be a hexadecimal PCI id in quotes, "vendor:device" as in "10de:20f1", found "10de"',
  ],
  [
    inHost('device "0000:af:00.0" { id = "10de:20f1:s=10de:s=1028" }'),
    '6:30  "10de:20f1:s=10de:s=1028" is no PCI id: expected hexadecimal vendor:device such as "10de:20f1"',
  ],
  [
    inHost('device "0000:af:00.0" { id = 4318 }'),
    '6:30  id must be a hexadecimal PCI id in quotes, "vendor:device" as in "10de:20f1", found 4318, which could be decimal or hexadecimal',
  ],
  [inHost('device "0000:af:00.0" { id = "4318:8433" }'), '6:30  "4318:8433" looks decimal: expected hexadecimal, and 4318 is 0x10de'],
  [
    inHost('device "0000:af:00.0" {\nid = "10de:20f1:10de:145f:a1"\nsubsystem = "10de:145f"\nrevision = "a1"\n}'),
    "8:13  the id says the subsystem already\n9:12  the id says the revision already",
  ],
  [inHost('device "175:0.0" { id = "10de:20f1" }'), '6:8  address must be a PCI address in quotes, as in "0000:af:00.0", found "175:0.0"'],
  [
    inHost('device "0000:af:00.0" {\nid = "10de:20f1"\npassthrough = "activ"\n}'),
    '8:15  passthrough must be one of active, pending-reboot, disabled, vgpu, found "activ"; did you mean "active"?',
  ],
  [inHost('devices "10de:20f1" { count = 1025 }'), "6:31  count must be a whole number of devices from 1 to 1024, found 1025"],
  // Running VMs.
  [
    vm('memory_mb = 1\ndevices = [\n"0000:d8:00.0",\n]'),
    '14:1  device "0000:d8:00.0" of vm "v" is not on host "esx-01.lab"; did you mean "0000:af:00.0"? known: 0000:af:00.0',
  ],
  [vm('memory_mb = 1\ndevices = ["0000:af:00.0", "af:00.0"]'), '13:28  device "0000:af:00.0" of vm "v" is held by vm "v" already'],
  [vm('devices = ["0000:af:00.0"]'), '10:1  vm "v" has devices: expected memory_mb or memory_reservation_mb, as its memory is reserved'],
  [
    inHost('devices "10de:20f1" { count = 1 }\n}\nvm "v" {\nhost = "a"\nmemory_mb = 1\ndevices = ["0000:af:00.0"]'),
    '11:12  device "0000:af:00.0" of vm "v" is not on host "a": its devices are counted; say what the VM holds by kind (holds), or declare each by its address',
  ],
  ...["disabled: its passthrough is disabled", "vgpu: it is in vGPU mode"].map((row) => {
    const [state, why] = row.split(": ");
    return [
      inHost(
        `device "0000:af:00.0" {\nid = "10de:20f1"\npassthrough = "${state}"\n}\n}\nvm "v" {\nhost = "a"\nmemory_mb = 1\ndevices = ["0000:af:00.0"]`,
      ),
      `14:12  device "0000:af:00.0" of vm "v" can't be held: ${why}`,
    ] as [string, string];
  }),
  [afterHost('vm "v" {\nhost = "esx-01.lab"\nfolder = "a"\n}\nvm "v" {\nhost = "esx-01.lab"\nfolder = "b"\n}'), undefined],
  [
    afterHost('vm "v" {\nhost = "esx-01.lab"\nfolder = "a"\n}\nvm "v" {\nhost = "esx-01.lab"\nfolder = "a"\n}'),
    '14:4  vm "v" is declared twice in folder "a" of cluster "c"',
  ],
  [
    afterHost('vm "v" {\nhost = "esx-01.lab"\nfolder = "a"\n}\nvm "v" {\nhost = "esx-01.lab"\n}'),
    '14:4  vm "v" is declared twice in cluster "c"',
  ],
  [
    afterHost('vm "v" {\nhost = "esx-01.lab"\nid = "vm-1"\nuuid = "u"\n}\nvm "w" {\nhost = "esx-01.lab"\nid = "vm-1"\nuuid = "u"\n}'),
    '17:6  id "vm-1" is another VM\'s already\n18:8  uuid "u" is another VM\'s already',
  ],
  [afterHost('vm "v[1-2]" {\nhost = "esx-01.lab"\nuuid = "u"\n}'), "12:8  2 VMs can't share one uuid"],
  [vm("memory_mb = 1\nstatic = true"), '13:10  vm "v" has static devices and holds none: expected devices to say which, or no static'],
  [vm('memory_mb = 1\nstatic = true\ndevices = ["0000:af:00.0"]'), undefined],
  [vm('memory_mb = 1\nstatic = true\npower = "off"'), undefined],
  [
    vm('memory_mb = 1\ndevice_group "g" {\ndevices = ["0000:af:00.0", "0000:bf:00.0"]\n}'),
    '14:28  device "0000:bf:00.0" of device_group "g" is not on host "esx-01.lab"; did you mean "0000:af:00.0"? known: 0000:af:00.0',
  ],
  [
    inHost('device "0000:af:00.0" {\nid = "10de:2330"\n}\nnvswitch {\nmodules = ["0000:af:00.0", "0000:bf:00.0", "0000:af:00.0"]\n}'),
    '10:28  device "0000:bf:00.0" of nvswitch is not on host "a"; did you mean "0000:af:00.0"? known: 0000:af:00.0\n' +
      '10:44  device "0000:af:00.0" of nvswitch stands there already',
  ],
  [
    cluster('resource_pool_id = "resgroup-9"\nresource_pool "p" { id = "resgroup-9" }'),
    '3:26  id "resgroup-9" of resource_pool "p" is that of the cluster\'s root pool: expected another, or none',
  ],
  [twoClusters("vc-1.lab", "vc-2.lab"), undefined],
  [twoClusters("vc-1.lab", undefined), undefined],
  [
    twoClusters("vc-1.lab", "VC-1.lab"),
    [
      '18:1  cluster id "domain-c8" of cluster "d" is that of cluster "c"',
      '18:1  pool id "resgroup-9" of the root pool of cluster "d" is that of the root pool of cluster "c"',
      '22:1  host id "host-1" of host "h" is that of host "h"',
      '28:1  VM id "vm-1" of vm "v" is that of vm "v"',
      '28:1  VM uuid "u" of vm "v" is that of vm "v"',
      '33:1  pool id "resgroup-12" of resource_pool "p" is that of resource_pool "p"',
    ]
      .map((said, at) => `${said} of the same vCenter at ${[1, 1, 5, 11, 11, 16][at]}, too: "VC-1.lab" gives each once`)
      .join("\n"),
  ],
  [vm('memory_mb = 1\npower = "off"\ndevices = ["0000:af:00.0"]'), '14:11  vm "v" is off, and so holds nothing: expected no devices'],
  [vm('memory_mb = 1\npower = "off"\nholds "10de:20f1" {}'), '14:1  vm "v" is off, and so holds nothing: expected no holds'],
  [vm('power = "of"'), '12:9  power must be on or off, found "of"; did you mean "off"?'],
  ...["maintenance", "standby"].map((state): [string, string] => [
    inHost(`state = "${state}"\n}\nvm "v" {\nhost = "a"`),
    `9:8  vm "v" runs on host "a", which is in ${state}, where no VM can run: expected another host, or power = "off"`,
  ]),
  ...["entering-maintenance", "disconnected"].map((state): [string, undefined] => [
    inHost(`state = "${state}"\n}\nvm "v" {\nhost = "a"`),
    undefined,
  ]),
  [inHost('state = "maintenance"\n}\nvm "v" {\nhost = "a"\npower = "off"'), undefined],
  // What a running VM holds by kind.
  [
    counted('holds "10de:20f1" { count = 3 }'),
    '11:29  vm "v" holds 3 devices "10de:20f1" without a label, and host "a" has 2 that no other VM holds',
  ],
  [
    counted('holds "10de:20f1" { label = "T" }'),
    '11:1  vm "v" holds 1 device "10de:20f1" labelled "T", and host "a" has 0 that no other VM holds',
  ],
  [
    counted('holds "10de:20f1" { count = 2 }\n}\nvm "w" {\nhost = "a"\nmemory_mb = 1\nholds "10de:20f1" {}'),
    '16:1  vm "w" holds 1 device "10de:20f1" without a label, and host "a" has 0 that no other VM holds',
  ],
  [
    inHost(
      'devices "10de:20f1:10de:145f" { count = 1 }\ndevices "10de:20f1:10de:1533" { count = 1 }\n}\nvm "v" {\nhost = "a"\nmemory_mb = 1\nholds "10de:20f1" {}',
    ),
    '12:7  vm "v" holds 1 device "10de:20f1" without a label, and those of host "a" differ: 10de:20f1:10de:145f, 10de:20f1:10de:1533; say which of them, or hold them by address',
  ],
  ...['passthrough = "disabled"', 'passthrough = "vgpu"', 'passthrough = "pending-reboot"', "healthy = false", 'reserved = "x"'].map(
    (field): [string, string] => [
      inHost(`devices "10de:20f1" {\ncount = 1\n${field}\n}\n}\nvm "v" {\nhost = "a"\nmemory_mb = 1\nholds "10de:20f1" {}`),
      '14:1  vm "v" holds 1 device "10de:20f1" without a label, and host "a" has 0 that no other VM holds',
    ],
  ),
  [vm('holds "10de:20f1" {}'), '10:1  vm "v" has devices: expected memory_mb or memory_reservation_mb, as its memory is reserved'],
  // What a running VM asks for and what it holds.
  [
    vm('memory_mb = 1\nrequest { allowed = ["10de:20f1"] }'),
    '13:1  vm "v" runs and asks for 1 device, so it holds as many, found 0: expected devices or holds to say which, or power = "off"',
  ],
  [
    vm('memory_mb = 1\ndevices = ["0000:af:00.0"]\nrequest { allowed = ["10de:20f1"] }\nrequest { allowed = [] }'),
    '14:1  vm "v" runs and asks for 2 devices, so it holds as many, found 1: expected devices or holds to say which, or power = "off"',
  ],
  [
    vm('memory_mb = 1\ndevices = ["0000:af:00.0"]\nrequest { allowed = ["10de:2331"] }'),
    '14:1  vm "v" holds 0000:af:00.0, which is 10de:20f1: its requests allow only 10de:2331',
  ],
  [
    counted('holds "10de:20f1" { count = 2 }\nrequest { allowed = [] }'),
    '12:1  vm "v" holds 2 devices, more than its requests can have asked for',
  ],
  [vm('memory_mb = 1\ndevices = ["0000:af:00.0"]\nrequest { label = "changed" }'), undefined],
  [vm('memory_mb = 1\ndevices = ["0000:af:00.0"]\nrequest { allowed = ["10de:20f1:10de:145f"] }'), undefined],
  [vm('memory_mb = 1\npower = "off"\nrequest { allowed = ["10de:20f1"] }'), undefined],
  // What is shared.
  [
    inHost('device "0000:af:00.0" {\nid = "10de:20f1"\nvgpu_mode = "sameSize"\n}'),
    '8:13  vgpu_mode is for a device that is shared: expected passthrough = "vgpu", found "active"',
  ],
  [
    vm('memory_mb = 1\nvgpu "p" { device = "0000:af:00.0" }'),
    '13:21  device "0000:af:00.0" of vgpu "p" is not shared: expected passthrough = "vgpu", found "active"',
  ],
  [
    vm('memory_mb = 1\nvgpu "p" { device = "0000:b0:00.0" }'),
    '13:21  device "0000:b0:00.0" of vgpu "p" is not on host "esx-01.lab"; did you mean "0000:af:00.0"? known: 0000:af:00.0',
  ],
  [vm('vgpu "p" {}'), '10:1  vm "v" has devices: expected memory_mb or memory_reservation_mb, as its memory is reserved'],
  // Requests.
  [
    cluster('template "t" {\ndevice {}\n}'),
    '3:1  a device request that says nothing: expected "allowed" with ids such as "10de:20f1", or a "label"',
  ],
  [
    cluster('template "t" {\ndevice { allowed = ["10de:20f1", "x"] }\n}'),
    '3:34  an element of allowed must be a hexadecimal PCI id in quotes, "vendor:device" as in "10de:20f1", found "x"',
  ],
  // Values out of range.
  [inHost("failover = 1"), "6:12  failover must be true or false, found 1"],
  [cluster("ha { cpu_percent = 0 }"), "2:20  cpu_percent must be a whole percentage from 1 to 100, found 0"],
  [
    cluster("ha { host_failures_to_tolerate = -1 }"),
    "2:34  host_failures_to_tolerate must be a whole number of hosts from 0 to 1000, found -1",
  ],
  [
    cluster('accept = ["order-dependant"]'),
    '2:11  an element of accept must be one of order-dependent, impossible, placement-dependent, fails, unknown, found "order-dependant"; did you mean "order-dependent"?',
  ],
  [
    cluster('host "a" {\nesxi = "8"\ncpu_mhz = 1.5\nmemory_mb = 1e400\n}'),
    '3:8  esxi must be an ESXi release in quotes, as in "8.0.2", found "8"\n4:11  cpu_mhz must be a whole number of MHz from 1 to 1000000000, found 1.5\n5:13  memory_mb must be a whole number of MB from 1 to 1000000000, found Infinity',
  ],
  [
    cluster('host "a" {}'),
    '2:1  host "a" has no esxi: expected an ESXi release in quotes, as in "8.0.2"\n2:1  host "a" has no cpu_mhz: expected a whole number of MHz from 1 to 1000000000\n2:1  host "a" has no memory_mb: expected a whole number of MB from 1 to 1000000000',
  ],
  // Ranges.
  ...[
    ["esx-[03-01]", "the range [03-01] is empty: its first number is larger than its last"],
    ["esx-[a-b]", "a range looks like [01-04], and a bracket itself is written [["],
    ["esx-[01-04", "a range looks like [01-04], and a bracket itself is written [["],
    ["esx-[1-10001]", "a range may stand for 10000 names at most"],
    ["esx-[1-101]-[1-100]", "a range may stand for 10000 names at most"],
  ].map(([name, why]) => [inHost("").replace('"a"', `"${name}"`), `2:6  ${why}, found "${name}"`] as [string, string]),
  [afterHost('vm "v[1-2]" {\nhost = "esx-[01-03].lab"\n}'), "11:8  2 VMs on 3 hosts: expected as many hosts as VMs, or one host for all"],
  [afterHost('vm "v[1-2]" {\nhost = "esx-01.lab"\n}\nvm "v2" {\nhost = "esx-01.lab"\n}'), '13:4  vm "v2" is declared twice in cluster "c"'],
  [
    afterHost('vm "v[1-2]" {\nhost = "esx-[03-04].lab"\n}'),
    '11:8  host "esx-04.lab" of vm "v2" is not declared; did you mean "esx-01.lab"? known: esx-01.lab to esx-03.lab',
  ],
  [
    afterHost('vm "v[1-2]" {\nhost = "esx-01.lab"\nmemory_mb = 1\ndevices = ["0000:af:00.0"]\n}'),
    '13:12  device "0000:af:00.0" of vm "v2" is held by vm "v1" already',
  ],
  [cluster('planned "p[1-2]" { memory_mb = 1 }\nplanned "p2" { memory_mb = 1 }'), '3:9  planned VM "p2" is declared twice in cluster "c"'],
  [
    cluster('vm_rule "r" {\nvms = ["v[2-1]"]\ntype = "separate"\n}'),
    '3:8  the range [2-1] is empty: its first number is larger than its last, found "v[2-1]"',
  ],
  [inHost("").replace('"a"', `"${"a".repeat(256)}"`), `2:6  a name has 255 characters at most, found "${"a".repeat(60)}…"`],
  [
    cluster(Array.from({ length: 3 }, (_, at) => `planned "${"abc"[at]}[1-10]" {\ncount = 9999\nmemory_mb = 1\n}`).join("\n")),
    "10:9  too many VMs: all files together may have 200000",
  ],
  [inHost('id = "host-1"').replace('"a"', '"a[1-2]"'), "6:6  2 hosts can't share one id"],
  [
    cluster(["a", "b", "c"].map((name) => `host "${name}[1-10000]" {\nesxi = "8.0"\ncpu_mhz = 1\nmemory_mb = 1\n}`).join("\n")),
    "12:6  too many hosts: all files together may have 20000",
  ],
  [inHost(Array.from({ length: 10 }, () => 'devices "10de:20f1" { count = 1024 }').join("\n")), "6:1  more than 10000 devices on one host"],
  // Units.
  [vm("memory_gb = 64"), '12:1  unknown field "memory_gb" in a vm; did you mean "memory_mb", which is 65536?'],
  [
    vm("memory_reservation_GiB = 0.5"),
    '12:1  unknown field "memory_reservation_GiB" in a vm; did you mean "memory_reservation_mb", which is 512?',
  ],
  [inHost("cpu_core_ghz = 2.5"), '6:1  unknown field "cpu_core_ghz" in a host; did you mean "cpu_core_mhz", which is 2500?'],
  [
    cluster('host "a" {\nesxi = "8.0.2"\ncpu_mhz = 1\nmemory_tb = 1\n}'),
    '5:1  unknown field "memory_tb" in a host; did you mean "memory_mb", which is 1048576?',
  ],
  // Hosts and clusters.
  ['cluster "c" {\n}\n', '1:1  cluster "c" has no hosts: expected at least one'],
  [
    `${cluster("")}cluster "c" {\ndatacenter = "other"\n${HOST}}\n`,
    '12:1  cluster "c" is declared twice, first at 1; if they are two, the vcenter or the datacenter of both has to say so',
  ],
  // What only HCL can get wrong.
  [cluster("datacenter = var.dc"), '2:14  an inventory can\'t hold an expression, found "${var.dc}": write the value itself'],
  [cluster("drs = { enabled = true }"), '2:1  "drs" is a block: write it without the "="'],
  [cluster("drs {}\ndrs {}"), '3:1  block "drs" is given twice'],
  [cluster("template {}"), '2:1  template has no label: expected its name, as in template "…" { … }'],
  [cluster('drs "x" {}'), '2:5  drs has a label too many: "x"'],
  [cluster('template "t" { name = "u" }'), '2:16  the name of a template is its label: template "…" { … }'],
  [cluster("rack {}"), '2:1  unknown block "rack"; known: drs, ha, host, vm, planned, template, resource_pool, host_rule, vm_rule'],
])("HCL mistake %#", (text, expected) => {
  expect(mistakesIn("a.hcl", text)?.replaceAll("a.hcl:", "")).toBe(expected);
});

test.each([
  [{ drs: [] }, "drs must be an object with enabled, automation_level, found an empty list"],
  [{ drs: [1] }, "drs must be an object with enabled, automation_level, found a list"],
  [{ hosts: {} }, "hosts must be a list of hosts, found an object"],
  [{ vm_rules: [[]] }, "an element of vm_rules must be an object with name, vms, type, mandatory, found an empty list"],
  [{ datacenter: null }, "datacenter must be a name of 1 to 255 characters, found nothing"],
  [{ datacenter: "" }, 'datacenter must be a name of 1 to 255 characters, found ""'],
  [{ datacenter: "\u001b[31mred\u202e" }, undefined],
  [
    { [`a\u001b[31m\u2028${"b".repeat(99)}`]: 1 },
    `unknown field "a\ufffd[31m\ufffd${"b".repeat(53)}…" in a cluster; known: name, datacenter, vcenter, id, resource_pool_id, accept, drs, ha, hosts, vms, planned, templates, resource_pools, host_rules, vm_rules`,
  ],
  [
    { constructor: 1 },
    'unknown field "constructor" in a cluster; known: name, datacenter, vcenter, id, resource_pool_id, accept, drs, ha, hosts, vms, planned, templates, resource_pools, host_rules, vm_rules',
  ],
  [
    JSON.parse('{"__proto__": {"name": "x"}}'),
    'unknown field "__proto__" in a cluster; known: name, datacenter, vcenter, id, resource_pool_id, accept, drs, ha, hosts, vms, planned, templates, resource_pools, host_rules, vm_rules',
  ],
])("JSON mistake %#", (fields, expected) => {
  const text = JSON.stringify({ clusters: [{ name: "c", hosts: [{ name: "h", esxi: "8.0", cpu_mhz: 1, memory_mb: 1 }], ...fields }] });
  expect(mistakesIn("a.json", text)?.replace(/^a\.json:1:\d+ {2}/, "")).toBe(expected);
});

test("one mistake hides no other and brings no other with it", () => {
  const text = cluster(`host "a" {
  esxi = "8.0.2"
  cpu_mhz = "many"
  memory_mb = 1
}
host "b" {
  esxi = "8.0.2"
  cpu_mhz = 1
  memory_mb = 1
  device "0000:af:00.0" {
    id = "10de:20f1"
    pasthrough = "disabled"
  }
}
vm "on-a" { host = "a" }
vm "on-b" {
  host = "b"
  memory_mb = 1
  devices = ["0000:af:00.0"]
  speed = 1
  colour = 2
}`);
  expect(
    mistakesIn("a.hcl", text)
      ?.split("\n")
      .map((line) => line.slice(0, 60)),
  ).toEqual([
    "a.hcl:4:13  cpu_mhz must be a whole number of MHz from 1 to ",
    'a.hcl:13:5  unknown field "pasthrough" in a device; did you ',
    'a.hcl:20:14  device "0000:af:00.0" of vm "on-b" can\'t be hel',
    'a.hcl:21:3  unknown field "speed" in a vm; known: name, id, ',
    'a.hcl:22:3  unknown field "colour" in a vm; known: name, id,',
  ]);
});
