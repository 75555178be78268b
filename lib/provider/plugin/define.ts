import type { DataSource, Resource } from "./resource";
import type { Block } from "./schema";

/** A resource of a schema, written with that schema's types. */
export function defineResource<S extends Block, C>(resource: Resource<S, C>): Resource<Block, C> {
  // Every value is checked against the schema before it gets here, which the types of "any schema" don't say.
  return resource as unknown as Resource<Block, C>;
}

/** The same for a data source. */
export function defineDataSource<S extends Block, C>(dataSource: DataSource<S, C>): DataSource<Block, C> {
  return dataSource as unknown as DataSource<Block, C>;
}
