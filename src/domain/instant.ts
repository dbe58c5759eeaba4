import { z } from 'zod';

/** The end of the year 9999; later dates are not valid in four-digit formats. */
const LAST_MS = 253_402_300_799_999;

/** An instant in a record: milliseconds since 1970. */
export const instantSchema = z.int().nonnegative().max(LAST_MS);
