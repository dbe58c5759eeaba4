import { grantEn } from './grant-en.ts';
import { changesEn } from './changes-en.ts';
import { sharingEn } from './sharing-en.ts';
import { nearEn } from './near-en.ts';
import { resolveEn } from './resolve-en.ts';
import { eraseEn } from './erase-en.ts';
import { setupEn } from './setup-en.ts';

/** Texts of what admins decide, in English; a file for each part. */
export const adminsEn = {
  grants: grantEn,
  changes: changesEn,
  sharing: sharingEn,
  resolve: resolveEn,
  setup: setupEn,
  near: nearEn,
  erase: eraseEn,
};

export type AdminTexts = typeof adminsEn;
