/**
 * Rules for `@media print`: what is folded on a screen is printed (CSS Pseudo-Elements 4,
 * `::details-content`), and a link with its address.
 */
export const ON_PAPER = `details::details-content { content-visibility: visible; display: block; } summary { list-style: none; break-after: avoid; }
a { color: inherit; } a[href^="https:"]::after { content: " (" attr(href) ")"; font-size: .85em; color: var(--soft); }`;
