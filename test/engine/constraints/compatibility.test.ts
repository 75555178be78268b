import {
  compareReleases,
  deviceMaximum,
  newestHardwareVersion,
  supportsHardwareVersion,
} from "../../../lib/engine/constraints/compatibility";
import { Host } from "../../../lib/model";
import { hosts } from "../../reference/notation";

describe("compatibility", () => {
  const host = (esxi: string, hardwareVersions?: readonly number[]): Host => ({
    ...hosts("h[A]")[0]!,
    esxi,
    ...(hardwareVersions ? { hardwareVersions } : {}),
  });

  test.each<[number, string, boolean]>([
    [13, "6.5", true],
    [15, "6.7.1", false],
    [15, "6.7.2", true],
    [17, "6.7.3", false],
    [17, "7.0", true],
    [19, "7.0.1", false],
    [20, "8.0", true],
    [21, "8.0.1", false],
    [21, "8.0.2", true],
    [21, "8.0.10", true],
    [22, "8.0.3", false],
    [22, "9.0", true],
    [23, "9.9", false],
  ])("hardware version %i on ESXi %s: %s", (version, esxi, supported) => {
    expect(supportsHardwareVersion(host(esxi), version)).toBe(supported);
  });

  test("a host's own list wins over its release", () => {
    expect(supportsHardwareVersion(host("9.0", [17, 19]), 21)).toBe(false);
    expect(newestHardwareVersion(host("9.0", [17, 19]))).toBe(19);
    expect(newestHardwareVersion(host("8.0.2"))).toBe(21);
  });

  test.each([
    [19, "8.0.2", 16],
    [20, "8.0", 32],
    [20, "8.0.1", 64],
    [21, "8.0.2", 128],
    [22, "9.0", 128],
  ])("hardware version %i on ESXi %s takes %i devices", (version, esxi, maximum) => {
    expect(deviceMaximum(version, esxi)).toBe(maximum);
  });

  test.each([
    ["8.0", "8.0.0", 0],
    ["8.0.2", "8.0.10", -1],
    ["9.0", "8.0.3", 1],
  ])("%s against %s is %i", (a, b, expected) => {
    expect(compareReleases(a, b)).toBe(expected);
  });
});
