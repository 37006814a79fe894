/** Says why a file or folder cannot be used, as a predicate of its path, without the names of other files. */
export function fileFault(error: Error, use: "read" | "written"): string {
  // Deno reserves some folders, such as /proc, and its advice to allow everything is of no use here.
  if (error instanceof Deno.errors.NotCapable) return "is not a place for data";
  if (error instanceof Deno.errors.PermissionDenied) return `may not be ${use} by this user`;
  if (error instanceof Deno.errors.NotADirectory) return "is below a file";
  if (error instanceof Deno.errors.IsADirectory) return "is a folder";
  if (error instanceof Deno.errors.NotFound) {
    return use === "read" ? "does not exist" : "is in a folder that does not exist";
  }
  if ("code" in error && error.code === "ENOSPC") return "is on a disk that is full";
  return `cannot be ${use}: ${error.message.replace(/ \(os error \d+\).*$/s, "")}`;
}
