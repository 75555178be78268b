import { processIo } from "./io";
import { run } from "./run";

// Not process.exit(): what is written to a pipe must still get out.
process.exitCode = run(process.argv.slice(2), processIo());
