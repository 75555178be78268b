import { Mirror } from "./terraform";

/**
 * Tests in which the real vSphere provider creates the VMs. PASSTHRU_VSPHERE_MIRROR says where it is: a folder laid out as Terraform's
 * `filesystem_mirror`, or `registry`.
 */
export function describeWithVsphereProvider(name: string, tests: (mirrors: readonly Mirror[]) => void): void {
  const from = process.env["PASSTHRU_VSPHERE_MIRROR"];
  if (from === undefined || from === "") {
    process.stderr.write(`not run: ${name}: PASSTHRU_VSPHERE_MIRROR is not set\n`);
    describe.skip(`${name} (PASSTHRU_VSPHERE_MIRROR is not set)`, () => tests([]));
    return;
  }
  describe(name, () => tests(from === "registry" ? [] : [{ folder: from, include: ["registry.terraform.io/vmware/*"] }]));
}
