import { Mistake, nearMiss, quoted } from "../../model";
import { Block, blockAddress, blockSource, Configuration } from "../configuration";
import { shapeMistakes } from "./block-shape";
import { FileBlocks, Local } from "./file-blocks";
import { overridden } from "./overridden";
import { undeclaredReferences } from "./undeclared";

/** Of these, an override file may have none: they say what is to happen once. */
const NOT_OVERRIDING = ["check", "import", "moved"];

/**
 * The files of a folder as one configuration: first those that declare, each thing once, then those that override, in the order of
 * their names (https://developer.hashicorp.com/terraform/language/files/override).
 */
export class JoinedFiles {
  /** By address; of a provider with its alias. */
  readonly blocks = new Map<string, Block>();
  readonly locals = new Map<string, Local>();
  backend: Configuration["backend"];

  constructor(private readonly mistakes: Mistake[]) {}

  add({ blocks, locals, backend }: FileBlocks): void {
    for (const block of blocks) {
      const address = addressOf(block);
      const first = this.blocks.get(address);
      if (first === undefined) this.blocks.set(address, block);
      else this.mistakes.push(declaredTwice(address, block, blockSource(first)));
      this.checkAlone(block, false);
    }
    for (const local of locals) {
      const first = this.locals.get(local.name);
      if (first === undefined) this.locals.set(local.name, local);
      else this.mistakes.push(declaredTwice(`local.${local.name}`, local, first.file.lines.at(first.at)));
    }
    this.backend ??= backend;
  }

  override({ blocks, locals, backend, kinds, file }: FileBlocks): void {
    for (const kind of NOT_OVERRIDING) {
      if (kinds.has(kind))
        this.mistakes.push({ ...file.lines.at(kinds.get(kind)!), message: `an override file can't have ${quoted(kind)} blocks` });
    }
    for (const block of blocks) {
      const address = addressOf(block);
      const base = this.blocks.get(address);
      this.checkAlone(block, true);
      if (base !== undefined) this.blocks.set(address, overridden(base, block, this.mistakes));
      // One that is not written is there all the same, with nothing said of it.
      else if (address === `provider.${block.name}`) this.blocks.set(address, block);
      else this.mistakes.push({ ...blockSource(block), message: nothingToOverride(address, this.blocks.keys()) });
    }
    for (const local of locals) {
      const address = `local.${local.name}`;
      if (this.locals.has(local.name)) this.locals.set(local.name, local);
      else
        this.mistakes.push({
          ...local.file.lines.at(local.at),
          message: nothingToOverride(address, prefixed("local.", this.locals.keys())),
        });
    }
    this.backend = backend ?? this.backend;
  }

  /** References to what none of the files declares; said of all that there are, since Terraform looks at no file by itself. */
  findUndeclared(): void {
    const { blocks, locals } = this;
    const declared = new Set([...blocks.keys(), ...prefixed("local.", locals.keys())]);
    this.mistakes.push(...undeclaredReferences(blocks.values(), locals.values(), declared));
  }

  private checkAlone(block: Block, isOverride: boolean): void {
    this.mistakes.push(...shapeMistakes(block, isOverride));
    if (block.kind === "provider" || block.kind === "output" || !("count" in block.body && "for_each" in block.body)) return;
    const message = `${blockAddress(block)} has both count and for_each, expected one of them`;
    this.mistakes.push({ ...blockSource(block, "for_each"), message });
  }
}

/** How others tell it apart. */
function addressOf(block: Block): string {
  const alias = block.kind === "provider" ? block.body["alias"] : undefined;
  const address = block.kind === "variable" ? `var.${block.name}` : blockAddress(block);
  return typeof alias === "string" ? `${address}.${alias}` : address;
}

function declaredTwice(address: string, { file, at }: Block | Local, first: { readonly file: string; readonly line?: number }): Mistake {
  const where = first.file === file.lines.file ? `line ${first.line}` : `${first.file}:${first.line}`;
  return { ...file.lines.at(at), message: `${address} is declared twice, first in ${where}` };
}

function nothingToOverride(address: string, known: Iterable<string>): string {
  const near = nearMiss(address, known);
  const hint = near === undefined ? "" : `; did you mean ${near}?`;
  return `there is no ${address} to override: it must be declared in a file whose name does not end in override${hint}`;
}

function prefixed(prefix: string, names: Iterable<string>): readonly string[] {
  return [...names].map((name) => prefix + name);
}
