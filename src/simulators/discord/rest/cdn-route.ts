import type { Simulation } from '../simulation.ts';
import type { Answer, ApiRequest } from './request.ts';

const FOLDERS = ['/attachments/', '/ephemeral-attachments/', '/media/'];
const RANGE = /^bytes=(\d+)-(\d*)$/u;

export function isCdnPath(path: string): boolean {
  return FOLDERS.some((folder) => path.startsWith(folder));
}

/** Serves an attachment, or a range of its bytes, as video players request. */
export function serveCdn(sim: Simulation, request: ApiRequest): Answer {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return { status: 405 };
  }
  const file = sim.cdn.open(request.path, request.query);
  if (file === undefined) {
    const headers = { 'content-type': 'text/plain' };
    return { status: 404, body: 'This content is no longer available.', headers };
  }
  const headers = { 'content-type': file.contentType, 'accept-ranges': 'bytes' };
  const range = RANGE.exec(String(request.headers['range'] ?? ''));
  if (range === null) {
    return { status: 200, body: file.bytes, headers };
  }
  const size = file.bytes.byteLength;
  const first = Number(range[1]);
  const last =
    range[2] === undefined || range[2] === '' ? size - 1 : Math.min(Number(range[2]), size - 1);
  if (first > last) {
    return { status: 416, headers: { 'content-range': `bytes */${size}` } };
  }
  return {
    status: 206,
    body: file.bytes.subarray(first, last + 1),
    headers: { ...headers, 'content-range': `bytes ${first}-${last}/${size}` },
  };
}
