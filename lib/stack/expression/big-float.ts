/** Bits of a mantissa: what cty, Terraform's library of values, gives to every number that a file writes. */
const PRECISION = 512;
/** Decimal exponents that are followed: what lies beyond is no amount of anything. */
const MAX_EXPONENT = 5_000;
const MAX_DIGITS = 2_000;

const DECIMAL = /^([-+]?)(\d*)(?:\.(\d*))?(?:[eE]([-+]?\d+))?$/;

/**
 * `mantissa * 2^exponent`, calculated as Go's `big.Float` does with 512 bits, rounded to even. Hand-written, because libraries for
 * decimals round in base ten: at the border of a `floor` or `ceil` they would say another whole number than Terraform.
 */
export class BigFloat {
  private constructor(
    readonly mantissa: bigint,
    readonly exponent: number,
  ) {}

  /** Exactly, or rounded to even where it has more bits. `isMore`: it is a little further from zero than that. */
  static rounded(mantissa: bigint, exponent: number, isMore = false): BigFloat {
    const size = mantissa < 0n ? -mantissa : mantissa;
    const extra = bitsOf(size) - PRECISION;
    if (size === 0n) return new BigFloat(0n, 0);
    let [kept, at] = [size, exponent];
    if (extra > 0) {
      kept = size >> BigInt(extra);
      const rest = size - (kept << BigInt(extra));
      const half = 1n << BigInt(extra - 1);
      if (rest > half || (rest === half && (isMore || (kept & 1n) === 1n))) kept += 1n;
      at += extra;
    }
    const zeros = trailingZeros(kept);
    kept >>= BigInt(zeros);
    return new BigFloat(mantissa < 0n ? -kept : kept, at + zeros);
  }

  /** A decimal text as Terraform reads one; undefined where it is none, or too long or large to be followed. */
  static parse(text: string): BigFloat | undefined {
    const [, sign, whole = "", fraction = "", power = "0"] = DECIMAL.exec(text) ?? [];
    const digits = whole + fraction;
    const exponent = Number(power) - fraction.length;
    if (sign === undefined || digits === "" || digits.length > MAX_DIGITS || Math.abs(exponent) > MAX_EXPONENT) return undefined;
    const mantissa = BigInt(digits) * (sign === "-" ? -1n : 1n);
    return exponent >= 0 ? BigFloat.rounded(mantissa * 10n ** BigInt(exponent), 0) : quotient(mantissa, 10n ** BigInt(-exponent), 0);
  }

  /** The number that the shortest text of a JavaScript number spells: 0.29 is 0.29, and not the double beside it. */
  static of(number: number): BigFloat {
    if (Number.isSafeInteger(number)) return BigFloat.rounded(BigInt(number), 0);
    return BigFloat.parse(String(number))!;
  }

  /** As a JavaScript number where one spells just this. */
  simplest(): number | BigFloat {
    const nearest = this.nearest();
    return Number.isFinite(nearest) && BigFloat.of(nearest).compare(this) === 0 ? nearest : this;
  }

  plus(other: BigFloat): BigFloat {
    const exponent = Math.min(this.exponent, other.exponent);
    return BigFloat.rounded(this.at(exponent) + other.at(exponent), exponent);
  }

  minus(other: BigFloat): BigFloat {
    return this.plus(other.negated());
  }

  times(other: BigFloat): BigFloat {
    return BigFloat.rounded(this.mantissa * other.mantissa, this.exponent + other.exponent);
  }

  /** `other` is not zero. */
  over(other: BigFloat): BigFloat {
    return quotient(this.mantissa, other.mantissa, this.exponent - other.exponent);
  }

  /** What is left of the division that is cut to a whole number, which is how cty calculates it; `other` is not zero. */
  remainder(other: BigFloat): BigFloat {
    return this.minus(other.times(BigFloat.rounded(this.over(other).truncated(), 0)));
  }

  negated(): BigFloat {
    return new BigFloat(-this.mantissa, this.exponent);
  }

  compare(other: BigFloat): number {
    const exponent = Math.min(this.exponent, other.exponent);
    const [a, b] = [this.at(exponent), other.at(exponent)];
    return a < b ? -1 : a > b ? 1 : 0;
  }

  get isWhole(): boolean {
    return this.exponent >= 0;
  }

  /** Cut to a whole number towards zero. */
  truncated(): bigint {
    return this.isWhole ? this.at(0) : this.mantissa / (1n << BigInt(-this.exponent));
  }

  floor(): bigint {
    return this.isWhole || this.mantissa > 0n ? this.truncated() : this.truncated() - 1n;
  }

