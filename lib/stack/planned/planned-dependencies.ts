import { Data, DataMap } from "../data";
import { closure, DependencyGraph, DependencyNode } from "../graph/closure";
import { ModuleCall, ModuleConfiguration } from "./module-configuration";
import { PlannedNode } from "./planned-node";
import { PlannedStack } from "./planned-stack";
import { namesOf, Reference, References } from "./references";

/**
 * Which of the `marked` resources each of them depends on, transitively: by the references and the `depends_on` that the plan's
 * configuration tells, through modules. It does not tell what locals hold, so that a path through one is not seen. What has no
 * configuration any more, because it is deleted, came after what the state says.
 */
export function plannedDependencies(stack: PlannedStack, marked: readonly PlannedNode[]): Generator<[PlannedNode, readonly PlannedNode[]]> {
  const graph = new Graph(stack.references);
  if (stack.document.configuration !== undefined) graph.addModule("", stack.document.configuration);
  const numbers = new Map(marked.map((node) => [node, graph.number(node.address, node)]));
  const configured = new Set(graph.configured);
  for (const instance of stack.instances) {
    const number = numbers.get(stack.nodeOf(instance));
    if (number === undefined || configured.has(number)) continue;
    for (const address of instance.object.createdAfter) graph.connect(number, graph.number(address));
  }
  return closure(graph, numbers);
}

class Graph implements DependencyGraph {
  readonly nodes: DependencyNode[] = [];
  readonly successors: number[][] = [];
  /** Resources that the configuration has. */
  readonly configured: number[] = [];
  private readonly numbers = new Map<string, number>();

  constructor(private readonly references: References) {}

  /** Nodes are resources by address, variables, outputs, calls, and all that is in a module. */
  number(label: string, resource?: PlannedNode): number {
    let number = this.numbers.get(label);
    if (number === undefined) {
      number = this.successors.push([]) - 1;
      this.numbers.set(label, number);
      this.nodes.push({ label });
    }
    if (resource !== undefined) this.nodes[number] = { label, block: resource.block };
    return number;
  }

  connect(from: number, to: number): void {
    this.successors[from]!.push(to);
  }

  addModule(path: string, module: ModuleConfiguration): void {
    const everything = this.number(all(path));
    for (const [address, { body }] of module.resources) {
      const number = this.number(inside(path, address));
      this.configured.push(number);
      this.connect(everything, number);
      if (path !== "") this.connect(number, this.number(call(path)));
      this.refer(number, path, module, [body["expressions"], body["count_expression"], body["for_each_expression"]]);
      this.dependOn(number, path, module, body);
    }
    for (const [name, output] of module.outputs) {
      const number = this.number(outputOf(path, name));
      this.refer(number, path, module, [output["expression"]]);
      this.dependOn(number, path, module, output);
    }
    for (const [name, { body, expressions, module: called }] of module.calls) {
      this.addCall(path, module, inside(path, `module.${name}`), { body, expressions, module: called });
    }
  }

  private addCall(path: string, module: ModuleConfiguration, inner: string, { body, expressions, module: called }: ModuleCall): void {
    const number = this.number(call(inner));
    if (path !== "") this.connect(number, this.number(call(path)));
    this.connect(this.number(all(path)), this.number(all(inner)));
    this.refer(number, path, module, [body["count_expression"], body["for_each_expression"]]);
    this.dependOn(number, path, module, body);
    for (const [name, expression] of Object.entries(expressions)) {
      this.refer(this.number(inside(inner, `var.${name}`)), path, module, [expression]);
    }
    this.addModule(inner, called);
  }

  private refer(from: number, path: string, module: ModuleConfiguration, expressions: readonly (Data | undefined)[]): void {
    for (const reference of expressions.flatMap((each) => this.references.inside(each))) {
      for (const target of this.targets(path, module, reference)) this.connect(from, target);
    }
  }

  /** Unlike a reference, `depends_on` of a module means all that is in it. */
  private dependOn(from: number, path: string, module: ModuleConfiguration, body: DataMap): void {
    for (const reference of this.references.of(body["depends_on"])) {
      const [name] = namesOf(reference);
      const targets =
        reference.root === "module" ? [this.number(all(inside(path, `module.${name}`)))] : this.targets(path, module, reference);
      for (const target of targets) this.connect(from, target);
    }
  }

  private targets(path: string, module: ModuleConfiguration, reference: Reference): readonly number[] {
    const { root } = reference;
    const names = namesOf(reference);
    if (root === "module") return this.outputs(path, module, names);
    const address = root === "data" ? `data.${names[0]}.${names[1]}` : `${root}.${names[0]}`;
    return root === "var" || module.resources.has(address) ? [this.number(inside(path, address))] : [];
  }

  /** One output of a call, or all where the reference does not say which. */
  private outputs(path: string, module: ModuleConfiguration, [name = "", ...rest]: readonly string[]): readonly number[] {
    const outputs = module.calls.get(name)?.module.outputs;
    if (outputs === undefined) return [];
    const named = rest.find((each) => each !== "");
    const wanted = named !== undefined && outputs.has(named) ? [named] : [...outputs.keys()];
    return wanted.map((each) => this.number(outputOf(inside(path, `module.${name}`), each)));
  }
}

function inside(path: string, address: string): string {
  return path === "" ? address : `${path}.${address}`;
}

function outputOf(path: string, name: string): string {
  return inside(path, `output.${name}`);
}

function call(path: string): string {
  return `${path} (call)`;
}

function all(path: string): string {
  return `${path} (all)`;
}
