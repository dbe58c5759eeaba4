/**
 * The id of the bot that a token belongs to, which is the same after a reset. It is the token's first
 * part, in base64; `undefined` for a text that is no token.
 */
export function botIdOf(token: string): string | undefined {
  const [first = ''] = token.split('.');
  const id = Buffer.from(first, 'base64url').toString('latin1');
  return /^\d{15,20}$/.test(id) ? id : undefined;
}
