import { handshakeLine, identity, refusal } from "./handshake";
import { jsonLog } from "./log";
import type { Provider } from "./resource";
import type { Block } from "./schema";
import { listen, providerServer } from "./server";
import { Session } from "./session";

/** Terraform kills a plugin two seconds after it has asked it to end. */
const MS_TO_END = 1500;
const MS_BETWEEN_LOOKS_AT_PARENT = 500;
/** Terraform calls as soon as it has read the handshake. One that died before leaves nothing that a look at the parent would tell. */
const MS_TO_BE_CALLED = 30_000;

/** Runs this process as a provider, until Terraform ends it. */
export async function serve<S extends Block, C>(name: string, provider: Provider<S, C>): Promise<void> {
  const refused = refusal(process.env, name);
  if (refused !== undefined) {
    sayInsteadOfHandshake(refused);
    process.exitCode = 1;
    return;
  }
  const { clean } = provider;
  process.on("uncaughtException", (error) => crash(error, clean));
  // Ctrl-C reaches the whole process group. What is to happen then, Terraform says: it stops what runs and keeps its state.
  process.on("SIGINT", () => {});

  const session = new Session(
    provider as unknown as Provider<Block, C>,
    jsonLog(name, (line) => process.stderr.write(line)),
  );
  const end = async () => {
    const ended = Promise.all([session.close(), new Promise((resolve) => server.tryShutdown(resolve))]);
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, MS_TO_END))]);
    process.exit();
  };
  const unwanted = setTimeout(() => void end(), MS_TO_BE_CALLED);
  const server = providerServer(session, { called: () => clearTimeout(unwanted), shutdown: () => void end() });
  endWithParent(() => void end());
  try {
    const { credentials, certificate } = identity(process.env);
    const port = await listen(server, credentials);
    process.stdout.write(handshakeLine(port, certificate));
  } catch (error) {
    sayInsteadOfHandshake(clean(`${name} can't start: ${error instanceof Error ? error.message : String(error)}`));
    crash(error, clean);
  }
}

/** Terraform shows the first line of standard output where that is no handshake. */
function sayInsteadOfHandshake(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Terraform shows what follows "panic:", and otherwise only that the plugin did not respond. */
function crash(error: unknown, clean: (text: string) => string): void {
  const lines = (error instanceof Error ? (error.stack ?? error.message) : String(error)).split("\n");
  process.stderr.write(`panic: ${lines.map(clean).join("\n    ")}\n`, () => process.exit(2));
}

/** A Terraform that is killed can't end its plugins. */
function endWithParent(end: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    end();
  }, MS_BETWEEN_LOOKS_AT_PARENT);
}
