import { readFile } from 'node:fs/promises';
import type { Member } from '../world/model.ts';
import type { MemberFile, OptionValue, SendOptions } from './api.ts';
import { ClientRefusal, type ActorContext } from './context.ts';
import { uploadLimit } from './send.ts';

const BY_EXTENSION: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  gif: 'image/gif',
  avif: 'image/avif',
  mp4: 'video/mp4',
  mov: 'video/quicktime',
  webm: 'video/webm',
  mp3: 'audio/mpeg',
  wav: 'audio/wav',
  ogg: 'audio/ogg',
};

const UNKNOWN_TYPE = 'application/octet-stream';

function extensionOf(filename: string): string {
  return filename.split('.').at(-1)?.toLowerCase() ?? '';
}

/** Whether the file's type is allowed; like Discord, checks only the extension. */
export function fitsFileTypes(filename: string, fileTypes: readonly unknown[]): boolean {
  const extension = extensionOf(filename);
  const group = BY_EXTENSION[extension]?.split('/')[0];
  return fileTypes.length === 0 || fileTypes.includes(`.${extension}`) || fileTypes.includes(group);
}

export function isMemberFile(value: unknown): value is MemberFile {
  return typeof value === 'object' && value !== null && 'filename' in value;
}

async function bytesOf(file: MemberFile): Promise<Uint8Array> {
  if (file.bytes !== undefined) {
    return file.bytes;
  }
  return file.path === undefined ? new Uint8Array() : await readFile(file.path);
}

/** Reads a member's file, and refuses one that is larger than the member may upload. */
export async function readMemberFile(
  context: ActorContext,
  member: Member,
  file: MemberFile,
  send: SendOptions,
): Promise<{ readonly bytes: Uint8Array; readonly contentType: string }> {
  const bytes = await bytesOf(file);
  if (send.raw !== true && bytes.byteLength > uploadLimit(context, member)) {
    throw new ClientRefusal(`${file.filename} is larger than this person may upload`);
  }
  const contentType = file.contentType ?? BY_EXTENSION[extensionOf(file.filename)];
  return { bytes, contentType: contentType ?? UNKNOWN_TYPE };
}

/** Stores a member's file on the CDN; returns its entry in `resolved.attachments`. */
export async function uploadFile(
  context: ActorContext,
  member: Member,
  file: MemberFile,
  send: SendOptions,
): Promise<{ readonly id: string; readonly resolved: Record<string, unknown> }> {
  const { sim } = context;
  const { bytes, contentType } = await readMemberFile(context, member, file, send);
  const id = sim.newId();
  const { filename } = file;
  const folder = `ephemeral-attachments/${sim.world.application.id}`;
  sim.cdn.put({ folder, id, filename, contentType, bytes });
  const { width, height, durationSeconds } = file;
  return {
    id,
    resolved: {
      id,
      filename,
      size: file.claimedSize ?? bytes.byteLength,
      url: sim.cdn.url(id),
      proxy_url: sim.cdn.proxyUrl(id),
      ephemeral: true,
      ...(contentType === UNKNOWN_TYPE ? {} : { content_type: contentType }),
      ...(width === undefined ? {} : { width }),
      ...(height === undefined ? {} : { height }),
      ...(durationSeconds === undefined ? {} : { duration_secs: durationSeconds }),
    },
  };
}

export function idOf(value: OptionValue): string {
  if (typeof value !== 'object') {
    return String(value);
  }
  return 'id' in value ? value.id : '';
}
