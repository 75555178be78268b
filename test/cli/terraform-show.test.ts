import { processIo, ProgramLimits, ProgramResult } from "../../lib/cli/io";
import { run } from "../../lib/cli/run";
import { isBinaryPlan } from "../../lib/model";
import { withTerraform } from "../../lib/cli/terraform-show";
import { memoryIo } from "./memory-io";

const PLAN = "PK\u0003\u0004 and so on";
const JSON_PLAN = Buffer.from('{"format_version":"1.2","resource_changes":[]}');
const DONE: ProgramResult = { status: 0, stdout: JSON_PLAN, stderr: "" };

type Call = readonly [program: string, args: readonly string[], limits: ProgramLimits];

function outside(answer: (program: string) => ProgramResult = () => DONE) {
  const calls: Call[] = [];
  const io = memoryIo(
    {
      "envs/prod/plan.bin": PLAN,
      "-x": PLAN,
      "main.tf": "locals {\n}\n",
      "inventory.hcl": 'cluster "c" {\n  host "h" {\n    esxi = "8.0"\n    cpu_mhz = 1\n    memory_mb = 1\n  }\n}\n',
    },
    {
      run: (...call) => {
        calls.push(call);
        return answer(call[0]);
      },
    },
  );
  return { io, calls };
}

test("a binary plan is what Terraform shows of it, in its folder", () => {
  const { io, calls } = outside();
  expect(withTerraform(io).read("envs/prod/plan.bin", 1000)).toBe(JSON_PLAN);
  expect(calls).toEqual([
    ["terraform", ["show", "-json", "-no-color", "plan.bin"], { folder: "envs/prod", maxBytes: 1000, timeLimitMs: 300_000 }],
  ]);
});

test("a name is never an option", () => {
  const { io, calls } = outside();
  withTerraform(io).read("-x", 1000);
  expect(calls).toMatchObject([["terraform", ["show", "-json", "-no-color", "./-x"], { folder: "." }]]);
});

test("what is no binary plan is read as it is", () => {
  const { io, calls } = outside();
  expect(isBinaryPlan(withTerraform(io).read("main.tf", 1000))).toBe(false);
  expect(calls).toEqual([]);
});

test("where there is no Terraform, OpenTofu is asked", () => {
  const { io, calls } = outside((program) => (program === "tofu" ? DONE : { ...DONE, status: null, failure: "ENOENT" }));
  withTerraform(io).read("envs/prod/plan.bin", 1000);
  expect(calls.map(([program]) => program)).toEqual(["terraform", "tofu"]);
});

test.each<[Partial<ProgramResult>, string]>([
  [{ status: 1 }, "`terraform show -json` failed with exit status 1"],
  [{ status: null, failure: "ETIMEDOUT" }, "`terraform show -json` took more than 5 minutes, and was stopped"],
  [{ status: null, failure: "ENOBUFS" }, "answered with more than 128 MB, and was stopped"],
  [{ status: null, failure: "EACCES" }, "can't be run (EACCES)"],
  [{ status: null, failure: "ENOENT" }, "neither terraform nor tofu is found"],
])("of %j nothing is judged, and it is said why", async (result, message) => {
  const { io } = outside(() => ({ ...DONE, stderr: "Error: \u001b[31mno provider\n::error::x", ...result }));
  expect(await run(["check", "--run-terraform", "envs/prod/plan.bin", "-i", "inventory.hcl"], io)).toBe(2);
  expect(io.printed.err).toContain(message);
  expect(io.printed.err).not.toMatch(/\u001b|^::/m);
});

test.each([{}, { CI: "true" }])("it is run where the command line says so, with %j", async (environment) => {
  const { io, calls } = outside();
  expect(
    await run(["check", "--run-terraform", "--allow-empty", "envs/prod/plan.bin", "-i", "inventory.hcl"], { ...io, environment }),
  ).toBe(0);
  expect(calls).toHaveLength(1);
});

test("nothing is run where it does not", async () => {
  const { io, calls } = outside();
  const environment = { PASSTHRU_RUN_TERRAFORM: "1", RUN_TERRAFORM: "true" };
  expect(await run(["check", "envs/prod/plan.bin", "-i", "inventory.hcl"], { ...io, environment })).toBe(2);
  expect(calls).toEqual([]);
  expect(io.printed.err).toContain("or let --run-terraform do the first");
});

describe("a program", () => {
  const start = (code: string, limits: Partial<ProgramLimits> = {}): ProgramResult =>
    processIo().run(process.execPath, ["-e", code], { folder: ".", maxBytes: 1000, timeLimitMs: 20_000, ...limits });

  test("is run to its end, in its folder and without input", () => {
    const code =
      'process.stdout.write(process.cwd()); console.error("why"); process.stdin.on("data", () => {}).on("end", () => process.exit(3))';
    expect(start(code, { folder: "/" })).toEqual({ status: 3, stdout: Buffer.from("/"), stderr: "why\n" });
  });
  test.each<[string, string, Partial<ProgramLimits>]>([
    ["ETIMEDOUT", "setInterval(() => {}, 1000)", { timeLimitMs: 300 }],
    ["ENOBUFS", 'process.stdout.write("x".repeat(100000))', {}],
    ["ENOENT", "0", { folder: "/nowhere" }],
  ])("is stopped, or not begun: %s", (failure, code, limits) => expect(start(code, limits)).toMatchObject({ failure }));
});
