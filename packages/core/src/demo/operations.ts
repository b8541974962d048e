import Type, { type Static } from 'typebox'
import type { Operation } from '../internal/operation.ts'
import { Instant, named, strict } from '../internal/shapes.ts'
import { AreaRef } from '../areas/schema.ts'
import { UnitId } from '../issues/flow-schema.ts'
import { RoleWord } from '../identity/schema.ts'
import { demoRoutes } from './routes.ts'

const PersonaId = Type.String({ pattern: '^[a-z][a-z-]{0,30}$' })

/** A person of the demo whom a reader may become. */
export const Persona = named('Persona', {
  id: PersonaId,
  name: Type.String(),
  title: Type.String(),
  role: RoleWord,
  area: AreaRef,
  /** For whom a handler works. */
  unit: Type.Optional(UnitId),
})
export type Persona = Static<typeof Persona>

export const demoOperations = {
  personas: {
    route: demoRoutes.personas,
    summary: ['演示人物', 'People of the demo'],
    capability: null,
    success: { status: 200, schema: named('PersonaList', { items: Type.Array(Persona) }) },
    demo: true,
  },
  token: {
    route: demoRoutes.token,
    summary: ['以演示人物的身份取得凭证', 'Get a token as a person of the demo'],
    capability: null,
    body: strict({ persona: PersonaId }),
    success: { status: 201, schema: named('DemoToken', { token: Type.String(), expiresAt: Instant }) },
    errors: ['not_found'],
    demo: true,
  },
} as const satisfies Record<string, Operation>
