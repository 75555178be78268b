import { blockAddress, Block, Configuration } from "../configuration";
import { Step } from "../expression/syntax";
import { Unknown, Value, ValueMap } from "../expression/value";
import { Work } from "../expression/work";
import { DataScope, evaluateData, Templates } from "./evaluate-data";
import { Memo } from "./memo";
import { Providers } from "./providers";
import { Batch, RemoteOutputs, Resource } from "./resource";

/** What names mean in one stack. */
export class StackScope implements DataScope, RemoteOutputs {
  /** By address. */
  readonly resources = new Map<string, Resource>();
  readonly open = false;
  private readonly locals = new Memo("local");
  private readonly outputValues = new Memo("output");
  readonly providers: Providers;

  constructor(
    readonly configuration: Configuration,
    readonly templates: Templates,
    readonly work: Work,
    private readonly variable: (block: Block, scope: DataScope) => Value,
  ) {
    this.providers = new Providers(configuration.providers, this);
  }

  /** Declares the resources; `remote` finds the stack that a `terraform_remote_state` reads. */
  declare(batch: Batch, remote: (block: Block) => StackScope | undefined): void {
    for (const block of this.configuration.resources) {
      const other = block.kind === "data" && block.type === "terraform_remote_state" ? remote(block) : undefined;
      this.resources.set(
        blockAddress(block),
        new Resource(block, this, batch, { ...(other && { remote: other }), providers: this.providers }),
      );
    }
  }

  resolve(root: string, steps: readonly Step[]): { readonly value: Value; readonly used: number } {
    const names = steps.slice(0, 2).map((step) => (step.kind === "attribute" ? step.name : undefined));
    const [first, second] = names;
    if (first === undefined) return undeclared(steps);
    if (root === "var") return { value: this.variableValue(first), used: 1 };
    if (root === "local") return { value: this.local(first), used: 1 };
    if (root === "data") return this.resource(`data.${first}.${second}`, 2, steps);
    return this.resource(`${root}.${first}`, 1, steps);
  }

  outputs(): ValueMap {
    return new Map([...this.configuration.outputs.keys()].map((name) => [name, this.output(name)]));
  }

  private output(name: string): Value {
    const body = this.configuration.outputs.get(name)!.body;
    return this.outputValues.get(name, () => evaluateData(body["value"] ?? null, this));
  }

  /** Reads every variable, used or not: a value that does not fit is a mistake. */
  checkVariables(): void {
    for (const name of this.configuration.variables.keys()) this.variableValue(name);
  }

  private variableValue(name: string): Value {
    const block = this.configuration.variables.get(name);
    return block === undefined ? new Unknown(`\${var.${name}} (not declared)`) : this.variable(block, this);
  }

  private local(name: string): Value {
    const data = this.configuration.locals.get(name);
    if (data === undefined) return new Unknown(`\${local.${name}} (not declared)`);
    return this.locals.get(name, () => evaluateData(data, this));
  }

  private resource(address: string, used: number, steps: readonly Step[]): { readonly value: Value; readonly used: number } {
    const resource = this.resources.get(address);
    return resource === undefined ? undeclared(steps) : { value: resource.value(), used };
  }
}

/** `path`, `terraform`, `module`, and what the stack does not declare: the empty reason is filled in with the expression. */
function undeclared(steps: readonly Step[]): { readonly value: Value; readonly used: number } {
  return { value: new Unknown(""), used: steps.length };
}
