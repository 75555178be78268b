/** An object's fields, those that may be undefined optional. */
export type Given<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** The object without its undefined fields: what is not known is not written. Of a large inventory it is asked a million times. */
export function given<const T extends object>(fields: T): Given<T> {
  const known: { [key in keyof T]?: T[key] } = {};
  for (const key in fields) if (fields[key] !== undefined) known[key] = fields[key];
  return known as unknown as Given<T>;
}

/** The value, unless it is what stands for one that is left out. */
export function unless<T>(standing: T, value: T): T | undefined {
  return value === standing ? undefined : value;
}

/** The list, unless it is empty. */
export function filled<T>(list: readonly T[]): T[] | undefined {
  return list.length === 0 ? undefined : [...list];
}
