import type { MemberFile } from '../../simulators/discord/actors/api.ts';

/** The first bytes of a PNG are enough: nothing here decodes it. */
export const PICTURE: MemberFile = {
  filename: 'frame.png',
  contentType: 'image/png',
  bytes: new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  width: 640,
  height: 640,
};
