import { ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { describeWhere } from "../../e2e/rig";
import { bundleShelfProvider, Ran, Workspace } from "./workspace";

describeWhere(["terraform"], "a provider under Terraform itself", () => {
  let folder: string;
  let provider: string;
  let workspace: Workspace;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "passthru-shelf-"));
    provider = bundleShelfProvider(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  beforeEach(() => {
    workspace = new Workspace(provider);
  });
  afterEach(() => workspace.remove());

  const PROVIDER = 'provider "shelf" {\n  shelf = "${path.module}/shelf"\n}';
  const thing = (attributes: string, name = "lamp") => `${PROVIDER}\nresource "shelf_thing" "it" {\n  name = "${name}"\n  ${attributes}\n}`;
  const events = () =>
    readFileSync(join(workspace.shelf, "events"), "utf8")
      .split("\n")
      .filter((line) => line !== "close" && line !== "");
  const onShelf = (name = "lamp") => JSON.parse(readFileSync(join(workspace.shelf, `${name}.json`), "utf8")) as Record<string, unknown>;
  const stateOf = (name: string): Record<string, unknown> => {
    const state = JSON.parse(readFileSync(join(workspace.folder, "terraform.tfstate"), "utf8")) as State;
    return state.resources.find((each) => each.name === name)!.instances[0]!.attributes;
  };
  interface State {
    readonly resources: readonly {
      readonly name: string;
      readonly instances: readonly { readonly attributes: Record<string, unknown> }[];
    }[];
  }

  async function init(hcl: string): Promise<void> {
    workspace.write(hcl);
    expect(await workspace.terraform("init")).toMatchObject({ status: 0 });
  }

  function apply(hcl: string): Promise<Ran> {
    workspace.write(hcl);
    return workspace.terraform("apply", "-auto-approve");
  }

  async function expectNoChanges(): Promise<void> {
    // 2 were a difference.
    expect(await workspace.terraform("plan", "-detailed-exitcode")).toMatchObject({ status: 0 });
  }

  test("things are made, found unchanged, changed in place, replaced, and destroyed", async () => {
    await init(thing("size = 0.1"));
    expect((await apply(thing("size = 0.1"))).status).toBe(0);
    expect(onShelf()).toMatchObject({ size: 0.1, fragile: false, serial: "serial-lamp", revision: 1 });
    await expectNoChanges();

    const changed = await apply(
      thing('size = 20\n  tags = ["b", "a"]\n  part {\n    kinds = []\n    screw {\n      length = 2.5\n    }\n  }'),
    );
    expect(changed.text).toContain("0 added, 1 changed, 0 destroyed");
    // What is stable is not said to change, what the provider decides is.
    expect(changed.text).toMatch(/~ revision += 1 -> \(known after apply\)/);
    expect(changed.text).not.toContain("~ serial");
    expect(onShelf()).toMatchObject({ size: 20, tags: ["a", "b"], fragile: true, revision: 2 });
    await expectNoChanges();

    expect((await apply(thing("size = 20", "vase"))).text).toContain("# forces replacement");
    expect((await apply(thing("size = 3", "vase"))).text).toContain("1 added, 0 changed, 1 destroyed");
    expect((await apply(thing('size = 3\n  case {\n    colour = "red"\n  }', "vase"))).text).toContain("1 added, 0 changed, 1 destroyed");
    await expectNoChanges();

    expect((await workspace.terraform("destroy", "-auto-approve")).status).toBe(0);
    expect(readdirSync(workspace.shelf)).toEqual(["events"]);
  });

  test("what others change is seen, put right, and made again where it is gone", async () => {
    await init(thing("size = 5"));
    await apply(thing("size = 5"));
    writeFileSync(join(workspace.shelf, "lamp.json"), JSON.stringify({ ...onShelf(), size: 4 }));
    expect((await workspace.terraform("plan")).text).toMatch(/~ size += 4 -> 5/);
    rmSync(join(workspace.shelf, "lamp.json"));
    expect((await workspace.terraform("plan")).text).toContain("1 to add");
  });

  test("what is there is imported by command and by block", async () => {
    await init(thing("size = 5"));
    await apply(thing("size = 5"));
    rmSync(join(workspace.folder, "terraform.tfstate"));
    expect(await workspace.terraform("import", "shelf_thing.it", "vase")).toMatchObject({
      status: 1,
      text: expect.stringContaining("there is no vase"),
    });
    expect((await workspace.terraform("import", "shelf_thing.it", "lamp")).status).toBe(0);
    await expectNoChanges();
    rmSync(join(workspace.folder, "terraform.tfstate"));
    expect((await apply(`${thing("size = 5")}\nimport {\n  to = shelf_thing.it\n  id = "lamp"\n}`)).text).toContain(
      "1 imported, 0 added, 0 changed",
    );
    expect(events()).toEqual(["create lamp"]);
  });

  test("values from other things, known only later, are waited for", async () => {
    const dependent = `${thing("")}
resource "shelf_thing" "next" {
  name = "pre-\${shelf_thing.it.serial}"
  size = shelf_thing.it.revision
  tags = [shelf_thing.it.serial]
  dynamic "part" {
    for_each = shelf_thing.it.fragile ? ["a"] : ["b", "c"]
    content {
      kinds = [part.value]
    }
  }
}
data "shelf_things" "all" {
  tag = shelf_thing.next.tags == null ? null : "serial-lamp"
}
output "names" {
  value = data.shelf_things.all.things[*].name
}`;
    await init(dependent);
    expect((await apply(dependent)).text).toContain('names = tolist([\n  "pre-serial-lamp",\n])');
    expect(onShelf("pre-serial-lamp")).toMatchObject({ size: 1, part: [{ kinds: ["b"] }, { kinds: ["c"] }] });
    await expectNoChanges();
  });

  test("a provider whose own configuration is not known yet can be planned with", async () => {
    const later = `resource "terraform_data" "folder" {\n  input = "${workspace.shelf}"\n}
provider "shelf" {\n  shelf = terraform_data.folder.output\n}
resource "shelf_thing" "it" {\n  name = "lamp"\n}`;
    await init(later);
    expect((await workspace.terraform("plan")).text).toContain("2 to add");
    expect((await apply(later)).status).toBe(0);
    await expectNoChanges();
  });

  test("mistakes are shown where they are", async () => {
    await init(thing(""));
    expect((await apply(thing("", ""))).text).toMatch(
      /Error: a thing without a name\n\n +with shelf_thing.it,\n +on main.tf line \d+, in resource "shelf_thing" "it":\n +\d+: +name = ""/,
    );
    expect((await apply(thing("", "reserved"))).text).toMatch(/Error: this name is reserved[^]*name = "reserved"/);
    expect((await apply(thing("size = 9007199254740993"))).text).toMatch(
      /Error: a number can't be kept exactly[^]*size = 9007199254740993/,
    );
    expect((await apply(thing('note = "warn"\n  part {\n    kinds = []\n    count = 13\n  }'))).text).toMatch(
      /Warning: handle with care[^]*Warning: an unlucky count[^]*count = 13/,
    );
  });

  test("a failure keeps what was reached, and nothing that was not", async () => {
    await init(thing(""));
    const failed = await apply(thing('note = "fail"'));
    expect(failed.text).toMatch(/Error: did not work[^]*note = "fail"[^]*because the note says so/);
    expect((await workspace.terraform("state", "list")).text.trim()).toBe("");
    expect((await apply(thing('note = "half"'))).text).toContain("came half-way");
    expect((await workspace.terraform("plan")).text).toContain("is tainted, so must be replaced");
    expect((await apply(thing("size = 2"))).status).toBe(0);
    expect((await apply(thing('size = 3\n  note = "fail"'))).status).toBe(1);
    expect(stateOf("it")).toMatchObject({ size: 2, note: null });
    expect((await apply(thing('size = 2\n  note = "stuck"'))).status).toBe(0);
    expect((await workspace.terraform("destroy", "-auto-approve")).text).toContain("lamp is stuck");
    expect(stateOf("it")).toMatchObject({ note: "stuck" });
  });

  test("a bug is a message that asks for a report, and a crash one with its stack", async () => {
    await init(thing(""));
    expect((await apply(thing('note = "bug"'))).text).toMatch(
      /internal error of the provider[^]*a mistake of the provider's[^]*This is a bug/,
    );
    expect((await apply(thing('note = "crash"'))).text).toMatch(
      /Stack trace from the terraform-provider-shelf plugin:[^]*the provider fell over[^]*fallOver/,
    );
  });

  test("the state and the log hold no secret of the provider's configuration", async () => {
    const secret = thing('note = "warn"').replace('provider "shelf" {', 'provider "shelf" {\n  secret = "hunter2"');
    await init(secret);
    const applied = await workspace.terraformWith(
      { TF_LOG: "TRACE", TF_LOG_PATH: join(workspace.folder, "log") },
      "apply",
      "-auto-approve",
    );
    expect(applied.status).toBe(0);
    for (const file of ["log", "terraform.tfstate"]) expect(readFileSync(join(workspace.folder, file), "utf8")).not.toContain("hunter2");
  });

  test("fifty things of 4 kB each are made and read", async () => {
    const many = `${PROVIDER}\nresource "shelf_thing" "it" {\n  count = 50\n  name = "thing-\${count.index}"\n  note = join("", [for i in range(64) : "${"x".repeat(64)}"])\n}`;
    await init(many);
    workspace.write(many);
    expect((await workspace.terraform("apply", "-auto-approve", "-parallelism=20")).text).toContain("50 added");
    await expectNoChanges();
  });

  describe("interrupted", () => {
    const slow = () => thing('note = "slow"');

    test("it ends what it does at Ctrl-C, leaves a true state and no process", async () => {
      await init(slow());
      const { terraform, provider, ran } = await startSlow();
      process.kill(-terraform.pid!, "SIGINT"); // to the whole group, as a terminal does
      expect(await ran).toEqual({ status: 1, text: expect.stringContaining("Error: interrupted") });
      expect((await workspace.terraform("state", "list")).text.trim()).toBe("");
      await until(() => !isRunning(provider));
    });

    test("it ends where Terraform is killed", async () => {
      await init(slow());
      const { terraform, provider, ran } = await startSlow();
      terraform.kill("SIGKILL");
      await ran;
      await until(() => !isRunning(provider));
    });

    test("Terraform says so where the provider is killed, and keeps its state", async () => {
      await init(slow());
      const { provider, ran } = await startSlow();
      process.kill(provider, "SIGKILL");
      const { status, text } = await ran;
      expect(status).toBe(1);
      expect(text).toMatch(/Error: (Plugin did not respond|Request cancelled)/); // whichever Terraform sees first
      expect((await apply(thing("size = 7"))).status).toBe(0);
    });

    interface Slow {
      readonly terraform: ChildProcess;
      /** Process id. */
      readonly provider: number;
      readonly ran: Promise<Ran>;
    }

    async function startSlow(): Promise<Slow> {
      const { child, ran } = await workspace.start("apply", "-auto-approve");
      await until(() => existsSync(join(workspace.shelf, "events")) && waiting() !== undefined);
      return { terraform: child, provider: Number(waiting()), ran };
    }

    const waiting = () => /waiting as (\d+)/.exec(readFileSync(join(workspace.shelf, "events"), "utf8"))?.[1];
  });
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 400 && !holds(); tries++) await setTimeout(25);
  expect(holds()).toBe(true);
}
