import { known, unknown } from "../../lib/model";
import { mistakesOf, readApp, readFiles, readStack, readVmOf, vmStack } from "./read";

describe("a VM's attributes", () => {
  test("that are not set have the provider's defaults", () => {
    expect(readStack({ resource: { vsphere_virtual_machine: { x: {} } } }).vms).toEqual([
      {
        address: "vsphere_virtual_machine.x",
        label: "x",
        name: unknown("name is not set"),
        stack: "cdk",
        action: "from-stack",
        cluster: unknown("resource_pool_id is not set"),
        cpus: known(1),
        memoryMb: known(1024),
        memoryReservationMb: known(0),
        memoryLockedToMax: known(false),
        cpuReservationMhz: known(0),
        latencySensitivity: known("normal"),
        firmware: known("bios"),
        madeFrom: known("nothing"),
        datastores: [],
        networks: [],
        extraConfig: known({}),
        carriers: { gpuIntent: false },
        createBeforeDestroy: false,
        ignoreChanges: [],
        dependsOn: [],
        source: { file: "cdk.tf.json", line: 4, column: 7 },
      },
    ]);
  });

  test.each<[string, object, object]>([
    ["numbers as texts", { memory: "4096", num_cpus: "${2 * 4}" }, { memoryMb: known(4096), cpus: known(8) }],
    ["null", { memory: null, num_cpus: "${null}" }, { memoryMb: known(1024), cpus: known(1) }],
    ["bools as texts", { memory_reservation_locked_to_max: "true" }, { memoryLockedToMax: known(true) }],
    ["a CPU limit", { cpu_limit: 2000 }, { cpuLimitMhz: known(2000) }],
    [
      "its guest",
      { guest_id: "ubuntu64Guest", latency_sensitivity: "high" },
      { guestId: known("ubuntu64Guest"), latencySensitivity: known("high") },
    ],
    ["a memory limit", { memory_limit: 2048 }, { memoryLimitMb: known(2048) }],
    ["an unknown number", { memory: "${data.a.b.c}" }, { memoryMb: unknown("${data.a.b.c}") }],
    ["an expression that fails", { memory: '${1 + "x"}' }, { memoryMb: unknown('${1 + "x"} (a string is no number)') }],
    ["an expression that is none", { name: "${1 +}" }, { name: unknown("${1 +} (unexpected end at 6)"), label: "x" }],
    ["a lifecycle that ignores all", { lifecycle: { ignore_changes: "all" } }, { ignoreChanges: ["all"] }],
    [
      "a lifecycle as a list of blocks",
      { lifecycle: [{ create_before_destroy: true, ignore_changes: ["${memory}", "clone[0].template_uuid"] }] },
      { createBeforeDestroy: true, ignoreChanges: ["clone", "memory"] },
    ],
    [
      "extra_config with odd keys",
      { extra_config: { constructor: 1, "guestinfo.userdata": '${file("x")}', "a.b": true } },
      { extraConfig: known({ constructor: "1", "a.b": "true" }) },
    ],
    ["an unknown extra_config", { extra_config: "${var.none}" }, { extraConfig: unknown("${var.none} (not declared)") }],
  ])("may be %s", (_, body, expected) => expect(readVmOf(body)).toMatchObject(expected));

  test("have no memory limit where it is -1", () => expect(readVmOf({ memory_limit: -1 })).not.toHaveProperty("memoryLimitMb"));

  test("of another type are mistakes at their lines, all at once, without showing what was evaluated", () => {
    const body = {
      memory: "lots",
      num_cpus: 0,
      cpu_reservation: 1.5,
      memory_reservation: "${local.secret}",
      extra_config: [],
      firmware: {},
    };
    expect(mistakesOf(() => readVmOf(body, { locals: { secret: "hunter2" } })).split("\n")).toEqual([
      'cdk.tf.json:9:9  vsphere_virtual_machine.x: memory must be a whole number of MB from 1, found "lots"',
      "cdk.tf.json:10:9  vsphere_virtual_machine.x: num_cpus must be a whole number from 1, found 0",
      "cdk.tf.json:11:9  vsphere_virtual_machine.x: cpu_reservation must be a whole number of MHz from 0, found 1.5",
      'cdk.tf.json:12:9  vsphere_virtual_machine.x: memory_reservation must be a whole number of MB from 0, found a string from "${local.secret}"',
      "cdk.tf.json:13:9  vsphere_virtual_machine.x: extra_config must be an object, found a list",
      "cdk.tf.json:14:9  vsphere_virtual_machine.x: firmware must be a string, found an object",
    ]);
  });
});

