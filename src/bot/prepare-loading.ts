import module from 'node:module';
import { fileURLToPath } from 'node:url';

/**
 * Has stack traces name the lines of the sources, and keeps compiled code beside the build for the
 * next start, where Node can and the folder may be written to. Both are for what is loaded later.
 */
export function prepareLoading(): void {
  process.setSourceMapsEnabled(true);
  // From Node 22.1 on. Not in a folder that all users share: who writes there could run anything.
  if ('enableCompileCache' in module && typeof module.enableCompileCache === 'function') {
    module.enableCompileCache(fileURLToPath(new URL('compiled', import.meta.url)));
  }
}
