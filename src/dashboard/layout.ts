import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import { STYLE } from './style.js';

/** Escaped markup; what `html` returns and takes back without escaping it again. */
export type Markup = HtmlEscapedString | Promise<HtmlEscapedString>;

/** A whole page around its content. */
export function layout(page: {
  readonly title: string;
  readonly content: Markup;
  /** Right of the name, e.g. links. */
  readonly aside?: Markup;
  readonly width?: 'wide' | 'narrow';
}): Markup {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${page.title} · Sentinel</title>
<link rel="icon" href="data:,">
<style>${raw(STYLE)}</style>
</head>
<body>
<a class="skip" href="#content">Skip to content</a>
<div class="page ${page.width ?? 'wide'}">
<header class="top"><span class="brand">${MARK}Sentinel</span>${page.aside ?? ''}</header>
<main id="content">${page.content}</main>
</div>
</body>
</html>`;
}

/** The logo: a label tag. */
const MARK = raw(
  '<svg class="mark" viewBox="0 0 20 20" aria-hidden="true"><path d="M2 4.5A2.5 2.5 0 0 1 4.5 2h5.2c.7 0 1.3.3 1.8.7l6.3 6.3a2.5 2.5 0 0 1 0 3.6l-5.2 5.2a2.5 2.5 0 0 1-3.6 0L2.7 11.5A2.5 2.5 0 0 1 2 9.7z"/><circle cx="6.5" cy="6.5" r="1.6"/></svg>',
);
