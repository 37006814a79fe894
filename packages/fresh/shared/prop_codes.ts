/** The codes in serialized props of values that JSON lacks. */
export const PROP_CODES = {
  undefined: -1,
  null: -2,
  notANumber: -3,
  infinity: -4,
  negativeInfinity: -5,
  negativeZero: -6,
  hole: -7,
} as const;
