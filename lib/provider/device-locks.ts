import { createHash, randomUUID } from "node:crypto";
import { linkSync, lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { env, kill, pid, ppid } from "node:process";

/** Who has a device: a provider's process, and the Terraform that started it. */
interface Holder {
  readonly terraform: number;
  readonly provider: number;
}

/**
 * One owner a device across processes: Terraform starts the provider once for each alias, and each would undo the other's work. A lock
 * is a file of this user's on this machine. It holds as long as the process that took it, and against a new resource as long as the
 * Terraform that process belonged to, because one alias can be done before another begins. By hand, because Node can't lock a file, and
 * what packages do in its place (a time that is refreshed) knows nothing of a second process.
 */
export class DeviceLocks {
  private isSwept = false;

  constructor(
    private readonly folder = defaultFolder(),
    private readonly self: Holder = { terraform: ppid, provider: pid },
  ) {}

  /**
   * Takes the device, or finds that it is ours already. False where another process has it.
   *
   * @param device what it is called, the same in every process
   * @param isNew whether no state has it yet
   * @throws what the file system throws
   */
  take(device: string, isNew: boolean): boolean {
    this.sweep();
    const file = this.fileOf(device);
    const mine = join(this.folder, `${randomUUID()}.new`);
    writeFileSync(mine, JSON.stringify(this.self), { mode: 0o600, flag: "wx" });
    try {
      // A link is made whole or not at all, and fails where the name is taken.
      while (!made(() => linkSync(mine, file))) {
        const holder = holderIn(file);
        if (holder && this.isSelf(holder)) return true;
        if (holder && holds(holder, isNew)) return false;
        this.removeOld(file, holder);
      }
      return true;
    } finally {
      rmSync(mine, { force: true });
    }
  }

  /** Gives back what was taken. */
  release(device: string): void {
    const file = this.fileOf(device);
    const holder = holderIn(file);
    if (holder && this.isSelf(holder)) rmSync(file, { force: true });
  }

  private fileOf(device: string): string {
    return join(this.folder, `${createHash("sha256").update(device).digest("hex").slice(0, 32)}.lock`);
  }

  private isSelf({ terraform, provider }: Holder): boolean {
    return terraform === this.self.terraform && provider === this.self.provider;
  }

  /** Moved aside first: between the look and the removal another process may have taken the device. */
  private removeOld(file: string, expected: Holder | undefined): void {
    const aside = join(this.folder, `${randomUUID()}.old`);
    if (!made(() => renameSync(file, aside))) return;
    const found = holderIn(aside);
    if (found && (found.provider !== expected?.provider || found.terraform !== expected.terraform)) made(() => linkSync(aside, file));
    rmSync(aside, { force: true });
  }

  /** Makes the folder, and removes what ended processes have left there. */
  private sweep(): void {
    if (this.isSwept) return;
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    const found = lstatSync(this.folder);
    if (!found.isDirectory() || found.uid !== userInfo().uid) throw new Error(`${this.folder} is not this user's own folder`);
    for (const name of readdirSync(this.folder).filter((each) => each.endsWith(".lock"))) {
      const holder = holderIn(join(this.folder, name));
      if (holder && !holds(holder, true)) this.removeOld(join(this.folder, name), holder);
    }
    this.isSwept = true;
  }
}

function defaultFolder(): string {
  const { XDG_RUNTIME_DIR } = env;
  return XDG_RUNTIME_DIR ? join(XDG_RUNTIME_DIR, "passthru") : join(tmpdir(), `passthru-${userInfo().uid}`);
}

function holds({ terraform, provider }: Holder, isNew: boolean): boolean {
  return isAlive(provider) || (isNew && isAlive(terraform));
}

function isAlive(id: number): boolean {
  try {
    return kill(id, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Undefined where the file is gone, or is none of ours. */
function holderIn(file: string): Holder | undefined {
  try {
    const { terraform, provider } = JSON.parse(readFileSync(file, "utf8")) as Partial<Holder>;
    return Number.isInteger(terraform) && Number.isInteger(provider) ? { terraform: terraform!, provider: provider! } : undefined;
  } catch {
    return undefined;
  }
}

/** False where another process was faster. */
function made(make: () => void): boolean {
  try {
    make();
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST" || code === "ENOENT") return false;
    throw error;
  }
}
