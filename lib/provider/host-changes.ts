import { HostPciDevice, lingering, PciHost, readPciHost, Session, updatePciPassthrough, VsphereFault, wait } from "../vsphere";
import { deviceOf, findDevice } from "./find-device";

/** What one device is to be. */
export interface Aim {
  readonly enabled: boolean;
  readonly label: string;
  /** Undefined: at once where the host can. */
  readonly applyNow: boolean | undefined;
}

/** A device before and after. */
export interface Changed {
  readonly host: PciHost;
  readonly before: HostPciDevice;
  readonly after: HostPciDevice;
}

/** A change that was not made, or not wholly. */
export class ChangeFailed extends Error {
  constructor(
    readonly reason: unknown,
    /** What is there now, where it could be looked up. */
    readonly changed: Changed | undefined,
  ) {
    super("a device was not changed as it should");
  }
}

interface Job {
  readonly address: string;
  readonly aim: (device: HostPciDevice, host: PciHost) => Aim;
  readonly signal: AbortSignal;
  readonly done: (changed: Changed) => void;
  readonly failed: (error: unknown) => void;
}

/** How long a change that was begun may go on after the user has given up, in milliseconds. */
const LINGER = 60_000;
/** A host can tell its old state for a moment: how often, and after how many milliseconds each, it is asked again. */
const LOOKS = [0, 100, 300, 1000, 3000];

/**
 * Changes of one host's devices, one call at a time: a host does not promise to bear two at once. What is asked for while a call
 * runs goes into the next one together, because each makes the host look at all its devices again.
 */
export class HostChanges {
  private waiting: Job[] = [];
  private running = false;

  constructor(
    private readonly session: Session,
    private readonly hostId: string,
    private readonly changing: () => void,
  ) {}

  /**
   * Brings a device to what `aim` makes of what is found, and reads it back. Nothing is sent where it is so already.
   *
   * @throws NoSuchDevice where the host has none there
   * @throws ChangeFailed where vCenter refused, or the device is not as aimed afterwards
   * @throws whatever `aim` throws: then nothing was changed
   */
  change(address: string, aim: Job["aim"], signal: AbortSignal): Promise<Changed> {
    return new Promise((done, failed) => {
      this.waiting.push({ address, aim, signal, done, failed });
      if (!this.running) void this.work();
    });
  }

  private async work(): Promise<void> {
    this.running = true;
    while (this.waiting.length > 0) await this.together(this.waiting.splice(0));
    this.running = false;
  }

  private async together(jobs: readonly Job[]): Promise<void> {
    const open = await this.begin(jobs);
    const [first] = open;
    if (!first) return;
    const signal = lingering(first.job.signal, LINGER);
    let reason: unknown;
    try {
      this.changing();
      await updatePciPassthrough(this.session, this.hostId, open.map(configOf), signal);
    } catch (error) {
      // One of several was refused, and nobody says which: alone, each gets its own answer.
      if (open.length > 1 && error instanceof VsphereFault) {
        for (const { job } of open) await this.together([job]);
        return;
      }
      reason = error;
    } finally {
      this.changing();
    }
    await this.end(open, reason, signal);
  }

  /** Those among the jobs that have something to change. */
  private async begin(jobs: readonly Job[]): Promise<readonly Begun[]> {
    const wanted = jobs.filter(({ signal, failed }) => {
      if (signal.aborted) failed(signal.reason);
      return !signal.aborted;
    });
    const [first] = wanted;
    if (!first) return [];
    try {
      const host = await readPciHost(this.session, this.hostId, first.signal);
      return wanted.flatMap((job) => begun(job, host));
    } catch (error) {
      for (const { failed } of wanted) failed(error);
      return [];
    }
  }

  private async end(open: readonly Begun[], reason: unknown, signal: AbortSignal): Promise<void> {
    const host = await this.readBack(open, reason, signal);
    for (const { job, before, aim } of open) {
      const after = host && findDevice(host, job.address);
      const changed = host && after && { host, before, after };
      if (changed && isStoredAs(after, aim)) job.done(changed);
      else job.failed(new ChangeFailed(reason, changed));
    }
  }

  /** The host once every device is as aimed, or what it says at last. */
  private async readBack(open: readonly Begun[], reason: unknown, signal: AbortSignal): Promise<PciHost | undefined> {
    let host: PciHost | undefined;
    for (const time of reason === undefined ? LOOKS : [0]) {
      try {
        await wait(time, signal);
        host = await readPciHost(this.session, this.hostId, signal);
      } catch {
        return host;
      }
      const devices = open.map(({ job }) => host && findDevice(host, job.address));
      if (open.every(({ aim }, index) => isStoredAs(devices[index], aim))) return host;
    }
    return host;
  }
}

interface Begun {
  readonly job: Job;
  readonly before: HostPciDevice;
  readonly aim: Aim;
}

function begun(job: Job, host: PciHost): readonly Begun[] {
  try {
    const before = deviceOf(host, job.address);
    const aim = job.aim(before, host);
    const rebind = aim.applyNow === true && before.active !== aim.enabled;
    if (rebind || !isAs(before, aim)) return [{ job, before, aim }];
    job.done({ host, before, after: before });
  } catch (error) {
    job.failed(error);
  }
  return [];
}

function isAs(device: HostPciDevice | undefined, { enabled, label }: Aim): boolean {
  return device?.enabled === enabled && device.label === label;
}

/** A host may keep a label in another Unicode form than Terraform has it, which is NFC always. */
function isStoredAs(device: HostPciDevice | undefined, aim: Aim): boolean {
  return device !== undefined && isAs({ ...device, label: device.label.normalize() }, { ...aim, label: aim.label.normalize() });
}

/** A label is sent with every change, since nothing says whether one that is left out stays; but none where there was and is none. */
function configOf({ before, aim: { enabled, label, applyNow } }: Begun) {
  return { address: before.address, enabled, label: label === "" && before.label === "" ? undefined : label, applyNow };
}
