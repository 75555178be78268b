import { ConnectionError } from "./errors";
import { wait } from "./waiting";

/** Before the second, third, … attempt, in milliseconds: long enough for a proxy that reloads, too short to bore anybody. */
const PAUSES = [200, 400, 800, 1600];

/**
 * The attempt's result; made again while it fails in passing, unless it may have arrived and is not repeatable.
 *
 * @throws the last failure, or the signal's reason
 */
export async function withRetries<T>(attempt: () => Promise<T>, repeatable: boolean, signal: AbortSignal): Promise<T> {
  for (const time of PAUSES) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof ConnectionError) || !error.passing || (error.mayHaveArrived && !repeatable)) throw error;
    }
    await wait(time, signal);
  }
  return attempt();
}
