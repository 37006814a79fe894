let buildId = "";

/** Returns the id of the build being served; empty before one is mounted. */
export function getBuildId(): string {
  return buildId;
}

/** Sets the id: on the server when a build is mounted, in a browser when a page boots. */
export function setBuildId(id: string): void {
  buildId = id;
}
