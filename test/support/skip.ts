// Skipping a test, never in silence.

/** Skips, and says why in the output. */
export function skipBecause(context: Mocha.Context, reason: string): never {
  process.stdout.write(`    skipped: ${reason}\n`);
  return context.skip();
}
