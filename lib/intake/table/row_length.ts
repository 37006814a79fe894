/** Says that a row has another number of fields than its header. */
export function rowLength(given: number, wanted: number): string {
  return given === 1
    ? `the row has 1 field where the header has ${wanted}`
    : `the row has ${given} fields where the header has ${wanted}`;
}
