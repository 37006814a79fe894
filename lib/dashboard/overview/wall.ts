/** Whether a page is requested in wall mode: large, without controls. */
export function isWall(query: URLSearchParams): boolean {
  return query.get("view") === "wall";
}
