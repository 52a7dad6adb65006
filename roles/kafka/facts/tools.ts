// Fact: whether Kafka's tools can be started on a host. What a tool that failed said may be its own trouble, which an earlier task mends.
import { defineFact, resource, sh } from '../../../src/index.ts';

interface ToolsArguments extends Readonly<Record<string, unknown>> {
  readonly home: string;
  readonly java_home: string;
}

export const kafkaTools = defineFact({
  name: 'kafka.tools',
  summary: "whether Kafka's tools and the Java they run with are there",
  probe: ({ home, java_home }: ToolsArguments) =>
    sh`[ -x ${home}/bin/kafka-topics.sh ] && [ -x ${java_home}/bin/java ] && echo there; exit 0`,
  reads: ({ home, java_home }) => [resource.tree(home), resource.tree(java_home), resource.package('*')],
  parse: ({ stdout }): boolean => stdout.trim() === 'there',
  absent: false,
  cost: 'cheap',
});
