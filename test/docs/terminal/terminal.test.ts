import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../support/docs/pages';
import { framesOf, textOf } from './film';
import { Screen } from './screen';
import { svgOf } from './svg';

const shown = (output: string, columns = 20, height = 5): string => {
  const screen = new Screen(columns, height);
  screen.write(output);
  return textOf({ seconds: 0, lines: screen.lines() });
};

describe('a screen', () => {
  it.each([
    ['lines', 'a\r\nb\r\n', 'a\nb\n'],
    ['a line that is written again', 'one\r\n\x1b[1A\x1b[2K\x1b[Gtwo\r\n', 'two\n'],
    ['a list that is drawn again, shorter', 'a\r\nb\r\n\x1b[2K\x1b[1A\x1b[2K\x1b[1A\x1b[2K\x1b[Gc\r\n', 'c\n'],
    ['a carriage return', 'abc\rX', 'Xbc\n'],
    ['the rest of a line erased', 'abc\r\x1b[1Ax\x1b[K', 'x\n'],
    ['what is below erased', 'a\r\nb\r\nc\x1b[2A\x1b[J', 'a\n'],
    ['a hidden cursor', '\x1b[?25la\x1b[?25h', 'a\n'],
  ])('shows %s', (_, output, expected) => expect(shown(output)).toBe(expected));

  it('breaks lines at its edge, and rolls at its end', () => {
    expect(shown('abcde', 3)).toBe('abc\nde\n');
    expect(shown('1\r\n2\r\n3\r\n4', 20, 2)).toBe('3\n4\n');
  });

  it('keeps styles until they end', () => {
    const screen = new Screen(20, 5);
    screen.write('a\x1b[1m\x1b[31mb\x1b[22mc\x1b[39md');
    expect(screen.lines()).toEqual([
      [
        { text: 'a', style: '' },
        { text: 'b', style: '1;31' },
        { text: 'c', style: '31' },
        { text: 'd', style: '' },
      ],
    ]);
  });

  it.each(['\x1b[5;5H', '\x07', '\x1b[1K'])('refuses %j, which it cannot draw', (output) =>
    expect(() => shown(output)).toThrow('not drawn'),
  );
});

describe('a film', () => {
  const outputs = ['a\r\n', 'b\r\n', '\x1b[1A\x1b[2K⠋ c', '\r⠙', 'd'].map((text, index) => ({ seconds: 10 * index, text }));
  const frames = framesOf(outputs, 20, 5);

  it('has a frame for what is new, none for a turning wheel, and the end', () => {
    expect(frames.map(textOf)).toEqual(['a\n', 'a\nb\n', 'a\n⠋ c\n', 'a\n⠙dc\n']);
  });

  it('waits for nobody', () => expect(frames.map(({ seconds }) => Number(seconds.toFixed(3)))).toEqual([0, 1.2, 2.4, 3.6]));

  it('is an SVG without scripts, that escapes what it shows, and stands still at its end', () => {
    const end = { seconds: 1, lines: [[{ text: '<b> & "c"', style: '32' }]] };
    const svg = svgOf({ title: 'a < b', description: 'd', columns: 20, frames: [{ seconds: 0, lines: [] }, end] });
    expect(svg).toContain('class="s32">&lt;b&gt; &amp; "c"<');
    expect(svg).toContain('<title id="title">a &lt; b</title>');
    expect(svg).toContain('.film { transform: translateX(-200px); animation: film 10s step-end infinite; }');
    expect(svg).not.toMatch(/<script|foreignObject|href|\bon\w+=/);
  });

  it('does not draw a style that it has no colour for', () => {
    const frame = { seconds: 0, lines: [[{ text: 'a', style: '41' }]] };
    expect(() => svgOf({ title: '', description: '', columns: 9, frames: [frame] })).toThrow('a style that is not drawn: 41');
  });
});

describe('the recording in the README', () => {
  const svg = readFileSync(join(ROOT, 'docs/images/rehearsal.svg'), 'utf8');

  it('ends with a report of dev in which everything is well', () => {
    const last = svg.slice(svg.lastIndexOf('<g transform')).replace(/<[^>]*>/g, ' ');
    expect(last).toMatch(/dev-foundation .* empty .*dev-gateway .* empty .*dev-identity .* empty/);
    expect(last).toMatch(/5 stacks, \d+ resources, [\d.]+ s with terraform 1\.\d+\.\d+/);
    expect(last).toMatch(/secret values looked for in \d+ files: none found/);
  });

  it('is small, and a picture on any page', () => {
    expect(svg.length).toBeLessThan(80 * 1024);
    expect(svg).not.toMatch(/<script|foreignObject|href|url\(/);
    expect(svg).toContain('viewBox');
  });
});
