/** What the first bytes of a file show; `need-more` if there are too few. */
export type Mp4Verdict = 'mp4' | 'not-mp4' | 'need-more';

/** Brands of ISO/IEC 14496-12 and -14 files that contain video and that players accept as mp4. */
const videoBrand = /^(?:iso[m2-9]|mp4[12]|mp71|avc1|hvc1|av01|M4V[ PH]|MSNV|dash|cmf[c2])$/;

/**
 * Major brands of other formats whose compatible brands often include a video brand: QuickTime,
 * audio only, still pictures (HEIF, AVIF, Canon raw).
 */
const otherBrand = /^(?:qt {2}|M4[ABP] |F4[AB] |mif1|msf1|he[iv][cxms]|avi[fs]|crx )$/;

/**
 * Boxes that may come first if `ftyp` is missing or comes later. No other file type starts with
 * them.
 */
const otherFirstBoxes: readonly string[] = ['styp', 'moov', 'mdat', 'free', 'skip', 'wide'];

/** The bot does not download larger files. */
const maxFileBytes = 512 * 1024 * 1024;

/** A box header, the major brand and its version. */
const minBoxBytes = 16;
/** Room for 252 compatible brands; real files have under ten. */
const maxBoxBytes = 1024;

/**
 * Detects an mp4 by its first bytes: an `ftyp` box with a video brand, or another box that only
 * such files start with.
 */
export function sniffMp4(head: Uint8Array): Mp4Verdict {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  const type = bytes.toString('latin1', 4, 8);
  if (bytes.length < 8) return isBeginningOfFirstBox(type) ? 'need-more' : 'not-mp4';
  const boxBytes = bytes.readUInt32BE(0);
  if (otherFirstBoxes.includes(type)) return isBoxSize(boxBytes) ? 'mp4' : 'not-mp4';
  if (type !== 'ftyp') return 'not-mp4';
  if (boxBytes < minBoxBytes || boxBytes > maxBoxBytes || boxBytes % 4 !== 0) return 'not-mp4';
  if (bytes.length < boxBytes) return 'need-more';
  return isVideo(bytes.subarray(8, boxBytes)) ? 'mp4' : 'not-mp4';
}

const isBeginningOfFirstBox = (type: string): boolean =>
  ['ftyp', ...otherFirstBoxes].some((first) => first.startsWith(type));

/**
 * 0 means to the end of the file, 1 that the size follows in eight bytes. Four letters of text
 * would give a larger number.
 */
const isBoxSize = (bytes: number): boolean => bytes <= 1 || (bytes >= 8 && bytes <= maxFileBytes);

function isVideo(content: Buffer): boolean {
  const major = content.toString('latin1', 0, 4);
  if (otherBrand.test(major)) return false;
  const compatible = Array.from({ length: content.length / 4 - 2 }, (_, index) =>
    content.toString('latin1', 8 + index * 4, 12 + index * 4),
  );
  return [major, ...compatible].some((brand) => videoBrand.test(brand));
}
