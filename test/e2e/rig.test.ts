import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { binaries, describeWhere, readInventory, readRunning, startVCenter, VCenter, VCenterInput } from "./rig";

const A100 = "10de:20f1";
const INSTINCT = "1002:f7a1"; // above 32767: negative in the API

const POOL = "/dc-1/host/gpu/Resources";

const host = (name: string, devices: VCenterInput["clusters"][number]["hosts"][number]["devices"] = [], more: object = {}) => ({
  name,
  esxi: "8.0.2",
  cpu_mhz: 100_000,
  memory_mb: 262_144,
  devices,
  ...more,
});

const memory = { memory_mb: 65_536, memory_reservation_mb: 65_536 };

const input: VCenterInput = {
  seed: 1,
  clusters: [
    {
      name: "gpu",
      ha: { admission_control: "disabled" },
      hosts: [
        host("esx-01.lab", [
          { address: "0000:3b:00.0", id: A100, subsystem: "10de:145f", label: "Training" },
          { address: "0000:af:00.0", id: A100 },
        ]),
        host(
          "esx-02.lab",
          [
            { address: "0000:3b:00.0", id: INSTINCT },
            { address: "0000:af:00.0", id: A100, passthrough: "disabled" },
            { address: "0000:d8:00.0", id: A100, passthrough: "pending-reboot" },
          ],
          { rebind_without_reboot: true },
        ),
      ],
      vms: [{ ...memory, name: "existing", host: "esx-01.lab", requests: [{ allowed: [A100], label: "Training" }] }],
      templates: [
        { name: "t-a100", uuid: "42110000-0000-4000-8000-000000000001", memory_mb: 65_536, devices: [{ allowed: [A100] }] },
        { name: "t-any", uuid: "42110000-0000-4000-8000-000000000002", memory_mb: 65_536, devices: [{ allowed: [INSTINCT, A100] }] },
        { name: "plain", uuid: "42110000-0000-4000-8000-000000000003", memory_mb: 1024 },
        { name: "old", uuid: "42110000-0000-4000-8000-000000000004", hardware_version: 17 },
      ],
    },
    { name: "other", hosts: [host("esx-09.lab")] },
  ],
};

