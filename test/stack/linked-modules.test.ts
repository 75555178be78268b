import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { diskFiles } from "../../lib/disk-files";
import { readPlan } from "../../lib/stack";

const vm = (name: string): string => `resource "vsphere_virtual_machine" "v" {\n  name = "${name} in \${path.module}"\n}\n`;
const call = (name: string, source: string): string => `module "${name}" {\n  source = "${source}"\n}\n`;

/** What Terraform 1.11 plans of the same folders: `..` in a module leads on from where its folder really is. */
describe("modules in folders that are links", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(realpathSync(tmpdir()), "passthru-links-"))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function write(path: string, text: string): void {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }

  function link(path: string, to: string): void {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    symlinkSync(to, join(folder, path), "junction");
  }

  const namesIn = (root: string): object => {
    const { vms } = readPlan(diskFiles, [join(folder, root)], { variables: {}, variableFiles: [], stacks: [] });
    return Object.fromEntries(vms.map(({ address, name }) => [address, name.known ? name.value : name.why]));
  };

  test("a module", () => {
    write("stack/main.tf", call("a", "./modules/vm"));
    write("stack/shared/vm/main.tf", vm("linked") + call("b", "../base"));
    write("stack/shared/base/main.tf", vm("beside what is linked"));
    write("stack/modules/base/main.tf", vm("beside the link"));
    link("stack/modules/vm", join(folder, "stack/shared/vm"));
    expect(namesIn("stack")).toEqual({
      "module.a.vsphere_virtual_machine.v": "linked in shared/vm",
      "module.a.module.b.vsphere_virtual_machine.v": "beside what is linked in shared/base",
    });
  });

  test("the root module", () => {
    write("real/deep/prod/main.tf", call("a", "../modules"));
    write("real/deep/modules/main.tf", vm("beside what is linked"));
    write("modules/main.tf", vm("beside the link"));
    link("prod", join(folder, "real/deep/prod"));
    expect(namesIn("prod")).toEqual({ "module.a.vsphere_virtual_machine.v": "beside what is linked in ../modules" });
  });

  test("that lead in a circle of modules", () => {
    write("stack/main.tf", call("a", "./x"));
    write("stack/x/main.tf", call("b", "./again"));
    link("stack/x/again", join(folder, "stack/x"));
    expect(() => namesIn("stack")).toThrow("calls the module that it is in");
  });
});
