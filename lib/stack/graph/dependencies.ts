import { blockAddress } from "../configuration";
import { SyntaxMistake } from "../expression/lexer";
import { forEachReference } from "../expression/references";
import { Step } from "../expression/syntax";
import { Module, ModuleResource } from "../modules/module";
import { Templates } from "../resolve/evaluate-data";
import { closure, DependencyGraph, DependencyNode } from "./closure";
import { blockTemplates, dataTemplates, Visit } from "./templates";

/** The root modules that are followed, and how they read each other. */
export interface Followed {
  readonly stacks: readonly Module[];
  readonly templates: Templates;
  /** The root module of the stack that a `terraform_remote_state` reads. */
  remoteOf(resource: ModuleResource): Module | undefined;
}

/**
 * Which of the `marked` resources each of them depends on, transitively, through whatever is between: as Terraform has it,
 * between whole resources, in all instances of their modules. Stacks that are not given lead nowhere. Throws InputError where
 * resources depend on themselves.
 */
export function dependencies(
  followed: Followed,
  marked: readonly ModuleResource[],
): Generator<[ModuleResource, readonly ModuleResource[]]> {
  const graph = new Graph(followed);
  return closure(graph, new Map(marked.map((resource) => [resource, graph.number(resource)])));
}

/** What waits in a module for its call, and what waits for all that is in it (`depends_on`), are nodes of their own. */
const CALL = "(call)";
const ALL = "(all)";

class Graph implements DependencyGraph {
  readonly nodes: DependencyNode[] = [];
  readonly successors: number[][] = [];
  /** By module, and by name in it: `vsphere_host.a`, `local.b`, `var.c`, `output.d`. */
  private readonly numbers = new Map<Module, Map<string, number>>();
  private readonly resources = new Map<ModuleResource, number>();

  constructor(private readonly followed: Followed) {
    const modules = followed.stacks.flatMap((stack) => [...stack.all()]);
    for (const module of modules) this.addNodes(module);
    for (const module of modules) this.addEdges(module);
  }

  number(resource: ModuleResource): number {
    return this.resources.get(resource)!;
  }

  private addNodes(module: Module): void {
    const { locals, outputs, variables } = module.configuration;
    const numbers = new Map<string, number>();
    this.numbers.set(module, numbers);
    const add = (name: string, node: Omit<DependencyNode, "label"> = {}): number => {
      const number = this.nodes.push({ label: module.inside(name), ...node }) - 1;
      this.successors.push([]);
      numbers.set(name, number);
      return number;
    };
    for (const resource of module.resources) this.resources.set(resource, add(blockAddress(resource.block), { block: resource.block }));
    for (const name of locals.keys()) add(`local.${name}`);
    for (const [name, block] of outputs) add(`output.${name}`, { block });
    if (module.address !== "") for (const name of [...[...variables.keys()].map((each) => `var.${each}`), CALL, ALL]) add(name);
    for (const [name, { called }] of module.calls) if (!(called instanceof Module)) add(`module.${name}`);
  }

  private addEdges(module: Module): void {
    const { locals, outputs } = module.configuration;
    const numbers = this.numbers.get(module)!;
    const targets = new Targets(this.followed, module, this.numbers);
    const from = (number: number, read: (visit: Visit) => void): void => this.connect(number, targets, read);
    for (const { block } of module.resources) from(numbers.get(blockAddress(block))!, (visit) => blockTemplates(block, visit));
    for (const [name, data] of locals) from(numbers.get(`local.${name}`)!, (visit) => dataTemplates(data, visit));
    for (const [name, block] of outputs) from(numbers.get(`output.${name}`)!, (visit) => blockTemplates(block, visit));
    const own = numbers.get(CALL);
    if (own !== undefined) for (const number of numbers.values()) if (number !== own) this.successors[number]!.push(own);
    for (const [name, { block, called }] of module.calls) {
      if (!(called instanceof Module)) {
        from(numbers.get(`module.${name}`)!, (visit) => blockTemplates(block, visit));
        continue;
      }
      const inner = this.numbers.get(called)!;
      const { count = null, for_each: forEach = null, depends_on: dependsOn = null } = block.body;
      from(inner.get(CALL)!, (visit) => blockTemplates({ body: { count, for_each: forEach, depends_on: dependsOn } }, visit));
      for (const argument of called.configuration.variables.keys()) {
        from(inner.get(`var.${argument}`)!, (visit) => dataTemplates(block.body[argument] ?? null, visit));
      }
      if (own !== undefined) this.successors[inner.get(CALL)!]!.push(own);
      this.successors[inner.get(ALL)!]!.push(...called.resources.map((resource) => this.number(resource)));
      const outerAll = numbers.get(ALL);
      if (outerAll !== undefined) this.successors[outerAll]!.push(inner.get(ALL)!);
    }
  }

