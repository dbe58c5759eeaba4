import { z } from 'zod';

/**
 * What tells a database from a copy of it and from a replica that took over. A part is absent where
 * the user may not ask for it, or the service does not tell.
 */
export const serverIdentitySchema = z.object({
  /** Made with the server's files. */
  system: z.string().optional(),
  /** Another one after a replica took over, or after a restore to an instant. */
  timeline: z.string().optional(),
  database: z.string().optional(),
});
export type ServerIdentity = Readonly<z.output<typeof serverIdentitySchema>>;

/** Whether two are the same; `unknown` where they tell no part in common. */
export function compareServers(
  one: ServerIdentity,
  other: ServerIdentity,
): 'same' | 'other' | 'unknown' {
  if (isOtherServer(one, other)) return 'other';
  return one.system !== undefined && one.system === other.system ? 'same' : 'unknown';
}

/** Whether a part differs that both tell. */
export function isOtherServer(one: ServerIdentity, other: ServerIdentity): boolean {
  const keys = ['system', 'timeline', 'database'] as const;
  return keys.some(
    (key) => one[key] !== undefined && other[key] !== undefined && one[key] !== other[key],
  );
}