describe("variables", () => {
  const stack = vmStack(
    { memory: "${var.memory}", name: "${var.name}-${var.list[0]}" },
    { variable: { memory: { type: "number", default: 2048 }, name: { type: "string" }, list: { type: "list(string)", default: ["z"] } } },
  );
  const read = (options: object, files: object = {}) => readFiles({ "cdk.tf.json": stack, ...files }, ["cdk.tf.json"], options).vms[0]!;

  test.each<[string, object, object, object]>([
    ["a default", {}, {}, { memoryMb: known(2048), name: unknown("${var.name} (no value and no default)") }],
    ["the command line", { variables: { memory: "4096", name: "a" } }, {}, { memoryMb: known(4096), name: known("a-z") }],
    ["a list on the command line", { variables: { list: '["q"]', name: "a" } }, {}, { name: known("a-q") }],
    ["a JSON file", { variableFiles: ["v.tfvars.json"] }, { "v.tfvars.json": { name: "j" } }, { name: known("j-z") }],
    ["an HCL file", { variableFiles: ["v.tfvars"] }, { "v.tfvars": 'name = "h"\nlist = ["k"]\n' }, { name: known("h-k") }],
    [
      "the later of two files",
      { variableFiles: ["a.tfvars.json", "b.tfvars.json"] },
      { "a.tfvars.json": { name: "a" }, "b.tfvars.json": { name: "b" } },
      { name: known("b-z") },
    ],
    [
      "the command line before a file",
      { variables: { name: "c" }, variableFiles: ["a.tfvars.json"] },
      { "a.tfvars.json": { name: "a" } },
      { name: known("c-z") },
    ],
  ])("get their values from %s", (_, options, files, expected) => expect(read(options, files)).toMatchObject(expected));

  // As Terraform 1.11 has it.
  test.each<[string, object, Record<string, unknown>, number]>([
    ["is a value", {}, {}, 1024],
    ["is a value before another file's", {}, { "s/terraform.tfvars": "memory = 4096\n" }, 1024],
    ["is its default where it can't be null", { nullable: false }, {}, 2048],
  ])("a variable's null in a file %s", (_, declared, files, memory) => {
    const main = vmStack({ memory: "${var.memory}" }, { variable: { memory: { type: "number", default: 2048, ...declared } } });
    const read = readFiles({ "s/main.tf.json": main, "v.tfvars": "memory = null\n", ...files }, ["s"], { variableFiles: ["v.tfvars"] });
    expect(read.vms[0]!.memoryMb).toEqual(known(memory));
  });

  test.each<[string, object, object, string]>([
    ["a value of another type", { variables: { memory: "much" } }, {}, 'variable "memory" must be a number, found a string'],
    ["a list that is none", { variables: { list: "[", name: "a" } }, {}, "--var list  expected a list or map"],
    ["a missing file", { variableFiles: ["no.tfvars"] }, {}, "no.tfvars  the variable file is not found"],
    ["a file that is no object", { variableFiles: ["v.json"] }, { "v.json": [] }, "v.json:1  expected an object"],
    ["a block in a file", { variableFiles: ["v.tfvars"] }, { "v.tfvars": "a {\n}\n" }, 'v.tfvars:1:1  found a block "a"'],
  ])("refuse %s", (_, options, files, expected) => expect(mistakesOf(() => read(options, files))).toContain(expected));

  test("that are sensitive are not looked at", () => {
    const variable = { name: { sensitive: true, default: "hunter2" } };
    expect(readVmOf({ name: "${var.name}" }, { variable }, { variables: { name: "hunter3" } }).name).toEqual(
      unknown("${var.name} (sensitive)"),
    );
  });

  test("that no stack declares are mistakes where somebody typed them", () => {
    const mistakes = mistakesOf(() =>
      readStack({ ...vmStack({}), variable: { replicas: {} } }, { variables: { replica: "1", __proto__x: "2" } }),
    );
    expect(mistakes).toBe(
      '--var __proto__x  no stack declares the variable "__proto__x"\n--var replica  no stack declares the variable "replica"; did you mean "replicas"?',
    );
  });

  test("that no stack declares are noted where a file of values has them", () => {
    const files = { "s.tf.json": JSON.stringify(vmStack({})), "v.tfvars": "typo = 1\n" };
    const { notes } = readFiles(files, ["s.tf.json"], { variableFiles: ["v.tfvars"] });
    expect(notes.map(({ rule, message }) => ({ rule, message }))).toEqual([
      { rule: "undeclared-variable", message: 'a value is given for the variable "typo", which no stack declares' },
    ]);
  });
});

