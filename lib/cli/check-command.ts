import { Command, InvalidArgumentError, Option } from "commander";
import type { CheckOptions } from "../check";
import { FailOn, listing, Report, SEVERITIES } from "../model";
import { formatNames } from "../report";
import { ExitStatus } from "./exit";
import { Io } from "./io";
import { Output, parseOutput, writeReport } from "./outputs";

interface CheckFlags {
  readonly inventory?: readonly string[];
  readonly failures?: number;
  readonly format?: readonly Output[];
  readonly var?: readonly (readonly [string, string])[];
  readonly varFile?: readonly string[];
  readonly stack?: readonly string[];
  readonly workspace?: string;
  readonly asOf?: string;
  readonly failOn: FailOn;
  readonly each?: true;
  readonly runTerraform?: true;
  readonly allowEmpty?: true;
  readonly faultDomains?: true;
  readonly defrag?: "movable";
  readonly softFail?: true;
}

const EXAMPLES = `
Examples, in a checkout of this repository after npm ci:
  $ npm start                                 the example stacks, judged
  $ npx passthru check cdktf.out -i stacks/inventory.hcl
                                              the same, once synthesized
  $ npx passthru check cdktf.out -i stacks/inventory.hcl -n 2
                                              with two hosts down
  $ npx passthru check cdktf.out -i stacks/inventory.hcl --format json=out.json
                                              for a machine to read

In yours:
  $ npx vsphere-passthru check envs/*/        all environments as one batch
  $ npx vsphere-passthru check --each envs/*/
                                              each for itself, with one summary
  $ npx vsphere-passthru check --run-terraform plan.bin
                                              a plan that is not shown as JSON yet`;

const [DEFAULT_FORMAT = ""] = formatNames;
const FORMATS = `${listing([`${DEFAULT_FORMAT} (default)`, ...formatNames.slice(1)], "or")}; repeatable`;

/** `passthru check`: the gate. */
export function addCheckCommand(program: Command, io: Io, finish: (status: ExitStatus) => void): void {
  program
    .command("check")
    .summary("judge stacks against an inventory: the gate")
    .description("Judges stacks against an inventory: whether every VM powers on in every order, and comes back when hosts fail.")
    .argument(
      "[path...]",
      "cdktf.out folders, cdk.tf.json files, plans (terraform show -json) or folders of *.tf, one batch; - is standard input",
      ["cdktf.out"],
    )
    .option("-i, --inventory <file>", "HCL, YAML or JSON; repeatable (default: inventory.{hcl,yaml,json} beside PATH or here)", more)
    .option("-n, --failures <n>", "host failures to tolerate (default: the inventory's)", hostFailures)
    .option("--format <name[=file]>", FORMATS, parseOutput)
    .option("--var <name=value>", "value of a variable, as in Terraform; repeatable", variable)
    .option("--var-file <file>", "values of variables; repeatable", more)
    .option("--stack <name>", "only this stack of the app; repeatable", more)
    .option("--workspace <name>", "Terraform's workspace (default: TF_WORKSPACE, or what is selected in the folder)")
    .option("--as-of <time>", "when the plan is made, as timestamp() says it: 2026-11-30 or 2026-11-30T08:00:00Z", timeOfPlan)
    .addOption(new Option("--fail-on <level>", "lowest severity that fails").choices([...SEVERITIES, "none"]).default("error"))
    .option("--each", "judge each path for itself, one after the other; the exit status is the worst")
    .option("--run-terraform", "show binary plans by `terraform show -json` in their folders, which starts the providers there")
    .option("--allow-empty", "a stack with no VM to judge is fine")
    .option("--fault-domains", "also fail each declared fault domain as a whole")
    .addOption(new Option("--defrag <which>", "VMs without devices may be moved aside at failover").choices(["movable"]))
    .option("--soft-fail", "print, and exit 0")
    .addHelpText("after", EXAMPLES)
    .action(async (paths: readonly string[], flags: CheckFlags) => finish(await checkAndReport(paths, flags, io)));
}

async function checkAndReport(paths: readonly string[], flags: CheckFlags, io: Io): Promise<ExitStatus> {
  // Loaded here, so that --help and --version don't wait for the engine.
  const { check } = require("../check") as typeof import("../check");
  // Said here or not at all: no file and no environment can make the gate run what a folder has installed.
  const files =
    flags.runTerraform === true ? (require("./terraform-show") as typeof import("./terraform-show")).withTerraform(io) : io.files;
  const judge = (...together: readonly string[]): Report =>
    check({ files, paths: together, inventories: flags.inventory ?? [] }, optionsOf(flags, io));
  const outputs = flags.format ?? parseOutput(DEFAULT_FORMAT);
  const passes = ({ gate }: Report): boolean => gate.passes || flags.softFail === true;
  if (flags.each === true) {
    const { checkEach } = require("./check-each") as typeof import("./check-each");
    return await checkEach(paths, outputs, judge, passes, io);
  }
  const report = judge(...paths);
  if (!(await writeReport(report, outputs, io))) return 2;
  return passes(report) ? 0 : 1;
}

function optionsOf(flags: CheckFlags, io: Io): CheckOptions {
  return {
    ...(flags.failures === undefined ? {} : { hostFailures: flags.failures }),
    variables: Object.fromEntries(flags.var ?? []),
    environment: Object.fromEntries(variablesOf(io.environment)),
    variableFiles: flags.varFile ?? [],
    stacks: flags.stack ?? [],
    ...workspaceOf(flags.workspace ?? io.environment["TF_WORKSPACE"]),
    ...(flags.asOf === undefined ? {} : { asOf: flags.asOf }),
    failOn: flags.failOn,
    allowEmpty: flags.allowEmpty === true,
    faultDomains: flags.faultDomains === true,
    ...(flags.defrag === undefined ? {} : { defrag: flags.defrag }),
  };
}

/** Terraform's own way to give values: TF_VAR_name. */
function variablesOf(environment: Io["environment"]): readonly (readonly [string, string])[] {
  return Object.entries(environment).flatMap(([name, value]) =>
    name.startsWith("TF_VAR_") && value !== undefined ? [[name.slice("TF_VAR_".length), value] as const] : [],
  );
}

function more(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}

function variable(text: string, before: CheckFlags["var"] = []): NonNullable<CheckFlags["var"]> {
  const end = text.indexOf("=");
  if (end <= 0) throw new InvalidArgumentError("NAME=VALUE was expected.");
  return [...before, [text.slice(0, end), text.slice(end + 1)]];
}

/** Terraform takes an empty one for none. */
function workspaceOf(name: string | undefined): { readonly workspace?: string } {
  return name ? { workspace: name } : {};
}

const DAY = /^\d{4}-\d\d-\d\d$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;

function timeOfPlan(text: string): string {
  if (!DAY.test(text) && !TIME.test(text)) throw new InvalidArgumentError("A day or a time was expected, such as 2026-11-30T08:00:00Z.");
  return DAY.test(text) ? `${text}T00:00:00Z` : text;
}

function hostFailures(text: string): number {
  if (!/^\d{1,4}$/.test(text)) throw new InvalidArgumentError("A whole number of hosts was expected, 0 or more.");
  return Number(text);
}
