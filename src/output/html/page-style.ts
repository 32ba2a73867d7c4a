/**
 * The style of the page. Text colours have matching background colours, so that a test can measure the contrast of each
 * pair.
 */

interface Palette {
  readonly ground: string;
  readonly text: string;
  readonly dim: string;
  readonly line: string;
  /** Background of parts, and the text on them. */
  readonly panel: string;
  readonly link: string;
  readonly red: string;
  readonly redGround: string;
  readonly green: string;
  readonly greenGround: string;
  readonly yellow: string;
  readonly yellowGround: string;
  readonly blue: string;
  readonly blueGround: string;
}

const palettes: { readonly light: Palette; readonly dark: Palette } = {
  light: {
    ground: "#ffffff",
    text: "#1f2328",
    dim: "#57606a",
    line: "#d0d7de",
    panel: "#f6f8fa",
    link: "#0550ae",
    red: "#a40e26",
    redGround: "#ffebe9",
    green: "#116329",
    greenGround: "#dafbe1",
    yellow: "#6f4400",
    yellowGround: "#fff8c5",
    blue: "#0550ae",
    blueGround: "#ddf4ff",
  },
  dark: {
    ground: "#0d1117",
    text: "#e6edf3",
    dim: "#9ea7b3",
    line: "#30363d",
    panel: "#161b22",
    link: "#79c0ff",
    red: "#ffa198",
    redGround: "#3c1618",
    green: "#7ee787",
    greenGround: "#12301d",
    yellow: "#f2cc60",
    yellowGround: "#33270a",
    blue: "#a5d6ff",
    blueGround: "#10273f",
  },
};

function variables(palette: Palette): string {
  return Object.entries(palette)
    .map(([name, color]) => `--${name}:${String(color)}`)
    .join(";");
}

export const pageStyle = `
:root{color-scheme:light dark;${variables(palettes.light)}}
@media (prefers-color-scheme:dark){:root{${variables(palettes.dark)}}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--text);font:15px/1.5 system-ui,sans-serif}
header,main,footer{max-width:75rem;margin:0 auto;padding:0 1.25rem}
header{padding-top:1.75rem}
h1{font-size:1.6rem;line-height:1.25;margin:0}
h2{font-size:1.15rem;margin:2rem 0 .6rem}
p{margin:.4rem 0}
ul{margin:.4rem 0;padding-left:1.3rem}
code,pre,td,.n{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.87rem}
code,td,th{overflow-wrap:anywhere}
pre{background:var(--panel);border:1px solid var(--line);border-radius:6px;padding:.6rem .8rem;overflow:auto;margin:.4rem 0}
.dim,.place{color:var(--dim)}
.skip{position:absolute;left:-999rem}
.skip:focus{left:1rem;top:1rem;background:var(--ground);color:var(--link);padding:.4rem .8rem;border:2px solid}
:focus-visible{outline:2px solid var(--link);outline-offset:2px}
.counts{display:flex;flex-wrap:wrap;gap:.5rem;list-style:none;padding:0;margin:1rem 0 .4rem}
.counts li,.tag{border-radius:1rem;padding:.1rem .7rem;font-weight:600;white-space:nowrap}
.tag{font-size:.8rem;padding:0 .55rem}
.red{color:var(--red);background:var(--redGround)}
.green{color:var(--green);background:var(--greenGround)}
.yellow{color:var(--yellow);background:var(--yellowGround)}
.blue{color:var(--blue);background:var(--blueGround)}
.box{border-left:4px solid;border-radius:6px;padding:.5rem .9rem;margin:.6rem 0}
.box p,.box li{color:var(--text)}
.box .say{color:inherit;font-weight:600}
.bar{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center;position:sticky;top:0;z-index:1;background:var(--ground);padding:.6rem 0;border-bottom:1px solid var(--line)}
.bar[hidden]{display:none}
.bar input[type=search]{flex:1 1 16rem;min-width:0;font:inherit;color:inherit;background:var(--panel);border:1px solid var(--dim);border-radius:6px;padding:.35rem .6rem}
.bar button{font:inherit;color:var(--link);background:var(--panel);border:1px solid var(--dim);border-radius:6px;padding:.3rem .7rem;cursor:pointer}
.bar label{white-space:nowrap}
details{border:1px solid var(--line);border-radius:6px;margin:.45rem 0}
summary{cursor:pointer;padding:.45rem .8rem;overflow-wrap:anywhere}
summary:hover{background:var(--panel)}
details>:not(summary),details>.box{margin:.3rem .8rem .7rem}
summary code{font-weight:600}
.place{float:right;font-size:.82rem}
table{border-collapse:collapse;width:calc(100% - 1.6rem);table-layout:fixed}
th,td{text-align:left;vertical-align:top;padding:.25rem .5rem;border-top:1px solid var(--line)}
th{font-weight:600;width:22%}
th:not([scope=row]){color:var(--dim);font-size:.8rem;border-top:0}
td table{width:100%}
td{white-space:pre-wrap}
td table td{border-top:0;padding:0 .4rem}
.del{color:var(--red);background:var(--redGround)}
.add{color:var(--green);background:var(--greenGround)}
mark{color:inherit;background:none;text-decoration:underline;text-decoration-thickness:2px;text-underline-offset:2px}
.num td,.num th{width:auto}
.num td+td,.num th+th{text-align:right}
footer{color:var(--dim);font-size:.85rem;padding-top:2rem;padding-bottom:2rem}
@media (max-width:40rem){.place{float:none;display:block}th{width:30%}}
@media print{.bar{display:none}details{break-inside:avoid}}
`;