describe("references", () => {
  test.each<[string, string, object, object]>([
    ["a local", "${local.a}", { locals: { a: "${local.b}!", b: "x" } }, known("x!")],
    ["a local that is not there", "${local.a}", {}, unknown("${local.a} (not declared)")],
    ["a local of itself", "${local.a}", { locals: { a: "${local.a}" } }, unknown("${local.a} (it refers to itself)")],
    ["locals in a ring", "${local.a}", { locals: { a: "${local.b}", b: "${local.a}" } }, unknown("${local.a} (it refers to itself)")],
    ["keys that are no texts", "${jsonencode(local.a)}", { locals: { a: { "${1 + 1}": 1, "${true}": 2 } } }, known('{"2":1,"true":2}')],
    ["another resource's attribute", "${t.n.name}-1", { resource: { t: { n: { name: "y" } } } }, known("y-1")],
    [
      "a chain of them",
      "${t.n.name}",
      { resource: { t: { n: { name: "${data.u.m.tag}" } } }, data: { u: { m: { tag: "z" } } } },
      known("z"),
    ],
    ["a resource that is not null", '${t.n == null ? "none" : "one"}', { resource: { t: { n: {} } } }, known("one")],
    ["what the provider sets", "${t.n.id}", { resource: { t: { n: {} } } }, unknown("${t.n.id} (known after apply)")],
    [
      "what a block may have more",
      '${try(t.n.block[0].ip, "no")}',
      { resource: { t: { n: { block: [{ a: 1 }] } } } },
      unknown("${t.n.block[0].ip}"),
    ],
    ["a resource that is not there", "${t.n.id}", {}, unknown("${t.n.id}")],
    ["an instance of count", "${t.n[1].name}", { resource: { t: { n: { count: 2, name: "n${count.index}" } } } }, known("n1")],
    ["all instances", '${join(",", t.n[*].name)}', { resource: { t: { n: { count: 2, name: "n${count.index}" } } } }, known("n0,n1")],
    [
      "instances of for_each",
      '${join(",", [for k, each in t.n : "${k}=${each.name}"])}',
      { resource: { t: { n: { for_each: { a: "x", b: "y" }, name: "${each.value}" } } } },
      known("a=x,b=y"),
    ],
    [
      "an instance that is not there",
      "${t.n[2].name}",
      { resource: { t: { n: { count: 1 } } } },
      unknown("${t.n[2].name} (a list has no element 2)"),
    ],
    ["the workspace", "${terraform.workspace}", {}, known("default")],
    [
      "the workspace of HCP Terraform",
      "${terraform.workspace}",
      { terraform: { cloud: {} } },
      unknown("${terraform.workspace} (HCP Terraform knows it: --workspace says it)"),
    ],
    [
      "a function of a provider",
      "${provider::time::rfc3339(1)}",
      {},
      unknown("${provider::time::rfc3339(…)} (a function of a provider, which is not started)"),
    ],
    ["the time", "${timestamp()}", {}, unknown("${timestamp()} (the time of the plan: --as-of says one)")],
    ["a module's output", "${module.m.out}", { module: { m: { source: "./m" } } }, unknown("${module.m.out} (the module is not read)")],
    ["an escaped one", "$${t.n.name}", {}, known("${t.n.name}")],
    ["a name like a prototype's", "${local.constructor}", {}, unknown("${local.constructor} (not declared)")],
    ["__proto__", "${local.__proto__}", {}, unknown("${local.__proto__} (not declared)")],
  ])("to %s", (_, name, rest, expected) => expect(readVmOf({ name }, rest).name).toEqual(expected));

  const other = { output: { o: { value: "${t.n.name}" } }, resource: { t: { n: { name: "shared" } } } };
  test("to another stack's output, by cdktf's name for it", () => {
    const data = { terraform_remote_state: { "cross-stack-reference-input-b": {} } };
    const name = "${data.terraform_remote_state.cross-stack-reference-input-b.outputs.o}";
    const plan = readApp({ a: vmStack({ name }, { data }), b: other }, { a: ["b"] });
    expect(plan.vms[0]!.name).toEqual(known("shared"));
  });

  test("to another stack's output, by where its state is", () => {
    const backend = { s3: { bucket: "x", key: "b" } };
    const data = { terraform_remote_state: { theirs: { backend: "s3", config: { key: "b", bucket: "x" } } } };
    const name = "${data.terraform_remote_state.theirs.outputs.o}";
    const plan = readApp({ a: vmStack({ name }, { data }), b: { ...other, terraform: { backend } } });
    expect(plan.vms[0]!.name).toEqual(known("shared"));
    expect(plan.stacks.find((stack) => stack.name === "a")!.dependsOn).toEqual(["b"]);
  });

  test.each([{}, { outputs: "plain" }])("to a stack that is not there are unknown: %j", (theirs) => {
    const name = "${data.terraform_remote_state.theirs.outputs}";
    expect(readVmOf({ name }, { data: { terraform_remote_state: { theirs } } }).name).toEqual(unknown(name));
    const output = "${data.terraform_remote_state.theirs.outputs.o}";
    expect(readVmOf({ name: output }, { data: { terraform_remote_state: { theirs } } }).name).toEqual(unknown(output));
  });
});

