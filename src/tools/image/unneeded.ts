/** The parts of a package that the running bot does not need. */
interface Unneeded {
  readonly packages: readonly string[];
  /** Files and folders, by their path inside the package. */
  readonly files: RegExp;
}

/**
 * What only an installation needs, by package, and the fonts of which no chart is drawn. sqlite3 5
 * depends on tar and node-gyp releases that are no longer fixed.
 */
export const UNNEEDED: Readonly<Record<string, Unneeded>> = {
  '@fontsource/noto-sans-sc': {
    packages: [],
    files:
      /^(scss$|.*\.css$|files\/(?!noto-sans-sc-(latin|latin-ext|chinese-simplified)-400-normal\.woff2$))/,
  },
  sqlite3: {
    packages: ['node-addon-api', 'node-gyp', 'prebuild-install', 'tar'],
    files: /^(deps|node-addon-api|src|build\/Release\/(nothing\.a|obj|obj\.target|sqlite3\.a))$/,
  },
};
