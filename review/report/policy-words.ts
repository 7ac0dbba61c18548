import { count } from './verdict';

/** The policy writes names and values between backticks; reports read them between «». */
export const quoted = (text: string): string => text.replaceAll(/`([^`]*)`/g, '«$1»');

export const policySummary = (known: number, suppressed: number): string =>
  [...(known > 0 ? [`${count(known, 'finding')} as before`] : []), ...(suppressed > 0 ? [`${suppressed} suppressed`] : [])].join(', ');
