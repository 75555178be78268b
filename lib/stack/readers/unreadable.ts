import { DataMap, isMap } from "../data";

/** What a file is, by its name, where no reader takes it yet; to be read after the path. */
export function unreadable(path: string): string | undefined {
  return /\.(tf|hcl)$/.test(path)
    ? "is Terraform's native syntax (HCL), which is not read yet: give JSON, as `cdktf synth` without `--hcl` writes it"
    : undefined;
}

/** What a JSON object is, by its content, where no reader takes it. */
export function foreignJson(root: DataMap): string | undefined {
  if ("format_version" in root && "planned_values" in root) {
    return "this is a Terraform plan in JSON, which is not read yet: give the cdktf.out folder or its cdk.tf.json";
  }
  if ("format_version" in root && "values" in root) return "this is a Terraform state, which says what is and not what is planned";
  if (isMap(root["stacks"])) return "this is the manifest of cdktf: give the folder that it is in";
  return undefined;
}
