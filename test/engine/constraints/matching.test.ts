import { firstDevices } from "../../../lib/engine/constraints/matching";
import { matchingSize } from "../../../lib/model";

describe("matching", () => {
  const mayHave = (request: string, device: string): boolean => request.includes(device);

  test("finds what first fit does not (E7)", () => {
    expect(matchingSize(["ab", "a"], ["a", "b"], mayHave)).toBe(2);
    expect(matchingSize(["a", "a"], ["a", "b"], mayHave)).toBe(1);
  });

  test("takes the first devices that still match one to one", () => {
    expect(firstDevices(["b", "ab"], ["a", "b", "b"], mayHave)).toEqual(["a", "b"]);
    expect(firstDevices(["b", "b"], ["a", "b", "b"], mayHave)).toEqual(["b", "b"]);
    expect(firstDevices(["c"], ["a", "b"], mayHave)).toBeUndefined();
    expect(firstDevices([], ["a"], mayHave)).toEqual([]);
  });
});
