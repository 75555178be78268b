import {
  addToVirtualMachine,
  cloneVirtualMachine,
  ConnectionError,
  destroyVirtualMachine,
  DynamicDevice,
  findChild,
  lingering,
  markAsTemplate,
  nameOf,
  readVirtualMachine,
  Reference,
  rootResourcePool,
  Session,
  upgradeVirtualHardware,
  VirtualMachine,
  vmFolder,
  VsphereError,
  wait,
} from "../vsphere";
import { refusal, sentence } from "./failures";
import { sameRequests } from "./template-devices";
import { birthMark, MARK, ownMark } from "./template-mark";

/** The oldest virtual hardware that has dynamic devices: ESXi 7.0's. */
export const OLDEST_HARDWARE = 17;

export interface Copy {
  readonly name: string;
  /** None may be the source's: it carries none. */
  readonly devices: readonly DynamicDevice[];
  readonly hardware_version: number | null;
  readonly linked_clone: boolean | null;
  readonly datastore_id: string | null;
  readonly folder: string | null;
}

/** A copy that was not finished, and could not be removed either. */
export class LeftOver extends Error {
  constructor(
    readonly reason: unknown,
    readonly uuid: string,
  ) {
    super("a half-made template was left over");
  }
}

/** How long removing what was half made may take after the user has given up, in milliseconds. */
const LINGER = 60_000;
/** For a copy whose making was not confirmed: how often, and how many milliseconds apart. */
const LOOKS = 20;
/** A cancelled one should not appear any more. */
const LOOKS_AFTER_CANCEL = 3;
const BETWEEN_LOOKS = 500;

/**
 * Clones a template into one that carries devices. It is a template last, so that nobody clones what is half made; whatever
 * goes wrong before is removed again.
 *
 * @throws LeftOver where that failed too
 * @throws OperationError for what the user can mend, VsphereError, the signal's reason
 */
export async function copyTemplate(session: Session, source: VirtualMachine, copy: Copy, signal: AbortSignal): Promise<VirtualMachine> {
  const folder = await folderOf(session, source, copy, signal);
  const taken = await findChild(session, folder, copy.name, signal);
  if (taken) {
    const detail = `${taken.type} ${taken.id} has that name in the same folder. Choose another name, or remove it if nothing needs it.`;
    throw refusal(`there is a ${copy.name} already`, detail, ["name"]);
  }
  const made = await clone(session, source, folder, copy, signal);
  try {
    return await finish(session, made, copy, signal);
  } catch (error) {
    await remove(session, made, error, lingering(signal, LINGER));
    throw error;
  }
}

async function folderOf(session: Session, source: VirtualMachine, { folder: path }: Copy, signal: AbortSignal): Promise<Reference> {
  if (path === null && source.folder) return source.folder;
  const folder = await vmFolder(session, source.reference, path ?? "", signal);
  if (folder) return folder;
  const detail = "Expected its path below the datacenter's VM folder, as vsphere_virtual_machine's folder has it: templates/gpu";
  throw refusal(`there is no VM folder ${path}`, detail, ["folder"]);
}

async function clone(session: Session, source: VirtualMachine, folder: Reference, copy: Copy, signal: AbortSignal): Promise<Reference> {
  const mark = birthMark();
  const datastore: Reference | undefined = copy.datastore_id === null ? undefined : { type: "Datastore", id: copy.datastore_id };
  // Asks for a datastore that is not there before anything is made.
  if (datastore) await nameOf(session, datastore, signal);
  const spec = {
    source: source.reference,
    folder,
    name: copy.name,
    resourcePool: await resourcePoolFor(session, source, signal),
    datastore,
    snapshot: copy.linked_clone === true ? source.snapshot : undefined,
    extraConfig: { [MARK]: mark },
  };
  try {
    return await cloneVirtualMachine(session, spec, signal);
  } catch (error) {
    const lost = error instanceof ConnectionError && error.mayHaveArrived;
    if (!lost && !signal.aborted) throw error;
    const removed = await removeUnseen(session, folder, copy.name, mark, lost ? LOOKS : LOOKS_AFTER_CANCEL, lingering(signal, LINGER));
    if (removed || !lost) throw error;
    const detail = `${sentence(error.message)} A copy that was begun may still appear: remove it before the next apply.`;
    throw refusal(`nobody knows whether ${copy.name} was made`, detail);
  }
}

/** A template has no pool of its own, and its copy is no template yet. */
async function resourcePoolFor(session: Session, { resourcePool, host, name }: VirtualMachine, signal: AbortSignal): Promise<Reference> {
  if (resourcePool) return resourcePool;
  if (host) return rootResourcePool(session, host, signal);
  throw refusal(`template ${name} is on no host`, "Expected one that is registered at a host of a cluster. Is its host disconnected?");
}

async function finish(session: Session, made: Reference, copy: Copy, signal: AbortSignal): Promise<VirtualMachine> {
  const cloned = await readVirtualMachine(session, made, signal);
  const version = Math.max(OLDEST_HARDWARE, copy.hardware_version ?? 0);
  // Before the devices: older virtual hardware has none that are dynamic.
  if (cloned.hardwareVersion < version) await upgradeVirtualHardware(session, made, version, signal);
  await addToVirtualMachine(session, made, { devices: copy.devices, extraConfig: { [MARK]: ownMark(cloned) } }, signal);
  const finished = await readVirtualMachine(session, made, signal);
  const carried = finished.passthroughDevices.flatMap(({ dynamic }) => (dynamic ? [dynamic] : []));
  if (!sameRequests(carried, copy.devices)) {
    throw refusal(
      `${copy.name} did not get its devices`,
      `vCenter accepted ${copy.devices.length}, and tells of ${carried.length} others.`,
    );
  }
  await markAsTemplate(session, made, signal);
  return finished;
}

async function remove(session: Session, made: Reference, reason: unknown, signal: AbortSignal): Promise<void> {
  try {
    await destroyVirtualMachine(session, made, signal);
  } catch {
    const left = await readVirtualMachine(session, made, signal).catch(() => undefined);
    if (left) throw new LeftOver(reason, left.uuid);
  }
}

/**
 * Where it is not known what became of a clone: removes what carries its mark, once it appears. Best effort, since the connection
 * may be gone; false where it did not appear in time.
 */
async function removeUnseen(
  session: Session,
  folder: Reference,
  name: string,
  mark: string,
  looks: number,
  signal: AbortSignal,
): Promise<boolean> {
  for (let look = 0; look < looks; look++) {
    try {
      const found = await findChild(session, folder, name, signal);
      if (found?.type === "VirtualMachine") {
        const { extraConfig } = await readVirtualMachine(session, found, signal);
        if (extraConfig.get(MARK) === mark) {
          await destroyVirtualMachine(session, found, signal);
          return true;
        }
      }
    } catch (error) {
      // It may be there and not be readable, or not be removable, while it is being made.
      if (!(error instanceof VsphereError) || error instanceof ConnectionError) return false;
    }
    await wait(BETWEEN_LOOKS, signal).catch(() => undefined);
  }
  return false;
}
