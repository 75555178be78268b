import { TerraformStack } from "cdktf";
import { join } from "path";
import { installProvider } from "../../lib/install-provider";

type Synthesizer = TerraformStack["synthesizer"];

/** Makes the stack's synth put the provider into the stack's folder, where `terraform init` finds it. */
export function installOnSynth(stack: TerraformStack): void {
  const { synthesizer } = stack;
  stack.synthesizer = {
    synthesize(session: Parameters<Synthesizer["synthesize"]>[0]) {
      synthesizer.synthesize(session);
      installProvider(join(session.outdir, session.manifest.forStack(stack).workingDirectory));
    },
  };
}
