/** Whether bytes begin as a plan that `terraform plan -out` writes does, which is a zip file. */
export function isBinaryPlan(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03;
}

/** What to type so that a binary plan can be read: Terraform shows it in the folder that it was made in. */
export function commandsForBinaryPlan(path: string): readonly [show: string, check: string] {
  if (path === "-") return ["terraform show -json PLAN > plan.json", "npx vsphere-passthru check plan.json"];
  const [, before = "", name = ""] = /^(.*\/)?([^/]*)$/s.exec(path) ?? [];
  const folder = before.replace(/(.)\/+$/s, "$1");
  const json = `${before}${name.replace(/(.)\.[^.]*$/s, "$1")}.json`;
  const inFolder = folder === "" ? "" : ` ${shellWord(`-chdir=${folder}`)}`;
  return [
    `terraform${inFolder} show -json ${shellWord(optionless(name))} > ${shellWord(json)}`,
    `npx vsphere-passthru check ${shellWord(optionless(json))}`,
  ];
}

/** A name that no program takes for an option. */
export function optionless(name: string): string {
  return name.startsWith("-") ? `./${name}` : name;
}

function shellWord(text: string): string {
  return /^[\w./=+@:-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