describe("instances", () => {
  test.each<[string, object, object, string[]]>([
    ["a number", { count: 2 }, {}, ["[0]", "[1]"]],
    ["zero", { count: 0 }, {}, []],
    ["a condition", { count: "${local.on ? 1 : 0}" }, { locals: { on: false } }, []],
    ["a map", { for_each: { b: 1, a: 2 } }, {}, ['["a"]', '["b"]']],
    ["a set", { for_each: '${toset(["y", "x"])}' }, {}, ['["x"]', '["y"]']],
    [
      "an argument that may be a set, of a resource",
      { for_each: "${a_b.c.list}" },
      { resource: { a_b: { c: { list: ["y", "x"] } } } },
      ['["x"]', '["y"]'],
    ],
    ["a condition over a set", { for_each: '${true ? toset(["a"]) : []}' }, {}, ['["a"]']],
    ["keys that need quotes", { for_each: { 'a"b': 1 } }, {}, ['["a\\"b"]']],
    ["another resource's instances", { for_each: "${t.n}" }, { resource: { t: { n: { for_each: { a: 1 } } } } }, ['["a"]']],
  ])("are made of %s", (_, body, rest, suffixes) => {
    const addresses = readStack(vmStack(body, rest)).vms.map(({ address }) => address);
    expect(addresses).toEqual(suffixes.map((suffix) => `vsphere_virtual_machine.x${suffix}`));
  });

  test.each<[string, object, object, string]>([
    ["an unknown count", { count: "${var.n}" }, { variable: { n: {} } }, "${var.n} (no value and no default)"],
    ["an unknown set", { for_each: "${toset([t.n.id])}" }, { resource: { t: { n: {} } } }, "${t.n.id} (known after apply)"],
    ["far too many", { count: 1e9 }, {}, "there are more instances than are judged"],
    ["a count of itself", { count: "${length(vsphere_virtual_machine.x)}" }, { variable: {} }, "its count refers to itself"],
  ])("stand for all with %s", (_, body, rest, why) => {
    const read = () => readStack(vmStack({ ...body, name: "${count.index}" }, rest));
    if (why.startsWith("its count")) return expect(mistakesOf(read)).toContain("depends on itself");
    expect(read().vms).toMatchObject([{ address: "vsphere_virtual_machine.x", unknownCount: why, name: unknown("${count.index}") }]);
  });

  test.each([
    ["a negative count", { count: -1 }, "count of vsphere_virtual_machine.x must be a whole number from 0, found -1"],
    ["a count of half", { count: 0.5 }, "found 0.5"],
    ["a count that is null", { count: null }, "must be a whole number from 0, found null"],
    ["a count that comes to null", { count: "${true ? null : 1}" }, "must be a whole number from 0, found null"],
    ["a for_each that is null", { for_each: null }, "must be a map or a set of strings, found null"],
    ["count and for_each", { count: 1, for_each: {} }, "has both count and for_each"],
    ["a count that is no number", { count: "two" }, "found a string"],
    ["a for_each of numbers", { for_each: [1] }, "for_each of vsphere_virtual_machine.x must be a map or a set of strings, found a list"],
    ["a for_each of a list", { for_each: ["a"] }, "must be a map or a set of strings, found a list; toset(…) makes a set of one"],
    ["a for_each of keys", { for_each: "${keys({ a = 1 })}" }, "must be a map or a set of strings, found a list"],
  ])("refuse %s", (_, body, expected) => expect(mistakesOf(() => readVmOf(body))).toContain(expected));
});
