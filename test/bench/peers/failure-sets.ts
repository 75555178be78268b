/** Every set of so many of the numbers below `of`, in order. */
export function* sets(of: number, size: number, from = 0): Generator<readonly number[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (let first = from; first <= of - size; first++) for (const rest of sets(of, size - 1, first + 1)) yield [first, ...rest];
}

/** How many there are; beyond 2^53 not exactly. */
export function numberOfSets(of: number, size: number): number {
  let result = 1;
  for (let taken = 0; taken < size; taken++) result = (result * (of - taken)) / (taken + 1);
  return Math.round(result);
}
