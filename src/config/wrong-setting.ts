import { renderFault } from './config-fault.ts';
import type { ConfigFault } from './config-fault.ts';

/** Thrown where only a start finds out that a setting cannot be right. */
export class WrongSetting extends Error {
  constructor(fault: ConfigFault) {
    super(renderFault(fault));
  }
}
