import { diagnosticsOf, sentDiagnostics } from "./diagnostics";
import type { Message } from "./messages";
import { Call, Diagnostic, Log, OperationError, Provider } from "./resource";
import type { Block } from "./schema";

/** One provider as Terraform runs it: what all calls share. */
export class Session<C> {
  /** The client, once Terraform has configured the provider; "unknown" where its configuration itself is not known yet. */
  configured: { readonly client: C } | "unknown" | undefined;
  private readonly stopping = new AbortController();

  constructor(
    readonly provider: Provider<Block, C>,
    readonly log: Log,
  ) {}

  get withoutClient(): Omit<Call<C>, "client"> {
    return { signal: this.stopping.signal, log: this.log };
  }

  /** Throws where there is no client, and where nothing is to begin any more. */
  get call(): Call<C> {
    this.stopping.signal.throwIfAborted();
    if (typeof this.configured !== "object") throw new OperationError([NOT_CONFIGURED]);
    return { ...this.withoutClient, client: this.configured.client };
  }

  /** Interrupts what is running and refuses what comes. */
  stop(): void {
    this.stopping.abort();
  }

  async close(): Promise<void> {
    this.stop();
    if (typeof this.configured === "object") await this.provider.close?.(this.configured.client);
  }
}

const NOT_CONFIGURED: Diagnostic = {
  severity: "error",
  summary: "the provider's configuration is not known yet",
  detail: "It refers to something that is known after an apply only. Apply that first, with -target.",
};

/**
 * The answer, or what went wrong as diagnostics, with what else is to be answered then. An error of gRPC would show the user
 * nothing but its code.
 */
export async function attempt<A extends object>(
  block: Block,
  give: () => A | Promise<A>,
  otherwise: (thrown: unknown) => A = () => ({}) as A,
): Promise<A | (A & { readonly diagnostics: readonly Message<"Diagnostic">[] })> {
  try {
    return await give();
  } catch (thrown) {
    return { ...otherwise(thrown), diagnostics: sentDiagnostics(block, diagnosticsOf(thrown)) };
  }
}

/** In place of what can't be said before the provider's configuration is known, where Terraform understands that. */
export function deferral({ deferral_allowed }: Message<"ClientCapabilities"> = {}): { readonly deferred?: Message<"Deferred"> } {
  const PROVIDER_CONFIG_UNKNOWN = 2;
  return deferral_allowed ? { deferred: { reason: PROVIDER_CONFIG_UNKNOWN } } : {};
}
