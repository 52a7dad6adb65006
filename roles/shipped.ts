// The shipped roles by name. Each is loaded only when a playbook names it.

export const SHIPPED_ROLES = Object.freeze({
  elasticsearch: async () => (await import('./elasticsearch/role.ts')).default,
  java: async () => (await import('./java/role.ts')).default,
  kafka: async () => (await import('./kafka/role.ts')).default,
  'redis-cluster': async () => (await import('./redis-cluster/role.ts')).default,
  zookeeper: async () => (await import('./zookeeper/role.ts')).default,
});
