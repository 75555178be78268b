import { App } from "cdktf";
import { HardwareLabel } from "../constructs";
import { InferenceStack } from "./inference";
import { TrainingStack } from "./training";

/**
 * Five hosts with four GPUs each, twenty in all, and VMs that ask for twenty: enough, if one counts GPUs. It has no gate, so that
 * `passthru check` can say what is wrong with it.
 */
const app = new App({ outdir: process.env["CDKTF_OUTDIR"] ?? "cdktf.crowded.out" });
const shared = HardwareLabel.existing("Shared");
new InferenceStack(app, "inference", { label: shared, vms: 8 });
new TrainingStack(app, "training", { label: shared, vms: 3, gpusPerVm: 4 });
app.synth();
