/**
 * Why data is rejected whose checksum differs. The checksum comes after the data, which was read by then, and some of it
 * may be stored.
 */
export const CHECKSUM_MISMATCH = "the checksum does not match, so what was read of it may be wrong";
