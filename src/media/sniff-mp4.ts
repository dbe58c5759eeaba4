/** What the first bytes of a file say: `need-more` when they are too few to tell. */
export type Mp4Verdict = 'mp4' | 'not-mp4' | 'need-more';

/** Brands of ISO/IEC 14496-12 and -14 files that carry video and that players take as mp4. */
const videoBrand = /^(?:iso[m2-9]|mp4[12]|mp71|avc1|hvc1|av01|M4V[ PH]|MSNV|dash|cmf[c2])$/;

/**
 * Major brands that are something else although their compatible brands often name a video brand:
 * QuickTime, audio alone, still pictures (HEIF, AVIF, Canon raw).
 */
const otherBrand = /^(?:qt {2}|M4[ABP] |F4[AB] |mif1|msf1|he[iv][cxms]|avi[fs]|crx )$/;

/** Boxes that may stand first where `ftyp` is missing or comes later; no other kind of file has them there. */
const otherFirstBoxes: readonly string[] = ['styp', 'moov', 'mdat', 'free', 'skip', 'wide'];

/** No larger file is fetched. */
const maxFileBytes = 512 * 1024 * 1024;

/** A box header, the major brand and its version. */
const minBoxBytes = 16;
/** Room for 252 compatible brands; real files have under ten. */
const maxBoxBytes = 1024;

/**
 * Judges a file by its first bytes: an mp4 begins with an `ftyp` box that names a brand of video,
 * or with a box that only such files begin with.
 */
export const sniffMp4 = (head: Uint8Array): Mp4Verdict => {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  const type = bytes.toString('latin1', 4, 8);
  if (bytes.length < 8) return isBeginningOfFirstBox(type) ? 'need-more' : 'not-mp4';
  const boxBytes = bytes.readUInt32BE(0);
  if (otherFirstBoxes.includes(type)) return isBoxSize(boxBytes) ? 'mp4' : 'not-mp4';
  if (type !== 'ftyp') return 'not-mp4';
  if (boxBytes < minBoxBytes || boxBytes > maxBoxBytes || boxBytes % 4 !== 0) return 'not-mp4';
  if (bytes.length < boxBytes) return 'need-more';
  return isVideo(bytes.subarray(8, boxBytes)) ? 'mp4' : 'not-mp4';
};

const isBeginningOfFirstBox = (type: string): boolean =>
  ['ftyp', ...otherFirstBoxes].some((first) => first.startsWith(type));

/** 0: to the end of the file; 1: the size follows in eight bytes. Four letters of a text are more. */
const isBoxSize = (bytes: number): boolean => bytes <= 1 || (bytes >= 8 && bytes <= maxFileBytes);

const isVideo = (content: Buffer): boolean => {
  const major = content.toString('latin1', 0, 4);
  if (otherBrand.test(major)) return false;
  const compatible = Array.from({ length: content.length / 4 - 2 }, (_, index) =>
    content.toString('latin1', 8 + index * 4, 12 + index * 4),
  );
  return [major, ...compatible].some((brand) => videoBrand.test(brand));
};
