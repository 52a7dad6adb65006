// Fact: the version of Kafka that runs for a unit, by the jars its process was started with. It may be older than what is installed.
import { defineFact, resource, sh } from '../../../src/index.ts';

/** `2.2.0`; empty when nothing runs, or nothing that is known to be Kafka. */
export const kafkaRunning = defineFact({
  name: 'kafka.running',
  summary: 'the version of Kafka that runs for a unit; empty when none does',
  probe: ({ unit }: { readonly unit: string }) => sh`
pid=$(systemctl show -p MainPID -- ${unit} 2>/dev/null | sed 's/^MainPID=//')
case $pid in '' | 0) exit 0 ;; esac
tr '\\0:' '\\n\\n' <"/proc/$pid/cmdline" 2>/dev/null | sed -n 's|^.*/kafka_[0-9.]*-\\([0-9.]*[0-9]\\)\\.jar$|\\1|p' | head -n 1
exit 0`,
  reads: ({ unit }) => [resource.unit(unit)],
  parse: ({ stdout }): string => stdout.trim(),
  absent: '',
  cost: 'cheap',
});
