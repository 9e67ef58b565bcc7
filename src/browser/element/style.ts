// How <fuzz-box> looks. Whoever embeds it sets the custom properties, or styles the parts; both schemes of colour are its
// own, and `color-scheme` of the page decides.

export const STYLE = `
:host {
  --fuzz-box-background: light-dark(#ffffff, #17191d);
  --fuzz-box-color: light-dark(#1b1e24, #e7e9ee);
  --fuzz-box-muted: light-dark(#5a6270, #9aa3b2);
  --fuzz-box-line: light-dark(#d8dce3, #343944);
  --fuzz-box-accent: light-dark(#1f5fd1, #86b1ff);
  --fuzz-box-on-accent: light-dark(#ffffff, #10131a);
  --fuzz-box-alarm: light-dark(#b3261e, #ffa198);
  --fuzz-box-font: system-ui, sans-serif;
  --fuzz-box-mono: ui-monospace, monospace;
  color-scheme: inherit;
  display: block;
  container-type: inline-size;
  font: 0.9375rem/1.45 var(--fuzz-box-font);
}
:host([hidden]) { display: none }
section {
  background: var(--fuzz-box-background);
  color: var(--fuzz-box-color);
  border: 1px solid var(--fuzz-box-line);
  border-radius: 0.5rem;
  padding: 1rem;
}
header { display: flex; gap: 0.75rem; align-items: center; flex-wrap: wrap }
h2 { margin: 0; font-size: 1rem; flex: 1 1 8rem; overflow-wrap: anywhere }
button {
  font: inherit; font-weight: 600; min-height: 2.5rem; min-width: 5rem; padding: 0 1rem; cursor: pointer;
  color: var(--fuzz-box-on-accent); background: var(--fuzz-box-accent); border: 0; border-radius: 0.375rem;
}
button:focus-visible, summary:focus-visible { outline: 3px solid var(--fuzz-box-accent); outline-offset: 2px }
p { margin: 0.75rem 0 0; color: var(--fuzz-box-muted); overflow-wrap: anywhere }
p.failed { color: var(--fuzz-box-alarm) }
dl { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: 0.75rem; margin: 0.75rem 0 0 }
dt { color: var(--fuzz-box-muted); font-size: 0.8125rem }
dd { margin: 0; font-size: 1.25rem; font-weight: 600; font-variant-numeric: tabular-nums }
@container (max-width: 30rem) { dl { grid-template-columns: repeat(2, minmax(0, 1fr)) } }
ol { list-style: none; margin: 0; padding: 0 }
li { border-top: 1px solid var(--fuzz-box-line); margin-top: 0.75rem; padding-top: 0.75rem }
summary { cursor: pointer; color: var(--fuzz-box-alarm); font-weight: 600; overflow-wrap: anywhere }
pre {
  font: 0.8125rem/1.5 var(--fuzz-box-mono); margin: 0.5rem 0 0; padding: 0.5rem; overflow-x: auto;
  border: 1px solid var(--fuzz-box-line); border-radius: 0.375rem;
}
`
