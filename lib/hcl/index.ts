export { literalText } from "./template";
export { parseHcl, type HclAttribute, type HclBlock, type HclBody, type HclFile, type HclLabel, type HclValue } from "./parse-hcl";
