import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Report } from "../../lib/model";

// The command as the built file, in a process of its own: what no test inside this process can see.
const command = join(__dirname, "../../dist/passthru.js");
const data = join(__dirname, "../data/check");
const environment = { PATH: process.env["PATH"] };

function passthru(args: readonly string[], input = "") {
  return spawnSync(process.execPath, [command, ...args], { cwd: data, encoding: "utf8", input, env: environment });
}

test("a stack is read from standard input", () => {
  const found = passthru(["check", "-", "-i", "inventory.json", "--format", "json"], readFileSync(join(data, "cdk.tf.json"), "utf8"));
  expect([found.status, found.stderr]).toEqual([0, ""]);
  expect((JSON.parse(found.stdout) as Report).summary.vms).toBe(4);
});

test.each([
  ["empty", ""],
  ["not text", "\u0000\u0001\ufffd"],
  ["cut off", '{"resource": {'],
])("standard input that is %s is a mistake, not a verdict", (_, input) => {
  const found = passthru(["check", "-", "-i", "inventory.json"], input);
  expect([found.status, found.stdout]).toEqual([2, ""]);
  expect(found.stderr).toMatch(/nothing was checked\n$/);
});

test("a folder with several inventories is not guessed at", () => {
  const found = passthru(["check", "cdk.tf.json"]);
  expect([found.status, found.stdout]).toEqual([2, ""]);
  expect(found.stderr).toContain("inventory.yaml and inventory.json beside it");
});

const onUnix = process.platform === "win32" ? test.skip : test;

/** What a shell makes of "$0 $1", which is the command, with an inventory whose report is larger than 10 MB. */
function inShell(script: string) {
  const { clusters } = JSON.parse(readFileSync(join(data, "inventory.json"), "utf8")) as { clusters: [{ hosts: object[] }] };
  const [host] = clusters[0].hosts;
  const devices = [{ id: "10de:20f1", count: 16, label: "\u00ad".repeat(255) }]; // a soft hyphen is six characters of JSON
  clusters[0].hosts.push({ ...host, name: "large-[1-400].lab", devices });
  const input = JSON.stringify({ clusters });
  return spawnSync("bash", ["--norc", "-c", script, process.execPath, command], {
    cwd: data,
    encoding: "utf8",
    input,
    env: environment,
    maxBuffer: 2 ** 26,
  });
}

onUnix("a reader that has seen enough changes neither the exit status nor standard error", () => {
  const found = inShell(
    `"$0" "$1" check cdk.tf.json -i - --fail-on warning --format json | head -c 1 >/dev/null; echo "\${PIPESTATUS[0]}"`,
  );
  expect([found.stdout, found.stderr]).toEqual(["1\n", ""]);
});

onUnix("a slow reader gets all of it", () => {
  const found = inShell(`"$0" "$1" check cdk.tf.json -i - --format json | { sleep 1; cat; }; echo "\${PIPESTATUS[0]}" >&2`);
  expect(found.stderr).toBe("0\n");
  expect(found.stdout.length).toBeGreaterThan(10_000_000);
  expect((JSON.parse(found.stdout) as Report).gate.passes).toBe(true);
});

const withFullDevice = existsSync("/dev/full") ? test : test.skip;

withFullDevice("a report that finds no room on the disk is no pass, and no bug either", () => {
  const found = inShell(`"$0" "$1" check cdk.tf.json -i inventory.json >/dev/full; echo "$?"`);
  expect([found.stdout, found.stderr]).toEqual(["2\n", "standard output  can't be written (ENOSPC)\n"]);
});

test("a command that ends while it waits for something is no pass", () => {
  const silent = "data:text/javascript,process.stdout.write = () => true";
  const found = spawnSync(process.execPath, ["--import", silent, command, "check", "cdk.tf.json", "-i", "inventory.json"], { cwd: data });
  expect([found.status, found.stdout.length]).toEqual([2, 0]);
});

test("nothing of a report that is larger than a pipe is lost", () => {
  const stack = JSON.parse(readFileSync(join(data, "cdk.tf.json"), "utf8")) as { resource: { vsphere_virtual_machine: { vm_0: object } } };
  const { vm_0: vm } = stack.resource.vsphere_virtual_machine;
  const vms = Object.fromEntries(
    Array.from({ length: 800 }, (_, index) => [`vm_${index}`, { ...vm, name: `vm-${index}`, clone: undefined }]),
  );
  const many = JSON.stringify({ ...stack, resource: { vsphere_virtual_machine: vms } });
  const found = passthru(["check", "-", "-i", "inventory.json", "--format", "json"], many);
  expect(found.stdout.length).toBeGreaterThan(2 * 65536);
  expect((JSON.parse(found.stdout) as Report).summary.vms).toBe(800);
});
