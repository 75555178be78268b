import { ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { binaries } from "./binaries";
import { Fault, Policy, VCenterInput } from "./input";
import { killGroup, Outcome, run } from "./run";

/** How to reach what was built: the line that the simulator prints when it is ready. */
export interface Ready {
  readonly url: string;
  readonly user: string;
  readonly password: string;
  readonly caFile: string;
  readonly control: string;
  readonly datacenter: Named;
  readonly datastore: Named;
  readonly network: Named;
  readonly clusters: readonly (Named & { readonly resourcePoolId: string })[];
  readonly hosts: readonly (Named & { readonly cluster: string })[];
  readonly templates: readonly (Named & { readonly uuid: string })[];
}

export interface Named {
  readonly name: string;
  readonly id: string;
}

export interface Choice {
  readonly host: string;
  readonly devices?: readonly string[];
}

/** What became of the VMs of failed hosts. */
export interface Failover {
  readonly order: readonly string[];
  readonly restarted: readonly { readonly vm: string; readonly host: string }[];
  readonly off: readonly string[];
}

/** A running simulator, and what one does to it. */
export interface VCenter {
  readonly ready: Ready;
  /** A folder that goes when the simulator stops. */
  readonly scratch: string;
  /** VMware's own client. */
  readonly govc: (...args: readonly string[]) => Promise<Outcome>;
  readonly setFaults: (faults: readonly Fault[]) => Promise<void>;
  readonly expireSessions: () => Promise<void>;
  readonly setPolicy: (policy: Policy, seed?: number, choices?: Readonly<Record<string, Choice>>) => Promise<void>;
  readonly failHosts: (hosts: readonly string[], seed: number) => Promise<Failover>;
  readonly restoreHosts: (hosts: readonly string[]) => Promise<void>;
  readonly rebootHosts: (hosts: readonly string[]) => Promise<void>;
  readonly stop: () => Promise<void>;
}

const GRACE_MS = 2_000;
const GOVC_MS = 60_000;

/** Starts a simulator that contains what the input says. */
export async function startVCenter(input: VCenterInput): Promise<VCenter> {
  const { vcenter, govc } = binaries();
  const scratch = mkdtempSync(join(tmpdir(), "passthru-vcenter-"));
  // The simulator leaves files behind where it is killed: in a folder of its own.
  const temporary = join(scratch, "tmp");
  mkdirSync(temporary);
  const file = join(scratch, "input.json");
  writeFileSync(file, JSON.stringify(input));
  // Its standard input ends with this process, however that ends, and the simulator with its standard input.
  const child = spawn(vcenter, [file], { cwd: scratch, env: { TMPDIR: temporary }, detached: true, stdio: ["pipe", "pipe", "pipe"] });
  const stop = async (): Promise<void> => {
    await end(child);
    rmSync(scratch, { recursive: true, force: true });
  };
  try {
    const ready = await readyLine(child);
    return { ready, scratch, stop, govc: govcOf(govc, ready, scratch), ...controls(ready.control) };
  } catch (error) {
    await stop();
    throw error;
  }
}

function govcOf(program: string, ready: Ready, scratch: string): VCenter["govc"] {
  const env = {
    GOVC_URL: ready.url,
    GOVC_USERNAME: ready.user,
    GOVC_PASSWORD: ready.password,
    GOVC_TLS_CA_CERTS: ready.caFile,
    GOVC_PERSIST_SESSION: "false",
    GOVMOMI_HOME: join(scratch, "govmomi"),
    HOME: scratch,
  };
  return (...args) => run(program, args, { cwd: scratch, env, timeoutMs: GOVC_MS });
}

function controls(control: string): Omit<VCenter, "ready" | "scratch" | "govc" | "stop"> {
  const post = async (path: string, body: unknown): Promise<unknown> => {
    const answer = await fetch(control + path, { method: "POST", body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
    return answer.json();
  };
  const act = async (path: string, body: unknown): Promise<void> => {
    await post(path, body);
  };
  return {
    setFaults: (faults) => act("/faults", faults),
    expireSessions: () => act("/sessions/expire", {}),
    setPolicy: (policy, seed = 1, choices = {}) => act("/policy", { policy, seed, choices }),
    failHosts: async (hosts, seed) => (await post("/hosts/fail", { hosts, seed })) as Failover,
    restoreHosts: (hosts) => act("/hosts/restore", { hosts }),
    rebootHosts: (hosts) => act("/hosts/reboot", { hosts }),
  };
}

/** The first line, or what was written to standard error instead. */
async function readyLine(child: ChildProcess): Promise<Ready> {
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error("the simulator has no output");
  let complaints = "";
  stderr.setEncoding("utf8").on("data", (chunk: string) => (complaints += chunk));
  const failed = new Promise<never>((_, reject) => {
    child.on("error", reject);
    child.on("close", () => reject(new Error(complaints)));
  });
  failed.catch(() => undefined);
  const line = new Promise<string>((resolve) => createInterface(stdout).once("line", resolve));
  return JSON.parse(await Promise.race([line, failed])) as Ready;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.kill("SIGTERM");
  const timer = setTimeout(() => killGroup(child), GRACE_MS);
  await gone;
  clearTimeout(timer);
}
