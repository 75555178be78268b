import { Command } from "commander";
import { PROVIDER } from "../schema";
import { plainLine, plainLines } from "../report";
import { installProvider, LinkInTheWay, NoFolder } from "../install-provider";
import { ExitStatus } from "./exit";
import { Io } from "./io";

/** `passthru provider …` */
export function addProviderCommand(program: Command, io: Io, finish: (status: ExitStatus) => void): void {
  program
    .command("provider")
    .summary("work with the Terraform provider")
    .description("Works with the Terraform provider of host devices, hardware labels and templates.")
    .command("install")
    .summary("put the Terraform provider where Terraform finds it")
    .description(
      "Puts the Terraform provider into a configuration's folder, under terraform.d/plugins, where terraform init finds it. " +
        "A synth of constructs that need it does so by itself.",
    )
    .option("--dir <dir>", "folder of the Terraform configuration", ".")
    .option("--create", "make the folder where it is not there")
    .addHelpText(
      "after",
      "\nExample, of which init has to run in the folder (-chdir does not look there):\n  $ passthru provider install --dir gpu-hosts && cd gpu-hosts && terraform init",
    )
    .action(async ({ dir, create = false }: { readonly dir: string; readonly create?: boolean }, command: Command) => {
      try {
        const { version, folder } = installProvider(dir, { create });
        await io.out(plainLines(`${plainLine(folder)}\n\n${requirement(version)}`));
        finish(0);
      } catch (error) {
        if (error instanceof NoFolder)
          command.error(`error: there is no folder ${plainLine(dir)}: correct the name, or have it made with --create`);
        if (!isFileSystemError(error) && !(error instanceof LinkInTheWay)) throw error;
        command.error(`error: the provider can't be put into ${plainLine(dir)}: ${plainLine(error.message)}`);
      }
    });
}

function requirement(version: string): string {
  return `Version ${version} is there. The configuration names it so:

  terraform {
    required_providers {
      ${PROVIDER.type} = {
        source  = "${PROVIDER.source}"
        version = "${PROVIDER.versionConstraint}"
      }
    }
  }
`;
}

function isFileSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error;
}