describeWhere(["go"], "the simulated vCenter", () => {
  let vcenter: VCenter;
  const tryGovc = (...args: readonly string[]) => vcenter.govc(...args);
  const govc = async (...args: readonly string[]) => {
    const { status, stdout, stderr } = await tryGovc(...args);
    if (status !== 0) throw new Error(`govc ${args.join(" ")}: ${stderr}`);
    return stdout.trim();
  };
  const clone = async (template: string, ...names: readonly string[]) => {
    for (const name of names) {
      await govc("vm.clone", "-vm", template, "-pool", POOL, "-on=false", name);
      await govc("vm.change", "-vm", name, "-memory-pin=true");
    }
  };
  const powerOn = (name: string) => tryGovc("vm.power", "-on", name);
  const properties = async (vm: string, ...names: readonly string[]) =>
    Promise.all(names.map((name) => govc("object.collect", "-s", `/dc-1/vm/${vm}`, name)));
  const hostOf = async (vm: string) => {
    const [ref] = await properties(vm, "runtime.host");
    return vcenter.ready.hosts.find(({ id }) => ref === `HostSystem:${id}`)?.name;
  };
  const running = async () =>
    Object.fromEntries(Object.entries(await readRunning(vcenter)).map(([name, { host, devices }]) => [name, [host, ...devices]]));

  beforeEach(async () => {
    vcenter = await startVCenter(input);
  });
  afterEach(() => vcenter.stop());

  test("tells its clusters, hosts, devices, running VMs and templates to another client", async () => {
    const device = (address: string, id: string, more: object) => ({ address, id, ...more });
    expect(await readInventory(vcenter)).toMatchObject({
      clusters: [
        {
          name: "gpu",
          drs: { enabled: true, automation_level: "fullyAutomated" },
          ha: { enabled: true },
          hosts: [
            {
              name: "esx-01.lab",
              esxi: "8.0.2",
              cpu_mhz: 100_000,
              memory_mb: 262_144,
              rebind_without_reboot: false,
              devices: [
                device("0000:3b:00.0", A100, { subsystem: "10de:145f", label: "Training", passthrough: "active" }),
                device("0000:af:00.0", A100, { passthrough: "active" }),
              ],
            },
            {
              name: "esx-02.lab",
              rebind_without_reboot: true,
              devices: [
                device("0000:3b:00.0", INSTINCT, { passthrough: "active" }),
                device("0000:af:00.0", A100, { passthrough: "disabled" }),
                device("0000:d8:00.0", A100, { passthrough: "pending-reboot" }),
              ],
            },
          ],
          vms: [{ name: "existing", host: "esx-01.lab", devices: ["0000:3b:00.0"], memory_reservation_mb: 65_536 }],
          templates: [
            { name: "t-a100", uuid: "42110000-0000-4000-8000-000000000001", devices: [{ allowed: [A100] }] },
            { name: "t-any", devices: [{ allowed: [INSTINCT, A100] }] },
            { name: "plain", devices: [] },
            { name: "old", devices: [] },
          ],
        },
        { name: "other", hosts: [{ name: "esx-09.lab", devices: [] }] },
      ],
    });
  });

  test("gives a clone of a template with a dynamic device its device at power-on, and leaves the one too many off", async () => {
    await clone("t-a100", "a", "b");
    expect(await powerOn("a")).toMatchObject({ status: 0 });
    expect(await powerOn("b")).toMatchObject({ status: 1, stderr: expect.stringContaining("esx-02.lab: no free device") });
    expect(await running()).toEqual({ existing: ["esx-01.lab", "0000:3b:00.0"], a: ["esx-01.lab", "0000:af:00.0"] });
    await govc("vm.power", "-off", "a");
    expect(await powerOn("b")).toMatchObject({ status: 0 });
    expect(await running()).toMatchObject({ b: ["esx-01.lab", "0000:af:00.0"] });
    await govc("vm.destroy", "b");
    expect(await powerOn("a")).toMatchObject({ status: 0 });
  });

  test("refuses a VM whose memory is not fully reserved, and one that needs more than is unreserved", async () => {
    await govc("vm.clone", "-vm", "t-a100", "-pool", POOL, "-on=false", "loose");
    expect(await powerOn("loose")).toMatchObject({ status: 1, stderr: expect.stringContaining("memory reservation") });
    await clone("plain", "small", "large");
    await govc("vm.change", "-vm", "large", "-m", "262144");
    expect(await powerOn("small")).toMatchObject({ status: 0 });
    expect(await powerOn("large")).toMatchObject({ status: 1, stderr: expect.stringContaining("MB of memory are unreserved") });
  });

  test.each([
    ["first", ["esx-01.lab", "esx-01.lab"]],
    ["spread", ["esx-01.lab", "esx-02.lab"]],
  ] as const)("chooses hosts by the policy %s", async (policy, hosts) => {
    await govc("vm.power", "-off", "existing");
    await vcenter.setPolicy(policy);
    await clone("t-any", "a", "b");
    expect([(await powerOn("a")).status, (await powerOn("b")).status]).toEqual([0, 0]);
    expect([await hostOf("a"), await hostOf("b")]).toEqual(hosts);
  });

  test("chooses hosts by chance, the same for the same seed and name", async () => {
    await clone("t-any", "a");
    const chosen: (string | undefined)[] = [];
    for (const seed of [1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8]) {
      await vcenter.setPolicy("random", seed);
      await powerOn("a");
      chosen.push(await hostOf("a"));
      await govc("vm.power", "-off", "a");
    }
    expect(new Set(chosen)).toEqual(new Set(["esx-01.lab", "esx-02.lab"]));
    expect(chosen.slice(8)).toEqual(chosen.slice(0, 8));
  });

  test("goes where a choice prescribes, and nowhere else", async () => {
    await clone("t-any", "a");
    await vcenter.setPolicy("first", 1, { a: { host: "esx-01.lab", devices: ["0000:3b:00.0"] } });
    expect((await powerOn("a")).status).toBe(1); // held
    await vcenter.setPolicy("first", 1, { a: { host: "esx-02.lab" } });
    expect((await powerOn("a")).status).toBe(0);
    expect(await running()).toMatchObject({ a: ["esx-02.lab", "0000:3b:00.0"] });
  });

  test("starts a VM on its own host alone where DRS does not choose", async () => {
    await vcenter.setPolicy("first", 1, { a: { host: "esx-02.lab" } });
    await clone("t-a100", "a");
    await vcenter.setPolicy("first");
    await govc("cluster.override.change", "-cluster", "/dc-1/host/gpu", "-vm", "a", "-drs-enabled=false");
    expect(await powerOn("a")).toMatchObject({ status: 1, stderr: expect.stringMatching(/esx-02/) });
    expect((await powerOn("a")).stderr).not.toContain("esx-01");
  });

  test("restarts a failed host's VMs elsewhere by priority while there is room", async () => {
    await clone("t-any", "a", "b");
    await govc("cluster.override.change", "-cluster", "/dc-1/host/gpu", "-vm", "b", "-ha-restart-priority=high");
    await govc("vm.power", "-off", "existing");
    expect([(await powerOn("a")).status, (await powerOn("b")).status]).toEqual([0, 0]);
    const failover = await vcenter.failHosts(["esx-01.lab"], 1);
    expect(failover).toEqual({ order: ["b", "a"], restarted: [{ vm: "b", host: "esx-02.lab" }], off: ["a"] });
    expect(await running()).toEqual({ b: ["esx-02.lab", "0000:3b:00.0"] });
    expect((await powerOn("a")).stderr).toContain("esx-01.lab: the host is notResponding");
    await vcenter.restoreHosts(["esx-01.lab"]);
    expect((await powerOn("a")).status).toBe(0);
  });

  test("makes what is pending a reboot active by one, and refuses one where a VM runs", async () => {
    await expect(vcenter.rebootHosts(["esx-01.lab"])).rejects.toThrow('runs "existing"');
    await expect(vcenter.rebootHosts(["esx-99.lab"])).rejects.toThrow('no host "esx-99.lab"');
    await clone("t-a100", "a", "b");
    expect([(await powerOn("a")).status, (await powerOn("b")).status]).toEqual([0, 1]);
    await vcenter.rebootHosts(["esx-02.lab"]);
    expect((await powerOn("b")).status).toBe(0);
    expect(await running()).toMatchObject({ b: ["esx-02.lab", "0000:d8:00.0"] });
  });

  test("clones a template into a template, with its devices and all that a clone inherits", async () => {
    await govc("vm.clone", "-vm", "t-any", "-template", "-pool", POOL, "copy");
    const copied = await properties("copy", "config.template", "config.firmware", "config.version", "config.swapPlacement");
    expect(copied).toEqual(["true", "efi", "vmx-20", "inherit"]);
    await clone("copy", "a");
    expect((await powerOn("a")).status).toBe(0);
    expect(await running()).toMatchObject({ a: ["esx-01.lab", "0000:af:00.0"] });
    expect((await powerOn("copy")).stderr).toContain("template");
  });

  test("keeps a VM's devices over a reset, and starts several VMs in one call as it starts one", async () => {
    await clone("t-a100", "a", "b");
    await govc("vm.power", "-on", "-M=true", "a", "b");
    const [[on]] = Object.entries(await running()).filter(([name]) => name !== "existing") as [[string, string[]]];
    await govc("vm.power", "-reset", on);
    expect(Object.keys(await running()).sort()).toEqual([on, "existing"].sort());
  });

  test("gives an exact device on the VM's own host to one VM only", async () => {
    await vcenter.setPolicy("first", 1, { a: { host: "esx-01.lab" }, b: { host: "esx-01.lab" } });
    await clone("plain", "a", "b");
    for (const vm of ["a", "b"]) await govc("device.pci.add", "-vm", vm, "0000:af:00.0");
    await vcenter.setPolicy("spread");
    expect([(await powerOn("a")).status, (await powerOn("b")).status]).toEqual([0, 1]);
    await clone("t-a100", "c");
    expect((await powerOn("c")).stderr).toContain("esx-01.lab: no free device");
    expect(await vcenter.failHosts(["esx-01.lab"], 1)).toMatchObject({ off: expect.arrayContaining(["a"]) });
  });

  test("knows a VM's hardware version, the devices of its cluster, and a host's parent by either of its types", async () => {
    await govc("vm.clone", "-vm", "old", "-pool", POOL, "-on=false", "a");
    const version = async () => (JSON.parse(await govc("vm.option.info", "-vm", "a", "-json")) as { version: string }).version;
    expect(await version()).toBe("vmx-17");
    await govc("vm.upgrade", "-vm", "a", "-version", "20");
    expect(await version()).toBe("vmx-20");
    expect((await govc("device.pci.ls", "-vm", "a")).match(/0000:\S+/g)).toEqual(["0000:3b:00.0", "0000:af:00.0", "0000:3b:00.0"]);
    const { id, resourcePoolId } = vcenter.ready.clusters[0]!;
    expect(await govc("object.collect", "-s", `ComputeResource:${id}`, "resourcePool")).toBe(`ResourcePool:${resourcePoolId}`);
  });

  test("ends with the process that started it", async () => {
    const folder = mkdtempSync(join(tmpdir(), "passthru-rig-"));
    try {
      writeFileSync(join(folder, "input.json"), JSON.stringify({ clusters: [] }));
      const env = { TMPDIR: folder };
      const child = spawn(binaries().vcenter, [join(folder, "input.json")], { env, stdio: ["pipe", "pipe", "inherit"] });
      await once(child.stdout, "data");
      child.stdin.end();
      expect(await once(child, "exit")).toEqual([0, null]);
      expect(readdirSync(folder)).toEqual(["input.json"]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test("forgets expired sessions, and tells strangers nothing", async () => {
    await vcenter.setFaults([{ kind: "expire", method: "CreateContainerView" }]);
    expect((await tryGovc("find", "/", "-type", "h")).stderr).toContain("NotAuthenticated");
    expect((await tryGovc("find", "/", "-type", "h")).status).toBe(0);
  });

  test.each([
    [{ kind: "status", status: 503 }, "503"],
    [{ kind: "drop" }, "EOF"],
    [{ kind: "fault", fault: "NoPermission", message: "not <allowed>" }, "not <allowed>"],
  ] as const)("fails a call on demand as %j", async (fault, said) => {
    await vcenter.setFaults([{ ...fault, method: "CreateContainerView", skip: 1 }]);
    expect((await tryGovc("find", "/", "-type", "h")).status).toBe(0);
    expect((await tryGovc("find", "/", "-type", "h")).stderr).toContain(said);
    expect((await tryGovc("find", "/", "-type", "h")).status).toBe(0);
  });

  test("is read where it has no VM", async () => {
    const empty = await startVCenter({ clusters: [{ name: "empty", hosts: [host("esx-01.lab")] }] });
    try {
      expect(await readInventory(empty)).toMatchObject({ clusters: [{ name: "empty", vms: [], templates: [] }] });
    } finally {
      await empty.stop();
    }
  });

  test("takes the time that it is told to take", async () => {
    await vcenter.setFaults([{ kind: "delay", delayMs: 700 }]);
    const start = performance.now();
    await govc("about");
    expect(performance.now() - start).toBeGreaterThanOrEqual(700);
  });

  test("says what is wrong with its input", async () => {
    await expect(startVCenter({ clusters: [{ name: "empty", hosts: [] }] })).rejects.toThrow("found no host");
  });
});
