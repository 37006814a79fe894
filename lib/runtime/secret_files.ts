/** Reads a text file; throws the system's error when it cannot be read. */
export type ReadFile = (path: string) => string;

/**
 * Returns the value of a secret: from the variable, or from the file that `NAME_FILE` names, without trailing
 * whitespace. Returns an error, which never contains the secret, if both are set or the file cannot be read.
 */
export function readSecret(
  name: string,
  env: Record<string, string | undefined>,
  readFile: ReadFile,
): { value: string | undefined } | { fault: string } {
  const value = env[name] || undefined;
  const path = env[`${name}_FILE`] || undefined;
  if (path === undefined) return { value };
  if (value !== undefined) return { fault: `${name} and ${name}_FILE cannot both be set` };
  try {
    const text = readFile(path).trimEnd();
    return text === "" ? { fault: `${name}_FILE ${path} is empty` } : { value: text };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { fault: `${name}_FILE ${path} cannot be read: ${why}` };
  }
}
