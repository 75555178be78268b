import type { Log } from "./resource";

/** Lines that Terraform takes apart: JSON, and a time with microseconds, else it shows them as they are. */
export function jsonLog(module: string, write: (line: string) => void): Log {
  return (level, message, fields = {}) => {
    const timestamp = new Date().toISOString().replace("Z", "000Z");
    const line = { ...fields, "@level": level, "@message": message, "@module": module, "@timestamp": timestamp };
    write(`${JSON.stringify(line)}\n`);
  };
}
