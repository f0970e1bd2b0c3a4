"""How a round sheet looks: A4, black on white, rows of 7.4 mm, boxes of 4 mm, text of 11 points and more."""

STYLE = """
@page { size: A4; margin: 10mm 11mm }
* { box-sizing: border-box }
body { margin: 0; color: #000; background: #fff; font: 11pt/1.4 "PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei",
  "Noto Sans CJK SC", "Source Han Sans SC", system-ui, sans-serif; font-variant-numeric: tabular-nums }
.page { max-width: 188mm; min-height: 276mm; margin: 0 auto; display: flex; flex-direction: column;
  break-after: page; break-inside: avoid }
.page:last-child { break-after: auto }
h1 { font-size: 20pt; line-height: 1.2; margin: 0 0 1mm }
p { margin: 0 0 1.5mm }
.blanks { display: flex; flex-wrap: wrap; gap: 1mm 6mm }
.blanks i { display: inline-block; width: 26mm; border-bottom: 0.3mm solid #000 }
.split { border: 0.5mm solid #000; padding: 1.5mm 2.5mm }
.ask { border: 0.3mm solid #000; padding: 1mm 2.5mm }
figure { margin: 0 0 2mm }
figure svg { display: block; width: 100%; max-height: 165mm; border: 0.2mm solid #888 }
table { width: 100%; border-collapse: collapse }
th { font-weight: 700; line-height: 1.15; vertical-align: bottom; padding: 0 0.5mm 0.5mm }
td { padding: 0 0.5mm }
.stops th, .stops td { text-align: left; border-bottom: 0.1mm solid #888 }
.stops th:nth-child(n+3), .stops td:nth-child(n+3) { text-align: right; white-space: nowrap }
.page.full figure svg { max-height: 122mm }
.doors th { font-size: 11pt; text-align: center }
.doors td { height: 7.4mm; text-align: center; border-bottom: 0.1mm solid #aaa; white-space: nowrap }
.doors tr.new td { border-top: 0.6mm solid #000 }
.doors td:first-child { font-size: 11pt }
.doors td[colspan] { text-align: left; font-size: 11pt }
.doors .door { text-align: left; font-size: 12pt; font-weight: 700 }
.doors .reminder { text-align: left; font-size: 11pt }
.doors td i { display: inline-block; width: 4.4mm; height: 4.4mm; border: 0.35mm solid #000; border-radius: 0.6mm;
  vertical-align: middle }
.doors u { display: inline-block; width: 18mm; border-bottom: 0.3mm solid #000; text-decoration: none }
.doors th:last-child { width: 22% }
.answer { background: #eee; print-color-adjust: exact; -webkit-print-color-adjust: exact }
footer { margin-top: auto; border-top: 0.2mm solid #000; padding-top: 1mm; font-size: 11pt }
footer p { margin: 0; display: flex; justify-content: space-between; gap: 4mm }
@media screen { .page { margin: 6mm auto; padding: 4mm } }
"""
