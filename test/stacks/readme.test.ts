import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(__dirname, "../..");
const readme = readFileSync(join(root, "README.md"), "utf8");
const command = join(root, "dist/passthru.js");

/** The text of the README's first block in that language. */
function block(language: string): string {
  const found = new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``).exec(readme);
  if (!found) throw new Error(`the README has no ${language} block`);
  return found[1]!;
}

function inScratch<T>(action: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "passthru-readme-"));
  try {
    return action(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test("what the README shows of the command is what the command prints", () => {
  inScratch((folder) => {
    const env = { PATH: process.env["PATH"], CDKTF_OUTDIR: folder };
    execFileSync(process.execPath, ["-r", "tsx/cjs", "stacks/crowded.ts"], { cwd: root, env });
    const args = [command, "check", folder, "-i", "stacks/crowded.inventory.hcl"];
    const found = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8", env: { PATH: process.env["PATH"] } });
    const [, shown] = /^\$ node .*\n\$ npx passthru .*\n([^]*)$/.exec(block("console"))!;
    expect(found).toMatchObject({ status: 1, stderr: "", stdout: shown });
  });
}, 30_000);

test("the README's inventory has no mistakes", () => {
  inScratch((folder) => {
    writeFileSync(join(folder, "inventory.hcl"), block("hcl"));
    const found = spawnSync(process.execPath, [command, "inventory", "validate"], { cwd: folder, encoding: "utf8" });
    expect(found).toMatchObject({ status: 0, stderr: "", stdout: expect.stringContaining("4 hosts, 16 devices") });
  });
});

test("the README's options exist", () => {
  const helpOf = (...names: string[]) => spawnSync(process.execPath, [command, ...names, "--help"], { encoding: "utf8" }).stdout;
  const help = helpOf("check") + helpOf("provider", "install");
  const aboutTheCommand = readme.replace(/^## Benchmarks$.*?(?=^## )/ms, "");
  const options = [...new Set(aboutTheCommand.match(/(?<=[\s`(])--(?!save-dev)[a-z-]+/g))];
  expect(options.filter((option) => !help.includes(option))).toEqual([]);
});
