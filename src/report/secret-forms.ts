// The spellings under which a secret may turn up in an output: as it is, quoted for a shell, in JSON, in base64, in a URL.
import { quote } from '../util/shell.ts';

/** Shorter texts turn up by chance; they are masked by their type only. */
export const SHORTEST_MASKED = 6;

/** Every spelling of a secret text to look for, longest first; none for a short one. */
export function secretForms(text: string): readonly string[] {
  if (text.length < SHORTEST_MASKED) return [];
  const forms = new Set<string>();
  for (const part of partsOf(text)) {
    const inUrl = encodeURIComponent(part);
    const strictly = inUrl.replaceAll(/[!'()*]/g, char => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
    const urls = [inUrl, strictly].flatMap(form => [form, form.replaceAll('%20', '+')]);
    for (const url of urls) forms.add(url).add(url.replaceAll(/%[0-9A-F]{2}/g, code => code.toLowerCase()));
    forms.add(part).add(JSON.stringify(part).slice(1, -1));
    forms.add(part.replaceAll(/["\\$`]/g, '\\$&'));
    if (!part.includes('\0')) forms.add(quote(part)).add(part.replaceAll("'", "'\\''"));
    for (const code of base64Forms(part)) forms.add(code).add(code.replaceAll('+', '-').replaceAll('/', '_'));
  }
  return [...forms].filter(form => form.length >= SHORTEST_MASKED).sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
}

/** The text, and the lines of a text with several: a key is printed line by line. */
function partsOf(text: string): readonly string[] {
  const whole = text.endsWith('\n') ? [text, text.trimEnd()] : [text];
  const lines = text.split(/\r?\n/).map(line => line.trim());
  return [...new Set([...whole, ...(lines.length > 1 ? lines : [])])].filter(
    part => part.length >= SHORTEST_MASKED && !part.startsWith('-----'),
  );
}

/** Base64 of the text alone, and what is always the same of it when other bytes stand before it (`user:password`). */
function base64Forms(text: string): readonly string[] {
  const bytes = Buffer.from(text);
  const within = [0, 1, 2].map(shift => {
    const code = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64');
    return code.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + bytes.length) * 8) / 6));
  });
  return [bytes.toString('base64'), bytes.toString('base64').replace(/=+$/, ''), ...within];
}
