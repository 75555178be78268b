import { groupBy, Mistake } from "../../model";
import { Block, Configuration } from "../configuration";
import { Data, isMap } from "../data";
import { Work } from "../expression/work";
import { Templates } from "./evaluate-data";
import { Batch } from "./resource";
import { StackScope } from "./stack-scope";
import { Variables } from "./variables";

/** Instances that count and for_each make, of all resources together: more than the 45,000 VMs that a vCenter 8 can have. */
const MAX_INSTANCES = 50_000;

/** All stacks that were read, each with its names, and with each other's outputs. */
export class Workspace implements Batch {
  readonly mistakes: Mistake[] = [];
  readonly templates = new Templates();
  readonly stacks: readonly StackScope[];
  private readonly byCrossStackName: ReadonlyMap<string, readonly StackScope[]>;
  private readonly byState: ReadonlyMap<string, readonly StackScope[]>;
  private instances = 0;

  constructor(configurations: readonly Configuration[], variables: Variables) {
    const work = new Work();
    this.stacks = configurations.map(
      (each) => new StackScope(each, this.templates, work, (block, scope) => variables.value(block, scope, this.mistakes, each.values)),
    );
    this.byCrossStackName = groupBy(this.stacks, ({ configuration }) => crossStackName(configuration));
    this.byState = groupBy(this.stacks, ({ configuration }) => keptState(configuration) ?? "");
    for (const stack of this.stacks) stack.declare(this, (block) => this.remote(block, stack));
  }

  reserve(instances: number): boolean {
    if (this.instances + instances > MAX_INSTANCES) return false;
    this.instances += instances;
    return true;
  }

  /** The stack that a `terraform_remote_state` reads: cdktf names it after its construct path, people configure its backend. */
  private remote(block: Block, reader: StackScope): StackScope | undefined {
    const named = this.byCrossStackName.get(block.name) ?? [];
    const known = named.some((stack) => stack !== reader) ? named : (this.byState.get(readState(block) ?? "none") ?? []);
    const [first, ...more] = known.filter((stack) => stack !== reader);
    return more.length === 0 ? first : undefined;
  }
}

/** As `TerraformStack.registerIncomingCrossStackReference` names it; other characters do not survive in a Terraform name. */
function crossStackName({ constructPath, name }: Configuration): string {
  return `cross-stack-reference-input-${constructPath ?? name}`.replace(/[^A-Za-z0-9_-]/g, "");
}

/** Where a stack keeps its state, as text; undefined where it does not say. */
function keptState({ backend }: Configuration): string | undefined {
  return backend && isMap(backend.settings) ? stateKey(backend.type, backend.settings) : undefined;
}

function readState({ body }: Block): string | undefined {
  return typeof body["backend"] === "string" ? stateKey(body["backend"], body["config"] ?? null) : undefined;
}

/** No name of a resource has a space. */
function stateKey(type: string, settings: Data): string {
  return `${type} ${canonical(settings)}`;
}

function canonical(data: Data): string {
  return JSON.stringify(data, (_, value: unknown) => (isPlain(value) ? Object.fromEntries(Object.entries(value).sort(byKey)) : value));
}

function isPlain(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
