import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

export interface Asked {
  /** The answer, or what is wrong. */
  readonly said: string;
  /** Until then, after the process had started. */
  readonly ms: number;
  /** That the process had at most, resident. */
  readonly megabytes: number;
  /** Milliseconds that a timer was late at most. */
  readonly late: number;
}

/** Asks a server in a process of its own: Node reads the environment of the real one, and what it takes can be told. */
export async function ask(server: string, trusted: string, environment: NodeJS.ProcessEnv = {}, timeout = 20_000): Promise<Asked> {
  const folder = mkdtempSync(join(tmpdir(), "passthru-ask-"));
  try {
    const file = join(folder, "trusted.pem");
    writeFileSync(file, trusted);
    const env = { PATH: process.env["PATH"], SSL_CERT_FILE: file, ...environment };
    const script = ["-r", "tsx/cjs", join(__dirname, "ask-process.ts"), server, String(timeout)];
    const { stdout } = await promisify(execFile)(process.execPath, script, { env });
    return JSON.parse(stdout) as Asked;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
