// How the page of the tree looks, by day and by night.

export const TREE_STYLE = `
:root{color-scheme:light dark;--paper:#fbfaf7;--ink:#23262b;--soft:#6b7078;--line:#d9d6cd;--card:#ffffff}
@media(prefers-color-scheme:dark){:root{--paper:#15171b;--ink:#e4e6ea;--soft:#969ca6;--line:#2c3038;--card:#1d2026}}
*{box-sizing:border-box}html,body{height:100%;margin:0}
body{display:flex;flex-direction:column;background:var(--paper);color:var(--ink);font:14px/1.45 system-ui,sans-serif}
header{padding:.8rem 1.1rem .6rem;border-bottom:1px solid var(--line)}
h1{font-size:1.05rem;margin:0;font-weight:650}
#about{margin:.1rem 0 .4rem;color:var(--soft)}
#found{display:flex;flex-wrap:wrap;gap:.4rem;max-height:5.6rem;overflow:auto}
#found button{font:inherit;color:inherit;background:var(--card);border:1px solid var(--line);border-left:4px solid #d4483b;border-radius:6px;padding:.2rem .6rem;cursor:pointer}
#found button[aria-pressed=true]{border-color:#d4483b}
#rewind{margin:.5rem 0 0;max-width:900px}#rewind figcaption{color:var(--soft);font-size:12px}#rewind svg{display:block;width:100%}
#rewind text{fill:var(--soft);font:11px system-ui,sans-serif}#rewind line{stroke:var(--line)}
#rewind polyline{fill:none;stroke:#d98a1f;stroke-width:1.5}#rewind circle{fill:#d98a1f}
main{display:flex;flex:1;min-height:0}
#stage{position:relative;flex:1;min-width:0}
canvas{position:absolute;inset:0;width:100%;height:100%;cursor:grab;outline:none;touch-action:none}
#tip{flex:0 0 min(23rem,40%);overflow:auto;background:var(--card);border-left:1px solid var(--line);padding:.6rem .9rem}
#tip[hidden]{display:none}
#tip b{display:block;margin-bottom:.2rem}#tip code{display:block;font:12px/1.4 ui-monospace,monospace;overflow-wrap:anywhere;color:var(--soft);max-height:9rem;overflow:auto}
#tip ol{margin:.4rem 0 0;padding-left:2.1rem}#tip span{color:var(--soft)}
footer{padding:.35rem 1.1rem;color:var(--soft);border-top:1px solid var(--line);font-size:12px}
kbd{font:inherit;border:1px solid var(--line);border-radius:3px;padding:0 .3em}
`
