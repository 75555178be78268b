import { run } from "../../lib/cli/run";
import { HOSTILE, OBEYED } from "../hostile";
import { memoryIo } from "./memory-io";

const INVENTORY = 'cluster "a" {\nhost "h" {\nesxi = "8.0"\ncpu_mhz = 1\nmemory_mb = 1\n}\n}\n';

/** Command lines that quote what they are given, on standard error or in what they answer. */
const LINES: Readonly<Record<string, (text: string) => readonly string[]>> = {
  "a file that is not there": (text) => ["check", `./${text}`, "-i", `./${text}.hcl`],
  "a report that can't be written": (text) => ["check", "good.tf.json", "-i", "good.hcl", "--allow-empty", "--format", `json=${text}x`],
  "an unknown format": (text) => ["check", "--format", `x${text}`],
  "an unknown option": (text) => ["check", `--x${text}`],
  "an unknown command": (text) => [`x${text}`],
  "an unknown rule": (text) => ["rules", `x${text}`],
  "a variable without a value": (text) => ["check", "--var", text],
  "the name of an inventory": (text) => ["inventory", "validate", `./${text}.hcl`],
  "the name of an inventory that is drawn": (text) => ["inventory", "show", `./${text}.hcl`],
  "a folder that no provider can be put into": (text) => ["provider", "install", "--dir", `/dev/null/${text}`],
};

test.each(Object.keys(LINES))("%s is shown, whatever it is called, and never obeyed", async (what) => {
  for (const hostile of Object.values(HOSTILE)) {
    const files = { "good.tf.json": "{}", "good.hcl": INVENTORY, ...(what.startsWith("the name") && { [`./${hostile}.hcl`]: INVENTORY }) };
    const write = (path: string): never => {
      throw Object.assign(new Error(path), { code: "ENOENT" });
    };
    const io = memoryIo(files, { write });
    await run(LINES[what]!(hostile), io);
    expect(io.printed.out + io.printed.err).not.toBe("");
    expect(io.printed.out).not.toMatch(OBEYED);
    expect(io.printed.err).not.toMatch(OBEYED);
  }
});

test.each(["a file that is not there", "the name of an inventory"])("%s can't add a line", async (what) => {
  for (const hostile of Object.values(HOSTILE)) {
    const io = memoryIo(what.startsWith("the name") ? { [`./${hostile}.hcl`]: INVENTORY } : {});
    await run(LINES[what]!(hostile), io);
    expect((io.printed.out + io.printed.err).split("\n")).toHaveLength(what.startsWith("the name") ? 3 : 4);
  }
});

test("what fails of itself is no command either", async () => {
  for (const PASSTHRU_DEBUG of ["0", "1"]) {
    for (const hostile of Object.values(HOSTILE)) {
      const out = () => Promise.reject(Object.assign(new Error(hostile), { name: hostile, stack: `Error: ${hostile}\n    at ${hostile}` }));
      const io = memoryIo({}, { out, environment: { PASSTHRU_DEBUG } });
      expect(await run(["rules"], io)).toBe(2);
      expect(io.printed.err).toContain("This is a bug");
      expect(io.printed.err).not.toMatch(OBEYED);
    }
  }
});
