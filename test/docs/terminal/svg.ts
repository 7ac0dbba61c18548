import type { Frame } from './film';
import type { Run } from './screen';

export interface Picture {
  /** Stands in the title bar. */
  readonly title: string;
  /** For people who do not see it. */
  readonly description: string;
  readonly columns: number;
  readonly frames: readonly Frame[];
}

const FONT = 14;
const COLUMN = 8.4;
const LINE = 20;
const MARGIN = 16;
const BAR = 34;
/** The report stays for as long as somebody needs to read it. */
const HOLD_SECONDS = 9;

/** On the dark ground below, each with a contrast of at least 4.5 : 1. */
const STYLES = `
    text { font: ${FONT}px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: #e6edf3; white-space: pre; }
    .s1 { font-weight: 600; } .s2 { fill: #9198a1; } .s31 { fill: #ff8e86; } .s32 { fill: #56d364; } .s33 { fill: #e3b341; }
    .s34 { fill: #79c0ff; } .s35 { fill: #d2a8ff; } .s36 { fill: #76e3ea; } .s90 { fill: #9198a1; } .title { fill: #9198a1; }`;

const KNOWN = new Set([...STYLES.matchAll(/\.s(\d+)/g)].map(([, code]) => code));

const escape = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
const round = (value: number): string => String(Number(value.toFixed(2)));

/**
 * A film as one SVG: frames beside each other, moved by one CSS animation, without a script. Where nothing moves (no animation, or people
 * who asked for less motion) the last frame is seen. It brings its own ground, so it is read on light and on dark pages.
 */
export function svgOf({ title, description, columns, frames }: Picture): string {
  const width = columns * COLUMN + 2 * MARGIN;
  const height = Math.max(...frames.map(({ lines }) => lines.length)) * LINE + 2 * MARGIN + BAR;
  const end = frames.at(-1)!;
  const seconds = end.seconds + HOLD_SECONDS;
  const steps = frames.map((frame, index) => {
    const percent = index === 0 ? '0' : ((100 * frame.seconds) / seconds).toFixed(3);
    return `${percent}% { transform: translateX(${round(-index * width)}px); }`;
  });
  const last = `translateX(${round(-(frames.length - 1) * width)}px)`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${round(width)} ${round(height)}" width="${round(width)}" height="${round(height)}" role="img" aria-labelledby="title description">
  <title id="title">${escape(title)}</title>
  <desc id="description">${escape(description)}</desc>
  <style>${STYLES}
    .film { transform: ${last}; animation: film ${round(seconds)}s step-end infinite; }
    @keyframes film { ${steps.join(' ')} 100% { transform: ${last}; } }
    @media (prefers-reduced-motion: reduce) { .film { animation: none; } }
  </style>
  <rect x="0.5" y="0.5" width="${round(width - 1)}" height="${round(height - 1)}" rx="8" fill="#0d1117" stroke="#3d444d"/>
  <g fill="#3d444d"><circle cx="20" cy="18" r="5"/><circle cx="38" cy="18" r="5"/><circle cx="56" cy="18" r="5"/></g>
  <text class="title" x="${round(width / 2)}" y="23" text-anchor="middle">${escape(title)}</text>
  <svg x="0" y="${BAR}" width="${round(width)}" height="${round(height - BAR)}" overflow="hidden"><g class="film">
${frames.map(({ lines }, index) => `<g transform="translate(${round(index * width + MARGIN)} ${MARGIN})">${lines.map(lineOf).join('')}</g>`).join('\n')}
  </g></svg>
</svg>
`;
}

function lineOf(runs: readonly Run[], row: number): string {
  let column = 0;
  const parts = runs.map(({ text, style }) => {
    const x = column * COLUMN;
    column += [...text].length;
    if (text.trim() === '') return '';
    const length = [...text].length * COLUMN;
    return `<tspan x="${round(x)}" textLength="${round(length)}"${classesOf(style)}>${escape(text)}</tspan>`;
  });
  return parts.join('') === '' ? '' : `<text y="${row * LINE + FONT}">${parts.join('')}</text>`;
}

function classesOf(style: string): string {
  const codes = style.split(';').filter((each) => each !== '');
  const unknown = codes.find((code) => !KNOWN.has(code));
  if (unknown !== undefined) throw new Error(`a style that is not drawn: ${unknown}`);
  return codes.length === 0 ? '' : ` class="${codes.map((code) => `s${code}`).join(' ')}"`;
}
