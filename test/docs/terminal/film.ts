import { Screen, type Run } from './screen';

/** A piece of output, and when it came. */
export interface Output {
  /** From the start. */
  readonly seconds: number;
  readonly text: string;
}

export interface Frame {
  readonly seconds: number;
  readonly lines: readonly (readonly Run[])[];
}

/** Between two frames, at least; what happens faster is seen together. */
const PACE_SECONDS = 0.35;

/** For nothing new to see, at most: nobody waits for a picture. What the program itself says of its time stays. */
const PAUSE_SECONDS = 1.2;

/** A turning wheel is no news. */
const WHEEL = /[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]/g;

const news = ({ lines }: Frame): string => JSON.stringify(lines).replace(WHEEL, '');

/** The frames in which something new is seen, and the last one. */
export function framesOf(outputs: readonly Output[], columns: number, height: number): Frame[] {
  const screen = new Screen(columns, height);
  const frames: Frame[] = [];
  for (const { seconds, text } of outputs) {
    // A frame is what is seen just before the next output comes: never a line that is half drawn.
    const before: Frame = { seconds, lines: screen.lines() };
    screen.write(text);
    const last = frames.at(-1);
    if (before.lines.length > 0 && (!last || (seconds - last.seconds >= PACE_SECONDS && news(before) !== news(last)))) frames.push(before);
  }
  return shortened([...frames, { seconds: outputs.at(-1)?.seconds ?? 0, lines: screen.lines() }]);
}

/** From the first frame on, with shorter pauses. */
function shortened(frames: readonly Frame[]): Frame[] {
  let now = 0;
  return frames.map((frame, index) => {
    now += Math.min(PAUSE_SECONDS, frame.seconds - (frames[index - 1] ?? frame).seconds);
    return { ...frame, seconds: now };
  });
}

export const textOf = ({ lines }: Frame): string => lines.map((runs) => `${runs.map(({ text }) => text).join('')}\n`).join('');
