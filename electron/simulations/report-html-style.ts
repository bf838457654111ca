/**
 * The look of the HTML report: the panel's inks and one accent; green, amber and red mean state and nothing else. There is
 * no `style` attribute anywhere and no script, so that the page's policy can forbid both.
 */
export const reportStyle = `
:root { color-scheme: light dark; --ground:#f4f5f7; --surface:#fff; --line:#e3e6ea; --line-strong:#cdd2d9; --ink:#16191d; --ink-2:#545c66; --ink-3:#666f7a; --accent:#2457d6; --accent-soft:#e9effd; --ok:#17803d; --ok-soft:#e6f4ea; --warn:#955200; --warn-soft:#fff3e0; --bad:#b3261e; --bad-soft:#fdecea }
@media (prefers-color-scheme: dark) { :root { --ground:#111418; --surface:#181c21; --line:#2a3037; --line-strong:#3f4852; --ink:#eceff2; --ink-2:#a9b2bc; --ink-3:#98a2ad; --accent:#8fb0ff; --accent-soft:#1d2a47; --ok:#63c785; --ok-soft:#16301f; --warn:#f0b056; --warn-soft:#33270f; --bad:#ff8a80; --bad-soft:#3a1a18 } }
* { box-sizing: border-box; margin: 0 }
html { scroll-padding-top: 16px; -webkit-text-size-adjust: 100% }
body { font: 14px/1.5 system-ui, "Segoe UI", "Noto Sans", sans-serif; color: var(--ink); background: var(--ground); font-variant-numeric: tabular-nums; -webkit-font-smoothing: antialiased }
main { max-width: 1240px; margin: 0 auto; padding: 28px 24px 48px }
h1 { font-size: 22px; line-height: 1.25; font-weight: 600; letter-spacing: -.01em; display: flex; flex-wrap: wrap; align-items: center; gap: 6px 12px; overflow-wrap: anywhere }
h2 { font-size: 14px; font-weight: 600 }
h3 { font-weight: 500; font-size: inherit }
a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: 2px }
a, summary, input { outline-offset: 2px }
:focus-visible { outline: 2px solid var(--accent); border-radius: 4px }
code, .mono { font: 12px/1.5 ui-monospace, "SFMono-Regular", Menlo, Consolas, monospace; overflow-wrap: anywhere }
bdi, q, .said { unicode-bidi: isolate }
.meta { margin-top: 4px; color: var(--ink-2); display: flex; flex-wrap: wrap; gap: 0 16px }
.panel { background: var(--surface); border: 1px solid var(--line); border-radius: 8px }
.notice { margin-top: 16px; padding: 10px 14px; border-radius: 8px; background: var(--warn-soft); color: var(--warn) }
.notice.stopped { background: var(--bad-soft); color: var(--bad) }
.notice strong { font-weight: 600 }
.tag { display: inline-block; font-size: 12px; line-height: 18px; font-weight: 600; padding: 1px 7px; border-radius: 4px; background: var(--line); color: var(--ink-2); white-space: nowrap; letter-spacing: 0 }
.tag.passed, .tag.ok { background: var(--ok-soft); color: var(--ok) }
.tag.failed, .tag.error, .tag.review { background: var(--bad-soft); color: var(--bad) }
.tag.flaky { background: var(--warn-soft); color: var(--warn) }
.figures { margin-top: 20px; display: grid; grid-template-columns: repeat(7, 1fr); overflow: hidden }
.figures div { padding: 12px 16px; border-left: 1px solid var(--line); min-width: 0; display: flex; flex-direction: column }
.figures div:first-child { border-left: 0 }
.figures dt { color: var(--ink-2); font-size: 13px }
.figures dd { font-size: 24px; line-height: 32px; font-weight: 600; letter-spacing: -.01em }
.figures dd.note { font-size: 12px; line-height: 18px; font-weight: 400; letter-spacing: 0; color: var(--ink-2) }
.bad { color: var(--bad) } .warn { color: var(--warn) } .ok { color: var(--ok) }
.split, .hits { display: block; width: 100% }
.split { height: 8px; margin-top: 14px; border-radius: 4px; background: var(--line) }
.f-passed { fill: var(--ok) } .f-failed { fill: var(--bad) } .f-flaky { fill: var(--warn) } .f-inconclusive { fill: var(--ink-3) } .f-error { fill: var(--bad); opacity: .6 }
.columns { margin-top: 28px; display: grid; grid-template-columns: minmax(0, 1fr) 296px; gap: 24px; align-items: start }
.aside { display: grid; gap: 16px }
.aside .panel { padding: 14px 16px }
.aside h2 { margin-bottom: 6px; display: flex; justify-content: space-between; gap: 8px }
.aside h2 span { font-weight: 400; color: var(--ink-2) }
.aside p { color: var(--ink-2); font-size: 13px }
.filters { display: flex; flex-wrap: wrap; align-items: center; gap: 6px; margin: 0 0 10px; padding: 0; border: 0; min-width: 0 }
.filters legend { float: left; margin-right: 8px; line-height: 28px; padding: 0 }
.alone { margin-bottom: 10px; line-height: 28px }
.filters label { position: relative; display: block; padding: 3px 10px; border: 1px solid var(--line-strong); border-radius: 14px; font-size: 13px; line-height: 20px; color: var(--ink-2); background: var(--surface); cursor: pointer }
.filters label:has(:checked) { border-color: var(--accent); background: var(--accent-soft); color: var(--accent); font-weight: 600 }
.filters label:has(:focus-visible) { outline: 2px solid var(--accent); outline-offset: 2px }
.filters input { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; opacity: 0; cursor: pointer }
.list { list-style: none; padding: 0; overflow: hidden }
.case { display: grid; grid-template-columns: 96px minmax(0, 2fr) minmax(0, 3.4fr) 48px; gap: 6px 14px; padding: 14px 16px; border-top: 1px solid var(--line); content-visibility: auto; contain-intrinsic-height: auto 110px }
.case:first-child { border-top: 0 }
.case:target { background: var(--accent-soft) }
.case .verdict { display: flex; flex-direction: column; align-items: flex-start; gap: 4px }
.case .verdict small { font-size: 12px; line-height: 16px; color: var(--ink-2) }
.case h3 { overflow-wrap: anywhere }
.case h3 code { font-size: 13px; font-weight: 600 }
.said { color: var(--ink-2); overflow-wrap: anywhere; white-space: pre-line }
.time { text-align: right; color: var(--ink-2); font-size: 13px }
.case > details { grid-column: 2 / -1 }
table { border-collapse: collapse; width: 100% }
th { text-align: left; font-weight: 500; font-size: 12px; line-height: 18px; color: var(--ink-2) }
td, tbody th { vertical-align: top }
.checks { table-layout: fixed }
.checks th, .checks td { padding: 1px 12px 1px 0; overflow-wrap: anywhere }
.checks th:first-child { width: 116px }
.checks td { font: 12px/1.5 ui-monospace, "SFMono-Regular", Menlo, Consolas, monospace }
.checks tbody th { font-size: 13px; font-weight: 400; line-height: 18px }
.checks .failed td:last-child { color: var(--bad); font-weight: 500 }
.checks .inconclusive td:last-child { color: var(--warn) }
.checks .passed td { color: var(--ink-2) }
.why { color: var(--bad); overflow-wrap: anywhere }
summary { cursor: pointer; color: var(--ink-2); font-size: 13px; width: fit-content; max-width: 100% }
summary:hover { color: var(--ink) }
.deeper { margin-top: 8px; display: grid; gap: 10px }
.turns { list-style: none; padding: 0; display: grid; gap: 10px }
.turns li { padding-left: 12px; border-left: 2px solid var(--line-strong) }
.turns .facts { font-size: 13px; color: var(--ink-2); overflow-wrap: anywhere }
.turns .facts b { font-weight: 600; color: var(--ink) }
.met { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: 2px 14px }
.turns .output { white-space: pre-wrap; overflow-wrap: anywhere }
.turns .trouble { color: var(--bad); overflow-wrap: anywhere }
.small { font-size: 13px; color: var(--ink-2); overflow-wrap: anywhere }
.none { padding: 20px 16px; color: var(--ink-2) }
.group { margin-top: 16px }
.group > summary { padding: 12px 16px; font-size: 14px; width: auto; color: var(--ink); font-weight: 600 }
.group > summary small { font-weight: 400; font-size: 13px; color: var(--ink-2); margin-left: 6px }
.rows th, .rows td { padding: 6px 16px; border-top: 1px solid var(--line); overflow-wrap: anywhere }
.rows td:last-child, .rows th:last-child { text-align: right; white-space: nowrap }
.rows tbody tr:nth-child(even) { background: color-mix(in srgb, var(--ground) 60%, transparent) }
.flow { padding: 5px 0; font-size: 13px }
.flow > summary, .flow.bare { width: auto; display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 2px 12px; color: var(--ink); list-style: none }
.flow > summary::-webkit-details-marker { display: none }
.flow .name { overflow-wrap: anywhere }
.flow .hits { grid-column: 1 / -1; height: 6px; border-radius: 3px; background: var(--line) }
.flow .hits rect { fill: var(--accent) }
.flow .count { color: var(--ink-2) }
.flow.missing .name, .flow.missing .count { color: var(--bad); font-weight: 600 }
.flow > summary .count::after { content: " ▸"; color: var(--ink-3) }
.flow[open] > summary .count::after { content: " ▾" }
.changes { display: grid; gap: 10px; font-size: 13px }
.aside p + .changes { margin-top: 8px }
.flow .changes { gap: 2px; padding: 4px 0 6px }
.changes dt { font-weight: 600 }
.changes dd { color: var(--ink-2); overflow-wrap: anywhere }
.changes code { display: block }
.trend { display: block; width: 100%; max-width: 420px; height: auto; margin: 4px 0 }
.trend .grid { stroke: var(--line-strong); stroke-width: 1; stroke-dasharray: 3 3 }
.trend text { font: 11px system-ui, "Segoe UI", "Noto Sans", sans-serif; fill: var(--ink-2) }
.trend .rate { fill: none; stroke: var(--accent); stroke-width: 2; stroke-linejoin: round }
.trend .rate-dot { fill: var(--accent) }
.trend .coverage { fill: none; stroke: var(--ink-3); stroke-width: 1.5; stroke-dasharray: 4 3 }
.trend .coverage-dot { fill: var(--ink-3) }
.legend { display: flex; gap: 16px; font-size: 12px; color: var(--ink-2) }
.legend span { display: flex; align-items: center; gap: 6px }
.legend svg { width: 20px; height: 8px }
.aside .rows th, .aside .rows td { padding: 3px 8px 3px 0; font-size: 12px }
.more summary { font-size: 12px; margin-top: 6px }
footer { margin-top: 32px; font-size: 12px; color: var(--ink-2); overflow-wrap: anywhere }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
${["failed", "flaky", "inconclusive", "error", "broken", "added"].map((name) => `.cases:has(#show-${name}:checked) .case:not(.${name}) { display: none }`).join("\n")}
@media (max-width: 1000px) { .columns { grid-template-columns: minmax(0, 1fr) } .figures { grid-template-columns: repeat(auto-fit, minmax(120px, 1fr)) } .figures div { border-left: 0 } }
@media (max-width: 700px) { main { padding: 20px 12px 32px } .case { grid-template-columns: minmax(0, 1fr) 56px } .case .verdict { grid-row: 1; flex-direction: row } .case .time { grid-row: 1; grid-column: 2 } .case > *, .case > details { grid-column: 1 / -1 } .case .verdict { grid-column: 1 } .checks th:first-child { width: 76px } .checks th, .checks td { padding-right: 8px } }
@media print {
  :root { color-scheme: light; --ground:#fff; --surface:#fff; --line:#d5d9de; --line-strong:#9aa1aa; --ink:#000; --ink-2:#3c434b; --ink-3:#565e68; --accent:#1c46ad; --accent-soft:#fff; --ok:#12632f; --ok-soft:#fff; --warn:#7a4300; --warn-soft:#fff; --bad:#9c1f18; --bad-soft:#fff }
  * { print-color-adjust: exact }
  main { max-width: none; padding: 0 }
  .columns { display: block } .aside { margin-top: 20px; display: block; columns: 2 } .aside .panel { margin-bottom: 12px }
  .tag { border: 1px solid currentColor }
  .filters label, .flow > summary .count::after { display: none }
  .case { content-visibility: visible; break-inside: avoid } .aside .panel, .figures { break-inside: avoid }
  .case > details::details-content, .group::details-content { content-visibility: visible; block-size: auto }
}
`;
