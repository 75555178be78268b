import { VsphereError } from "../vsphere";
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
  const detail = error instanceof VsphereError ? sentence(error.message) : signal.aborted ? "It was interrupted." : undefined;
  if (detail === undefined) return error;
  const diagnostic: Diagnostic = { severity: "error", summary, detail };
  return new OperationError([diagnostic], reached);
}

/** A message as Terraform's users know them. */
export function sentence(message: string): string {
  const first = message.slice(0, 1).toUpperCase() + message.slice(1);
  return /[.?!)]$/.test(first) ? first : `${first}.`;
}
