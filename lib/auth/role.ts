/** What somebody may do: an admin everything, a viewer look at everything and touch nothing. */
export type Role = "admin" | "viewer";
