import { Block, blockAddress, Configuration } from "../configuration";

/** A module as it stands in the tree of calls, for all its instances: the root module, which is a stack, or what a call leads to. */
export class Module {
  readonly resources: readonly ModuleResource[];

  constructor(
    /** The name of the stack that it is in. */
    readonly stack: string,
    readonly configuration: Configuration,
    /** Without keys, `module.a.module.b`; empty for the root module. */
    readonly address: string,
    /** As `path.module` has it: `.`, `modules/vm`. */
    readonly path: string,
    readonly calls: ReadonlyMap<string, ModuleCall>,
  ) {
    this.resources = configuration.resources.map((block) => new ModuleResource(block, this));
  }

  /** It and all that are in it, outermost first. */
  *all(): Generator<Module> {
    yield this;
    for (const { called } of this.calls.values()) if (called instanceof Module) yield* called.all();
  }

  /** `module.a.` before what is in it. */
  inside(address: string): string {
    return this.address === "" ? address : `${this.address}.${address}`;
  }
}

/** A `module` block, and what it leads to. */
export interface ModuleCall {
  readonly block: Block;
  readonly called: Module | NotRead;
}

/** A module that is not at hand. */
export interface NotRead {
  /** What was found, to be said after the call's address. */
  readonly why: string;
  /** The source leads to no module: neither `terraform init` nor a plan helps. */
  readonly isWrong?: true;
}

/** A resource or data source as it is written: in all instances of its module. */
export class ModuleResource {
  /** Without keys: `module.a.vsphere_host.b`. */
  readonly address: string;
  /** The type, with `data.` before it for a data source. */
  readonly type: string;

  constructor(
    readonly block: Block,
    readonly module: Module,
  ) {
    this.address = module.inside(blockAddress(block));
    this.type = block.kind === "data" ? `data.${block.type}` : block.type;
  }
}
