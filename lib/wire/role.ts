/**
 * The roles, from least to most privileged: an ingest submits articles and reads their state, a
 * viewer has read-only access to everything, an operator also controls the stream, an admin may do
 * everything.
 */
export const ROLES = ["ingest", "viewer", "operator", "admin"] as const;

export type Role = typeof ROLES[number];

export function isRole(text: unknown): text is Role {
  return ROLES.some((role) => role === text);
}
