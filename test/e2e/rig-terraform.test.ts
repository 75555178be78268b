import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { describeWhere, terraformIn } from "./rig";

const shell = (command: string) => `
  resource "terraform_data" "shell" {
    provisioner "local-exec" {
      command = ${JSON.stringify(command)}
    }
  }`;

/** Whether a process ends within seconds: who is killed is there until its parent, or init, has taken notice. */
async function gone(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 50; tries++) {
    try {
      process.kill(pid, 0);
    } catch {
      return true;
    }
    await setTimeout(100);
  }
  return false;
}

describeWhere(["terraform"], "terraform in a folder of its own", () => {
  test("inherits nothing that could be a secret or change a result", async () => {
    process.env["TF_VAR_password"] = "secret";
    process.env["VSPHERE_PASSWORD"] = "secret";
    const terraform = terraformIn({ "main.tf": shell("env > env.txt") });
    try {
      expect(await terraform.run(["init"])).toMatchObject({ status: 0, stderr: "" });
      expect(await terraform.run(["apply", "-auto-approve"], { env: { VSPHERE_USER: "given" } })).toMatchObject({ status: 0, stderr: "" });
      const environment = readFileSync(join(terraform.folder, "env.txt"), "utf8");
      expect(environment).toContain("VSPHERE_USER=given");
      expect(environment).not.toContain("secret");
    } finally {
      delete process.env["TF_VAR_password"];
      delete process.env["VSPHERE_PASSWORD"];
      terraform.remove();
    }
  });

  test("is killed with all that it started when its time is over", async () => {
    const terraform = terraformIn({ "main.tf": shell("echo $$ > pid; exec sleep 60") });
    try {
      await terraform.run(["init"]);
      expect(await terraform.run(["apply", "-auto-approve"], { timeoutMs: 3_000 })).toMatchObject({ status: null, timedOut: true });
      const pid = Number(readFileSync(join(terraform.folder, "pid"), "utf8"));
      expect(pid).toBeGreaterThan(1);
      expect(await gone(pid)).toBe(true);
    } finally {
      terraform.remove();
    }
  });
});
