/**
 * The packages that stay outside the bundle and are installed beside it: native code, and the fonts,
 * of which files are read.
 */
export const OUTSIDE: readonly string[] = [
  '@fontsource/noto-sans-sc',
  '@napi-rs/canvas',
  'sqlite3',
];

/** Packages that others try to load and do without; they are not installed. */
export const OPTIONAL: readonly string[] = ['bufferutil', 'utf-8-validate', 'zlib-sync'];
