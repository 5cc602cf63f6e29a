// The stand-in's server as a worker of the browser: one for all tabs of the page, where the browser can do that.
import { createGate, type Wire } from '../standin/gate.js';
import { policy } from './deployment.js';

const gate = createGate(policy(), 1);

function serve(port: MessagePort | typeof globalThis): void {
  const wire: Wire = {
    send: (text) => port.postMessage(text),
    refuse: () => port.postMessage('cut'),
    cut: () => port.postMessage('cut'),
  };
  let visit = gate.welcome(wire);
  port.addEventListener('message', (event) => {
    const { data } = event as MessageEvent<string>;
    if (data !== 'cut' && data !== 'goodbye') return visit.hear(data);
    visit.closed(data === 'goodbye');
    visit = gate.welcome(wire);
  });
  if ('start' in port) port.start();
}

if ('SharedWorkerGlobalScope' in globalThis)
  globalThis.addEventListener('connect', (event) => serve((event as MessageEvent).ports[0]!));
else serve(globalThis);
