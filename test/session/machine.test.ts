import { describe, expect, it } from 'vitest';
import { inputs, nodes as meanings } from '../../src/session/machine-types.js';
import { machine, next, type Input, type NodeName } from '../../src/session/machine.js';

const nodes = Object.keys(machine) as NodeName[];
const allInputs = Object.keys(inputs) as Input[];

describe('the table of states', () => {
  it('has every node that has a meaning', () => {
    expect(nodes).toEqual(Object.keys(meanings));
  });

  it('has an answer to every pair of node and input, given once', () => {
    for (const node of nodes) {
      const { on, ignores } = machine[node];
      const answered = [...Object.keys(on), ...ignores].sort();
      expect(answered, node).toEqual([...allInputs].sort());
    }
  });

  it('reaches every node from idle', () => {
    const reached = new Set<NodeName>(['idle']);
    for (const node of reached) {
      for (const cell of Object.values(machine[node].on)) for (const { to } of [cell].flat()) reached.add(to);
    }
    expect([...reached].sort()).toEqual([...nodes].sort());
  });

  it('never takes a step past a branch whose guards all hold', () => {
    for (const node of nodes) {
      for (const input of allInputs) {
        const cell = machine[node].on[input];
        if (!cell) continue;
        const branches = [cell].flat();
        expect(
          next(node, input, () => true),
          `${node} ${input}`,
        ).toBe(branches[0]);
        const fallback = branches.find((branch) => !branch.if);
        expect(
          next(node, input, () => false),
          `${node} ${input}`,
        ).toBe(fallback);
      }
    }
  });

  it('holds no frame after the browser unloaded it', () => {
    for (const node of nodes) {
      for (const { to } of [machine[node].on.unload ?? []].flat()) expect(machine[to].holds, node).not.toBe('frame');
    }
  });

  it('says why whenever a meeting ends', () => {
    for (const node of nodes) {
      for (const cell of Object.values(machine[node].on)) {
        for (const { to, reason } of [cell].flat()) expect(to === 'ended', `${node}`).toBe(reason !== undefined);
      }
    }
  });
});
