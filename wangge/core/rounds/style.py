"""How a round sheet looks: A4, black on white, rows of 7.4 mm, boxes of 4 mm, text of 11 points and more.

Everything is said of `.page`, so that the sheets stand as they are inside another page as well.
"""

SHEETS = """
@page { size: A4; margin: 10mm 11mm }
.page { max-width: 188mm; min-height: 276mm; margin: 0 auto; display: flex; flex-direction: column; color: #000;
  background: #fff; font: 11pt/1.4 "PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei", "Noto Sans CJK SC",
  "Source Han Sans SC", system-ui, sans-serif; font-variant-numeric: tabular-nums; break-after: page;
  break-inside: avoid }
.page, .page * { box-sizing: border-box }
.page:last-child { break-after: auto }
.page h1 { font-size: 20pt; line-height: 1.2; margin: 0 0 1mm }
.page p { margin: 0 0 1.5mm }
.page header.marked { position: relative; padding-right: 26mm; min-height: 27mm }
.page .emblem { position: absolute; right: 0; top: 0; width: 24mm }
.page .emblem figure { margin: 0 }
.page .emblem svg { display: block; width: 24mm; height: 24mm; max-height: none; border: 0 }
.page .blanks { display: flex; flex-wrap: wrap; gap: 1mm 6mm }
.page .blanks i { display: inline-block; width: 26mm; border-bottom: 0.3mm solid #000 }
.page .marked .blanks i { width: 18mm }
.page.large .blanks i { width: 15mm }
.page .split { border: 0.5mm solid #000; padding: 1.5mm 2.5mm }
.page .ask { border: 0.3mm solid #000; padding: 1mm 2.5mm }
.page > figure { margin: 0 0 2mm }
.page > figure svg { display: block; width: 100%; max-height: 165mm; border: 0.2mm solid #888 }
.page table { width: 100%; border-collapse: collapse }
.page th { font-weight: 700; line-height: 1.15; vertical-align: bottom; padding: 0 0.5mm 0.5mm }
.page td { padding: 0 0.5mm }
.page .stops th, .page .stops td { text-align: left; border-bottom: 0.1mm solid #888 }
.page .stops th:nth-child(n+3), .page .stops td:nth-child(n+3) { text-align: right; white-space: nowrap }
.page.full > figure svg { max-height: 122mm }
.page .doors th { font-size: 11pt; text-align: center }
.page .doors td { height: 7.4mm; text-align: center; border-bottom: 0.1mm solid #aaa; white-space: nowrap }
.page .doors tr.new td { border-top: 0.6mm solid #000 }
.page .doors td:first-child { font-size: 11pt }
.page .doors td.open { text-align: left; font-size: 11pt }
.page .doors .door { text-align: left; font-size: 12pt; font-weight: 700 }
.page .doors .reminder { text-align: left; font-size: 11pt }
.page .doors td i { display: inline-block; width: 4.4mm; height: 4.4mm; border: 0.35mm solid #000;
  border-radius: 0.6mm; vertical-align: middle }
.page .doors u { display: inline-block; width: 18mm; border-bottom: 0.3mm solid #000; text-decoration: none }
.page .doors th:last-child { width: 22% }
.page .answer { background: #eee; print-color-adjust: exact; -webkit-print-color-adjust: exact }
.page footer { margin-top: auto; border-top: 0.2mm solid #000; padding-top: 1mm; font-size: 11pt }
.page footer p { margin: 0; display: flex; justify-content: space-between; gap: 4mm }
.page.large { font-size: 14pt }
.page.large h1 { font-size: 24pt }
.page.large .doors th { font-size: 12pt }
.page.large .doors td:first-child, .page.large .doors td.open { font-size: 14pt }
.page.large .doors .door { font-size: 17pt }
.page.large .doors .reminder { font-size: 14pt }
.page.large .doors td { height: 10.6mm }
.page.large .doors td i { width: 6mm; height: 6mm }
.page.large .doors th:last-child { width: 14% }
.page.large > figure svg { max-height: 150mm }
.page.large.full > figure svg { max-height: 105mm }
.page.large footer { font-size: 13pt }
@media screen { .page { margin: 6mm auto; padding: 4mm } }
"""
"""For inside another page."""
STYLE = "\nbody { margin: 0; background: #fff }" + SHEETS
"""For a file of its own."""
