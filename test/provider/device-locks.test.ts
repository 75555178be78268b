import { spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DeviceLocks } from "../../lib/provider/device-locks";

const scratch = mkdtempSync(join(tmpdir(), "passthru-locks-"));
const sleeper = spawn("sleep", ["600"]);
const alive = sleeper.pid!;
const ended = spawnSync("true").pid;
afterAll(() => {
  sleeper.kill();
  rmSync(scratch, { recursive: true, force: true });
});

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(scratch, "of-"))));

const SELF = { terraform: process.ppid, provider: process.pid };
const locks = (holder = SELF): DeviceLocks => new DeviceLocks(folder, holder);
const files = (): readonly string[] => readdirSync(folder).map((name) => name.replace(/^.*[.]/, "."));

it("is taken again by whom it has", () => {
  const mine = locks();
  expect([mine.take("a", true), mine.take("a", true), locks().take("a", false), mine.take("b", true)]).toEqual([true, true, true, true]);
  expect(files()).toEqual([".lock", ".lock"]);
});

it.each([
  ["another provider of the same apply", { terraform: process.ppid, provider: alive }, true, false],
  ["the same, of what a state has", { terraform: process.ppid, provider: alive }, false, false],
  ["one of the same apply that is done", { terraform: process.ppid, provider: ended }, true, false],
  ["the same, of what a state has: a later run of one Terraform", { terraform: process.ppid, provider: ended }, false, true],
  ["one of another apply", { terraform: alive, provider: alive }, true, false],
  ["one that ended with its Terraform", { terraform: ended, provider: ended }, true, true],
  ["the same, of what a state has", { terraform: ended, provider: ended }, false, true],
])("that %s has", (_, holder, isNew, isTaken) => {
  expect(locks(holder).take("a", true)).toBe(true);
  expect(locks().take("a", isNew)).toBe(isTaken);
  expect(files()).toEqual([".lock"]);
});

it("is given back by its holder only", () => {
  const other = locks({ terraform: process.ppid, provider: alive });
  expect(other.take("a", true)).toBe(true);
  locks().release("a");
  expect(locks().take("a", true)).toBe(false);
  other.release("a");
  expect(locks().take("a", true)).toBe(true);
});

it("sweeps away what ended processes left", () => {
  locks({ terraform: ended, provider: ended }).take("old", true);
  expect(locks().take("a", true)).toBe(true);
  expect(files()).toEqual([".lock"]);
});

it("takes the place of a file that is no lock", () => {
  locks().take("a", true);
  for (const name of readdirSync(folder)) writeFileSync(join(folder, name), "{");
  expect(locks().take("a", true)).toBe(true);
});

it("trusts no folder that it can't write", () => {
  const closed = join(folder, "closed");
  mkdirSync(closed);
  chmodSync(closed, 0o500);
  writeFileSync(join(folder, "file"), "");
  expect(() => new DeviceLocks(join(folder, "file"), SELF).take("a", true)).toThrow();
});

it("goes to one of many that begin at once", async () => {
  const script = `require("tsx/cjs"); const { DeviceLocks } = require(${JSON.stringify(join(__dirname, "../../lib/provider/device-locks"))});
    const taken = new DeviceLocks(${JSON.stringify(folder)}).take("a", true); process.stdout.write(String(taken)); setTimeout(() => {}, 3000);`;
  locks({ terraform: ended, provider: ended }).take("a", true);
  const children = Array.from({ length: 4 }, () => spawn(process.execPath, ["-e", script], { cwd: join(__dirname, "../..") }));
  const answers = await Promise.all(
    children.map((child) => new Promise((resolve) => child.stdout.once("data", (data: Buffer) => resolve(data.toString())))),
  );
  for (const child of children) child.kill();
  expect(answers.filter((answer) => answer === "true")).toHaveLength(1);
});
