import { execFileSync } from "node:child_process";
import { describeWhere, Fault, HostInput, readInventory, startVCenter, VCenter } from "./rig";
import { bundleProvider, plain, Stack } from "./stack";

const A100 = "10de:20f1";
const addressOf = (index: number): string => `0000:${(16 + index).toString(16)}:00.0`;
const FIVE = [0, 1, 2, 3, 4];

interface Seen {
  readonly clusters: readonly {
    readonly hosts: readonly { name: string; devices: readonly { address: string; label?: string; passthrough?: string }[] }[];
  }[];
}

describeWhere(["go", "terraform"], "trouble on the way", () => {
  let provider: ReturnType<typeof bundleProvider>;
  let vcenter: VCenter;
  let stack: Stack;

  beforeAll(() => {
    provider = bundleProvider();
  });
  afterAll(() => provider.remove());
  beforeEach(() =>
    start([{ devices: FIVE.map((index) => ({ address: addressOf(index), id: A100, passthrough: "disabled", label: "Found" })) }]),
  );
  afterEach(async () => {
    stack.remove();
    await vcenter.stop();
  });

  async function start(hosts: readonly Partial<HostInput>[]): Promise<void> {
    const usual = { esxi: "8.0.2", cpu_mhz: 100_000, memory_mb: 262_144, rebind_without_reboot: true };
    const named = hosts.map((host, index) => ({ ...usual, name: `esx-${index + 1}.lab`, ...host }));
    const templates = [{ name: "plain", uuid: "42110000-0000-4000-8000-000000000001" }];
    vcenter = await startVCenter({ password: "s3cret-Pa&<w0rd", clusters: [{ name: "gpu", hosts: named, templates }] });
    stack = new Stack(provider.file, vcenter, {});
  }

  const hostId = (): string => vcenter.ready.hosts[0]?.id ?? "";
  /** One device of the first host; `given` are further attributes. */
  const device = (index: number, given = 'enabled = true\n  hardware_label = "Training"', host = JSON.stringify(hostId())): string =>
    `resource "passthru_host_device" "d${index}" {\n  host_system_id = ${host}\n  pci_id = "${addressOf(index)}"\n  ${given}\n}\n`;
  const devices = (): string => FIVE.map((index) => device(index)).join("");
  /** What VMware's own client sees: how many devices have been set up. */
  const labels = async (): Promise<readonly string[]> =>
    ((await readInventory(vcenter)) as Seen).clusters.flatMap(({ hosts }) =>
      hosts.flatMap((host) => host.devices.map(({ label, passthrough }) => `${passthrough} ${label ?? ""}`.trim())),
    );
  const count = async (state = "active Training"): Promise<number> => (await labels()).filter((label) => label === state).length;
  const init = async (hcl = devices()): Promise<void> => {
    stack.write(hcl);
    await stack.must("init");
  };
  /** That what Terraform keeps is what is there, that the next apply goes on from it, and that what was found is still known. */
  const expectTrueState = async (): Promise<void> => {
    const kept = Object.values(await stack.state());
    expect(
      kept.every(({ active, hardware_label, found_label }) => active === true && hardware_label === "Training" && found_label === "Found"),
    ).toBe(true);
    expect(kept).toHaveLength(await count());
    await vcenter.setFaults([]);
    await stack.apply();
    expect(await count()).toBe(5);
    await stack.must("destroy", "-auto-approve");
    expect(await count("disabled Found")).toBe(5);
  };

  test("a wrong password is said once, and what to do", async () => {
    await init();
    const { status, stderr } = await stack.run(["apply", "-auto-approve"], { VSPHERE_PASSWORD: "wr0ng-Pa&<w0rd" });
    expect(status).toBe(1);
    expect(plain(stderr)).toContain(
      "vCenter refused the log-in: the user name or the password is wrong; check user and password (InvalidLogin)",
    );
    expect(stderr).not.toContain("wr0ng");
  });

  test("a provider that is not told its vCenter says everything that is missing", async () => {
    await init();
    const { stderr } = await stack.run(["plan"], { VSPHERE_SERVER: "", VSPHERE_USER: "", VSPHERE_PASSWORD: "" });
    expect(plain(stderr)).toMatch(/vsphere_server is not set.*user is not set.*password is not set/);
  });

  test("a certificate that nobody trusts is refused, unless the user says so", async () => {
    await init();
    const { status, stderr } = await stack.run(["plan"], { SSL_CERT_FILE: "/dev/null" });
    expect(status).toBe(1);
    expect(plain(stderr)).toMatch(/the certificate of 127\.0\.0\.1:\d+ is not trusted/);
    expect((await stack.run(["plan"], { SSL_CERT_FILE: "/dev/null", VSPHERE_ALLOW_UNVERIFIED_SSL: "true" })).status).toBe(0);
  });

  test.each<[string, readonly Fault[]]>([
    [
      "a session that expires in the middle",
      [
        { method: "UpdatePassthruConfig", kind: "expire", skip: 1 },
        { method: "UpdatePassthruConfig", kind: "expire", skip: 2 },
      ],
    ],
    ["slow answers", [{ kind: "delay", delayMs: 150, times: 40 }]],
    ["a proxy that is not ready for a moment", [{ method: "UpdatePassthruConfig", kind: "status", status: 503, skip: 1, times: 3 }]],
    ["an answer that gets lost when the work is done", [{ method: "UpdatePassthruConfig", kind: "drop", after: true, skip: 1 }]],
    ["a connection that breaks off", [{ kind: "drop", skip: 10, times: 2 }]],
  ])("%s is no trouble at all", async (_, faults) => {
    await init();
    await vcenter.setFaults(faults);
    expect(await stack.apply("-parallelism=1")).toContain("5 added");
    expect(await count()).toBe(5);
    await vcenter.setFaults([]);
    expect(await stack.isSettled()).toBe(true);
  });

  test("a timeouts block bounds an operation, is kept, and a change of it changes nothing else", async () => {
    const timed = (read: string): string => device(0, `enabled = true\n  timeouts {\n    create = "10m"\n    read = "${read}"\n  }`);
    await init(timed("5m"));
    await stack.apply();
    expect(await stack.isSettled()).toBe(true);
    stack.write(timed("1s"));
    expect(await stack.apply()).toContain("0 added, 1 changed, 0 destroyed");
    await vcenter.setFaults([{ method: "RetrievePropertiesEx", kind: "delay", delayMs: 5000, times: 0 }]);
    expect(await stack.fails("plan")).toContain(
      'It took longer than 1s; give it more with timeouts { read = "…" } where that is too short.',
    );
    stack.write(timed("soon"));
    expect(await stack.fails("plan")).toContain("timeouts.read is no duration");
    await vcenter.setFaults([]);
  });

  test("a vCenter that is gone between plan and apply is said soon, and nothing is kept of it", async () => {
    await init();
    await stack.must("plan", "-out=plan");
    await vcenter.stop();
    expect(await stack.fails("apply", "plan")).toMatch(/127\.0\.0\.1:\d+ refused the connection \(ECONNREFUSED\)/);
    expect(await stack.state()).toEqual({});
  });

  test("a fault on the third of five devices leaves the two before it, and the next apply goes on", async () => {
    await init(
      FIVE.map((index) =>
        device(
          index,
          `enabled = true\n  hardware_label = "Training"${index > 0 ? `\n  depends_on = [passthru_host_device.d${index - 1}]` : ""}`,
        ),
      ).join(""),
    );
    await vcenter.setFaults([{ method: "UpdatePassthruConfig", kind: "fault", skip: 2, times: 0, message: "the device is busy" }]);
    expect(await stack.fails("apply", "-auto-approve")).toMatch(
      /0000:12:00\.0 of host-\d+ was not set up .*the device is busy \(HostConfigFault\)/,
    );
    expect(Object.keys(await stack.state())).toEqual(["passthru_host_device.d0", "passthru_host_device.d1"]);
    await expectTrueState();
  });

  /** Applies one device after the other, slowly, and acts once the first is done. */
  const applyAnd = async (act: (terraform: number) => void): Promise<{ readonly said: string; readonly left: readonly number[] }> => {
    await vcenter.setFaults([{ method: "UpdatePassthruConfig", kind: "delay", delayMs: 600, times: 0 }]);
    let group: number | undefined;
    const { stdout, stderr } = await stack.run(["apply", "-auto-approve", "-parallelism=1"], {}, (child) => {
      child.stdout?.on("data", (chunk: string) => {
        if (group !== undefined || child.pid === undefined || !chunk.includes("Creation complete")) return;
        group = child.pid;
        act(group);
      });
    });
    await vcenter.setFaults([]);
    return { said: plain(stdout + stderr), left: group === undefined ? [] : providersIn(group) };
  };
  const providersIn = (group: number): readonly number[] =>
    execFileSync("ps", ["-eo", "pid,pgid,args"], { encoding: "utf8" })
      .split("\n")
      .map((line) => line.trim().split(/\s+/))
      .filter(([, pgid, ...args]) => Number(pgid) === group && args.join(" ").includes("terraform-provider-passthru"))
      .map(([pid]) => Number(pid));

  test("Ctrl-C in the middle brings the change that runs to its end, keeps a true state, and leaves no process", async () => {
    await init();
    const { said, left } = await applyAnd((group) => process.kill(-group, "SIGINT"));
    expect(said).toContain("Interrupt received");
    expect(left).toEqual([]);
    const done = await count();
    expect(done).toBeGreaterThan(0);
    expect(done).toBeLessThan(5);
    await expectTrueState();
  });

  test("a provider that is killed takes nothing with it that the next apply does not find", async () => {
    await init();
    const { said, left } = await applyAnd((group) => {
      for (const pid of providersIn(group)) process.kill(pid, "SIGKILL");
    });
    expect(said).toContain("Plugin did not respond");
    expect(left).toEqual([]);
    await stack.apply();
    expect(await count()).toBe(5);
    expect(await stack.isSettled()).toBe(true);
  });

  test("a label that is left open, taken away, and forgotten", async () => {
    await init(device(0, "enabled = true"));
    await stack.apply();
    expect((await labels())[0]).toBe("active Found");
    stack.write(device(0, 'enabled = true\n  hardware_label = ""'));
    await stack.apply();
    expect((await labels())[0]).toBe("active");
    expect(await stack.isSettled()).toBe(true);
    // Left open again, it stays as it is.
    stack.write(device(0, "enabled = true"));
    await stack.apply();
    expect((await labels())[0]).toBe("active");
    expect(await stack.isSettled()).toBe(true);
  });

  test("a device that is imported is restored to what it was then", async () => {
    await init(device(0));
    await stack.apply();
    stack.forget();
    await stack.must("import", "passthru_host_device.d0", `${hostId()}/${addressOf(0)}`);
    expect(await stack.isSettled()).toBe(true);
    stack.forget();
    stack.write(`${device(0)}import {\n  to = passthru_host_device.d0\n  id = "${hostId()}/${addressOf(0)}"\n}`);
    await stack.apply();
    await stack.must("destroy", "-auto-approve");
    expect((await labels())[0]).toBe("active Training");
    expect(await stack.fails("import", "passthru_host_device.d0", "esx-1")).toContain('"esx-1" names no device');
  });

  test("what others change is seen, and put right", async () => {
    await init(device(0));
    await stack.apply();
    const other = new Stack(provider.file, vcenter, {});
    other.write(device(0, 'enabled = false\n  hardware_label = "Other"'));
    await other.must("init");
    await other.apply();
    other.remove();
    expect(plain(await stack.must("plan"))).toMatch(/~ enabled = false -> true .*~ hardware_label = "Other" -> "Training"/);
    await stack.apply();
    expect((await labels())[0]).toBe("active Training");
  });

  test("a host that is known only after an apply is no trouble for a plan", async () => {
    const later = `resource "terraform_data" "host" {\n  input = "${hostId()}"\n}\n`;
    await init(
      later +
        device(0, undefined, "terraform_data.host.output") +
        `data "passthru_host_devices" "all" {
          host_system_id = terraform_data.host.output
          state = "free"
          depends_on = [passthru_host_device.d0]
        }
        output "free" {
          value = data.passthru_host_devices.all.pci_ids
        }`,
    );
    expect(await stack.apply()).toContain(`free = tolist([ "${addressOf(0)}", ])`);
    expect(await stack.isSettled()).toBe(true);
  });

  test("what can't be is said before anything is applied", async () => {
    await init(device(0, 'enabled = true\n  hardware_label = " Training"'));
    expect(await stack.fails("validate")).toContain('the label " Training" begins or ends with white space');
    stack.write(device(40));
    expect(await stack.fails("plan")).toMatch(/esx-1\.lab has no PCI device 0000:38:00\.0; it can pass through/);
    stack.write(device(0, undefined, '"host-999"'));
    expect(await stack.fails("plan")).toContain("there is no HostSystem host-999");
  });

  test("two resources for one device: the second is refused", async () => {
    await init(device(0) + device(0).replace('"d0"', '"again"'));
    expect(await stack.fails("apply", "-auto-approve")).toMatch(/0000:10:00\.0 of host-\d+ is managed by two resources/);
    expect(Object.keys(await stack.state())).toHaveLength(1);
  });

  test("two aliases of one vCenter for one device: the second is refused, whichever comes first, and one device each is fine", async () => {
    const other = 'provider "passthru" {\n  alias = "other"\n}\n';
    const aliased = (index: number, address: number, given: string): string =>
      device(index, `${given}\n  provider = passthru.other`).replace(/pci_id = .*/, `pci_id = "${addressOf(address)}"`);
    await init(`${other}${device(0, 'hardware_label = "Training"')}${aliased(1, 0, 'hardware_label = "Inference"')}`);
    expect(await stack.fails("apply", "-auto-approve")).toContain("is managed by another provider block or another terraform, too");
    expect((await labels()).filter((label) => label !== "disabled Found")).toHaveLength(1);
    await stack.must("destroy", "-auto-approve");
    expect(await count("disabled Found")).toBe(5);
    await init(`${other}${device(0, 'hardware_label = "Training"')}${aliased(1, 1, 'hardware_label = "Training"')}`);
    await stack.apply();
    expect(await count("disabled Training")).toBe(2);
    await stack.must("destroy", "-auto-approve");
  });

  test("a host that can't rebind says that it has to be rebooted, and is not rebooted", async () => {
    stack.remove();
    await vcenter.stop();
    await start([{ rebind_without_reboot: false, devices: [{ address: addressOf(0), id: A100, passthrough: "disabled" }] }]);
    await init(device(0));
    expect(await stack.apply()).toMatch(/Warning: esx-1\.lab has to be rebooted for 0000:10:00\.0/);
    expect(await stack.state()).toMatchObject({ "passthru_host_device.d0": { active: false, reboot_pending: true } });
    expect(await stack.isSettled()).toBe(true);
    await vcenter.rebootHosts(["esx-1.lab"]);
    await stack.must("apply", "-refresh-only", "-auto-approve");
    expect(await stack.state()).toMatchObject({ "passthru_host_device.d0": { active: true, reboot_pending: false } });
  });

  test("200 devices with 20 at a time", async () => {
    stack.remove();
    await vcenter.stop();
    const eight = Array.from({ length: 8 }, (_, index) => ({ address: addressOf(index), id: A100, passthrough: "disabled" as const }));
    await start(Array.from({ length: 25 }, () => ({ devices: eight })));
    const resources = vcenter.ready.hosts.flatMap(({ id }, host) =>
      eight.map((_, index) => device(index, undefined, JSON.stringify(id)).replace(`"d${index}"`, `"d${host}-${index}"`)),
    );
    await init(resources.join(""));
    expect(await stack.apply("-parallelism=20")).toContain("200 added");
    expect(await count()).toBe(200);
    await stack.must("destroy", "-auto-approve", "-parallelism=20");
    expect(await count("disabled")).toBe(200);
  });

  interface Sessions {
    readonly sessionList: readonly { readonly key: string; readonly userAgent: string }[];
  }
  /** The keys of our sessions, which are what their cookies hold. */
  const ourSessions = async (): Promise<readonly string[]> => {
    const { stdout } = await vcenter.govc("session.ls", "-json");
    return (JSON.parse(stdout) as Sessions).sessionList.filter(({ userAgent }) => userAgent === "vsphere-passthru").map(({ key }) => key);
  };

  test("no secret gets into state, plan, log or error, and no session outlives its command", async () => {
    const { user, password } = vcenter.ready;
    await init(
      `variable "password" {\n  sensitive = true\n}\nprovider "passthru" {\n  user = "${user}"\n  password = var.password\n}\n${device(0)}`,
    );
    const secret = { TF_VAR_password: password, VSPHERE_PASSWORD: "", TF_LOG: "TRACE" };
    const planned = await stack.run(["plan", "-out=plan"], secret);
    let keys: Promise<readonly string[]> = Promise.resolve([]);
    await vcenter.setFaults([{ method: "UpdatePassthruConfig", kind: "delay", delayMs: 2000 }]);
    const applied = await stack.run(["apply", "plan"], secret, (child) => {
      child.stdout?.on("data", (chunk: string) => {
        if (chunk.includes("Creating...")) keys = new Promise((resolve) => setTimeout(resolve, 1000)).then(ourSessions);
      });
    });
    const failed = await stack.run(["apply", "-auto-approve"], { ...secret, TF_VAR_password: `${password}-wrong` });
    expect([planned.status, applied.status, failed.status]).toEqual([0, 0, 1]);
    const shown = await stack.run(["show", "-json", "plan"], { ...secret, TF_LOG: "" });
    const texts = [planned, applied, failed, shown]
      .flatMap(({ stdout, stderr }) => [stdout, stderr])
      .concat(stack.read("terraform.tfstate"));
    const secrets = [password, "vmware_soap_session", ...(await keys)];
    expect(secrets).toHaveLength(3);
    for (const text of texts) for (const each of secrets) expect(text).not.toContain(each);
    // And every session was closed.
    expect(await ourSessions()).toEqual([]);
  });
});
