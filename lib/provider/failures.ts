import { VsphereError, VsphereFault } from "../vsphere";
import { AttributePath, Diagnostic, OperationError, TimeIsUp } from "./plugin";

/** One mistake, as Terraform shows it. */
export function refusal(summary: string, detail: string, path?: AttributePath): OperationError {
  return new OperationError([{ severity: "error", summary, detail, ...(path === undefined ? {} : { path }) }]);
}

/**
 * The failure of an operation in the user's words, with the state that was reached; what is no failure of vCenter's or the user's
 * is thrown on as it is, because it is a bug.
 */
export function failure<S>(error: unknown, summary: string, signal: AbortSignal, reached?: S): unknown {
  if (error instanceof OperationError) return reached === undefined ? error : new OperationError(error.diagnostics, reached);
  const detail = inWords(error, signal);
  if (detail === undefined) return error;
  const diagnostic: Diagnostic = { severity: "error", summary, detail };
  return new OperationError([diagnostic], reached);
}

function inWords(error: unknown, signal: AbortSignal): string | undefined {
  const cancelled = error instanceof VsphereFault && error.type === "RequestCanceled";
  const said = error instanceof VsphereError && !cancelled ? sentence(error.message) : undefined;
  if (!signal.aborted) return said;
  const { reason } = signal as { readonly reason: unknown };
  const why = reason instanceof TimeIsUp ? `I${sentence(reason.message).slice(1)}` : "It was interrupted.";
  // What may still be running.
  return said === undefined ? why : `${why} ${said}`;
}

/** A message with its full stop. */
export function sentence(message: string): string {
  return /[.?!)]$/.test(message) ? message : `${message}.`;
}
