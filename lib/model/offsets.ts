/** A list of offsets in a text: half as large as an array of numbers, and the garbage collector need not look into it. */
export class Offsets {
  private numbers = new Int32Array(1024);
  private used = 0;

  get length(): number {
    return this.used;
  }

  push(offset: number): void {
    if (this.used === this.numbers.length) {
      const larger = new Int32Array(2 * this.used);
      larger.set(this.numbers);
      this.numbers = larger;
    }
    this.numbers[this.used++] = offset;
  }

  at(index: number): number {
    return this.numbers[index]!;
  }

  slice(start: number, end: number): number[] {
    return Array.from(this.numbers.subarray(start, end));
  }

  /** Leaves the first `length`. */
  cut(length: number): void {
    this.used = length;
  }
}
