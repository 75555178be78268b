import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { diskFiles } from "../lib/disk-files";
import { InputError } from "../lib/model";

const MB = 2 ** 20;
const folder = mkdtempSync(join(tmpdir(), "disk-files-"));
const at = (name: string) => join(folder, name);

beforeAll(() => {
  writeFileSync(at("file"), "text");
  writeFileSync(at("large"), Buffer.alloc(3 * MB));
  mkdirSync(at("folder"));
  symlinkSync("file", at("link"));
  symlinkSync("loop", at("loop"));
});

afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  ["file", "file"],
  ["link", "file"],
  ["folder", "folder"],
  ["missing", "none"],
  ["loop", "none"],
  ["file/below", "none"],
])("%s is a %s", (name, kind) => {
  expect(diskFiles.kind(at(name))).toBe(kind);
});

test("a file is read whole, up to the limit", () => {
  expect(Buffer.from(diskFiles.read(at("link"), 4)).toString()).toBe("text");
  expect(diskFiles.read(at("large"), 3 * MB)).toHaveLength(3 * MB);
});

test("a folder is listed in code-unit order", () => {
  expect(diskFiles.list(folder)).toEqual(["file", "folder", "large", "link", "loop"]);
});

test.each([
  ["large", "has 3 MB or more; the limit is 2 MB"],
  ["missing", "no such file"],
  ["folder", "is a folder, not a file"],
  ["loop", "can't be read: links that lead in a circle"],
  ["file/below", "is a file, not a folder"],
  ["x".repeat(300), "can't be read: the name is too long"],
])("reading %s is a mistake with its reason", (name, message) => {
  expect(() => diskFiles.read(at(name), 2 * MB)).toThrow(InputError.at({ file: at(name) }, message));
});

/** A pipe without a writer and a socket: whoever opens and waits never comes back. */
const SPECIAL = "const s = require('net').createServer().listen(process.argv[1], () => process.kill(process.pid, 'SIGKILL'))";

describe("what is neither a file nor a folder is refused, and not waited for", () => {
  beforeAll(() => {
    execFileSync("mkfifo", [at("pipe.tf")]);
    symlinkSync("pipe.tf", at("link-to-pipe"));
    spawnSync(process.execPath, ["-e", SPECIAL, at("socket")]);
  });

  test.each([
    ["a pipe", at("pipe.tf")],
    ["a pipe", at("link-to-pipe")],
    ["a socket", at("socket")],
    ["a device", "/dev/null"],
    ["a device", "/dev/zero"],
  ])("%s", (what, path) => {
    expect(diskFiles.kind(path)).toBe("file");
    expect(() => diskFiles.read(path, MB)).toThrow(
      InputError.at({ file: path }, `is ${what}, expected a file; what a program writes is read from standard input, as -`),
    );
  });
});

const onLinux = process.platform === "linux" ? test : test.skip;

onLinux("a size that the file system does not tell does not get around the limit", () => {
  expect(() => diskFiles.read("/proc/self/maps", 10)).toThrow("has 1 MB or more; the limit is 1 MB");
});
