import { findFailure, FailureGroup } from "../../../lib/engine/failover/find-failure";
import { Budget } from "../../../lib/engine/packing/budget";

const PLENTY = 1000;
const group = (slots: readonly number[], weight: number): FailureGroup => ({ slots, weights: [weight] });

interface Looked {
  readonly found: readonly number[] | "never" | "open";
  readonly tested: readonly (readonly number[])[];
}

/** `accepts`: what the test says of a failure; `limit`: failures with less weight together are harmless. */
function look(
  groups: readonly FailureGroup[],
  size: number,
  accepts: (failed: readonly number[]) => boolean | "open",
  { limit = 0, work = PLENTY, first }: { limit?: number; work?: number; first?: { slot: number; weights: readonly number[] } } = {},
): Looked {
  const tested: (readonly number[])[] = [];
  const isHarmless = ([most]: readonly number[]): boolean => most! < limit;
  const found = findFailure(groups, size, isHarmless, new Budget(work), first, (failed) => {
    tested.push([...failed]);
    const answer = accepts(failed);
    return answer === true ? [...failed] : answer === "open" ? "open" : "never";
  });
  return { found, tested };
}

const no = (): false => false;

describe("looks for a failure", () => {
  const three = [group([0], 1), group([1, 2], 3)];

  test("of nobody, among nobody: the test decides", () => {
    expect(look([], 0, () => true).found).toEqual([]);
    expect(look([], 0, no).found).toBe("never");
  });

  test("of more hosts than there are: never, and nothing is tested", () => {
    expect(look(three, 4, () => true)).toEqual({ found: "never", tested: [] });
  });

  test("the heaviest first, equal hosts once", () => {
    expect(look(three, 2, no)).toEqual({ found: "never", tested: [[1, 2], [1, 0]] }); // prettier-ignore
  });

  test("ends with the first that the test accepts", () => {
    expect(look(three, 1, () => true)).toEqual({ found: [1], tested: [[1]] });
  });

  test("passes over what is harmless: just enough weight is looked at, one less is not", () => {
    // The weights of two are 6, or 4.
    expect(look(three, 2, no, { limit: 6 }).tested).toEqual([[1, 2]]);
    expect(look(three, 2, no, { limit: 7 })).toEqual({ found: "never", tested: [] });
  });

  test("a host that fails in any case is not counted twice", () => {
    const { tested } = look(three, 2, no, { first: { slot: 1, weights: [3] } });
    expect(tested).toEqual([[1, 2], [1, 0]]); // prettier-ignore
    expect(look(three, 1, no, { first: { slot: 0, weights: [1] } }).tested).toEqual([[0]]);
  });

  test("what the test leaves open stays open, but does not hide what is found after it", () => {
    expect(look(three, 1, () => "open").found).toBe("open");
    expect(look(three, 1, ([slot]) => (slot === 1 ? "open" : true)).found).toEqual([0]);
  });

  test("a limit that is reached is open, never a never", () => {
    expect(look(three, 2, no, { work: 0 })).toEqual({ found: "open", tested: [] });
    const found = Array.from({ length: 20 }, (_, work) => look(three, 2, no, { work }).found);
    expect(new Set(found)).toEqual(new Set(["open", "never"]));
  });
});
