import { DataMap, isMap } from "../data";

/** What a JSON object is, by its content, where no reader takes it. */
export function foreignJson(root: DataMap): string | undefined {
  const isState = ("format_version" in root && "values" in root) || ("serial" in root && "lineage" in root);
  if (isState && !("resource_changes" in root)) {
    return "this is a Terraform state, which says what is and not what is planned: make a plan, and `terraform show -json PLAN > plan.json`";
  }
  if ("format_version" in root && "provider_schemas" in root) return "these are the schemas of Terraform's providers, not a plan";
  if ("plan_format_version" in root) {
    return (
      "this is HCP Terraform's redacted plan, which leaves out the configuration and what data sources found: " +
      "give the plan's other JSON (`json-output` of its API, without `-redacted`)"
    );
  }
  if (root["@level"] !== undefined)
    return "this is the log of `terraform plan -json`: `terraform plan -out PLAN`, then `terraform show -json PLAN > plan.json`";
  if (isMap(root["stacks"])) return "this is the manifest of cdktf: give the folder that it is in";
  return undefined;
}
