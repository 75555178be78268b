/**
 * Tarjan's strongly connected components of a graph given as lists of successors; every component comes after those it leads to.
 * Without recursion, because a chain can be as long as a file.
 */
export function strongComponents(successors: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const components: number[][] = [];
  const order = new Array<number>(successors.length).fill(-1);
  const low = new Array<number>(successors.length).fill(0);
  const onStack = new Array<boolean>(successors.length).fill(false);
  const stack: number[] = [];
  let counter = 0;
  const enter = (node: number): { readonly node: number; next: number } => {
    order[node] = low[node] = counter++;
    stack.push(node);
    onStack[node] = true;
    return { node, next: 0 };
  };
  for (let root = 0; root < successors.length; root++) {
    if (order[root] !== -1) continue;
    const path = [enter(root)];
    while (path.length > 0) {
      const frame = path.at(-1)!;
      const { node } = frame;
      const successor = successors[node]![frame.next++];
      if (successor === undefined) {
        path.pop();
        const parent = path.at(-1)?.node;
        if (parent !== undefined) low[parent] = Math.min(low[parent]!, low[node]!);
        if (low[node] === order[node]) components.push(popUntil(node, stack, onStack));
      } else if (order[successor] === -1) {
        path.push(enter(successor));
      } else if (onStack[successor]) {
        low[node] = Math.min(low[node]!, order[successor]!);
      }
    }
  }
  return components;
}

function popUntil(node: number, stack: number[], onStack: boolean[]): number[] {
  const component: number[] = [];
  for (;;) {
    const member = stack.pop()!;
    onStack[member] = false;
    component.push(member);
    if (member === node) return component;
  }
}
