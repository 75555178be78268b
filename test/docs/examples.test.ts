import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { parseHcl } from "../../lib/hcl";
import { Report } from "../../lib/model";
import { RESOURCES } from "../../lib/schema";
import { Block, blocksOf, Document, documents, root } from "./documents";

// What the documents show is run: `npm run build` comes first. What is specified and not built is in docs/contract.md alone.
const all = documents().filter(({ path }) => path === "README.md" || path.startsWith("docs/"));
const command = join(root, "dist/passthru.js");
const scratch = mkdtempSync(join(tmpdir(), "passthru-docs-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function blocksIn(...languages: readonly string[]): (readonly [where: string, block: Block])[] {
  const found = all.flatMap(blocksOf).filter(({ language }) => languages.includes(language));
  return found.map((block) => [`${block.path}:${block.line}`, block] as const);
}

function folderFor(name: string): string {
  const folder = join(scratch, name.replace(/\W/g, "-"));
  mkdirSync(folder, { recursive: true });
  return folder;
}

function run(args: readonly string[], cwd: string, env: Readonly<Record<string, string>> = {}) {
  return spawnSync(process.execPath, args, { cwd, encoding: "utf8", env: { PATH: process.env["PATH"], ...env } });
}

describe("console blocks", () => {
  const shown = all.filter((document) => blocksOf(document).some(({ language }) => language === "console"));

  test.each(shown.map((document) => [document.path, document] as const))(
    "%s shows what the command prints",
    (path, document) => {
      let text = document.text;
      for (const { block, found } of sessions(document)) {
        if (process.env["UPDATE_GOLDEN"] && !block.text.includes("\n…\n")) text = text.replace(block.text, () => found);
        else expect(found).toMatch(patternOf(block.text));
      }
      if (text !== document.text) writeFileSync(join(root, path), text);
    },
    60_000,
  );
});

/** Every console block with what its commands really print, in a folder with the files of the document, or in the checkout where it has none. */
function sessions(document: Document): readonly { readonly block: Block; readonly found: string }[] {
  const blocks = blocksOf(document);
  const files = blocks.filter(({ file }) => file !== undefined);
  const folder = folderFor(document.path);
  for (const { file, text } of files) writeFileSync(join(folder, file!), text);
  return blocks
    .filter(({ language }) => language === "console")
    .map((block) => {
      const commands = block.text.split("\n").filter((line) => line.startsWith("$ "));
      const found = commands.map((line) => `${line}\n${outputOf(line.slice(2), files.length > 0 ? folder : root, folder)}`);
      return { block, found: found.join("") };
    });
}

function outputOf(line: string, cwd: string, outdir: string): string {
  const [program, ...words] = line.replace(/^npx (vsphere-)?passthru /, `node ${command} `).split(" ");
  if (program !== "node") throw new Error(`can't run ${line}`);
  // A synth in the checkout would leave its folder there.
  const args = words.map((word) => (/^cdktf[.\w]*[.]out$/.test(word) ? outdir : word));
  const { stdout, stderr } = run(args, cwd, { CDKTF_OUTDIR: outdir });
  return stdout + stderr;
}

/** A line with nothing but … stands for any lines. */
function patternOf(text: string): RegExp {
  const literal = (part: string): string => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${text.split(/^…\n/m).map(literal).join("(?:.*\\n)*?")}$`);
}

describe("inventories", () => {
  const isInventory = (text: string): boolean => Object.hasOwn(parse(text) as object, "clusters");
  const inventories = [...blocksIn("hcl"), ...blocksIn("yaml", "json").filter(([, { text }]) => isInventory(text))];

  test.each(inventories)("%s has no mistakes", (where, { language, text }) => {
    const file = join(folderFor(where), `inventory.${language}`);
    writeFileSync(file, text);
    expect(run([command, "inventory", "validate", file], scratch)).toMatchObject({ status: 0, stderr: "" });
  });

  test("there is one of every notation", () => {
    expect([...new Set(inventories.map(([, { language }]) => language))].sort()).toEqual(["hcl", "json", "yaml"]);
  });
});

describe("Terraform configurations", () => {
  const configurations = blocksIn("terraform");
  const inventory = `
    cluster "gpu-prod" {
      drs {}
      host "esx-[01-02].lab" {
        esxi                  = "8.0.2"
        cpu_mhz               = 166400
        memory_mb             = 1048576
        rebind_without_reboot = true
        device "0000:af:00.0" {
          id          = "10de:20f1"
          passthrough = "disabled"
        }
        devices "10de:20f1" { count = 4 }
      }
      template "ubuntu-a100" {
        device { allowed = ["10de:20f1"] }
      }
    }`;

  test.each(configurations)("%s passes the gate where there is room", (where, { text }) => {
    const folder = folderFor(where);
    writeFileSync(join(folder, "main.tf"), text);
    writeFileSync(join(folder, "inventory.hcl"), inventory);
    const { stdout, stderr } = run([command, "check", folder, "--format", "json"], scratch);
    expect(stderr).toBe("");
    const report = JSON.parse(stdout) as Report;
    expect(report.findings.filter(({ severity }) => severity !== "note")).toEqual([]);
    expect(report).toMatchObject({ verdict: "fits", gate: { passes: true } });
  });

  test.each(configurations)("%s gives our provider's resources no attribute that they don't have", (_, { path, text }) => {
    const { body } = parseHcl(path, text, 100_000);
    for (const block of body.blocks) {
      const schema = block.type === "resource" ? RESOURCES[String(block.labels[0]?.text) as keyof typeof RESOURCES] : undefined;
      const names = [...block.body.attributes.map(({ name }) => name), ...block.body.blocks.map(({ type }) => type)];
      if (schema)
        expect(Object.keys({ ...schema.attributes, ...("blocks" in schema ? schema.blocks : {}) })).toEqual(expect.arrayContaining(names));
    }
  });
});

test("TypeScript compiles as a user's would", () => {
  const folder = folderFor("typescript");
  const modules = join(folder, "node_modules");
  mkdirSync(modules);
  symlinkSync(root, join(modules, "vsphere-passthru"));
  for (const name of ["cdktf", "constructs", "@cdktf", "@types"]) symlinkSync(join(root, "node_modules", name), join(modules, name));
  const compilerOptions = { module: "node16", target: "es2022", strict: true, noEmit: true, skipLibCheck: true, types: ["node"] };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions }));
  const blocks = blocksIn("ts");
  expect(blocks.length).toBeGreaterThan(2);
  // As lines of their documents, so that an error says where it is.
  for (const [where, { text, line }] of blocks)
    writeFileSync(join(folder, `${where.replace(/\W/g, "-")}.ts`), "\n".repeat(line - 1) + text);
  const { stdout } = run([join(root, "node_modules/typescript/bin/tsc"), "-p", folder], folder);
  expect(stdout).toBe("");
}, 120_000);

test("the options that users are told of exist", () => {
  const helpOf = (...names: string[]) => run([command, ...names, "--help"], root).stdout;
  const help = ["check", "inventory show", "provider install"].map((names) => helpOf(...names.split(" "))).join("");
  const told = all.filter(({ path }) => !/^docs\/(contract|semantics|benchmarks|decisions)/.test(path));
  const options = told.flatMap(({ text }) => text.match(/(?<=[\s`(])--(?!save-dev)[a-z][a-z-]*/g) ?? []);
  expect(new Set(options).size).toBeGreaterThan(8);
  expect([...new Set(options)].filter((option) => !help.includes(option))).toEqual([]);
});

test("the README fits on two screens beside its example", () => {
  const lines = readFileSync(join(root, "README.md"), "utf8")
    .replace(/^```console[^]*?^```$/m, "")
    .split("\n");
  expect(lines.length).toBeLessThan(80);
});
