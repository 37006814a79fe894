/** Says that compressed data is followed by other bytes, which were skipped. */
export function followedBy(packing: "gzip" | "zstd", skipped: number): string {
  return skipped === 1
    ? `the ${packing} data is followed by 1 other byte, which was skipped`
    : `the ${packing} data is followed by ${skipped} other bytes, which were skipped`;
}
