import { VsphereProvider } from "@cdktf/provider-vsphere/lib/provider";
import { App, TerraformStack, TerraformVariable, Testing } from "cdktf";
import { Construct } from "constructs";
import { AcceleratedTemplate, AcceleratedVm, AcceleratedVmProps, Gpu } from "../../constructs";

export type Json = Record<string, unknown>;

/** A resource as written, by its Terraform type and logical id. */
export type Resources = Record<string, Record<string, Json>>;

export function newStack(id = "training", app: App = Testing.app()): TerraformStack {
  return new TerraformStack(app, id);
}

/** A stack that can be synthesized by an app, which wants a provider. */
export function newAppStack(id: string, app: App): TerraformStack {
  const stack = newStack(id, app);
  for (const name of ["user", "password"]) new TerraformVariable(stack, name, { type: "string" });
  new VsphereProvider(stack, "vsphere", { user: "${var.user}", password: "${var.password}" });
  return stack;
}

export function synthesized(stack: TerraformStack): Record<string, Json> & { resource: Resources; data: Resources } {
  return JSON.parse(Testing.synth(stack)) as ReturnType<typeof synthesized>;
}

/** The resources of one type, whatever their logical ids. */
export function resourcesOf(stack: TerraformStack, type: string): Json[] {
  return Object.values(synthesized(stack).resource[type] ?? {});
}

export const MINIMAL: AcceleratedVmProps = {
  cluster: { resourcePoolId: "resgroup-9" },
  template: AcceleratedTemplate.from("4211-ubuntu"),
  datastoreId: "datastore-1",
  networkIds: ["network-1"],
  cpus: 16,
  memoryMiB: 131072,
  accelerators: [{ gpu: Gpu.A100_PCIE_40GB }],
};

export function newVm(scope: Construct, id = "train-1", props: Partial<AcceleratedVmProps> = {}): AcceleratedVm {
  return new AcceleratedVm(scope, id, { ...MINIMAL, ...props });
}

/** Props without accelerators. */
export function withoutAccelerators(props: Partial<AcceleratedVmProps>): AcceleratedVmProps {
  const { accelerators, ...rest } = MINIMAL;
  void accelerators;
  return { ...rest, ...props };
}
