import { PciHost, readPciHost, Session } from "../vsphere";
import { DeviceLocks } from "./device-locks";
import { HostChanges } from "./host-changes";

/** Milliseconds. */
const MOMENT = 1000;

/** What the resources of one provider block share. */
export class Client {
  private readonly reads = new Map<string, Promise<PciHost>>();
  private readonly owned = new Set<string>();
  private readonly changes = new Map<string, HostChanges>();

  constructor(
    readonly session: Session,
    private readonly locks = new DeviceLocks(),
  ) {}

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

  /**
   * Takes a device for one resource, until the end of the apply. "resource": another of this provider block has it; "process": one of
   * another block's, or of another Terraform on this machine.
   */
  async own(hostId: string, address: string, isNew: boolean, signal: AbortSignal): Promise<"own" | "resource" | "process"> {
    const key = ownerKey(hostId, address);
    if (this.owned.has(key)) return "resource";
    this.owned.add(key);
    let isTaken = false;
    try {
      isTaken = this.take(await this.lockName(key, signal), isNew);
    } finally {
      if (!isTaken) this.owned.delete(key);
    }
    return isTaken ? "own" : "process";
  }

  /** Runs a change of a device that is given up; undefined where another resource has it, which is to find it as it is. */
  async givingUp<T>(hostId: string, address: string, change: () => Promise<T>, signal: AbortSignal): Promise<T | undefined> {
    const key = ownerKey(hostId, address);
    if (this.owned.has(key)) return undefined;
    const name = await this.lockName(key, signal);
    if (!this.take(name, false)) return undefined;
    const changed = await change();
    this.locks.release(name);
    return changed;
  }

  close(): Promise<void> {
    return this.session.close();
  }

  /** Where there is no place for locks, only resources of one provider block are held apart. */
  private take(name: string, isNew: boolean): boolean {
    try {
      return this.locks.take(name, isNew);
    } catch {
      return true;
    }
  }

  private async lockName(key: string, signal: AbortSignal): Promise<string> {
    return `${await this.session.identity(signal)} ${key}`;
  }
}

function ownerKey(hostId: string, address: string): string {
  return JSON.stringify([hostId, address]);
}
