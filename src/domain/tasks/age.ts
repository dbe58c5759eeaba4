/** Whether a task is older than another by their ids: a younger snowflake is the larger number. */
export function isOlder(id: string, other: string): boolean {
  return id.length === other.length ? id < other : id.length < other.length;
}
