const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

export const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (mark) => escapes[mark]!)

/** The words of a piece of HTML. */
export const textOf = (html: string): string =>
  html
    .replace(/<[^>]*>/g, '')
    .replace(/&amp;/g, '&')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')

/** The title of a Markdown file. */
export const firstHeading = (source: string): string | undefined => /^#\s+(.+)$/m.exec(source)?.[1]

/** Descriptions come from doc comments: everything is escaped, `words` become code. */
export const inlineCode = (text: unknown): string =>
  escapeHtml(String(text ?? '')).replace(/`([^`]+)`/g, '<code>$1</code>')
