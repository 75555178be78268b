// npm run new-rule -- ID: a rule's file, its line in the catalogue and its fixture folder, as skeletons. `npm test` fails until they
// are filled in.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Makes the files below the root of a checkout; returns their paths. Throws where the id is no id, or is taken. */
export function newRule(root: string, id: string): readonly string[] {
  // Of two words or more, no name is a word of the language.
  if (!/^[a-z]+(-[a-z]+)+$/.test(id))
    throw new Error(`"${id}" is no id of a rule: expected lower-case words with dashes, such as "label-near-miss"`);
  const file = join("lib/rules", `${id}.ts`);
  const fixture = join("test/rules/fixtures", id);
  const taken = [file, fixture].find((path) => existsSync(join(root, path)));
  if (taken !== undefined) throw new Error(`there is a rule "${id}" already: ${taken}`);
  const made = new Map([
    [file, ruleFile(id)],
    [join(fixture, "stack.tf"), STACK],
    [join(fixture, "near-miss.stack.tf"), STACK],
    [join(fixture, "inventory.hcl"), INVENTORY],
  ]);
  mkdirSync(join(root, fixture), { recursive: true });
  for (const [path, text] of made) writeFileSync(join(root, path), text);
  const catalogue = "lib/rules/catalogue.ts";
  writeFileSync(join(root, catalogue), withLine(readFileSync(join(root, catalogue), "utf8"), id));
  return [...made.keys(), catalogue];
}

function withLine(catalogue: string, id: string): string {
  const [comment = "", ...lines] = catalogue.trimEnd().split("\n");
  const idOf = (line: string): string => /"\.\/([^"]*)"/.exec(line)?.[1] ?? "";
  const sorted = [...lines, `export { ${nameOf(id)} } from "./${id}";`].sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
  return `${[comment, ...sorted].join("\n")}\n`;
}

function nameOf(id: string): string {
  return id.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

function ruleFile(id: string): string {
  return `import { Rule } from "./rule";

export const ${nameOf(id)}: Rule = {
  id: "${id}",
  severity: "warning",
  title: "TODO: what is found, in one line",
  explanation: "TODO: why it matters, in a few sentences.",
  fix: "TODO: what to do about it",
  // TODO: a hit for each thing that is found; what there is to look at is in facts/facts.ts. For VMs, for example:
  // ({ vms, nameOf }) => vms.filter(...).map(({ vm, place }) => ({ ...place, message: \`\${nameOf(vm.address)} ...\` }))
  check: () => [],
};
`;
}

const STACK = `# TODO: the least that makes the rule fire, and in the near miss just does not.
data "vsphere_compute_cluster" "gpu" {
  name = "gpu-prod"
}

data "vsphere_virtual_machine" "template" {
  name = "ubuntu-a100"
}

resource "vsphere_virtual_machine" "train" {
  name               = "train-1"
  resource_pool_id   = data.vsphere_compute_cluster.gpu.resource_pool_id
  memory             = 131072
  memory_reservation = 131072
  firmware           = "efi"
  extra_config = {
    "pciPassthru.use64bitMMIO"    = "TRUE"
    "pciPassthru.64bitMMIOSizeGB" = "128"
  }
  clone {
    template_uuid = data.vsphere_virtual_machine.template.id
  }
}
`;

const INVENTORY = `cluster "gpu-prod" {
  drs {}
  host "esx-[1-2].lab" {
    esxi      = "8.0.2"
    cpu_mhz   = 166400
    memory_mb = 1048576
    devices "10de:20f1" {
      count = 4
    }
  }
  template "ubuntu-a100" {
    device {
      allowed = ["10de:20f1"]
    }
  }
}
`;

function main(args: readonly string[]): void {
  const [id, ...others] = args;
  if (id === undefined || others.length > 0) throw new Error("expected one id: npm run new-rule -- label-near-miss");
  console.log(`made ${newRule(".", id).join(", ")}`);
  console.log("next: fill in what says TODO, run `npm run update-rules`, read the finding.txt that it writes, and run `npm test`");
}

if (require.main === module) {
  try {
    main(process.argv.slice(2));
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 2;
  }
}
