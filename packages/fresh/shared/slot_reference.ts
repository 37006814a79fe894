/** A reference to elements passed to an island, which are in the page's HTML. */
export class SlotReference {
  constructor(readonly id: number) {}
}
