import { ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { describeWhere } from "../../e2e/rig";
import { bundleShelfProvider, Workspace } from "./workspace";

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

  function init(hcl: string): void {
    workspace.write(hcl);
    expect(workspace.terraform("init")).toMatchObject({ status: 0 });
  }

  function apply(hcl: string) {
    workspace.write(hcl);
    return workspace.terraform("apply", "-auto-approve");
  }

  function expectNoChanges(): void {
    // 2 were a difference.
    expect(workspace.terraform("plan", "-detailed-exitcode")).toMatchObject({ status: 0 });
  }

  test("things are made, found unchanged, changed in place, replaced, and destroyed", () => {
    init(thing("size = 0.1"));
    expect(apply(thing("size = 0.1")).status).toBe(0);
    expect(onShelf()).toMatchObject({ size: 0.1, fragile: false, serial: "serial-lamp", revision: 1 });
    expectNoChanges();

    const changed = apply(thing('size = 20\n  tags = ["b", "a"]\n  part {\n    kinds = []\n    screw {\n      length = 2.5\n    }\n  }'));
    expect(changed.text).toContain("0 added, 1 changed, 0 destroyed");
    // What is stable is not said to change, what the provider decides is.
    expect(changed.text).toMatch(/~ revision += 1 -> \(known after apply\)/);
    expect(changed.text).not.toContain("~ serial");
    expect(onShelf()).toMatchObject({ size: 20, tags: ["a", "b"], fragile: true, revision: 2 });
    expectNoChanges();

    expect(apply(thing("size = 20", "vase")).text).toContain("# forces replacement");
    expect(apply(thing("size = 3", "vase")).text).toContain("1 added, 0 changed, 1 destroyed");
    expect(apply(thing('size = 3\n  case {\n    colour = "red"\n  }', "vase")).text).toContain("1 added, 0 changed, 1 destroyed");
    expectNoChanges();

    expect(workspace.terraform("destroy", "-auto-approve").status).toBe(0);
    expect(readdirSync(workspace.shelf)).toEqual(["events"]);
  });

  test("what others change is seen, put right, and made again where it is gone", () => {
    init(thing("size = 5"));
    apply(thing("size = 5"));
    writeFileSync(join(workspace.shelf, "lamp.json"), JSON.stringify({ ...onShelf(), size: 4 }));
    expect(workspace.terraform("plan").text).toMatch(/~ size += 4 -> 5/);
    rmSync(join(workspace.shelf, "lamp.json"));
    expect(workspace.terraform("plan").text).toContain("1 to add");
  });

  test("what is there is imported by command and by block", () => {
    init(thing("size = 5"));
    apply(thing("size = 5"));
    rmSync(join(workspace.folder, "terraform.tfstate"));
    expect(workspace.terraform("import", "shelf_thing.it", "vase")).toMatchObject({
      status: 1,
      text: expect.stringContaining("there is no vase"),
    });
    expect(workspace.terraform("import", "shelf_thing.it", "lamp").status).toBe(0);
    expectNoChanges();
    rmSync(join(workspace.folder, "terraform.tfstate"));
    expect(apply(`${thing("size = 5")}\nimport {\n  to = shelf_thing.it\n  id = "lamp"\n}`).text).toContain(
      "1 imported, 0 added, 0 changed",
    );
    expect(events()).toEqual(["create lamp"]);
  });

  test("values from other things, known only later, are waited for", () => {
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
    init(dependent);
    expect(apply(dependent).text).toContain('names = tolist([\n  "pre-serial-lamp",\n])');
    expect(onShelf("pre-serial-lamp")).toMatchObject({ size: 1, part: [{ kinds: ["b"] }, { kinds: ["c"] }] });
    expectNoChanges();
  });

  test("a provider whose own configuration is not known yet can be planned with", () => {
    const later = `resource "terraform_data" "folder" {\n  input = "${workspace.shelf}"\n}
provider "shelf" {\n  shelf = terraform_data.folder.output\n}
resource "shelf_thing" "it" {\n  name = "lamp"\n}`;
    init(later);
    expect(workspace.terraform("plan").text).toContain("2 to add");
    expect(apply(later).status).toBe(0);
    expectNoChanges();
  });

  test("mistakes are shown where they are", () => {
    init(thing(""));
    expect(apply(thing("", "")).text).toMatch(
      /Error: a thing without a name\n\n +with shelf_thing.it,\n +on main.tf line \d+, in resource "shelf_thing" "it":\n +\d+: +name = ""/,
    );
    expect(apply(thing("", "reserved")).text).toMatch(/Error: this name is reserved[^]*name = "reserved"/);
    expect(apply(thing("size = 9007199254740993")).text).toMatch(/Error: a number can't be kept exactly[^]*size = 9007199254740993/);
    expect(apply(thing('note = "warn"\n  part {\n    kinds = []\n    count = 13\n  }')).text).toMatch(
      /Warning: handle with care[^]*Warning: an unlucky count[^]*count = 13/,
    );
  });

  test("a failure keeps what was reached, and nothing that was not", () => {
    init(thing(""));
    const failed = apply(thing('note = "fail"'));
    expect(failed.text).toMatch(/Error: did not work[^]*note = "fail"[^]*because the note says so/);
    expect(workspace.terraform("state", "list").text.trim()).toBe("");
    expect(apply(thing('note = "half"')).text).toContain("came half-way");
    expect(workspace.terraform("plan").text).toContain("is tainted, so must be replaced");
    expect(apply(thing("size = 2")).status).toBe(0);
    expect(apply(thing('size = 3\n  note = "fail"')).status).toBe(1);
    expect(stateOf("it")).toMatchObject({ size: 2, note: null });
    expect(apply(thing('size = 2\n  note = "stuck"')).status).toBe(0);
    expect(workspace.terraform("destroy", "-auto-approve").text).toContain("lamp is stuck");
    expect(stateOf("it")).toMatchObject({ note: "stuck" });
  });

  test("a bug is a message that asks for a report, and a crash one with its stack", () => {
    init(thing(""));
    expect(apply(thing('note = "bug"')).text).toMatch(/internal error of the provider[^]*a mistake of the provider's[^]*This is a bug/);
    expect(apply(thing('note = "crash"')).text).toMatch(
      /Stack trace from the terraform-provider-shelf plugin:[^]*the provider fell over[^]*fallOver/,
    );
  });

  test("the state and the log hold no secret of the provider's configuration", () => {
    const secret = thing('note = "warn"').replace('provider "shelf" {', 'provider "shelf" {\n  secret = "hunter2"');
    init(secret);
    const applied = workspace.terraformWith({ TF_LOG: "TRACE", TF_LOG_PATH: join(workspace.folder, "log") }, "apply", "-auto-approve");
    expect(applied.status).toBe(0);
    for (const file of ["log", "terraform.tfstate"]) expect(readFileSync(join(workspace.folder, file), "utf8")).not.toContain("hunter2");
  });

  test("fifty things of 4 kB each are made and read", () => {
    const many = `${PROVIDER}\nresource "shelf_thing" "it" {\n  count = 50\n  name = "thing-\${count.index}"\n  note = join("", [for i in range(64) : "${"x".repeat(64)}"])\n}`;
    init(many);
    workspace.write(many);
    expect(workspace.terraform("apply", "-auto-approve", "-parallelism=20").text).toContain("50 added");
    expectNoChanges();
  });

  describe("interrupted", () => {
    const slow = () => thing('note = "slow"');

    test("it ends what it does at Ctrl-C, leaves a true state and no process", async () => {
      init(slow());
      const { terraform, provider, text } = await startSlow();
      process.kill(-terraform.pid!, "SIGINT"); // to the whole group, as a terminal does
      expect(await ended(terraform)).toBe(1);
      expect(text()).toMatch(/Error: interrupted/);
      expect(workspace.terraform("state", "list").text.trim()).toBe("");
      await until(() => !isRunning(provider));
    });

    test("it ends where Terraform is killed", async () => {
      init(slow());
      const { terraform, provider } = await startSlow();
      terraform.kill("SIGKILL");
      await ended(terraform);
      await until(() => !isRunning(provider));
    });

    test("Terraform says so where the provider is killed, and keeps its state", async () => {
      init(slow());
      const { terraform, provider, text } = await startSlow();
      process.kill(provider, "SIGKILL");
      expect(await ended(terraform)).toBe(1);
      expect(text()).toMatch(/Error: (Plugin did not respond|Request cancelled)/); // whichever Terraform sees first
      expect(apply(thing("size = 7")).status).toBe(0);
    });

    interface Slow {
      readonly terraform: ChildProcess;
      /** Process id. */
      readonly provider: number;
      readonly text: () => string;
    }

    async function startSlow(): Promise<Slow> {
      const terraform = workspace.start("apply", "-auto-approve");
      let text = "";
      for (const stream of [terraform.stdout!, terraform.stderr!]) stream.on("data", (part: Buffer) => (text += part.toString()));
      await until(() => existsSync(join(workspace.shelf, "events")) && waiting() !== undefined);
      return { terraform, provider: Number(waiting()), text: () => text };
    }

    const waiting = () => /waiting as (\d+)/.exec(readFileSync(join(workspace.shelf, "events"), "utf8"))?.[1];
  });
});

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once("close", resolve));
}

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