  /** With so many digits after the point, rounded to even. */
  fixed(digits: number): string {
    const scaled = this.mantissa * 10n ** BigInt(digits);
    const size = scaled < 0n ? -scaled : scaled;
    const whole = this.isWhole ? size << BigInt(this.exponent) : roundedShift(size, -this.exponent);
    return (this.mantissa < 0n ? "-" : "") + placed(String(whole), digits);
  }

  /** The shortest decimal text that no other number of this precision is nearer to: Go's `Text('f', -1)`. */
  text(): string {
    const size = this.mantissa < 0n ? -this.mantissa : this.mantissa;
    if (size === 0n) return "0";
    // Of the number, and of the middles between it and its neighbours. Go takes both to be as far, also at a power of two.
    const shift = BigInt(PRECISION - bitsOf(size) + 1);
    const [scaled, exponent] = [size << shift, this.exponent - Number(shift)];
    const [low, high] = [scaled - 1n, scaled + 1n];
    const isEven = PRECISION > bitsOf(size) || (size & 1n) === 0n;
    const sign = this.mantissa < 0n ? "-" : "";
    const [up, down] = exponent >= 0 ? [1n << BigInt(exponent), 1n] : [1n, 1n << BigInt(-exponent)];
    const inside = (digits: bigint, places: number): boolean => {
      const value = places >= 0 ? digits * down : digits * down * 10n ** BigInt(-places);
      const scale = places >= 0 ? up * 10n ** BigInt(places) : up;
      return isEven ? value >= low * scale && value <= high * scale : value > low * scale && value < high * scale;
    };
    const first = String((scaled * up) / down).length;
    for (let count = 1; ; count++) {
      const places = count - (first === 1 && (scaled * up) / down === 0n ? leadingZeros(scaled * up, down) : first);
      const power = 10n ** BigInt(Math.abs(places));
      const exact = places >= 0 ? [scaled * up * power, down] : [scaled * up, down * power];
      const below = exact[0]! / exact[1]!;
      const isNearerAbove = (exact[0]! - below * exact[1]!) * 2n >= exact[1]!;
      const candidates = isNearerAbove ? [below + 1n, below] : [below, below + 1n];
      const found = candidates.find((digits) => inside(digits, places));
      if (found !== undefined) return sign + placedAt(found, places);
    }
  }

  private at(exponent: number): bigint {
    return this.mantissa << BigInt(this.exponent - exponent);
  }

  private nearest(): number {
    const size = this.mantissa < 0n ? -this.mantissa : this.mantissa;
    const extra = Math.max(0, bitsOf(size) - 64);
    const kept = size >> BigInt(extra);
    // A last bit for what is cut off, so that rounding the rest sees it.
    const sticky = kept << BigInt(extra) === size ? kept << 1n : (kept << 1n) | 1n;
    return (this.mantissa < 0n ? -1 : 1) * Number(sticky) * 2 ** (this.exponent + extra - 1);
  }
}

function quotient(over: bigint, under: bigint, exponent: number): BigFloat {
  const sign = over < 0n !== under < 0n ? -1n : 1n;
  const [a, b] = [over < 0n ? -over : over, under < 0n ? -under : under];
  const shift = Math.max(0, PRECISION + 2 + bitsOf(b) - bitsOf(a));
  const shifted = a << BigInt(shift);
  const whole = shifted / b;
  return BigFloat.rounded(sign * whole, exponent - shift, whole * b !== shifted);
}

function roundedShift(size: bigint, bits: number): bigint {
  const whole = size >> BigInt(bits);
  const rest = size - (whole << BigInt(bits));
  const half = 1n << BigInt(bits - 1);
  return rest > half || (rest === half && (whole & 1n) === 1n) ? whole + 1n : whole;
}

/** Digits with the point before the last `places` of them. */
function placed(digits: string, places: number): string {
  if (places === 0) return digits;
  const padded = digits.padStart(places + 1, "0");
  return `${padded.slice(0, -places)}.${padded.slice(-places)}`;
}

function placedAt(digits: bigint, places: number): string {
  if (places <= 0) return String(digits * 10n ** BigInt(-places));
  return placed(String(digits), places).replace(/\.?0+$/, "");
}

/** Minus the number of zeros between the point and the first digit of a fraction. */
function leadingZeros(over: bigint, under: bigint): number {
  return 1 - String(under / over).length;
}

function bitsOf(size: bigint): number {
  return size.toString(16).length * 4 - Math.clz32(parseInt(size.toString(16)[0]!, 16)) + 28;
}

function trailingZeros(size: bigint): number {
  let zeros = 0;
  for (let rest = size; (rest & 0xffffffffn) === 0n; rest >>= 32n) zeros += 32;
  while (((size >> BigInt(zeros)) & 1n) === 0n) zeros++;
  return zeros;
}
