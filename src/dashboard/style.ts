/** The only style sheet, for the dashboard and the setup pages. */
export const STYLE = `
:root{color-scheme:light dark;--bg:#f6f7f9;--card:#fff;--line:#e1e4e8;--text:#1c2128;--soft:#5b6572;--accent:#2457c5;--track:#e9ecf0;
--bug:#c9372c;--feature:#1f7a5c;--question:#7a4fc4;--good:#1f7a3d;--good-bg:#e2f4e7;--blue:#1d4fb8;--blue-bg:#e4ecfb;--grey:#4f5965;--grey-bg:#eaedf1;
--warn:#8a5a00;--warn-bg:#fff6e0;--warn-line:#f0d591;--bad:#a82a20;--bad-bg:#fdeceb;--bad-line:#f3c3bf;--violet:#6437b0;--violet-bg:#f0e9fb}
@media (prefers-color-scheme:dark){:root{--bg:#0f1318;--card:#171c23;--line:#2a313b;--text:#e2e7ed;--soft:#98a3b1;--accent:#82aaff;--track:#262d37;
--bug:#f0776c;--feature:#4cc39a;--question:#b394f0;--good:#7bd695;--good-bg:#153222;--blue:#9dbdff;--blue-bg:#1a2b4d;--grey:#b3bcc8;--grey-bg:#262d37;
--warn:#f0c566;--warn-bg:#2b2312;--warn-line:#57451c;--bad:#ff9b92;--bad-bg:#341a1a;--bad-line:#6a2f2c;--violet:#c6adf7;--violet-bg:#2b2143}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--text);font:14px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif}
a{color:var(--accent);text-decoration:none}a:hover{text-decoration:underline}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:3px}
code{font:.92em/1.4 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;overflow-wrap:anywhere}
h1,h2,h3,p,ul,ol,dl,dd{margin:0;padding:0}
.visually-hidden,.skip:not(:focus){position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.page{max-width:1180px;margin:0 auto;padding:0 20px 48px}.page.narrow{max-width:640px}
.top{display:flex;flex-wrap:wrap;gap:8px 24px;align-items:center;justify-content:space-between;padding:16px 0;margin-bottom:4px}
.brand{display:flex;gap:8px;align-items:center;font-size:16px;font-weight:650;letter-spacing:-.01em}
.mark{width:20px;height:20px;fill:none;stroke:var(--accent);stroke-width:1.7}
.queue{display:flex;flex-wrap:wrap;gap:4px 16px;font-size:13px;color:var(--soft)}
.queue div{display:flex;gap:5px}.queue dd{color:var(--text);font-weight:600;font-variant-numeric:tabular-nums}
.queue .bad,.queue .bad dd{color:var(--bad)}
.notice{border:1px solid;border-radius:8px;padding:10px 14px;margin-bottom:12px}
.notice h2{font-size:14px}.notice h3{font-size:13px;margin-top:6px;overflow-wrap:anywhere}.notice small{font-weight:400;color:var(--soft)}
.notice ul{padding-left:18px}.notice li{overflow-wrap:anywhere}.notice .key{font-weight:600}
.notice.warn{background:var(--warn-bg);border-color:var(--warn-line)}.notice.warn h2{color:var(--warn)}
.notice.bad{background:var(--bad-bg);border-color:var(--bad-line)}.notice.bad h2{color:var(--bad)}
.filters{display:flex;flex-wrap:wrap;gap:10px 20px;align-items:center;justify-content:space-between;margin:14px 0 10px}
.tabs{display:flex;flex-wrap:wrap;gap:2px}
.tabs a{padding:4px 10px;border-radius:6px;color:var(--soft)}.tabs a:hover{background:var(--grey-bg);text-decoration:none}
.tabs a[aria-current]{background:var(--grey-bg);color:var(--text);font-weight:600}
.tabs span{font-size:12px;font-weight:400;font-variant-numeric:tabular-nums}
select,input,button,.button{font:inherit;color:inherit;background:var(--card);border:1px solid var(--line);border-radius:6px;padding:5px 10px;max-width:100%}
button,.button{cursor:pointer;display:inline-block}
button.primary,.button{background:var(--accent);border-color:var(--accent);color:var(--card);font-weight:600;padding:8px 16px}
.filters form{display:flex;gap:6px;min-width:0}.filters select{min-width:0;max-width:280px}
.decisions{list-style:none;background:var(--card);border:1px solid var(--line);border-radius:10px}
.decision{display:grid;grid-template-columns:132px minmax(0,1fr) 196px 168px;gap:4px 20px;padding:12px 16px}
.decision+.decision{border-top:1px solid var(--line)}
.verdict{display:flex;flex-wrap:wrap;gap:5px;align-content:flex-start;align-items:flex-start}
.chip,.label{border-radius:5px;padding:1px 8px;font-size:12px;font-weight:600;max-width:100%;overflow-wrap:anywhere}
.label{border:1px solid var(--line);font-weight:500}
.chip{background:var(--grey-bg);color:var(--grey)}
.chip.applied{background:var(--good-bg);color:var(--good)}.chip.suggested{background:var(--blue-bg);color:var(--blue)}
.chip.shadowed{background:var(--violet-bg);color:var(--violet)}.chip.refused{background:var(--bad-bg);color:var(--bad)}
.what{min-width:0}.what h2{font-size:14px;font-weight:600;line-height:1.4;overflow-wrap:anywhere}.what h2 a{color:var(--text)}
.where,.reason{overflow-wrap:anywhere}.where,.when,.scores.none{font-size:12.5px;color:var(--soft)}
.reason{margin-top:3px;font-size:13px;color:var(--text);opacity:.9}
.scores{font-size:12.5px}.score{display:flex;gap:8px;align-items:center;color:var(--soft);line-height:1.55}
.score dt{width:62px}.score dd{display:flex;flex:1;gap:8px;align-items:center;min-width:0}
.bar{flex:1;min-width:40px;height:6px;border-radius:3px}.track{fill:var(--track)}
.fill{fill:var(--accent);opacity:.45}.best .fill{opacity:1}.fill.bug{fill:var(--bug)}.fill.feature{fill:var(--feature)}.fill.question{fill:var(--question)}
.number{width:52px;text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}.best{color:var(--text);font-weight:600}
.when{display:flex;flex-direction:column;text-align:right;overflow-wrap:anywhere}.when time{color:var(--text)}.whole{display:inline-block;max-width:100%}
.paging{display:flex;justify-content:space-between;padding:14px 2px;color:var(--soft)}
.empty,.labels,.narrow main{overflow-wrap:anywhere}
.empty{background:var(--card);border:1px dashed var(--line);border-radius:10px;padding:48px 20px;text-align:center;color:var(--soft)}
.narrow h1{font-size:24px;line-height:1.25;letter-spacing:-.02em;margin:20px 0 10px}.narrow main>p,.narrow main>ul,.narrow main>ol{margin-bottom:12px}
.narrow h2{font-size:15px;margin:22px 0 6px}.narrow ul,.narrow ol{padding-left:20px}
.setup{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:18px;margin:16px 0;display:grid;gap:16px}
.field label{display:block;font-weight:600;margin-bottom:4px}.field input{width:100%;padding:8px 10px;background:var(--bg)}
.field small{display:block;color:var(--soft);margin-top:4px}.field .wrong{color:var(--bad)}
.field input[aria-invalid=true]{border-color:var(--bad)}
.facts{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:4px 18px}.facts dt{color:var(--soft)}.facts dd{overflow-wrap:anywhere}
.labels{margin:14px 0 26px}.labels h2{font-size:16px}.labels h3{font-size:14px;margin-top:14px}.labels .scroll{overflow-x:auto;margin-top:8px;background:var(--card);border:1px solid var(--line);border-radius:10px}
.labels table{border-collapse:collapse;width:100%}.labels th,.labels td{padding:7px 14px;text-align:left;font-weight:400;vertical-align:baseline}
.labels thead th{font-size:12.5px;color:var(--soft);white-space:nowrap}.labels tbody tr{border-top:1px solid var(--line)}
.labels .figure{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}.labels small{color:var(--soft)}.labels .below{color:var(--bad);font-weight:600}
.labels tbody th{min-width:150px}.labels td:nth-child(2){min-width:220px}.labels .chip{white-space:nowrap}
.labels details{margin-top:6px;font-size:13px;color:var(--soft)}.labels ul{padding-left:18px}
@media (max-width:900px){.decision{grid-template-columns:minmax(0,1fr) 168px}.verdict{grid-column:1/-1}.when{grid-column:1/-1;flex-flow:row wrap;gap:0 12px;text-align:left}}
@media (max-width:560px){.page{padding:0 14px 40px}.decision{grid-template-columns:minmax(0,1fr);gap:7px;padding:12px 14px}.scores{max-width:340px}
.filters form{flex:1}.filters select{flex:1;max-width:none}.facts{grid-template-columns:1fr;gap:0}.facts dd{margin-bottom:8px}}
`;
