// In a process of its own, because Node reads the environment of the real one: ask.ts SERVER prints a host's name, or what is wrong.
import { connect } from "../../lib/vsphere";
import { retrieveOne } from "../../lib/vsphere/properties";

const [, , server = ""] = process.argv;
const session = connect({ server, user: "rig", password: "s3cret-pass", allowUnverifiedSsl: false, timeout: 20_000, keepAlive: 0 });
retrieveOne(session, { type: "HostSystem", id: "host-21" }, ["name"], new AbortController().signal)
  .then(
    (host) => console.log(host.get("name")?.text),
    (error: unknown) => console.log(error instanceof Error ? error.message : error),
  )
  .finally(() => void session.close());
