import { Block } from "../configuration";
import { SyntaxMistake } from "../expression/lexer";
import { forEachReference } from "../expression/references";
import { Step } from "../expression/syntax";
import { Resource } from "../resolve/resource";
import { StackScope } from "../resolve/stack-scope";
import { closure, DependencyGraph, DependencyNode } from "./closure";
import { blockTemplates, dataTemplates, Visit } from "./templates";

/**
 * Which of the `marked` resources each of them depends on, transitively, through whatever is between: as Terraform has it,
 * between whole resources. Stacks that are not given lead nowhere. Throws InputError where resources depend on themselves.
 */
export function dependencies(stacks: readonly StackScope[], marked: readonly Resource[]): Generator<[Resource, readonly Resource[]]> {
  const graph = new Graph(stacks);
  return closure(graph, new Map(marked.map((resource) => [resource, graph.number(resource)])));
}

class Graph implements DependencyGraph {
  readonly nodes: DependencyNode[] = [];
  readonly successors: (readonly number[])[] = [];
  private readonly numbers = new Map<StackScope, Map<string, number>>();
  private readonly resources = new Map<Resource, number>();

  constructor(stacks: readonly StackScope[]) {
    for (const stack of stacks) this.addNodes(stack);
    for (const stack of stacks) this.addEdges(stack);
  }

  number(resource: Resource): number {
    return this.resources.get(resource)!;
  }

  private addNodes(stack: StackScope): void {
    const { locals, outputs } = stack.configuration;
    const numbers = new Map<string, number>();
    this.numbers.set(stack, numbers);
    const add = (label: string, block?: Block): number => {
      const number = this.nodes.push({ label, ...(block && { block }) }) - 1;
      numbers.set(label, number);
      return number;
    };
    for (const resource of stack.resources.values()) this.resources.set(resource, add(resource.address, resource.block));
    for (const name of locals.keys()) add(`local.${name}`);
    for (const [name, block] of outputs) add(`output.${name}`, block);
  }

  private addEdges(stack: StackScope): void {
    const { locals, outputs } = stack.configuration;
    const numbers = this.numbers.get(stack)!;
    // The same few references are in every VM.
    const known = new Map<string, readonly number[]>();
    const from = (label: string, read: (visit: Visit) => void): void => {
      const targets = new Set<number>();
      const own = numbers.get(label)!;
      read((template, mayNameItself = false) => {
        let found = known.get(template);
        if (found === undefined) known.set(template, (found = this.templateTargets(stack, template)));
        for (const target of found) if (target !== own || !mayNameItself) targets.add(target);
      });
      this.successors[own] = [...targets];
    };
    for (const { address, block } of stack.resources.values()) from(address, (visit) => blockTemplates(block, visit));
    for (const [name, data] of locals) from(`local.${name}`, (visit) => dataTemplates(data, visit));
    for (const [name, block] of outputs) from(`output.${name}`, (visit) => blockTemplates(block, visit));
  }

  /** What is no expression leads nowhere. */
  private templateTargets(stack: StackScope, template: string): readonly number[] {
    const expression = stack.templates.parse(template);
    const targets: number[] = [];
    if (!(expression instanceof SyntaxMistake)) {
      forEachReference(expression, (root, steps) => this.targets(stack, root, steps).forEach((target) => targets.push(target)));
    }
    return targets;
  }

  private targets(stack: StackScope, root: string, steps: readonly Step[]): readonly number[] {
    const names = steps.slice(0, 4).map((step) => (step.kind === "attribute" ? step.name : ""));
    const numbers = this.numbers.get(stack)!;
    const address = root === "data" ? `data.${names[0]}.${names[1]}` : `${root}.${names[0]}`;
    const own = numbers.get(address);
    const remote = stack.resources.get(address)?.remote;
    const outputs = remote instanceof StackScope && names[2] === "outputs" ? this.outputs(remote, steps[3], names[3]) : [];
    return own === undefined ? outputs : [own, ...outputs];
  }

  /** One output of another stack, or all where the reference does not say which. */
  private outputs(stack: StackScope, step: Step | undefined, name: string | undefined): readonly number[] {
    const numbers = this.numbers.get(stack);
    if (numbers === undefined) return [];
    const wanted = step?.kind === "attribute" && name !== undefined ? [name] : [...stack.configuration.outputs.keys()];
    return wanted.flatMap((each) => numbers.get(`output.${each}`) ?? []);
  }
}
