/** A half-width mark beside a Han character, or after markup or an argument in a Chinese text. */
const HALF_WIDTH =
  /\p{Script=Han}(?:\*\*|`)?[,:;()!?]|[,:;()!?](?:\*\*|`)?\p{Script=Han}|(?:\*\*|`|\})[,:;!?)]/u;

/** The first half-width mark that stands where a Chinese text has a full-width one. */
export function halfWidthIn(text: string): string | undefined {
  return /\p{Script=Han}/u.test(text) ? HALF_WIDTH.exec(text)?.[0] : undefined;
}
