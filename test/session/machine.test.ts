import { describe, expect, it } from 'vitest';
import { effects, inputs, nodes as meanings, type Effect } from '../../src/session/machine-types.js';
import { branchesOf, machine, next, type Input, type NodeName } from '../../src/session/machine.js';

const nodes = Object.keys(machine) as NodeName[];
const allInputs = Object.keys(inputs) as Input[];

describe('the table of states', () => {
  it('has every node that has a meaning', () => {
    expect(nodes).toEqual(Object.keys(meanings));
  });

  it('has an answer to every pair of node and input', () => {
    for (const node of nodes) expect(Object.keys(machine[node].on).sort(), node).toEqual([...allInputs].sort());
  });

  it('uses every effect', () => {
    const used = new Set<Effect>();
    for (const node of nodes) {
      const { enter = [], leave = [] } = machine[node];
      const done = allInputs.flatMap((input) => branchesOf(node, input).flatMap((branch) => branch.do ?? []));
      for (const effect of [...enter, ...leave, ...done]) used.add(effect);
    }
    expect([...used].sort()).toEqual(Object.keys(effects).sort());
  });

  it('holds no frame where a node says so: entering it removes the frame', () => {
    for (const node of nodes) {
      const { holds, enter = [] } = machine[node];
      expect(enter.includes('disposeFrame'), node).toBe(holds !== 'frame');
    }
  });

  it('reaches every node from idle', () => {
    const reached = new Set<NodeName>(['idle']);
    for (const node of reached) {
      for (const input of allInputs) for (const { to } of branchesOf(node, input)) reached.add(to);
    }
    expect([...reached].sort()).toEqual([...nodes].sort());
  });

  it('never takes a step past a branch whose guards all hold', () => {
    for (const node of nodes) {
      for (const input of allInputs) {
        const branches = branchesOf(node, input);
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
      for (const { to } of branchesOf(node, 'unload')) expect(machine[to].holds, node).not.toBe('frame');
    }
  });

  it('says why whenever a meeting ends', () => {
    for (const node of nodes) {
      for (const input of allInputs) {
        for (const { to, reason } of branchesOf(node, input))
          expect(to === 'ended', `${node}`).toBe(reason !== undefined);
      }
    }
  });
});
