/** Whether a page is asked for as it is to hang on a wall: large, and without controls. */
export function isWall(query: URLSearchParams): boolean {
  return query.get("view") === "wall";
}
