import { App } from "cdktf";
import { CapacityGate } from "../constructs";
import { GpuFarmStack } from "./gpu-farm";
import { InferenceStack } from "./inference";
import { TrainingStack } from "./training";

const app = new App();
const farm = new GpuFarmStack(app, "gpu-farm");
new TrainingStack(app, "training", { label: farm.training, vms: 4, gpusPerVm: 2 });
new InferenceStack(app, "inference", { label: farm.inference, vms: 3 });

// Without this line the stacks are the same; with it, synth fails when they don't fit.
CapacityGate.of(app, { inventory: "stacks/inventory.hcl" });
app.synth();
