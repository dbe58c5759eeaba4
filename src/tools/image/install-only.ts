/** What a package needs while it is installed and never after. */
interface InstallOnly {
  readonly packages: readonly string[];
  /** Files and folders inside it. */
  readonly files: readonly string[];
}

/** By package. sqlite3 5 asks for releases of tar and node-gyp that get no repairs any more. */
export const INSTALL_ONLY: Readonly<Record<string, InstallOnly>> = {
  sqlite3: {
    packages: ['node-addon-api', 'node-gyp', 'prebuild-install', 'tar'],
    files: [
      'deps',
      'node-addon-api',
      'src',
      'build/Release/nothing.a',
      'build/Release/obj',
      'build/Release/obj.target',
      'build/Release/sqlite3.a',
    ],
  },
};
