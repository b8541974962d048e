import { appRole } from '../role.ts'

const scope = `(select string_to_array(current_setting('mq.scope', true), ','))::text[]`
const units = `(select string_to_array(current_setting('mq.units', true), ','))::text[]`
const actor = `(select current_setting('mq.actor', true))`

/** [I2] Whoever holds its area, works for a unit that has or had a part in it, or reported it. */
export const reachesIssue = (alias = ''): string => {
  const of = alias && `${alias}.`
  return (
    `(${of}area_code ^@ any (${scope}) or ${of}units && ${units} ` +
    `or (${of}reporter_id = ${actor} and ${of}reporter_id <> ''))`
  )
}

/** What belongs to an issue is seen by whoever sees the issue: the subselect is bound by the policies above it. */
const withIssue = (table: string) =>
  `exists (select from issue i where i.county = ${table}.county and i.id = ${table}.issue_id)`

/** Columns that follow from the flow. The rest of an issue (its diary, number, text, reporter) is written once. */
const moving = [
  ...['flow', 'priority', 'score', 'state', 'category', 'lead_unit', 'units', 'due_at', 'resident_due_at'],
  ...[
    'tick_at',
    'alarm',
    'asked',
    'supervised',
    'pattern_main',
    'similar_open',
    'withdrawn',
    'version',
    'head_hash',
    'changed_at',
    'wire',
  ],
].join(', ')

export const rowSecurity = `
alter table issue enable row level security;
alter table issue_unit enable row level security;
alter table issue_event enable row level security;
alter table issue_number enable row level security;
create policy issue_read on issue for select to ${appRole} using (${reachesIssue()});
create policy issue_add on issue for insert to ${appRole}
  with check (area_code ^@ any (${scope}) and reporter_id = ${actor} and reporter_id <> '');
create policy issue_change on issue for update to ${appRole} using (${reachesIssue()}) with check (${reachesIssue()});
create policy issue_unit_all on issue_unit for all to ${appRole} using (${withIssue('issue_unit')});
create policy issue_event_read on issue_event for select to ${appRole} using (${withIssue('issue_event')});
create policy issue_event_add on issue_event for insert to ${appRole} with check (${withIssue('issue_event')});
grant select, insert, update (${moving}) on issue to ${appRole};
grant select, insert, update (open) on issue_unit to ${appRole};
grant select, insert on issue_event to ${appRole}`
