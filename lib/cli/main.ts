import { processIo } from "./io";
import { run } from "./run";

// Not process.exit(): what is written to a pipe must still get out. And should the command ever wait for what never comes, Node
// ends the process once nothing is left to do: that must not look like a pass.
process.exitCode = 2;
void run(process.argv.slice(2), processIo()).then((status) => {
  process.exitCode = status;
});
