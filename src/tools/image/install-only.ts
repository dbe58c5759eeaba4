/** The parts of a package that only its installation needs. */
interface InstallOnly {
  readonly packages: readonly string[];
  /** Files and folders inside the package. */
  readonly files: readonly string[];
}

/** Install-only parts by package. sqlite3 5 depends on tar and node-gyp releases that are no longer fixed. */
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
