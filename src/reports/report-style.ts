/** The report's style sheet. It stands in the page, so that the report is one file. */
export const REPORT_STYLE = `
:root{color-scheme:light;--line:#e1e4e8;--soft:#5b6572;--good:#1f7a3d;--bad:#a82a20}
*{box-sizing:border-box}
body{margin:0;background:#f6f7f9;color:#1c2128;font:14px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif}
h1,h2,h3,p,ul,dl,dd,figure,blockquote{margin:0;padding:0}
main{max-width:1180px;margin:0 auto;padding:28px 20px 60px}
h1{font-size:24px;line-height:1.25;letter-spacing:-.02em;overflow-wrap:anywhere}h2{font-size:17px;margin:34px 0 4px}h3{font-size:14px;overflow-wrap:anywhere}
.soft,small{color:var(--soft)}h2+p{max-width:820px;margin-bottom:10px;color:var(--soft)}
code{font:.92em/1.4 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(170px,1fr));gap:10px;margin:18px 0 0}
.facts div{background:#fff;border:1px solid var(--line);border-radius:10px;padding:10px 16px}
.facts dt{font-size:12.5px;color:var(--soft)}.facts dd{font-size:20px;font-weight:650}.facts small{display:block;font-size:12.5px;font-weight:400}
.scroll{overflow-x:auto;background:#fff;border:1px solid var(--line);border-radius:10px}
table{border-collapse:collapse;width:100%}th,td{padding:6px 12px;text-align:right;font-weight:400;white-space:nowrap;font-variant-numeric:tabular-nums}
th:first-child{text-align:left}thead th{font-size:12.5px;color:var(--soft);vertical-align:bottom}tbody tr{border-top:1px solid var(--line)}
tbody th{white-space:normal;min-width:150px;overflow-wrap:anywhere}thead .over{text-align:center;border-bottom:1px solid var(--line)}
.good{color:var(--good);font-weight:600}.bad{color:var(--bad);font-weight:600}
.label{display:inline-block;border:1px solid var(--line);border-radius:5px;padding:0 8px;font-size:12.5px;background:#fff;max-width:100%;overflow-wrap:anywhere}
.charts{display:grid;grid-template-columns:repeat(auto-fill,minmax(300px,1fr));gap:12px}
figure{background:#fff;border:1px solid var(--line);border-radius:10px;padding:10px;min-width:0}figure svg{display:block;width:100%;height:auto}
figcaption{font-size:12.5px;color:var(--soft);padding:0 4px 4px}.wide{max-width:560px}
.mistake{background:#fff;border:1px solid var(--line);border-radius:10px;padding:12px 16px;margin-bottom:10px}
.mistake p{margin-top:3px}blockquote{margin-top:6px;padding-left:12px;border-left:3px solid var(--line);font-size:13px;color:var(--soft);white-space:pre-wrap;overflow-wrap:anywhere;max-height:9.2em;overflow:auto}
details{margin-top:10px;color:var(--soft)}details ul{padding-left:20px}
@media print{body{background:#fff}.mistake,figure{break-inside:avoid}}
`;
