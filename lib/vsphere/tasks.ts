import { cleanText } from "./clean-text";
import { ConnectionError, MalformedAnswer, StillRunning, VsphereFault } from "./errors";
import { localizedFault } from "./fault";
import { retrieveOne } from "./properties";
import { Reference } from "./reference";
import { Session } from "./session";
import { Call } from "./soap";
import { child, optionalChild, referenceOf, text } from "./values";
import { lingering, wait } from "./waiting";
import { XmlElement } from "./xml";

const FIRST_POLL = 50;
const SLOWEST_POLL = 2000;
/** How long a cancelled task may take to end, in milliseconds. */
const CANCEL_TIMEOUT = 20_000;

/**
 * Starts a task and waits for its end; the object that it made, if any. Where the signal is aborted, the task is cancelled and its
 * end awaited, so that nothing goes on unseen: one that was too far to be cancelled gives its result as usual.
 *
 * @throws VsphereFault with the task's own error
 * @throws StillRunning where it was interrupted, and did not end then
 * @throws ConnectionError where nobody knows whether it was started
 */
export async function runTask(session: Session, call: Call, signal: AbortSignal): Promise<Reference | undefined> {
  signal.throwIfAborted();
  const what = `${call.method.replace("_Task", "")} on ${call.on.type} ${call.on.id}`;
  const task = await start(session, call, what, signal);
  try {
    return await finish(session, task, what, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
    return cancel(session, task, what);
  }
}

async function start(session: Session, call: Call, what: string, signal: AbortSignal): Promise<Reference> {
  // Not given up at once: with the answer lost, nobody would know which task to cancel.
  const patience = lingering(signal, CANCEL_TIMEOUT);
  try {
    return referenceOf(child(await session.call(() => call, patience), "returnval"));
  } catch (error) {
    if (error instanceof MalformedAnswer) throw new ConnectionError(error.message, true, false);
    if (patience.aborted) throw new StillRunning(`${what} was sent and not answered`, LOOK);
    throw error;
  }
}

const LOOK = "see vCenter's recent tasks before the next apply, and remove what it makes";

async function cancel(session: Session, task: Reference, what: string): Promise<Reference | undefined> {
  const signal = AbortSignal.timeout(CANCEL_TIMEOUT);
  // Refused where it can't be cancelled, or has just ended: then waiting for its end is all that can be done.
  await session.call(() => ({ on: task, method: "CancelTask", repeatable: true }), signal).catch(() => undefined);
  try {
    return await finish(session, task, what, signal);
  } catch (error) {
    // That it failed is known; nothing else is.
    if (error instanceof VsphereFault) throw error;
    throw new StillRunning(`${what} (${task.id}) was told to stop, did not end in ${CANCEL_TIMEOUT / 1000} s or can't be asked`, LOOK);
  }
}

async function finish(session: Session, task: Reference, what: string, signal: AbortSignal): Promise<Reference | undefined> {
  for (let time = FIRST_POLL; ; time = Math.min(time * 1.5, SLOWEST_POLL)) {
    const info = (await retrieveOne(session, task, ["info"], signal)).get("info");
    if (!info) throw new MalformedAnswer(`task ${task.id} has no info`);
    const state = text(info, "state");
    if (state === "success") return resultOf(info);
    if (state === "error") throw localizedFault(child(info, "error"), what);
    if (state !== "queued" && state !== "running") throw new MalformedAnswer(`task ${task.id} is in the state "${cleanText(state, 40)}"`);
    await wait(time, signal);
  }
}

function resultOf(info: XmlElement): Reference | undefined {
  const result = optionalChild(info, "result");
  return result?.type === "ManagedObjectReference" ? referenceOf(result) : undefined;
}
