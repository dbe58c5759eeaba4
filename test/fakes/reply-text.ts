import type { ReplyFile } from '../../src/discord/rest/multipart.ts';

/** The bytes of a file of an answer; none without a file. */
export function replyBytes(file: ReplyFile | undefined): Buffer {
  return Buffer.concat(file?.parts ?? []);
}

export function replyText(file: ReplyFile | undefined): string {
  return replyBytes(file).toString('utf8');
}
