/**
 * What is made of an object, made once for each: a look-up table of an inventory that every VM of a plan asks, a list that
 * many VMs share. The objects must not change.
 */
export function once<K extends object, V extends object>(make: (of: K) => V): (of: K) => V {
  const made = new WeakMap<K, V>();
  return (of) => {
    let result = made.get(of);
    if (result === undefined) made.set(of, (result = make(of)));
    return result;
  };
}
