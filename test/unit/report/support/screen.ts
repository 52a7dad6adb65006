// A terminal in small: what is on it after a text with the few controls that a live tree uses.

/** Everything on the terminal, with what has scrolled by. Knows: new line, erase line, cursor up, cursor to the left, colours. */
export function screenOf(text: string): string {
  const rows: string[] = [''];
  let [row, column] = [0, 0];
  const put = (part: string): void => {
    const line = (rows[row] ?? '').padEnd(column);
    rows[row] = line.slice(0, column) + part + line.slice(column + part.length);
    column += part.length;
  };
  for (const token of text.match(/\u001b\[[?\d;]*[A-Za-z]|\r?\n|[^\u001b\r\n]+/g) ?? []) {
    if (token.endsWith('\n')) {
      row += 1;
      column = 0;
      rows[row] ??= '';
    } else if (token === '\u001b[2K') rows[row] = '';
    else if (token === '\u001b[1A') row = Math.max(0, row - 1);
    else if (token === '\u001b[G') column = 0;
    else if (!token.startsWith('\u001b')) put(token);
    else if (!/^\u001b\[(?:\?25[hl]|\d+(?:;\d+)*m)$/.test(token))
      throw new Error(`a control that this terminal does not know: ${JSON.stringify(token)}`);
  }
  // Rows beneath the cursor that were erased are no rows.
  while (rows.length > row + 1 && rows.at(-1) === '') rows.pop();
  return rows.join('\n');
}
