import loadHighs, { Highs, ModelData } from "highs";
import { Bin, Item, Packing } from "./packing";

/** Whether everything goes in; undefined where the time that was given did not do. */
export type Packs = (packing: Packing) => boolean | undefined;

/** HiGHS (highs.dev), a solver for integer programs that knows nothing of hosts and devices. */
export async function integerProgram(seconds = 30): Promise<Packs> {
  const highs = await loadHighs();
  return (packing) => solve(highs, packing, seconds);
}

function solve(highs: Highs, packing: Packing, seconds: number): boolean | undefined {
  const program = new Program(highs.infinity);
  const placed = packing.bins.map((bin) => fill(program, bin, packing.items));
  for (const [index, { count }] of packing.items.entries()) {
    const places = placed.flatMap((columns) => columns.filter(({ item }) => item === index));
    if (places.reduce((sum, { most }) => sum + most, 0) < count) return false;
    program.row(
      places.map(({ column }) => [column, 1]),
      count,
      count,
    );
  }
  if (program.isEmpty) return true;
  return highs.withModel(program.data(highs.constants.variableType.integer), (model) => {
    model.options.set({ output_flag: false, time_limit: seconds });
    model.run();
    const status = model.getModelStatus();
    const { infeasible, optimal, timeLimit } = highs.constants.modelStatus;
    if (status === timeLimit) return undefined;
    if (status === infeasible) return false;
    if (status !== optimal) throw new Error(`HiGHS ended with status ${status}`);
    program.verify(model.getSolution().colValue);
    return true;
  });
}

interface Column {
  readonly column: number;
  readonly item: number;
  readonly most: number;
}

/** How many of each item go on a host: columns for those that fit there at all, and rows for what they share. */
function fill(program: Program, bin: Bin, items: readonly Item[]): Column[] {
  const columns = items.flatMap((item, index): Column[] => {
    const most = mostOf(item, bin);
    return most > 0 ? [{ item: index, most, column: program.column(most) }] : [];
  });
  const share = (of: (item: Item) => number, there: number, some = columns): void => {
    const needed = some.reduce((sum, { item, most }) => sum + most * of(items[item]!), 0);
    if (needed > there)
      program.row(
        some.map(({ item, column }) => [column, of(items[item]!)]),
        -Infinity,
        there,
      );
  };
  share(({ memoryMb }) => memoryMb, bin.memoryMb);
  share(({ cpuMhz }) => cpuMhz, bin.cpuMhz);
  // Hall: devices can be handed out iff for every union of wanted sets those who want nothing else find enough in it.
  const wants = columns.map(({ item }) => wanted(items[item]!, bin));
  for (const union of unions(wants.filter((mask) => mask > 0))) {
    share(
      ({ size }) => size,
      freeIn(union, bin),
      columns.filter((_, at) => wants[at]! > 0 && (wants[at]! & ~union) === 0),
    );
  }
  return columns;
}

function mostOf(item: Item, bin: Bin): number {
  const { count, size, memoryMb, cpuMhz } = item;
  const by = (there: number, needed: number): number => (needed > 0 ? Math.floor(there / needed) : there < 0 ? 0 : count);
  return Math.min(count, by(freeIn(wanted(item, bin), bin), size), by(bin.memoryMb, memoryMb), by(bin.cpuMhz, cpuMhz));
}

/** The classes of free devices on a host that an item may have, as a mask. */
function wanted({ allowed }: Item, { free }: Bin): number {
  return free.reduce((mask, count, index) => (count > 0 && allowed[index] ? mask | (1 << index) : mask), 0);
}

function freeIn(mask: number, { free }: Bin): number {
  return free.reduce((sum, count, index) => (mask & (1 << index) ? sum + count : sum), 0);
}

function unions(masks: readonly number[]): ReadonlySet<number> {
  const found = new Set<number>();
  for (const mask of new Set(masks)) for (const other of [0, ...found]) found.add(mask | other);
  return found;
}

/** An integer program as HiGHS takes it, without an objective: any solution will do. */
class Program {
  private readonly most: number[] = [];
  private readonly lower: number[] = [];
  private readonly upper: number[] = [];
  private readonly starts = [0];
  private readonly indices: number[] = [];
  private readonly values: number[] = [];

  constructor(private readonly infinity: number) {}

  get isEmpty(): boolean {
    return this.most.length === 0;
  }

  /** A whole number from 0 to `most`. */
  column(most: number): number {
    return this.most.push(most) - 1;
  }

  /** Divided by what all its numbers have in common, so that the solver's tolerances mean little. */
  row(terms: readonly (readonly [column: number, factor: number])[], least: number, most: number): void {
    const common = terms.reduce((divisor, [, factor]) => greatestCommonDivisor(divisor, factor), 0) || 1;
    for (const [column, factor] of terms) {
      if (factor === 0) continue;
      this.indices.push(column);
      this.values.push(factor / common);
    }
    this.starts.push(this.indices.length);
    this.lower.push(Math.ceil(least / common));
    this.upper.push(Math.floor(most / common));
  }

  data(integer: 1): ModelData {
    const [numCols, numRows] = [this.most.length, this.upper.length];
    const zeros = new Float64Array(numCols);
    return {
      numCols,
      numRows,
      colCost: zeros,
      colLower: zeros,
      colUpper: this.most,
      rowLower: this.lower.map((bound) => Math.max(bound, -this.infinity)),
      rowUpper: this.upper,
      matrix: { format: "csr", numRows, numCols, starts: this.starts, indices: this.indices, values: this.values },
      integrality: new Int32Array(numCols).fill(integer),
    };
  }

  /** A solver works with tolerances; what it found has to hold without. */
  verify(solution: ArrayLike<number>): void {
    for (const [row, upper] of this.upper.entries()) {
      let sum = 0;
      for (let at = this.starts[row]!; at < this.starts[row + 1]!; at++) sum += this.values[at]! * Math.round(solution[this.indices[at]!]!);
      if (sum > upper || sum < this.lower[row]!)
        throw new Error(`HiGHS says that a solution holds which does not: row ${row} is ${sum}, of ${upper}`);
    }
  }
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
