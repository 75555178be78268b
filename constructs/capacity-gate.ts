import { AnnotationMetadataEntryType, App, StackManifest } from "cdktf";
import { rmSync, writeFileSync } from "fs";
import { join } from "path";
import type { CheckOptions } from "../lib/check";
import { FailOn, Finding, formatMistake, InputError, Report } from "../lib/model";
import { findFormat, PLAIN, plainLine } from "../lib/report";
import { annotate, oneLine } from "./gate-annotations";
import { outputFolder, synthesizedFiles } from "./synthesized-files";

export interface CapacityGateOptions {
  /**
   * Inventory file or files, relative to the working directory.
   *
   * @default - inventory.hcl, .yaml or .json beside the output folder or in the working directory
   */
  readonly inventory?: string | readonly string[];
  /**
   * Host failures to tolerate.
   *
   * @default - the inventory's
   */
  readonly failures?: number;
  /**
   * The lowest severity that fails synth.
   *
   * @default "error"
   */
  readonly failOn?: FailOn;
  /**
   * Whether an app without a VM to judge is fine.
   *
   * @default false
   */
  readonly allowEmpty?: boolean;
  /**
   * Values of Terraform variables. The environment's TF_VAR_ variables don't count: cdktf removes them.
   *
   * @default - the variables' own defaults
   */
  readonly variables?: Readonly<Record<string, string>>;
  /**
   * Files with values of Terraform variables, relative to the working directory.
   *
   * @default - none
   */
  readonly variableFiles?: readonly string[];
  /**
   * Names of the stacks to judge.
   *
   * @default - all stacks of the app
   */
  readonly stacks?: readonly string[];
  /**
   * Whether each declared fault domain fails as a whole, too.
   *
   * @default false
   */
  readonly faultDomains?: boolean;
  /**
   * Whether VMs without devices may be moved aside at failover.
   *
   * @default false
   */
  readonly defragMovable?: boolean;
}

export const REPORT_FILE = "passthru-report.json";

const GUARDED = new WeakSet<App>();

/**
 * Judges all stacks of an app as one batch, at the end of its synth, exactly as `passthru check` does: what does not fit fails
 * the synth, with each finding at its construct. The report is in the output folder either way.
 *
 * It is the fast answer on a developer's machine, not the authority: `skipValidation` skips it, so that a pipeline runs
 * `passthru check` on the output folder.
 */
export class CapacityGate {
  /** Throws where the app has a gate already. */
  static of(app: App, options: CapacityGateOptions = {}): void {
    if (GUARDED.has(app)) throw new Error("the app has a capacity gate already; declare one, with all inventories");
    const { failures } = options;
    if (failures !== undefined && !(Number.isInteger(failures) && failures >= 0)) {
      throw new Error(`failures is ${failures}; give a whole number of at least 0`);
    }
    GUARDED.add(app);
    const gate = new CapacityGate(app, options);
    // The only hook that runs once, for the whole app, with every stack on disk.
    app.node.addValidation({ validate: () => gate.validate() });
  }

  private constructor(
    private readonly app: App,
    private readonly options: CapacityGateOptions,
  ) {}

  /** Why synth fails, in a line (each mistake in one); under the cdktf command none, since that fails on the annotations. */
  private validate(): string[] {
    const stacks = Object.values(this.app.manifest.stacks);
    try {
      const report = this.judge();
      annotate(stacks, report, this.options.failOn ?? "error");
      return report.gate.passes || reportsByAnnotations(stacks) ? [] : [this.summary(report)];
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      annotateMistakes(stacks, error);
      return reportsByAnnotations(stacks) ? [] : error.mistakes.map((mistake) => `capacity gate: ${plainLine(formatMistake(mistake))}`);
    }
  }

  private judge(): Report {
    const file = join(this.app.outdir, REPORT_FILE);
    rmSync(file, { force: true }); // so that none is left of an earlier synth where this one can't be judged
    const { check } = require("../lib/check") as typeof import("../lib/check"); // the engine is no part of a stack without a gate
    const { inventory = [] } = this.options;
    const inventories = typeof inventory === "string" ? [inventory] : inventory;
    const report = check({ files: synthesizedFiles(this.app), paths: [outputFolder(this.app)], inventories }, checkOptions(this.options));
    writeFileSync(file, findFormat("json")!(report, PLAIN));
    return report;
  }

  /** What to mend first, with its place; the report has the rest. */
  private summary({ findings, verdict }: Report): string {
    const shown = findings.filter(({ suppressed }) => suppressed === undefined);
    const first = mendedFirst(shown);
    const more = shown.length > 1 ? `, ${shown.length} findings` : "";
    const at = first?.source === undefined ? "" : `${plainLine(`${first.source.file}:${first.source.line}`)}; `;
    return `capacity gate: ${first === undefined ? verdict : oneLine(first)} (${at}${join(outputFolder(this.app), REPORT_FILE)}${more})`;
  }
}

/** The gravest finding, or the one that says why it is so. */
function mendedFirst(findings: readonly Finding[]): Finding | undefined {
  const [gravest] = findings;
  return findings.find(({ rule, cluster }) => gravest?.because?.includes(rule) && cluster === gravest.cluster) ?? gravest;
}

function checkOptions(options: CapacityGateOptions): CheckOptions {
  const { failures, failOn, allowEmpty, variables, variableFiles, stacks, faultDomains, defragMovable } = options;
  return {
    ...(failures !== undefined && { hostFailures: failures }),
    ...(failOn !== undefined && { failOn }),
    ...(allowEmpty !== undefined && { allowEmpty }),
    ...(variables !== undefined && { variables }),
    ...(variableFiles !== undefined && { variableFiles }),
    ...(stacks !== undefined && { stacks }),
    ...(faultDomains !== undefined && { faultDomains }),
    ...(defragMovable === true && { defrag: "movable" as const }),
  };
}

function annotateMistakes(stacks: readonly StackManifest[], { mistakes }: InputError): void {
  for (const mistake of mistakes) {
    stacks[0]?.annotations.push({
      constructPath: stacks[0].constructPath,
      level: AnnotationMetadataEntryType.ERROR,
      message: `passthru: ${plainLine(formatMistake(mistake))}`,
    });
  }
}

/** Whether someone fails because of an error annotation: the cdktf command does, and says with this variable that it is there. */
function reportsByAnnotations(stacks: readonly StackManifest[]): boolean {
  const isFailing = stacks.some(({ annotations }) => annotations.some(({ level }) => level === AnnotationMetadataEntryType.ERROR));
  return isFailing && process.env["CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS"] !== undefined;
}
