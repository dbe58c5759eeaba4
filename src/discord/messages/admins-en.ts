import { grantEn } from './grant-en.ts';
import { changesEn } from './changes-en.ts';
import { sharingEn } from './sharing-en.ts';
import { resolveEn } from './resolve-en.ts';

/** Texts of what admins decide, in English; a file for each part. */
export const adminsEn = {
  grants: grantEn,
  changes: changesEn,
  sharing: sharingEn,
  resolve: resolveEn,
};

export type AdminTexts = typeof adminsEn;
