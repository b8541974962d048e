/**
 * A server of 民情日记 in memory, for the tests of a portal: `createTestServer`. It brings core's schemas and rules along
 * and is no part of what a page loads.
 */
export { createTestServer } from './server.ts'
export { coveredOperations, uncoveredOperations } from './handlers/index.ts'
export type {
  FailOptions,
  TestArea,
  TestCall,
  TestCategory,
  TestOperation,
  TestPerson,
  TestProblem,
  TestServer,
  TestServerOptions,
  TestUnit,
} from './types.ts'
