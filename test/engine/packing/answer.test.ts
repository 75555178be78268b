import { Assignment, only } from "../../../lib/engine/packing/answer";
import { countedOf } from "./notation";

describe("some of the assignments, as if the others were not there", () => {
  const of = countedOf("h1[A,T] h2[A]", "A T");
  const [single] = of.demands;
  const typeOf = (from: readonly number[], to: readonly number[]): number => from.findIndex((count, type) => count > to[type]!);
  // The two ways to take a device of the first host; then the other device.
  const ways = of.bins.place(of.hosts[0]!, single!).map((next): readonly [Assignment, Assignment] => [
    { slot: 0, demand: single!.index, next },
    { slot: 0, demand: single!.index, next: of.bins.place(next, single!)[0]! },
  ]);

  test("none of them is nothing", () => {
    expect(only(of.bins, of.hosts, ways[0]!, new Set())).toEqual([]);
  });

  test("all of them is themselves", () => {
    expect(only(of.bins, of.hosts, ways[0]!, new Set(ways[0]))).toEqual(ways[0]);
  });

  test.each([0, 1])("the second takes the device that it took, not the one that the first leaves free (%i)", (way) => {
    const [first, second] = ways[way]!;
    const [kept, ...others] = only(of.bins, of.hosts, [first, second], new Set([second]));
    expect(others).toEqual([]);
    expect(typeOf(of.hosts[0]!.free, kept!.next.free)).toBe(typeOf(first.next.free, second.next.free));
  });

  test("one on another host is not touched by the first", () => {
    const there: Assignment = { slot: 1, demand: single!.index, next: of.bins.place(of.hosts[1]!, single!)[0]! };
    expect(only(of.bins, of.hosts, [...ways[0]!, there], new Set([there]))).toEqual([there]);
  });
});
