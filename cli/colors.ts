import { createColors, isColorSupported } from 'picocolors';

/**
 * On a terminal only: in a log of CI or a file, escape codes are noise. Node leaves isTTY undefined in a pipe, which picocolors takes for
 * "decide yourself", and in CI it decides for colours.
 */
export const color = isColorSupported && process.stdout.isTTY === true;

export const colors = createColors(color);
