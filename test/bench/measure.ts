/** Milliseconds of wall clock. */
export interface Timing {
  readonly median: number;
  readonly least: number;
  readonly most: number;
  readonly repetitions: number;
}

const FEWEST = 3;
const MOST = 15;

/** One after the other, again and again, so that whatever else the machine does meets both; each is run once before, uncounted. */
export function alternately(first: () => unknown, second: () => unknown, forMs = 2500): readonly [Timing, Timing] {
  first();
  second();
  const times: [number[], number[]] = [[], []];
  const start = performance.now();
  while (times[0].length < FEWEST || (times[0].length < MOST && performance.now() - start < forMs)) {
    times[0].push(msOf(first));
    times[1].push(msOf(second));
  }
  return [timing(times[0]), timing(times[1])];
}

export function msOf(action: () => unknown): number {
  const start = performance.now();
  action();
  return performance.now() - start;
}

export function timing(times: readonly number[]): Timing {
  const sorted = [...times].sort((a, b) => a - b);
  return { median: sorted[Math.floor(sorted.length / 2)]!, least: sorted[0]!, most: sorted.at(-1)!, repetitions: sorted.length };
}

/** The exponent e of a power law y = c x^e through points, by least squares of the logarithms. */
export function exponent(points: readonly (readonly [x: number, y: number])[]): number {
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)] as const);
  const mean = (of: (point: readonly [number, number]) => number): number => logs.reduce((sum, point) => sum + of(point), 0) / logs.length;
  const [x, y] = [mean((point) => point[0]), mean((point) => point[1])];
  return mean((point) => (point[0] - x) * (point[1] - y)) / mean((point) => (point[0] - x) ** 2);
}
