import { PciHost, readPciHost, Session } from "../vsphere";
import { HostChanges } from "./host-changes";

/** Milliseconds. */
const MOMENT = 1000;

/** What the resources of one provider block share. */
export class Client {
  private readonly reads = new Map<string, Promise<PciHost>>();
  private readonly owned = new Set<string>();
  private readonly changes = new Map<string, HostChanges>();

  constructor(readonly session: Session) {}

  /**
   * A host's devices, as of a moment ago at most: a refresh asks for each device by itself, and all devices of a host are
   * answered by one look. A change of ours is always seen.
   */
  readHost(id: string, signal: AbortSignal): Promise<PciHost> {
    const known = this.reads.get(id);
    if (known) return known;
    const read = readPciHost(this.session, id, signal);
    this.reads.set(id, read);
    const forget = (): void => {
      if (this.reads.get(id) === read) this.reads.delete(id);
    };
    read.then(() => setTimeout(forget, MOMENT).unref(), forget);
    return read;
  }

  /** The changes of one host's devices, which are made one after the other. */
  changesOf(hostId: string): HostChanges {
    const known = this.changes.get(hostId);
    if (known) return known;
    // A read that began before a change must not answer one that is asked for after it.
    const changes = new HostChanges(this.session, hostId, () => this.reads.delete(hostId));
    this.changes.set(hostId, changes);
    return changes;
  }

  /** Takes a device for one resource, until the end of the apply. False where another has it. */
  own(hostId: string, address: string): boolean {
    const key = ownerKey(hostId, address);
    if (this.owned.has(key)) return false;
    this.owned.add(key);
    return true;
  }

  isOwned(hostId: string, address: string): boolean {
    return this.owned.has(ownerKey(hostId, address));
  }

  close(): Promise<void> {
    return this.session.close();
  }
}

function ownerKey(hostId: string, address: string): string {
  return JSON.stringify([hostId, address]);
}
