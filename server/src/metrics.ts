import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What Prometheus reads from /metrics. No label holds a person, a room or an address that a client chose. */
export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    requests: new Histogram({
      name: 'jitsi_server_request_seconds',
      help: 'Time until a request was answered',
      labelNames: ['route', 'status'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
      registers,
    }),
    tokens: new Counter({
      name: 'jitsi_server_tokens_total',
      help: 'Decisions about tokens, by what came of them',
      labelNames: ['for', 'result'],
      registers,
    }),
    signIns: new Counter({
      name: 'jitsi_server_sign_ins_total',
      help: 'People who came back from the identity provider',
      labelNames: ['result'],
      registers,
    }),
    invitations: new Counter({
      name: 'jitsi_server_invitations_total',
      help: 'Links for guests: made, opened, revoked, refused',
      labelNames: ['event'],
      registers,
    }),
    redisUp: new Gauge({
      name: 'jitsi_server_redis_up',
      help: '1 while Redis answers; absent where none is set',
      registers: [],
    }),
    accessRules: new Gauge({ name: 'jitsi_server_access_rules', help: 'Rules that count now', registers }),
    accessFaults: new Counter({
      name: 'jitsi_server_access_faults_total',
      help: 'Changes of access.yaml that could not be used',
      registers,
    }),
  };
}

export type Metrics = ReturnType<typeof createMetrics>;
