import type { AdminTexts } from './admins-en.ts';
import { grantZhCn } from './grant-zh-cn.ts';
import { changesZhCn } from './changes-zh-cn.ts';
import { sharingZhCn } from './sharing-zh-cn.ts';
import { nearZhCn } from './near-zh-cn.ts';
import { resolveZhCn } from './resolve-zh-cn.ts';
import { eraseZhCn } from './erase-zh-cn.ts';
import { setupZhCn } from './setup-zh-cn.ts';

/** Texts of what admins decide, in simplified Chinese; a file for each part. */
export const adminsZhCn: AdminTexts = {
  grants: grantZhCn,
  changes: changesZhCn,
  sharing: sharingZhCn,
  resolve: resolveZhCn,
  setup: setupZhCn,
  near: nearZhCn,
  erase: eraseZhCn,
};