  private connect(own: number, targets: Targets, read: (visit: Visit) => void): void {
    const found = new Set<number>(this.successors[own]);
    read((template, aside) => {
      for (const target of targets.of(template, aside === "depends_on")) if (target !== own || aside === undefined) found.add(target);
    });
    this.successors[own] = [...found];
  }
}

/** What the texts of one module lead to. */
class Targets {
  // The same few references are in every VM.
  private readonly known = { references: new Map<string, readonly number[]>(), dependsOn: new Map<string, readonly number[]>() };
  private readonly names: ReadonlyMap<string, number>;

  constructor(
    private readonly followed: Followed,
    private readonly module: Module,
    private readonly numbers: ReadonlyMap<Module, ReadonlyMap<string, number>>,
  ) {
    this.names = numbers.get(module)!;
  }

  /** What is no expression leads nowhere. `isDependsOn`: there a module means all that is in it. */
  of(template: string, isDependsOn: boolean): readonly number[] {
    const known = isDependsOn ? this.known.dependsOn : this.known.references;
    const before = known.get(template);
    if (before !== undefined) return before;
    const expression = this.followed.templates.parse(template);
    const targets: number[] = [];
    if (!(expression instanceof SyntaxMistake)) {
      forEachReference(expression, (root, steps) => targets.push(...this.ofReference(root, steps, isDependsOn)));
    }
    known.set(template, targets);
    return targets;
  }

  private ofReference(root: string, steps: readonly Step[], isDependsOn: boolean): readonly number[] {
    const names = steps.slice(0, 4).map((step) => (step.kind === "attribute" ? step.name : ""));
    if (root === "module") return this.ofCall(names[0] ?? "", steps.slice(1), isDependsOn);
    const address = root === "data" ? `data.${names[0]}.${names[1]}` : `${root}.${names[0]}`;
    const own = this.names.get(address);
    if (own === undefined) return [];
    const remote = root === "data" && names[2] === "outputs" ? this.remoteOf(address) : undefined;
    return remote === undefined ? [own] : [own, ...this.outputs(remote, steps.slice(3, 4))];
  }

  private ofCall(name: string, steps: readonly Step[], isDependsOn: boolean): readonly number[] {
    const called = this.module.calls.get(name)?.called;
    if (called === undefined) return [];
    if (!(called instanceof Module)) return [this.names.get(`module.${name}`)!];
    return isDependsOn ? [this.numbers.get(called)!.get(ALL)!, this.numbers.get(called)!.get(CALL)!] : this.outputs(called, steps);
  }

  private remoteOf(address: string): Module | undefined {
    const resource = this.module.resources.find(({ block }) => blockAddress(block) === address);
    return resource && this.followed.remoteOf(resource);
  }

  /** The output that is named first, behind whatever keys, or all where the reference does not say which. */
  private outputs(module: Module, steps: readonly Step[]): readonly number[] {
    const numbers = this.numbers.get(module);
    if (numbers === undefined) return [];
    const { outputs } = module.configuration;
    const named = steps.find((step) => step.kind === "attribute");
    const wanted = named !== undefined && outputs.has(named.name) ? [named.name] : [...outputs.keys()];
    return wanted.flatMap((each) => numbers.get(`output.${each}`) ?? []);
  }
}
