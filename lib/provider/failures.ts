import { VsphereError, VsphereFault } from "../vsphere";
import { AttributePath, Diagnostic, OperationError } from "./plugin";

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
  if (error instanceof VsphereError && !cancelled) return sentence(error.message);
  return signal.aborted ? "It was interrupted." : undefined;
}

/** A message with its full stop. */
export function sentence(message: string): string {
  return /[.?!)]$/.test(message) ? message : `${message}.`;
}
