export default {
  compatibilityDate: '2026-01-01',
  telemetry: false,
  vue: { compilerOptions: { isCustomElement: (tag: string) => tag.startsWith('jitsi-') } },
  runtimeConfig: { public: { domain: '', tokenUrl: '' } },
};
