// ask-process.ts SERVER TIMEOUT: asks for a host's name and prints the answer, or what is wrong, and what that took.
import { connect } from "../../lib/vsphere";
import { retrieveOne } from "../../lib/vsphere/properties";
import { peakMegabytes } from "../peak-memory";

const [, , server = "", timeout = ""] = process.argv;
const session = connect({
  server,
  user: "rig",
  password: "s3cret-pass",
  allowUnverifiedSsl: false,
  timeout: Number(timeout),
  keepAlive: 0,
});
const begun = performance.now();
// Late by how much it would notice an interrupt.
let [last, late] = [begun, 0];
const clock = setInterval(() => {
  late = Math.max(late, performance.now() - last - 10);
  last = performance.now();
}, 10);

const tell = (said: unknown): void => {
  const took = { ms: performance.now() - begun, megabytes: peakMegabytes(), late };
  console.log(JSON.stringify({ said, ...took }));
};
retrieveOne(session, { type: "HostSystem", id: "host-21" }, ["name"], new AbortController().signal)
  .then(
    (host) => tell(host.get("name")?.text),
    (error: unknown) => tell(error instanceof Error ? error.message : error),
  )
  .finally(() => {
    clearInterval(clock);
    void session.close();
  });
