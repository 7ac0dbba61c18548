/**
 * The look of the report. Colours are named for what they say, once for light and once for dark; each pair of text and ground has a contrast
 * of at least 4.5 to 1 (WCAG AA), which a test holds with axe.
 */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ground: #f6f7f9; --sheet: #ffffff; --sunk: #f0f2f5; --line: #d9dee5; --text: #1b2430; --soft: #556070; --link: #0b5cad;
  --stop: #a3161f; --stop-ground: #fdecec; --look: #7a4a00; --look-ground: #fff4dc; --fine: #11633a; --fine-ground: #e6f6ec;
  --create: #11633a; --update: #6d4c00; --replace: #8a2f00; --delete: #a3161f; --move: #4a3b9c; --added: #e3f6e8; --removed: #fdeaea;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0f141a; --sheet: #171e27; --sunk: #1f2833; --line: #313c4a; --text: #e6ebf2; --soft: #a3afbf; --link: #7cbcff;
    --stop: #ff9c9c; --stop-ground: #3a1a1d; --look: #f5c56b; --look-ground: #362a12; --fine: #7ddba0; --fine-ground: #12301f;
    --create: #7ddba0; --update: #f0cd7a; --replace: #ffad7d; --delete: #ff9c9c; --move: #b9aeff; --added: #14301f; --removed: #3a1d20;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; }
main { max-width: 68rem; margin: 0 auto; padding: 1rem clamp(.75rem, 3vw, 2rem) 4rem; }
h1 { font-size: 1.15rem; margin: 0; font-weight: 650; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 2.25rem 0 .75rem; }
h3 { font-size: 1rem; margin: 0; }
p { margin: .4rem 0; }
code, pre { font: .86em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
code { overflow-wrap: anywhere; }
a { color: var(--link); }
.soft { color: var(--soft); }
.verdict { border-radius: .9rem; padding: 1.1rem 1.25rem; border: 1px solid; }
.verdict strong { display: block; font-size: clamp(1.35rem, 4vw, 1.75rem); line-height: 1.2; margin: .15rem 0 .35rem; }
.verdict.stop, .verdict.incomplete { color: var(--stop); background: var(--stop-ground); }
.verdict.look { color: var(--look); background: var(--look-ground); }
.verdict.routine, .verdict.nothing { color: var(--fine); background: var(--fine-ground); }
.counts { display: flex; flex-wrap: wrap; gap: .5rem; margin: 1rem 0 0; padding: 0; list-style: none; }
.counts li { background: var(--sheet); border: 1px solid var(--line); border-radius: .6rem; padding: .35rem .75rem; min-width: 5.2rem; }
.counts b { display: block; font-size: 1.3rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
.counts .zero { color: var(--soft); }
.counts .zero b { font-weight: 400; }
.create { color: var(--create); } .update { color: var(--update); } .replace { color: var(--replace); }
.delete, .unknown { color: var(--delete); } .move, .import, .forget { color: var(--move); } .drift { color: var(--look); }
.diagram { overflow-x: auto; background: var(--sheet); border: 1px solid var(--line); border-radius: .9rem; padding: .75rem; }
.diagram svg { display: block; margin: 0 auto; min-width: var(--least); max-width: 100%; height: auto; }
.legend { margin: .6rem 0 0; text-align: center; font-size: .85rem; }
.verdict svg { width: 1.15em; height: 1.15em; vertical-align: -.18em; }
.card { background: var(--sheet); border: 1px solid var(--line); border-left: .3rem solid var(--soft); border-radius: .6rem; padding: .75rem 1rem; margin: .6rem 0; }
.card.high { border-left-color: var(--stop); } .card.medium { border-left-color: var(--look); }
.card dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem .9rem; margin: .4rem 0 0; }
.card dt { color: var(--soft); } .card dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
.card > ul { margin: .4rem 0 0; padding-left: 1.2rem; }
.card .rows { margin: 0; }
.card .rows > li:first-child { padding-top: 0; }
.card li { margin: .2rem 0; overflow-wrap: anywhere; }
.badge { display: inline-block; font-size: .78rem; font-weight: 650; border: 1px solid currentColor; border-radius: 1rem; padding: 0 .55rem; margin-right: .35rem; white-space: nowrap; }
.badge.high { color: var(--stop); } .badge.medium { color: var(--look); } .badge.low { color: var(--soft); }
details { background: var(--sheet); border: 1px solid var(--line); border-radius: .6rem; margin: .5rem 0; }
summary { cursor: pointer; padding: .55rem .9rem; overflow-wrap: anywhere; border-radius: .6rem; }
summary:focus-visible, a:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
details > .inside { padding: 0 .9rem .8rem; }
details details { background: transparent; border-width: 0 0 0 2px; border-radius: 0; margin: .15rem 0; }
details details summary { padding: .3rem .7rem; }
.sign { display: inline-block; width: 1.1rem; font-weight: 700; text-align: center; }
.rows { margin: .25rem 0 0; padding: 0; list-style: none; }
.rows .rows { margin-left: .8rem; border-left: 2px solid var(--line); padding-left: .6rem; }
.rows > li { padding: .22rem 0; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
.rows > li:first-child { border-top: 0; }
.old, .new { border-radius: .3rem; padding: .05rem .3rem; }
.old { background: var(--removed); } .new { background: var(--added); }
.forces { color: var(--replace); font-weight: 650; }
pre { margin: .35rem 0; padding: .5rem 0; background: var(--sunk); border-radius: .5rem; overflow-x: auto; }
pre span { display: block; padding: 0 .75rem; white-space: pre; }
pre .added { background: var(--added); } pre .removed { background: var(--removed); } pre .gap { color: var(--soft); }
footer { margin-top: 2.5rem; color: var(--soft); font-size: .9rem; }
@media (max-width: 36rem) { .card dl { grid-template-columns: 4.6rem 1fr; column-gap: .5rem; } .counts li { flex: 1 0 4.6rem; min-width: 0; } }
@media print { body { background: #fff; } details { break-inside: avoid; } }
`;
